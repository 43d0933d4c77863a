"""Every answer of the local X, held against X's own OpenAPI document (2.167).

Where X really answers otherwise than its document says, the local X follows X:
- most errors have the type `about:blank`, or one (`credits-depleted`, `spend-cap-reached`, …)
  that is no `Problem` of the document, or are the old `{"errors": [{code, message}]}`;
- the document has no 404 of its own for paths and files that are not there;
- the old names (`tweet.fields`, `referenced_tweets`) are still answered.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests

from runner.local_x.crowd import Act
from runner.local_x.error_answers import NAMED, invalid, not_found
from runner.local_x.limits import PER_QUARTER
from runner.local_x.server import Sandbox
from tests.integration.local_x.conftest import NOON

Api = Any
Checked = Callable[[str, str, requests.Response], Any]
MP4 = b"\0\0\0\x18ftypmp42" + b"\0" * 64
ALL_FIELDS = {
    "post.fields": "attachments,conversation_id,created_at,entities,lang,note_post,"
    "paid_partnership,possibly_sensitive,public_metrics,reply_settings",
    "expansions": "author_id,attachments.media_keys,attachments.poll_ids,referenced_posts,"
    "in_reply_to_user_id",
    "user.fields": "created_at,protected,subscription_type,verified",
    "media.fields": "alt_text,type",
    "poll.fields": "duration_minutes,end_datetime,voting_status",
}


@pytest.fixture(scope="session")
def document(shared: Path) -> dict[str, Any]:
    path = shared / "x-api" / "openapi.json"
    if not path.is_file():
        pytest.skip(f"shared folder absent: {path}")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


@pytest.fixture
def check(document: dict[str, Any]) -> Callable[[Any, Any], None]:
    def against(schema: Any, value: Any) -> None:
        whole = {**schema, "components": document["components"]}
        jsonschema.Draft202012Validator(whole).validate(value)

    return against


@pytest.fixture
def checked(document: dict[str, Any], check: Callable[[Any, Any], None]) -> Checked:
    """The body of a successful answer, once it has kept to the document."""

    def keep(method: str, path: str, answer: requests.Response) -> Any:
        responses = document["paths"][path][method]["responses"]
        assert str(answer.status_code) in responses, answer.text
        response = responses[str(answer.status_code)]
        assert answer.headers["content-type"].startswith("application/json")
        body = answer.json()
        check(response["content"]["application/json"]["schema"], body)
        assert "errors" not in body or body["errors"]
        return body

    return keep


def test_every_answer_keeps_to_the_document(
    shop: Api, tienda: Api, sandbox: Sandbox, checked: Checked
) -> None:
    user = f"/2/users/{shop.user_id}"
    checked("get", "/2/users/me", shop("GET", "/2/users/me?user.fields=verified,created_at"))
    files = {"media": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 9)}
    form = {"media_category": "tweet_image"}
    upload = "/2/media/upload"
    image = checked("post", upload, shop("POST", upload, files=files, data=form))["data"]
    alt = {"id": image["id"], "metadata": {"alt_text": {"text": "denim"}}}
    checked("post", "/2/media/metadata", shop("POST", "/2/media/metadata", json=alt))
    film = film_of(shop, checked)
    media = {"media_ids": [image["id"]]}
    first = shop.post("1/3 https://acme.lv #a @b $C", media=media, paid_partnership=True)
    root = checked("post", "/2/tweets", first)["data"]["id"]
    poll = {"options": ["a", "b"], "duration_minutes": 60}
    shop.post("2/3", reply={"in_reply_to_tweet_id": root}, poll=poll, reply_settings="verified")
    shop.post("3/3", media={"media_ids": [film]})
    tienda.post("long " * 100)
    other = sandbox.timeline("tienda")[0].id
    reposts = "/2/users/{id}/retweets"
    checked("post", reposts, shop("POST", f"{user}/retweets", json={"tweet_id": other}))
    page = checked("get", "/2/users/{id}/tweets", shop.timeline(**ALL_FIELDS))
    assert sorted(page["includes"]) == ["media", "polls", "posts", "users"]
    checked("get", "/2/users/{id}/tweets", tienda.timeline(**ALL_FIELDS))
    reply = sandbox.seed("anna", "@acme_lv hello", reply_to=root).id
    mentions = shop("GET", f"{user}/mentions", params=ALL_FIELDS)
    assert len(checked("get", "/2/users/{id}/mentions", mentions)["data"]) == 1
    recent = {"query": "@acme_lv", **ALL_FIELDS}
    found = shop("GET", "/2/tweets/search/recent", params=recent)
    assert len(checked("get", "/2/tweets/search/recent", found)["data"]) == 1
    sandbox.play([Act(at=NOON, who="anna", does="repost", to=root)])
    shared = shop("GET", f"/2/tweets/{root}/retweets", params=ALL_FIELDS)
    assert len(checked("get", "/2/tweets/{id}/retweets", shared)["data"]) == 1
    checked("get", "/2/tweets/{id}", shop("GET", f"/2/tweets/{root}", params=ALL_FIELDS))
    ids = {"ids": f"{root},77", **ALL_FIELDS}
    checked("get", "/2/tweets", shop("GET", "/2/tweets", params=ids))
    checked("get", "/2/tweets/{id}", shop("GET", "/2/tweets/77"))
    told = people_of(shop, sandbox, checked)
    assert [each.get("data", {}).get("protected") for each in told] == [False, True, None, None]
    sandbox.hide("anna", "protected")
    hidden = {"ids": sandbox.timeline()[0].id}
    assert checked("get", "/2/tweets", shop("GET", "/2/tweets", params=hidden))["errors"]
    checked("get", "/2/users/{id}/tweets", shop("GET", "/2/users/77/tweets"))
    hidden = shop("PUT", f"/2/tweets/{reply}/hidden", json={"hidden": True})
    assert checked("put", "/2/tweets/{tweet_id}/hidden", hidden)["data"] == {"hidden": True}
    undo = f"{reposts}/{{source_tweet_id}}"
    checked("delete", undo, shop("DELETE", f"{user}/retweets/{other}"))
    checked("delete", "/2/tweets/{id}", shop("DELETE", f"/2/tweets/{root}"))
    assert set(sandbox.requests()) == set(PER_QUARTER)


def people_of(shop: Api, sandbox: Sandbox, checked: Checked) -> list[Any]:
    """What is told of somebody: of all, of who is protected, who is suspended, and of nobody."""
    by_name, by_id = "/2/users/by/username/{username}", "/2/users/{id}"
    fields = {"user.fields": "protected,public_metrics"}

    def told(handle: str) -> Any:
        path = by_name.format(username=handle)
        return checked("get", by_name, shop("GET", path, params=fields))

    anna = told("Anna")
    sandbox.hide("anna", "protected")
    path = by_id.format(id=anna["data"]["id"])
    hidden = checked("get", by_id, shop("GET", path, params=fields))
    sandbox.hide("anna", "suspended")
    return [anna, hidden, told("anna"), told("nobody")]


def film_of(shop: Api, checked: Checked) -> str:
    upload = "/2/media/upload"
    begin = {"media_category": "tweet_video", "media_type": "video/mp4", "total_bytes": len(MP4)}
    begun = checked(
        "post", f"{upload}/initialize", shop("POST", f"{upload}/initialize", json=begin)
    )
    id: str = begun["data"]["id"]
    part = {"data": {"segment_index": "0"}, "files": {"media": ("blob", MP4)}}
    checked("post", f"{upload}/{{id}}/append", shop("POST", f"{upload}/{id}/append", **part))
    checked("post", f"{upload}/{{id}}/finalize", shop("POST", f"{upload}/{id}/finalize"))
    for _ in range(3):
        query = {"command": "STATUS", "media_id": id}
        checked("get", upload, shop("GET", upload, params=query))
    return id


def test_the_problems_that_the_document_knows_are_as_it_says(
    check: Callable[[Any, Any], None],
) -> None:
    problem = {"$ref": "#/components/schemas/Problem"}
    check(problem, dict(invalid("x", {"id": ["1"]}).body))  # type: ignore[arg-type]
    check(problem, dict(not_found("tweet", "id", "1")))


@pytest.mark.parametrize("name", [name for name in NAMED if name != "html"])
def test_what_the_document_does_not_know_is_a_problem_all_the_same(name: str) -> None:
    body: Any = NAMED[name].body
    if "errors" in body:
        assert all(type(error["code"]) is int and error["message"] for error in body["errors"])
    else:
        assert body["status"] == NAMED[name].status
        assert {"title", "detail", "type"} <= set(body)
        assert body["type"] == "about:blank" or body["type"].startswith("https://api.x.com/2/")


def test_the_fields_that_may_be_asked_for_are_those_of_the_document(
    document: dict[str, Any], shop: Api
) -> None:
    parameters = document["components"]["parameters"]
    looked_at = 0
    for name in ("PostFields", "PostExpansions", "UserFields", "MediaFields", "PollFields"):
        parameter = parameters[f"{name}Parameter"]
        values = parameter["schema"]["items"]["enum"]
        looked_at += len(values)
        query = {parameter["name"]: ",".join(values)}
        assert shop.timeline(**query).status_code == 200, name
        assert shop.timeline(**{parameter["name"]: "nonsense"}).status_code == 400, name
    assert looked_at > 80
