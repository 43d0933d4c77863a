"""Reading what an account shows: whole, or not at all."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from runner.publish.ports import Unreadable
from runner.reconcile import TimelinePost
from runner.x.call import ApiReply, Silence
from runner.x.publisher import XPublisher
from runner.x_facts import snowflake
from tests.unit.x.building import ScriptedX, reply

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
OLD = "tweet.fields"


def read(*answers: ApiReply | Silence) -> tuple[TimelinePost, ...] | Unreadable:
    publisher = XPublisher(ScriptedX(*answers), "acme_lv", sleep=lambda _: None)
    return publisher.timeline(NOON)


def page(*posts: dict[str, Any], **more: Any) -> ApiReply:
    meta = {"result_count": len(posts), **more}
    return reply(200, {"data": list(posts), "meta": meta} if posts else {"meta": meta})


def id_at(seconds: float) -> str:
    return str(snowflake(NOON + timedelta(seconds=seconds)))


def post(seconds: float = 1, text: str = "hello", **more: Any) -> dict[str, Any]:
    return {"id": id_at(seconds), "text": text, **more}


def the_post(**more: Any) -> TimelinePost:
    found = read(page(post(**more)))
    assert not isinstance(found, Unreadable)
    (one,) = found
    return one


# --- what is asked


def test_nothing_is_excluded_and_the_instant_is_told_as_an_id() -> None:
    caller = ScriptedX(page())
    assert XPublisher(caller, "acme_lv", sleep=lambda _: None).timeline(NOON) == ()
    (asked,) = caller.asked
    assert (asked.method, asked.route) == ("GET", "/2/users/42/tweets")
    assert sorted(asked.params) == ["max_results", "since_id", OLD]
    assert asked.params["max_results"] == "100"
    # exclusive: a post of the very millisecond is shown
    assert int(asked.params["since_id"]) == snowflake(NOON) - 1


def test_all_pages_are_read_and_the_oldest_post_comes_first() -> None:
    caller = ScriptedX(page(post(3), post(2), next_token="b"), page(next_token="c"), page(post(1)))
    found = XPublisher(caller, "acme_lv", sleep=lambda _: None).timeline(NOON)
    assert [one.at - NOON for one in found] == [timedelta(seconds=n) for n in (1, 2, 3)]  # type: ignore[union-attr]
    assert [asked.params.get("pagination_token") for asked in caller.asked] == [None, "b", "c"]


def test_the_new_names_are_asked_for_where_x_refuses_the_old_ones() -> None:
    refused = reply(400, {"errors": [{"message": "The query parameter [tweet.fields] is not one"}]})
    caller = ScriptedX(refused, page(post(2), next_token="b"), page(post(1)))
    found = XPublisher(caller, "acme_lv", sleep=lambda _: None).timeline(NOON)
    assert not isinstance(found, Unreadable)
    assert [OLD in asked.params for asked in caller.asked] == [True, False, False]
    assert "referenced_posts" in caller.asked[-1].params["expansions"]


def test_a_limit_that_keeps_x_from_telling_whose_they_are_tells_when_it_ends() -> None:
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1796126400"}
    busy = ApiReply(status=429, headers=headers, body=b'{"title": "Too Many Requests"}')
    found = XPublisher(ScriptedX(me=busy), "acme_lv", sleep=lambda _: None).timeline(NOON)
    assert isinstance(found, Unreadable)
    assert found.retry_at == datetime.fromtimestamp(1796126400, UTC)


# --- what a post tells


def test_a_post_says_who_it_is() -> None:
    one = the_post(attachments={"media_keys": ["3_1", "3_2"]})
    id = id_at(1)
    assert one == TimelinePost(
        id=id,
        url=f"https://x.com/acme_lv/status/{id}",
        at=NOON + timedelta(seconds=1),
        text="hello",
        media=("3_1", "3_2"),
    )


@pytest.mark.parametrize("name", ["referenced_tweets", "referenced_posts"])
@pytest.mark.parametrize("repost", ["retweeted", "reposted"])
def test_what_it_shares_and_answers_is_read_under_either_name(name: str, repost: str) -> None:
    assert the_post(**{name: [{"type": repost, "id": "7"}]}).repost_of == "7"
    answer = the_post(**{name: [{"type": "quoted", "id": "8"}, {"type": "replied_to", "id": "9"}]})
    assert (answer.repost_of, answer.reply_to) == (None, "9")


@pytest.mark.parametrize("name", ["edit_history_tweet_ids", "edit_history_post_ids"])
def test_an_edited_post_tells_which_it_was(name: str) -> None:
    before, between, now = id_at(-60), id_at(-5), id_at(1)
    edited = the_post(**{name: [before, between, now]})
    assert (edited.id, edited.earlier) == (now, (before, between))
    assert edited.begun == NOON - timedelta(seconds=60)
    never = the_post(**{name: [now]})
    assert (never.earlier, never.begun) == ((), NOON + timedelta(seconds=1))


@pytest.mark.parametrize("name", ["note_tweet", "note_post"])
def test_a_long_text_is_read_whole_from_its_note(name: str) -> None:
    link = {"url": "https://t.co/abc", "expanded_url": "https://acme.lv/slim"}
    note = {"text": "long https://t.co/abc", "entities": {"urls": [link]}}
    assert the_post(text="lo… https://t.co/more", **{name: note}).text == (
        "long https://acme.lv/slim"
    )


@pytest.mark.parametrize(
    ("link", "stands_for"),
    [
        ({"expanded_url": "http://acme.lv"}, "http://acme.lv"),
        (
            {"expanded_url": "https://bit.ly/x", "unwound_url": "https://acme.lv"},
            "https://bit.ly/x",
        ),
        ({"unwound_url": "https://acme.lv"}, "https://acme.lv"),
        ({"expanded_url": "https://t.co/x", "unwound_url": "https://acme.lv"}, "https://acme.lv"),
        ({}, "https://t.co/abc"),
        ({"expanded_url": "https://a.lv/?a=1&copy=2&amp;b"}, "https://a.lv/?a=1&copy=2&amp;b"),
    ],
)
def test_a_short_link_is_the_address_that_was_written(
    link: dict[str, str], stands_for: str
) -> None:
    urls = [{"url": "https://t.co/abc", **link}, {"url": "https://t.co/abcd", "expanded_url": "b"}]
    one = the_post(text="see https://t.co/abcd https://t.co/abc now", entities={"urls": urls})
    assert one.text == f"see b {stands_for} now"


def test_the_three_signs_that_x_escapes_are_unescaped_once() -> None:
    assert the_post(text="&lt;b&gt; Q&amp;A &amp;lt; ?a&amp;copy=1 &eacute;").text == (
        "<b> Q&A &lt; ?a&copy=1 &eacute;"
    )


@pytest.mark.parametrize(
    "link",
    [
        {"expanded_url": "https://x.com/a/status/1/photo/1", "media_key": "3_1"},
        {"expanded_url": "https://x.com/a/status/1/video/1", "display_url": "pic.x.com/abc"},
        {"expanded_url": "https://x.com/a/status/1/photo/1", "display_url": "pic.twitter.com/abc"},
    ],
)
def test_the_link_of_the_media_is_no_part_of_the_text(link: dict[str, str]) -> None:
    shown = "hi https://t.co/abc"
    entities = {"urls": [{"url": "https://t.co/abc", **link}]}
    media = {"media_keys": ["3_1"]}
    assert the_post(text=shown, entities=entities, attachments=media).text == "hi"
    assert the_post(text="https://t.co/abc", entities=entities, attachments=media).text == ""
    assert the_post(text=shown, attachments=media).text == "hi"
    assert the_post(text=shown).text == shown


# --- what can't be read


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, {"data": [post()]}),
        reply(200, {}),
        reply(200, {"data": [post()], "meta": {}}),
        reply(200, {"data": [post()], "meta": {"result_count": 2}}),
        reply(200, {"data": [post()], "meta": {"result_count": True}}),
        reply(200, {"meta": {"result_count": 1}}),
        reply(200, {"data": {"id": "1"}, "meta": {"result_count": 1}}),
        reply(200, {"data": [post()], "meta": {"result_count": 1}, "errors": [{"title": "Oh"}]}),
        reply(200, {"errors": [{"value": "42", "type": "…/resource-not-found"}]}),
        reply(200, {"data": [{"text": "x"}], "meta": {"result_count": 1}}),
        reply(200, {"data": [{"id": "1"}], "meta": {"result_count": 1}}),
        reply(200, {"data": ["x"], "meta": {"result_count": 1}}),
        reply(200, b'{"data": [{"id"'),
        reply(200, b"[]"),
        reply(200, b"<!DOCTYPE html><html></html>"),
        reply(201, {"meta": {"result_count": 0}}),
        reply(204, b""),
        reply(302, b""),
        reply(400, {"detail": "no"}),
        reply(403, {"detail": "no"}),
        reply(404, {"title": "Not Found"}),
        reply(429, {}),
        reply(503, {}),
        Silence(sent=True, late=True),
        Silence(sent=False, late=False),
        page(post(), next_token=7),
    ],
    ids=str,
)
@pytest.mark.parametrize("after", [(), (page(post(9), next_token="b"),)], ids=["first", "second"])
def test_an_answer_that_is_not_whole_makes_the_whole_timeline_unreadable(
    answer: ApiReply | Silence, after: tuple[ApiReply, ...]
) -> None:
    assert isinstance(read(*after, answer), Unreadable)


def test_a_timeline_that_never_ends_is_unreadable() -> None:
    pages = [page(post(n), next_token=f"t{n}") for n in range(70)]
    assert isinstance(read(*pages), Unreadable)
    assert isinstance(read(page(post(), next_token="t"), page(next_token="t")), Unreadable)


def test_a_timeline_that_reaches_as_far_as_x_shows_is_unreadable() -> None:
    posts = [post(n) for n in range(3200)]
    pages = [page(*posts[at : at + 100], next_token=f"t{at}") for at in range(0, 3100, 100)]
    assert isinstance(read(*pages, page(*posts[3100:])), Unreadable)
    assert not isinstance(read(*pages, page(*posts[3100:3199])), Unreadable)


def test_a_post_that_is_answered_may_be_gone() -> None:
    body = {
        "data": [post(referenced_posts=[{"type": "replied_to", "id": "9"}])],
        "meta": {"result_count": 1},
        "errors": [{"resource_id": "9", "type": "https://api.x.com/2/problems/resource-not-found"}],
    }
    assert not isinstance(read(reply(200, body)), Unreadable)


@pytest.mark.parametrize(("status", "stop"), [(401, True), (402, True), (429, False), (500, False)])
def test_what_only_a_person_can_mend_stops_the_reading_too(status: int, stop: bool) -> None:
    refused = reply(status, {})
    for caller in (ScriptedX(refused), ScriptedX(me=refused)):
        found = XPublisher(caller, "acme_lv", sleep=lambda _: None).timeline(NOON)
        assert isinstance(found, Unreadable)
        assert found.stop is stop


# --- which posts are gone


def gone(ids: list[str], *answers: ApiReply | Silence) -> frozenset[str] | Unreadable:
    return XPublisher(ScriptedX(*answers), "acme_lv", sleep=lambda _: None).deleted_ids(ids)


def missing(id: str, kind: str = "resource-not-found") -> dict[str, str]:
    return {"value": id, "resource_id": id, "type": f"https://api.twitter.com/2/problems/{kind}"}


def test_gone_is_only_what_x_says_is_not_there() -> None:
    body = {"data": [{"id": "1", "text": "x"}], "errors": [missing("2")]}
    assert gone(["1", "2"], reply(200, body)) == frozenset({"2"})
    assert gone(["2"], reply(200, {"errors": [missing("2")]})) == frozenset({"2"})
    assert gone([]) == frozenset()


def test_ids_are_asked_about_in_hundreds() -> None:
    ids = [str(n) for n in range(1, 251)]
    answers = [
        reply(200, {"errors": [missing(id) for id in sorted(ids)[at : at + 100]]})
        for at in range(0, 250, 100)
    ]
    assert gone(ids, *answers) == frozenset(ids)


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, {"data": [{"id": "1", "text": "x"}]}),
        reply(
            200, {"data": [{"id": "1"}], "errors": [missing("2", "not-authorized-for-resource")]}
        ),
        reply(200, {"data": [{"id": "1"}], "errors": [{"value": "2"}]}),
        reply(200, {"data": [{"id": "1"}], "errors": [missing("3")]}),
        reply(200, {"data": [{"id": "1"}, {"id": "2"}], "errors": [missing("2")]}),
        reply(200, {}),
        reply(404, missing("2")),
        reply(200, b"<html>"),
        Silence(sent=True, late=True),
    ],
    ids=str,
)
def test_what_x_does_not_tell_is_not_gone(answer: ApiReply | Silence) -> None:
    assert isinstance(gone(["1", "2"], answer), Unreadable)
