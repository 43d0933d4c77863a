"""The calls of X's API against the local X, signed as a client signs them."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests
from requests_oauthlib import OAuth1Session

from runner.local_x.server import Sandbox
from runner.x_facts import snowflake

Api = Any
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
MP4 = b"\0\0\0\x18ftypmp42" + b"\0" * 64


def test_the_token_tells_whose_it_is(shop: Api, tienda: Api) -> None:
    answer = shop("GET", "/2/users/me")
    assert answer.json()["data"] == {
        "id": shop.user_id,
        "name": "Acme <Latvia> & co",
        "username": "acme_lv",
    }
    asked = tienda("GET", "/2/users/me?user.fields=subscription_type").json()["data"]
    assert asked["subscription_type"] == "Premium"


def test_the_date_is_that_of_the_sandbox_s_clock(shop: Api, sandbox: Sandbox) -> None:
    later = NOON + timedelta(days=3)
    sandbox.set_clock(later)
    headers = shop("GET", "/2/users/me").headers
    assert parsedate_to_datetime(headers["date"]) == later
    assert len(headers["x-transaction-id"]) == 16
    assert headers["x-rate-limit-remaining"] == "74"


@pytest.mark.parametrize("spoiled", range(4))
def test_a_wrong_key_or_secret_is_a_401(sandbox: Sandbox, spoiled: int) -> None:
    keys = list(sandbox.credentials("shop").values())
    keys[spoiled] += "x"
    with OAuth1Session(*keys) as session:
        answer = session.get(f"{sandbox.url}/2/users/me", timeout=5)
    assert answer.status_code == 401


@pytest.mark.parametrize("header", ["", "Basic eDp5", "OAuth", "OAuth nonsense", 'OAuth a="b"'])
def test_a_call_that_is_not_signed_is_a_401(sandbox: Sandbox, header: str) -> None:
    answer = requests.get(f"{sandbox.url}/2/users/me", headers={"Authorization": header}, timeout=5)
    assert answer.status_code == 401
    assert answer.json()["title"] == "Unauthorized"


def test_a_bearer_token_is_not_enough(sandbox: Sandbox) -> None:
    headers = {"Authorization": "Bearer abc"}
    answer = requests.get(f"{sandbox.url}/2/users/me", headers=headers, timeout=5)
    assert answer.status_code == 403
    assert answer.json()["title"] == "Unsupported Authentication"


def test_a_signature_covers_the_query(shop: Api, sandbox: Sandbox) -> None:
    signed = shop.session.prepare_request(
        requests.Request("GET", f"{sandbox.url}/2/users/me?user.fields=verified")
    )
    assert signed.url
    signed.url = signed.url.replace("verified", "protected")
    assert shop.session.send(signed, timeout=5).status_code == 401


def test_a_signature_for_x_s_own_host_is_right_too(shop: Api, sandbox: Sandbox) -> None:
    for host in ("https://api.x.com", "https://api.twitter.com"):
        signed = shop.session.prepare_request(
            requests.Request("POST", f"{host}/2/tweets", json={"text": f"for {host}"})
        )
        assert signed.url
        signed.url = signed.url.replace(host, sandbox.url)
        assert shop.session.send(signed, timeout=5).status_code == 201


def test_a_post_comes_back_with_its_id_and_text(shop: Api, sandbox: Sandbox) -> None:
    answer = shop.post("Tom & Jerry: https://acme.lv")
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert data["text"].startswith("Tom &amp; Jerry: https://t.co/")
    assert data["edit_history_post_ids"] == [data["id"]]
    assert int(data["id"]) >> 22 == snowflake(NOON) >> 22
    (post,) = sandbox.timeline("acme_lv")
    assert (post.id, post.text) == (data["id"], "Tom & Jerry: https://acme.lv")


def test_a_duplicate_is_refused_in_x_s_words(shop: Api) -> None:
    shop.post("hello")
    answer = shop.post("hello")
    assert answer.status_code == 403
    assert answer.json() == {
        "detail": "You are not allowed to create a Tweet with duplicate content.",
        "type": "about:blank",
        "title": "Forbidden",
        "status": 403,
    }


def test_an_unknown_key_is_a_400_that_names_it(shop: Api) -> None:
    answer = shop.post("hello", schedule="tomorrow")
    assert answer.status_code == 400
    assert "$.schedule: is not defined in the schema" in answer.json()["errors"][0]["message"]


def test_a_body_that_is_no_json_is_a_400(shop: Api) -> None:
    headers = {"content-type": "application/json"}
    answer = shop("POST", "/2/tweets", data=b"{", headers=headers)
    assert answer.status_code == 400


def test_the_hundred_and_first_post_of_a_quarter_is_a_429(shop: Api, sandbox: Sandbox) -> None:
    for number in range(100):
        assert shop.post(f"post {number}").status_code == 201
    answer = shop.post("one more")
    assert answer.status_code == 429
    assert answer.json()["title"] == "Too Many Requests"
    reset = datetime.fromtimestamp(int(answer.headers["x-rate-limit-reset"]), UTC)
    sandbox.set_clock(reset)
    assert shop.post("one more").status_code == 201


def test_a_path_that_x_does_not_have_is_a_404(shop: Api) -> None:
    assert shop("GET", "/2/no/such").json()["status"] == 404
    assert shop("PUT", "/2/tweets").status_code == 405


# Timelines


def test_a_timeline_is_read_page_by_page(shop: Api, sandbox: Sandbox) -> None:
    ids = []
    for number in range(12):
        sandbox.set_clock(NOON + timedelta(minutes=number))
        ids.append(shop.post(f"post {number}").json()["data"]["id"])
    pages, token = [], None
    while True:
        query = {"max_results": 5} | ({"pagination_token": token} if token else {})
        page = shop.timeline(**query).json()
        pages.append([post["id"] for post in page["data"]])
        meta = page["meta"]
        assert (meta["newest_id"], meta["oldest_id"]) == (pages[-1][0], pages[-1][-1])
        token = meta.get("next_token")
        if not token:
            break
    assert [len(page) for page in pages] == [5, 5, 2]
    assert [id for page in pages for id in page] == ids[::-1]


def test_a_timeline_is_bounded_by_times_and_ids(shop: Api, sandbox: Sandbox) -> None:
    ids = []
    for number in range(6):
        sandbox.set_clock(NOON + timedelta(minutes=number))
        ids.append(shop.post(f"post {number}").json()["data"]["id"])

    def found(**query: Any) -> list[int]:
        return [ids.index(post["id"]) for post in shop.timeline(**query).json().get("data", [])]

    assert found(start_time="2026-12-01T12:04:00Z") == [5, 4]
    assert found(end_time="2026-12-01T12:02:00Z") == [1, 0]
    assert found(since_id=ids[3]) == [5, 4]
    assert found(until_id=ids[1]) == [0]
    assert found(since_id=str(snowflake(NOON + timedelta(minutes=4)) - 1)) == [5, 4]
    assert found(start_time="2027-01-01T00:00:00Z") == []


def test_an_empty_timeline_says_so(shop: Api) -> None:
    assert shop.timeline().json() == {"meta": {"result_count": 0}}


@pytest.mark.parametrize(
    "query",
    [
        {"max_results": 4},
        {"max_results": 101},
        {"pagination_token": "nonsense"},
        {"start_time": "yesterday"},
        {"since_id": "abc"},
        {"exclude": "ads"},
        {"post.fields": "nonsense"},
        {"tweet.fields": "note_post"},
        {"page": "2"},
    ],
)
def test_a_query_that_x_does_not_know_is_a_400(shop: Api, query: dict[str, Any]) -> None:
    answer = shop.timeline(**query)
    assert answer.status_code == 400
    assert answer.json()["title"] == "Invalid Request"


def test_fields_are_given_where_they_are_asked_for(shop: Api) -> None:
    first = shop.post("1/2 https://acme.lv #Džinsi").json()["data"]["id"]
    shop.post("2/2", reply={"in_reply_to_tweet_id": first}, paid_partnership=True)
    plain = shop.timeline().json()["data"]
    assert [sorted(post) for post in plain] == [["edit_history_post_ids", "id", "text"]] * 2
    fields = "created_at,conversation_id,entities,paid_partnership,public_metrics"
    reply, root = shop.timeline(
        **{"post.fields": fields, "expansions": "referenced_posts,author_id"}
    ).json()["data"]
    assert root["created_at"] == "2026-12-01T12:00:00.000Z"
    assert (
        root["entities"]["urls"][0]["expanded_url"] == "http://acme.lv"
        or root["entities"]["urls"][0]["expanded_url"] == "https://acme.lv"
    )
    assert root["entities"]["hashtags"][0]["tag"] == "Džinsi"
    assert reply["referenced_posts"] == [{"type": "replied_to", "id": first}]
    assert reply["conversation_id"] == first
    assert reply["paid_partnership"] is True
    assert reply["public_metrics"]["repost_count"] == 0


def test_the_old_names_are_answered_with_old_names(shop: Api) -> None:
    first = shop.post("1/2").json()["data"]["id"]
    shop.post("2/2", reply={"in_reply_to_tweet_id": first})
    answer = shop.timeline(
        **{"tweet.fields": "referenced_tweets,public_metrics", "expansions": "referenced_tweets.id"}
    ).json()
    reply = answer["data"][0]
    assert reply["referenced_tweets"][0]["id"] == first
    assert reply["edit_history_tweet_ids"] == [reply["id"]]
    assert reply["public_metrics"]["retweet_count"] == 0
    assert answer["includes"]["tweets"][0]["id"] == first
    assert "post" not in str(answer).replace("pagination", "")


def test_a_long_post_is_cut_and_its_note_is_whole(tienda: Api) -> None:
    tienda.post("word " * 100)
    (post,) = tienda.timeline(**{"post.fields": "note_post"}).json()["data"]
    assert len(post["text"]) == 280
    assert post["note_post"]["text"] == ("word " * 100).strip()


def test_replies_and_reposts_can_be_left_out(shop: Api, tienda: Api) -> None:
    other = tienda.post("share me").json()["data"]["id"]
    root = shop.post("root").json()["data"]["id"]
    shop.post("reply", reply={"in_reply_to_tweet_id": root})
    shop("POST", f"/2/users/{shop.user_id}/retweets", json={"tweet_id": other})
    left = shop.timeline(exclude="replies,retweets").json()["data"]
    assert [post["id"] for post in left] == [root]


def test_posts_are_looked_up_by_id(shop: Api) -> None:
    one, two = (shop.post(text).json()["data"]["id"] for text in ("one", "two"))
    assert shop("GET", f"/2/tweets/{one}").json()["data"]["text"] == "one"
    answer = shop("GET", f"/2/tweets?ids={two},{one},77").json()
    assert [post["id"] for post in answer["data"]] == [two, one]
    assert [error["resource_id"] for error in answer["errors"]] == ["77"]


def test_a_deleted_post_is_gone(shop: Api, sandbox: Sandbox) -> None:
    id = shop.post().json()["data"]["id"]
    assert shop("DELETE", f"/2/tweets/{id}").json() == {"data": {"deleted": True}}
    missing = shop("GET", f"/2/tweets/{id}")
    assert missing.status_code == 200
    assert missing.json()["errors"][0]["title"] == "Not Found Error"
    assert sandbox.timeline() == []
    assert shop("DELETE", f"/2/tweets/{id}").status_code == 404


# Reposts


def test_a_repost_twice_is_one_repost(shop: Api, tienda: Api, sandbox: Sandbox) -> None:
    id = tienda.post("share me").json()["data"]["id"]
    for _ in range(2):
        answer = shop("POST", f"/2/users/{shop.user_id}/retweets", json={"tweet_id": id})
        assert answer.json() == {"data": {"retweeted": True, "rest_id": id}}
    (repost,) = shop.timeline(expansions="referenced_posts").json()["data"]
    assert repost["text"] == "RT @acme_es: share me"
    assert repost["referenced_posts"] == [{"type": "retweeted", "id": id}]
    shop("DELETE", f"/2/users/{shop.user_id}/retweets/{id}")
    assert sandbox.timeline("shop") == []


def test_nobody_reposts_for_another(shop: Api, tienda: Api) -> None:
    answer = shop("POST", f"/2/users/{tienda.user_id}/retweets", json={"tweet_id": "1"})
    assert answer.status_code == 400


# Media


def test_a_picture_is_uploaded_described_and_posted(shop: Api) -> None:
    id = shop.upload(alt="The back pocket")
    assert shop.post("look", media={"media_ids": [id]}).status_code == 201
    query = {
        "post.fields": "entities",
        "expansions": "attachments.media_keys",
        "media.fields": "alt_text",
    }
    answer = shop.timeline(**query).json()
    assert answer["data"][0]["attachments"]["media_keys"] == [f"3_{id}"]
    assert answer["includes"]["media"] == [
        {"media_key": f"3_{id}", "type": "photo", "alt_text": "The back pocket"}
    ]
    assert answer["data"][0]["entities"]["urls"][0]["media_key"] == f"3_{id}"


def test_a_picture_may_come_as_json(shop: Api) -> None:
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 20).decode()
    body = {"media": png, "media_category": "tweet_image"}
    answer = shop("POST", "/2/media/upload", json=body)
    assert answer.json()["data"]["size"] == 28
    wrong = shop("POST", "/2/media/upload", json={**body, "media": "*"})
    assert wrong.status_code == 400


def test_a_film_is_uploaded_in_pieces_and_processed(shop: Api) -> None:
    begin = {
        "media_category": "tweet_video",
        "media_type": "video/mp4",
        "total_bytes": len(MP4),
    }
    path = "/2/media/upload"
    id = shop("POST", f"{path}/initialize", json=begin).json()["data"]["id"]
    for index, chunk in enumerate((MP4[:30], MP4[30:])):
        answer = shop(
            "POST",
            f"{path}/{id}/append",
            data={"segment_index": str(index)},
            files={"media": ("blob", chunk)},
        )
        assert answer.json()["data"]["expires_at"] > NOON.timestamp()
    states = [shop("POST", f"{path}/{id}/finalize").json()["data"]["processing_info"]["state"]]
    while states[-1] != "succeeded":
        status = shop("GET", path, params={"command": "STATUS", "media_id": id}).json()["data"]
        states.append(status["processing_info"]["state"])
    assert states == ["pending", "in_progress", "succeeded"]
    assert shop.post("film", media={"media_ids": [id]}).status_code == 201


def test_a_file_under_a_false_name_is_refused(shop: Api) -> None:
    files = {"media": ("photo.png", b"<svg/>")}
    answer = shop("POST", "/2/media/upload", files=files, data={"media_category": "tweet_image"})
    assert answer.status_code == 400
    one_shot = shop("POST", "/2/media/upload", files=files, data={"media_category": "tweet_gif"})
    assert one_shot.status_code == 400


def test_media_of_another_account_are_not_there(shop: Api, tienda: Api) -> None:
    id = shop.upload()
    body = {"id": id, "metadata": {"alt_text": {"text": "x"}}}
    assert tienda("POST", "/2/media/metadata", json=body).status_code == 404
    assert tienda.post("x", media={"media_ids": [id]}).status_code == 400


# The sandbox's own routes


def test_the_clock_is_set_and_given_back(control: Callable[..., requests.Response]) -> None:
    assert control("GET", "clock").json() == {"now": NOON.isoformat(), "stands": False}
    told = control("PUT", "clock", json={"now": "2027-01-01T00:00:00+02:00"}).json()
    assert told == {"now": "2026-12-31T22:00:00+00:00", "stands": True}
    assert control("PUT", "clock", json={"now": None}).json()["stands"] is False
    for wrong in ({"now": "2027-01-01T00:00:00"}, {"now": "soon"}, {"now": 5}, {}, []):
        assert control("PUT", "clock", json=wrong).status_code == 400


def test_requests_are_counted_by_route(
    shop: Api, control: Callable[..., requests.Response]
) -> None:
    shop.post()
    shop.post()
    shop.timeline()
    assert control("GET", "requests").json() == {"create": 2, "timeline": 1}


def test_a_reset_forgets_everything(
    shop: Api, sandbox: Sandbox, control: Callable[..., requests.Response]
) -> None:
    shop.post()
    sandbox.fail({"route": "create", "status": 503})
    sandbox.set_clock(NOON + timedelta(days=1))
    assert control("POST", "reset").status_code == 200
    assert sandbox.timeline() == []
    assert sandbox.now() == NOON
    assert shop.post().status_code == 201


def test_a_stranger_s_post_can_be_seeded_and_shared(
    shop: Api, sandbox: Sandbox, control: Callable[..., requests.Response]
) -> None:
    seed = {"handle": "denimdaily", "text": "How denim is made", "id": "1346889436626259968"}
    assert control("POST", "posts", json=seed).json() == {"id": seed["id"]}
    assert control("POST", "posts", json=seed).status_code == 400
    assert control("POST", "posts", json={"handle": "acme_lv", "text": "x"}).status_code == 400
    shop("POST", f"/2/users/{shop.user_id}/retweets", json={"tweet_id": seed["id"]})
    assert shop.timeline().json()["data"][0]["text"] == "RT @denimdaily: How denim is made"


def test_a_page_of_the_web_cannot_control_the_sandbox(
    control: Callable[..., requests.Response],
) -> None:
    headers = {"Origin": "https://evil.example"}
    answer = control("POST", "reset", headers=headers)
    assert answer.status_code == 403
    assert "not for other sites" in answer.text
