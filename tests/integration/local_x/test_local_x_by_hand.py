"""What a person does by hand on the local X: editing, deleting, and looking later."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from runner.local_x.server import Sandbox
from tests.integration.local_x.conftest import Api

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)

Control = Callable[..., requests.Response]


def test_an_edit_gives_a_post_a_new_id_and_keeps_the_old_one_s_history(
    shop: Api, sandbox: Sandbox, control: Control
) -> None:
    media = shop.upload()
    first = shop.post("helo", media={"media_ids": [media]}).json()["data"]["id"]
    sandbox.set_clock(NOON + timedelta(minutes=5))
    again = control("PUT", f"posts/{first}", json={"text": "hello"}).json()["id"]
    last = control("PUT", f"posts/{first}", json={"text": "hello!"}).json()["id"]
    (post,) = shop.timeline(**{"post.fields": "attachments"}).json()["data"]
    assert post["edit_history_post_ids"] == [first, again, last]
    assert post["id"] == last
    assert post["text"].startswith("hello! https://t.co/")
    assert post["attachments"]["media_keys"] == [f"3_{media}"]
    # a version of before may still be asked for
    assert shop("GET", f"/2/tweets/{first}").json()["data"]["text"].startswith("helo ")
    assert [one.text for one in sandbox.timeline()] == ["hello!"]


def test_what_was_edited_away_may_be_said_again(shop: Api, sandbox: Sandbox) -> None:
    sandbox.edit(shop.post("hello").json()["data"]["id"], "good day")
    assert shop.post("hello").status_code == 201
    assert shop.post("good day").status_code == 403


def test_a_post_is_deleted_with_all_its_versions(
    shop: Api, sandbox: Sandbox, control: Control
) -> None:
    first = shop.post("hello").json()["data"]["id"]
    last = sandbox.edit(first, "hello!").id
    assert control("DELETE", f"posts/{first}").json() == {"id": first}
    assert shop.timeline().json() == {"meta": {"result_count": 0}}
    answer = shop("GET", "/2/tweets", params={"ids": f"{first},{last}"}).json()
    assert [error["resource_id"] for error in answer["errors"]] == [first, last]


def test_a_repost_is_taken_back_by_hand(shop: Api, sandbox: Sandbox) -> None:
    target = sandbox.seed("denim", "share me").id
    route = f"/2/users/{shop.user_id}/retweets"
    shop("POST", route, json={"tweet_id": target})
    sandbox.remove(sandbox.timeline("shop")[0].id)
    assert sandbox.timeline("shop") == []
    shop("POST", route, json={"tweet_id": target})
    assert len(sandbox.timeline("shop")) == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_what_is_not_there_can_be_neither_edited_nor_deleted(
    shop: Api, sandbox: Sandbox, control: Control, method: str
) -> None:
    id = shop.post("hello").json()["data"]["id"]
    sandbox.remove(id)
    for gone in (id, "7"):
        assert control(method, f"posts/{gone}", json={"text": "x"}).status_code == 400
    assert control("PUT", "posts/7", json={}).status_code == 400


@pytest.mark.parametrize("seconds", [-1, "long", None, 1e30])
def test_a_lag_is_a_number_of_seconds(control: Control, seconds: object) -> None:
    assert control("PUT", "lag", json={"seconds": seconds}).status_code == 400
    assert control("GET", "lag").json() == {"seconds": 0}


def test_a_lag_hides_the_newest_posts_until_a_reset(
    shop: Api, sandbox: Sandbox, control: Control
) -> None:
    shop.post("old")
    sandbox.set_clock(NOON + timedelta(seconds=90))
    shop.post("new")
    assert control("PUT", "lag", json={"seconds": 90}).status_code == 200
    assert [post["text"] for post in shop.timeline().json()["data"]] == ["old"]
    assert [post.text for post in sandbox.timeline()] == ["new", "old"]
    control("POST", "reset")
    assert control("GET", "lag").json() == {"seconds": 0}


def test_edits_outlive_a_restart(tmp_path: Path) -> None:
    def start() -> Sandbox:
        return Sandbox.start({"shop": "acme_lv"}, clock=lambda: NOON, folder=tmp_path)

    with start() as sandbox:
        post = sandbox.seed("denim", "helo")
        edited = sandbox.edit(post.id, "hello")
    with start() as sandbox:
        assert sandbox.timeline() == [edited]
        assert sandbox.edit(post.id, "hello!").earlier == (post.id, edited.id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 5},
        {"id": "five"},
        {"id": "0"},
        {"id": "9" * 30},
        {"text": 5},
        {"text": "\ud800"},
        {"name": 5},
        {"handle": 5},
        {"handle": ""},
        {"reply_to": "7"},
        {"reply_to": 7},
        {"says": "hello"},
    ],
    ids=str,
)
def test_a_post_that_a_restart_could_not_read_is_not_taken(
    sandbox: Sandbox, control: Control, wrong: dict[str, object]
) -> None:
    refused = control("POST", "posts", json={"handle": "denim", "text": "hello", **wrong})
    assert (refused.status_code, list(refused.json())) == (400, ["error"])
    assert sandbox.timeline() == []


def test_half_a_character_is_no_text(shop: Api) -> None:
    assert shop.post("\ud800").status_code == 400
