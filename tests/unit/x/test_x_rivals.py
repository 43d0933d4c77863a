"""What X tells of somebody else, read without trust: whole, or not at all, and never in words."""

import pytest
from msgspec.structs import asdict

from runner.reading import NotRead
from runner.rivals import RivalState
from runner.rivals.ports import PostKind, RivalPage, RivalUser
from runner.x.call import ApiReply
from runner.x.rivals import XRivals
from tests.unit.x.building import ScriptedX, reply

BASE = 2_130_000_000_000_000_000
WORDS = "our new jeans are here"


def post(number: int, **more: object) -> dict:
    id = str(BASE + number)
    counts = {"retweet_count": 2, "reply_count": 3, "like_count": 9, "quote_count": 1}
    return {"id": id, "text": WORDS, "conversation_id": id, "public_metrics": counts, **more}


def told(*posts: dict, **more: object) -> dict:
    return {"data": list(posts), "meta": {"result_count": len(posts)}, **more}


def read(*answers: dict | ApiReply) -> tuple[RivalPage | NotRead, ScriptedX]:
    x = ScriptedX(*(each if isinstance(each, ApiReply) else reply(200, each) for each in answers))
    return XRivals(x).page("7", BASE, BASE + 100, 20), x


def user(
    answer: dict | ApiReply, known: str | None = None
) -> tuple[RivalUser | NotRead, ScriptedX]:
    x = ScriptedX(answer if isinstance(answer, ApiReply) else reply(200, answer))
    return XRivals(x).user("otherjeans", known), x


def error(detail: str, type: str = "resource-not-found") -> dict:
    return {"errors": [{"type": f"https://api.x.com/2/problems/{type}", "detail": detail}]}


def answering(kind: str, id: int = 5) -> dict:
    return {"referenced_tweets": [{"type": kind, "id": str(id)}]}


def test_a_post_comes_with_its_numbers_and_none_of_its_words():
    found, x = read(told(post(9)))
    (one,) = found.posts
    assert (one.likes, one.replies, one.reposts, one.quotes) == (9, 3, 2, 1)
    assert WORDS not in str(asdict(found))
    asked = x.asked[0]
    assert asked.route == "/2/users/7/tweets"
    assert (asked.params["since_id"], asked.params["until_id"]) == (str(BASE - 1), str(BASE + 100))
    assert "exclude" not in asked.params


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, PostKind.ORIGINAL),
        (answering("retweeted"), PostKind.REPOST),
        (answering("quoted"), PostKind.QUOTE),
        (answering("replied_to"), PostKind.REPLY),
        ({**answering("replied_to"), "in_reply_to_user_id": "7"}, PostKind.PART),
    ],
)
def test_a_post_is_told_by_what_it_is_to_others(more, kind):
    found, _ = read(told(post(9, **more)))
    assert [each.kind for each in found.posts] == [kind]


def test_pictures_films_links_and_hashtags_are_told():
    def link(address: str) -> dict:
        return {"url": "https://t.co/a", "expanded_url": address}

    quoted = link("https://x.com/anna/status/5")
    posts = (
        post(9, attachments={"media_keys": ["3_1"]}, entities={"hashtags": [{"tag": "Denim"}]}),
        post(8, attachments={"media_keys": ["7_1"]}, entities={"urls": [link("https://acme.lv")]}),
        post(7, **answering("quoted"), entities={"urls": [quoted]}),
    )
    media = [{"media_key": "3_1", "type": "photo"}, {"media_key": "7_1", "type": "video"}]
    found, _ = read(told(*posts, includes={"media": media}))
    assert [each.has_picture for each in found.posts] == [True, False, False]
    assert [each.has_video for each in found.posts] == [False, True, False]
    assert [each.has_link for each in found.posts] == [False, True, False]
    assert found.posts[0].hashtags == ("denim",)


def test_a_page_says_down_to_which_post_it_goes_and_counts_what_it_shows_besides():
    page = told(post(9), post(4), includes={"posts": [post(1)]})
    found, _ = read({**page, "meta": {"result_count": 2, "next_token": "t"}})
    assert (found.since, found.shown) == (BASE + 4, 3)
    assert read(told(post(9), post(4)))[0].since == BASE


def test_names_of_fields_that_x_does_not_know_any_more_are_left_for_the_new_ones():
    refused = reply(400, {"errors": [{"message": "The query parameter [tweet.fields] is not one"}]})
    found, x = read(refused, told(post(9)))
    assert len(found.posts) == 1
    assert "post.fields" in x.asked[1].params


@pytest.mark.parametrize(
    "answer",
    [
        told({**post(9), "public_metrics": None}),
        told({**post(9), "id": "x"}),
        {"data": [post(9)], "meta": {"result_count": 2}},
        reply(503, b"<html>"),
        reply(429, {}),
        reply(402, {"type": "https://api.x.com/2/problems/credits-depleted"}),
    ],
)
def test_what_is_not_whole_is_not_read(answer):
    assert isinstance(read(answer)[0], NotRead)


def test_a_user_is_asked_for_by_name_and_then_by_id():
    data = {"id": "7", "username": "OtherJeans", "public_metrics": {"followers_count": 3000}}
    found, x = user({"data": data})
    assert found == RivalUser(
        state=RivalState.SEEN, user_id="7", handle="OtherJeans", followers=3000
    )
    assert x.asked[0].route == "/2/users/by/username/otherjeans"
    assert user({"data": data}, "7")[1].asked[0].route == "/2/users/7"
    assert user({"data": {**data, "protected": True}})[0].state is RivalState.PROTECTED


def test_who_is_not_shown_is_missing_or_suspended():
    assert user(error("Could not find user"))[0] == RivalUser(state=RivalState.MISSING)
    found, _ = user(error("User has been suspended: [otherjeans]."))
    assert found == RivalUser(state=RivalState.SUSPENDED)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        error("Sorry", "not-authorized-for-resource"),
        {"data": {"id": "7"}},
        {"data": {"id": "x", "username": "otherjeans"}},
        reply(404, {}),
        reply(200, b"<html>"),
    ],
)
def test_an_answer_that_does_not_say_who_it_is_says_nothing(answer):
    assert isinstance(user(answer)[0], NotRead)
