"""A crowd does what its script says, and X's lists show it as X does."""

from datetime import timedelta
from typing import Any

import pytest
import requests

from runner.local_x.crowd import LATE, Act, crowd_acts, storm
from runner.local_x.server import Sandbox
from tests.integration.local_x.conftest import NOON

Api = Any
HOUR = timedelta(hours=1)
SEARCH = "/2/tweets/search/recent"


def found(shop: Api, query: str, **more: Any) -> list[str]:
    """The texts that a search finds, all pages, newest first."""
    texts: list[str] = []
    params = {"query": query, "max_results": 100, **more}
    while True:
        told = shop("GET", SEARCH, params=params).json()
        texts += [post["text"] for post in told.get("data", [])]
        if not (token := told["meta"].get("next_token")):
            return texts
        params["next_token"] = token


def mentioned(shop: Api) -> int:
    count: int = shop("GET", f"/2/users/{shop.user_id}/mentions").json()["meta"]["result_count"]
    return count


def missing(shop: Api, id: str) -> str:
    (error,) = shop("GET", "/2/tweets", params={"ids": id}).json()["errors"]
    return str(error["type"]).rpartition("/")[2]


def test_acts_happen_once_their_moment_has_come(shop: Api, sandbox: Sandbox) -> None:
    sandbox.play(
        [
            Act(at=NOON + HOUR, who="anna", text="@acme_lv one"),
            Act(at=NOON + 2 * HOUR, who="anna", does="edit", text="@acme_lv two"),
            Act(at=NOON + 3 * HOUR, who="anna", does="delete"),
        ]
    )
    seen = []
    for hours in range(4):
        sandbox.set_clock(NOON + hours * HOUR)
        seen.append(found(shop, "@acme_lv"))
    assert seen == [[], ["@acme_lv one"], ["@acme_lv two"], []]


def test_what_nobody_can_do_does_not_happen(sandbox: Sandbox) -> None:
    gone = sandbox.seed("anna", "hello").id
    sandbox.remove(gone)
    sandbox.play(
        [
            Act(at=NOON, who="bruno", text="answers what is gone", to=gone),
            Act(at=NOON, who="bruno", text="answers nothing", to_newest_of="carla"),
            Act(at=NOON, who="bruno", does="repost", to_newest_of="anna"),
            Act(at=NOON, who="bruno", does="repost"),
            Act(at=NOON, who="bruno", does="quote", text="quotes nothing"),
            Act(at=NOON, who="bruno", text="speaks"),
        ]
    )
    assert [post.text for post in sandbox.timeline()] == ["speaks"]


def test_a_script_has_none_of_our_own_accounts_act(sandbox: Sandbox, control: Any) -> None:
    act = {"at": NOON.isoformat(), "who": "Acme_LV", "text": "hello"}
    refused = control("POST", "crowd", json={"acts": [act]})
    assert (refused.status_code, "Acme_LV" in refused.json()["error"]) == (400, True)
    with pytest.raises(ValueError, match="Acme_LV"):
        sandbox.play([Act(at=NOON, who="Acme_LV", text="hello")])
    assert sandbox.timeline() == []


def test_what_anybody_sees_of_a_post_is_of_now(shop: Api, sandbox: Sandbox) -> None:
    post = sandbox.seed("anna", "@acme_lv one")
    sandbox.play([Act(at=NOON + HOUR, who="anna", does="delete")])
    seen = []
    for hours in range(2):
        sandbox.set_clock(NOON + hours * HOUR)
        address = f"{sandbox.url}/oembed?url=https://x.com/i/status/{post.id}"
        seen.append(requests.get(address, timeout=5).status_code)
    assert seen == [200, 404]


def test_who_hides_is_shown_nowhere_until_they_come_back(shop: Api, sandbox: Sandbox) -> None:
    post = sandbox.seed("anna", "@acme_lv")
    for how, error in (
        ("protected", "not-authorized-for-resource"),
        ("suspended", "resource-not-found"),
    ):
        sandbox.play([Act(at=NOON, who="anna", does=how.replace("ed", ""))])
        assert (mentioned(shop), found(shop, "@acme_lv")) == (0, [])
        assert missing(shop, post.id) == error
    sandbox.hide("anna", None)
    assert mentioned(shop) == 1


def test_what_is_listed_late_is_there_by_its_id_at_once(shop: Api, sandbox: Sandbox) -> None:
    sandbox.play([Act(at=NOON, who="anna", text="@acme_lv", listed=LATE)])
    assert mentioned(shop) == 0
    (post,) = sandbox.timeline()
    assert shop("GET", f"/2/tweets/{post.id}").json()["data"]["id"] == post.id
    sandbox.set_clock(NOON + LATE)
    assert mentioned(shop) == 1


def test_a_reply_whose_author_took_the_name_away_is_found_by_its_conversation_alone(
    shop: Api, sandbox: Sandbox
) -> None:
    root = shop.post("who wants it?").json()["data"]["id"]
    sandbox.play(
        [
            Act(at=NOON, who="anna", text="I do", to=root),
            Act(at=NOON, who="karlis", text="me too", to=root, unmentioned=True),
        ]
    )
    assert mentioned(shop) == 1
    assert found(shop, f"conversation_id:{root} -@acme_lv") == ["me too", "who wants it?"]
    metrics = {"post.fields": "public_metrics"}
    told = shop("GET", f"/2/tweets/{root}", params=metrics).json()["data"]["public_metrics"]
    assert told["reply_count"] == 2


def test_reposts_are_listed_and_counted_and_no_search_finds_them(
    shop: Api, sandbox: Sandbox
) -> None:
    root = shop.post("share #this").json()["data"]["id"]
    sandbox.play(
        Act(at=NOON, who=name, does="repost", to=root) for name in ("anna", "karlis", "ilze")
    )
    first = shop("GET", f"/2/tweets/{root}/retweets", params={"max_results": 2}).json()
    token = first["meta"]["next_token"]
    rest = shop("GET", f"/2/tweets/{root}/retweets", params={"pagination_token": token}).json()
    ids = [post["id"] for page in (first, rest) for post in page["data"]]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 3
    assert found(shop, "#this -is:retweet") == ["share #this"]
    told = shop("GET", "/2/tweets", params={"ids": root, "post.fields": "public_metrics"}).json()
    assert told["data"][0]["public_metrics"]["repost_count"] == 3


@pytest.mark.parametrize(
    "query",
    ["", "-#only", "is:verified #tag", "x" * 513, "#tag lang:lv"],
    ids=["nothing", "unwanted", "operator", "long", "other"],
)
def test_a_search_that_x_does_not_take_is_refused(shop: Api, query: str) -> None:
    assert shop("GET", SEARCH, params={"query": query}).status_code == 400


def test_a_search_goes_back_seven_days(shop: Api, sandbox: Sandbox) -> None:
    old = sandbox.seed("anna", "#tag")
    sandbox.set_clock(NOON + timedelta(days=7, minutes=1))
    told = shop("GET", SEARCH, params={"query": "#tag", "since_id": old.id})
    assert told.status_code == 400
    assert "'since_id' must be a tweet id created after" in told.json()["errors"][0]["message"]
    start = {"query": "#tag", "start_time": "2026-12-01T12:00:00Z"}
    assert shop("GET", SEARCH, params=start).status_code == 400
    assert found(shop, "#tag") == []


def test_a_crowd_is_the_same_each_time_and_does_all_that_crowds_do(
    shop: Api, sandbox: Sandbox
) -> None:
    closes = NOON + 48 * HOUR
    acts = crowd_acts(200, opens=NOON, closes=closes, text="@acme_lv #this")
    assert acts == crowd_acts(200, opens=NOON, closes=closes, text="@acme_lv #this")
    assert {act.does for act in acts} == {"post", "edit", "delete", "protect", "suspend"}
    sandbox.play(acts)
    sandbox.set_clock(closes + HOUR)
    # two enter twice; one each forgets the phrase, deletes, protects, is suspended
    assert len(found(shop, "#this")) == 200 + 2 - 1 - 1 - 1 - 1


def test_a_storm_breaks_within_a_minute_and_mentions_show_the_last_of_it(
    shop: Api, sandbox: Sandbox
) -> None:
    sandbox.play(storm(1000, at=NOON, text="@acme_lv"))
    sandbox.set_clock(NOON + timedelta(minutes=1))
    assert len(found(shop, "@acme_lv")) == 1000
    ids: list[str] = []
    query: dict[str, Any] = {"max_results": 100}
    for _ in range(8):
        told = shop("GET", f"/2/users/{shop.user_id}/mentions", params=query).json()
        ids += [post["id"] for post in told["data"]]
        query["pagination_token"] = told["meta"].get("next_token")
    assert (len(ids), query["pagination_token"]) == (800, None)


def test_a_crowd_can_be_sent_over_http(shop: Api, sandbox: Sandbox) -> None:
    act = {"at": NOON.isoformat(), "who": "anna", "text": "@acme_lv"}
    assert shop("POST", "/_sandbox/crowd", json={"acts": [act]}).status_code == 201
    assert mentioned(shop) == 1
    assert shop("POST", "/_sandbox/crowd", json={"acts": [{"who": "anna"}]}).status_code == 400
