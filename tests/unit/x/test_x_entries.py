"""What X says of entries, read without trust: whole, or not at all; each in its newest version."""

from datetime import UTC, datetime

import pytest

from runner.contest.ports import EntriesPage, EntrySource, SourceKind, StandingPosts
from runner.reading import NotRead
from runner.x.call import ApiReply, Silence
from runner.x.entries import XEntries
from tests.unit.x.building import ScriptedX, reply

SINCE = datetime(2026, 12, 1, tzinfo=UTC)
SEARCH = EntrySource(SourceKind.SEARCH, "#tag -is:retweet")
REPOSTS = EntrySource(SourceKind.REPOSTS, "77")
BASE = 2_130_000_000_000_000_000
"""An id of after SINCE."""
PROBLEMS = "https://api.x.com/2/problems/"


def post(number: int, author: str = "1", **more) -> dict:
    return {
        "id": str(BASE + number),
        "text": "hello #tag",
        "author_id": author,
        "conversation_id": str(BASE + number),
        "edit_history_tweet_ids": [str(BASE + number)],
        **more,
    }


def told(*posts: dict, errors=(), users=("1", "2"), **meta) -> dict:
    answer = {
        "data": list(posts),
        "includes": {"users": [{"id": id, "username": f"h{id}"} for id in users]},
        "meta": {"result_count": len(posts), **meta},
    }
    return {**answer, "errors": list(errors)} if errors else answer


def scripted(*answers: ApiReply | Silence | dict) -> ScriptedX:
    """X with these answers, those without a status being well."""
    whole = (each if isinstance(each, ApiReply | Silence) else reply(200, each) for each in answers)
    return ScriptedX(*whole)


def page(*answers, source: EntrySource = SEARCH, cursor: str | None = None):
    x = scripted(*answers)
    return XEntries(x, "42").page(source, SINCE, cursor), x


def ids(found: EntriesPage | StandingPosts) -> list[int]:
    return [int(each.post) - BASE for each in found.posts]


def test_a_list_goes_on_below_its_oldest_post():
    found, _ = page(told(post(9), post(4), next_token="t"))
    assert (ids(found), found.following) == ([9, 4], f"below:{BASE + 4}")
    _, x = page(told(post(3)), cursor=found.following)
    assert x.asked[0].params["until_id"] == str(BASE + 4)
    assert "pagination_token" not in x.asked[0].params


def test_a_page_without_posts_goes_on_by_its_token():
    found, _ = page(told(next_token="more"))
    assert (found.posts, found.following) == ((), "more")
    _, x = page(told(), cursor="more")
    assert x.asked[0].params["pagination_token"] == "more"


def test_below_what_is_asked_for_nothing_is_asked():
    found, x = page(cursor="below:17")
    assert (found, x.asked) == (EntriesPage(posts=(), following=None), [])


def test_reposts_end_with_the_first_that_is_too_old():
    old = {**post(0), "id": "1000"}
    found, _ = page(told(post(9), old, next_token="t"), source=REPOSTS)
    assert (ids(found), found.following) == ([9], None)
    found, _ = page(told(post(9), post(8), next_token="t"), source=REPOSTS)
    assert found.following == "t"


def test_reposts_go_on_behind_one_of_somebody_suspended():
    gone = {"resource_id": "2", "type": f"{PROBLEMS}resource-not-found", "detail": "suspended"}
    answer = told(post(9), post(8, "2"), errors=[gone], users=("1",), next_token="t")
    found, _ = page(answer, source=REPOSTS)
    assert (ids(found), found.following) == ([9], "t")


def test_a_token_that_x_has_forgotten_begins_the_reposts_anew():
    refused = ApiReply(
        status=400, headers={}, body=b'{"errors": [{"message": "pagination_token"}]}'
    )
    found, x = page(refused, told(post(9)), source=REPOSTS, cursor="stale")
    assert ids(found) == [9]
    assert "pagination_token" not in x.asked[-1].params


def test_a_post_of_somebody_suspended_is_left_out_and_the_others_are_read():
    gone = {"resource_id": "2", "type": f"{PROBLEMS}resource-not-found", "detail": "suspended"}
    found, _ = page(told(post(9), post(8, "2"), errors=[gone], users=("1",)))
    assert ids(found) == [9]
    named = {"value": "2", "type": f"{PROBLEMS}resource-not-found", "detail": "suspended"}
    found, _ = page(told(post(9), post(8, "2"), errors=[named], users=("1",)))
    assert ids(found) == [9]


@pytest.mark.parametrize(
    "answer",
    [
        told(post(9), result_count=5),
        told(post(9), users=()),
        told({**post(9), "id": "x"}),
        told(post(9), errors=[{"resource_id": "5", "detail": "who knows"}]),
        told(post(9), errors=[{"resource_id": ["1"], "detail": "who knows"}]),
        told(post(9, author_id=["1"])),
        {**told(post(9)), "includes": {"users": [{"id": "1"}]}},
        told({"id": "x", "author_id": "2"}, errors=[{"resource_id": "2"}], next_token="t"),
        {"data": "none", "meta": {"result_count": 0}},
        ApiReply(status=200, headers={}, body=b'{"data": [{"id": "1"'),
        ApiReply(status=503, headers={}, body=b"<html>"),
        Silence(sent=True, late=True),
    ],
    ids=[
        *("count", "author", "id", "error", "odd-error", "odd-author", "no-name", "hidden-id"),
        *("no-list", "cut", "page", "silence"),
    ],
)
def test_half_a_page_is_none(answer):
    found, _ = page(answer)
    assert isinstance(found, NotRead)
    assert found.again_at is None


def test_a_limit_tells_when_it_ends():
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1796126400"}
    found, _ = page(ApiReply(status=429, headers=headers, body=b'{"title": "Too Many Requests"}'))
    assert found.again_at == datetime.fromtimestamp(1796126400, UTC)


def test_credentials_of_somebody_else_read_nothing():
    x = scripted()
    found = XEntries(x, "8").page(SEARCH, SINCE, None)
    assert "the credentials are of the user 42" in found.because
    assert not x.asked


def missing(number: int, kind: str) -> dict:
    return {"resource_id": str(BASE + number), "type": f"{PROBLEMS}{kind}", "detail": "no"}


def standing(numbers: list[int], *answers):
    return XEntries(scripted(*answers), "42").still_shown([str(BASE + each) for each in numbers])


def test_who_deleted_or_hides_a_post_is_told_from_who_shows_it():
    errors = [missing(2, "resource-not-found"), missing(3, "not-authorized-for-resource")]
    found = standing([1, 2, 3], told(post(1), errors=errors))
    assert ids(found) == [1]
    assert found.gone == {str(BASE + 2), str(BASE + 3)}


def test_of_an_edited_post_its_newest_version_counts():
    history = {"edit_history_tweet_ids": [str(BASE + 1), str(BASE + 5)]}
    found = standing([1], told(post(1, **history)), told(post(5, **history)))
    assert [(int(each.post) - BASE, int(each.first) - BASE) for each in found.posts] == [
        (1, 1),
        (5, 1),
    ]
    assert not found.gone


def test_a_post_of_which_x_says_nothing_is_not_gone():
    assert isinstance(standing([1, 2], told(post(1))), NotRead)
    other = [missing(2, "rate-limited")]
    assert isinstance(standing([1, 2], told(post(1), errors=other)), NotRead)


def test_what_x_counts_is_read_by_its_old_name_and_its_new_one():
    def reposts(name: str) -> int | NotRead:
        counted = {"id": "1", "text": "x", "public_metrics": {name: 7, "reply_count": 3}}
        return XEntries(scripted({"data": [counted]}), "42").reposts(["1"])

    assert (reposts("retweet_count"), reposts("repost_count")) == (7, 7)
    assert isinstance(reposts("like_count"), NotRead)


def test_posts_and_counts_are_asked_for_by_new_names_where_x_refuses_the_old_ones():
    refused = ApiReply(status=400, headers={}, body=b'{"errors": [{"message": "tweet.fields"}]}')
    counted = {"id": "1", "text": "x", "public_metrics": {"reply_count": 3}}
    x = scripted(refused, {"data": [counted]})
    assert XEntries(x, "42").answers(["1"]) == 3
    assert [list(each.params) for each in x.asked] == [
        ["ids", "tweet.fields"],
        ["ids", "post.fields"],
    ]
    history = {"edit_history_post_ids": [str(BASE + 1), str(BASE + 9)]}
    renamed = {**post(9), **history, "conversation_id": str(BASE + 1)}
    del renamed["edit_history_tweet_ids"]
    (one,) = standing([9], refused, told(renamed)).posts
    assert (one.first, one.user) == (str(BASE + 1), "1")


def test_what_x_has_refused_once_it_is_not_asked_for_again():
    refused = ApiReply(status=400, headers={}, body=b'{"errors": [{"message": "tweet.fields"}]}')
    x = scripted(refused, told(post(9)), told(post(8)), told(post(7)))
    reader = XEntries(x, "42")
    for number in (9, 8):
        assert ids(reader.still_shown([str(BASE + number)])) == [number]
    assert ids(reader.page(SEARCH, SINCE, None)) == [7]
    assert ["tweet.fields" in each.params for each in x.asked] == [True, False, False, False]


def test_without_xs_own_count_nothing_is_counted():
    counted = {"id": "1", "text": "x", "public_metrics": "many"}
    for answer in ({"data": [counted]}, Silence(sent=True, late=True)):
        assert isinstance(XEntries(scripted(answer), "42").answers(["1"]), NotRead)
