"""What X says of mentions, read without trust: whole, or not at all."""

import pytest

from runner.inbox.ports import MentionsPage, RepliesPage
from runner.inbox.record import OwnReply
from runner.reading import NotRead
from runner.x.mentions import XMentions
from tests.unit.x.building import ScriptedX, reply

BASE = 2_130_000_000_000_000_000
SINCE, UNTIL = BASE, BASE + 100
PROBLEMS = "https://api.x.com/2/problems/"


def post(number: int, author: str = "7", **more) -> dict:
    id = str(BASE + number)
    return {"id": id, "text": "@acme_lv hello", "author_id": author, "conversation_id": id, **more}


def told(*posts: dict, **meta) -> dict:
    return {
        "data": list(posts),
        "includes": {"users": [{"id": "7", "username": "anna"}]},
        "meta": {"result_count": len(posts), **meta},
    }


def reader(*answers: dict) -> tuple[XMentions, ScriptedX]:
    x = ScriptedX(*(reply(**whole(each)) for each in answers))
    found = XMentions(x, "acme_lv", None)
    assert not isinstance(found.greet(), NotRead)
    return found, x


def whole(answer: dict) -> dict:
    return answer if "status" in answer else {"status": 200, "body": answer}


def heard(*answers: dict) -> MentionsPage | NotRead:
    return reader(*answers)[0].mentions(SINCE, UNTIL, 100)


def test_a_mention_has_both_ids_what_it_answers_and_its_language():
    answer = post(
        9,
        lang="lv",
        conversation_id="5",
        in_reply_to_user_id="42",
        referenced_tweets=[{"type": "replied_to", "id": "6"}],
        edit_history_tweet_ids=[str(BASE + 3), str(BASE + 9)],
    )
    (found,) = heard(told(answer)).mentions
    assert (found.post, found.newest) == (str(BASE + 3), str(BASE + 9))
    assert (found.conversation, found.answers, found.answers_us) == ("5", "6", True)
    assert (found.language, found.handle, found.text) == ("lv", "anna", "@acme_lv hello")


def test_names_of_the_newer_specification_are_asked_for_where_x_refuses_the_old_ones():
    refused = {"status": 400, "body": {"errors": [{"message": "unknown: tweet.fields"}]}}
    answer = post(9, referenced_posts=[{"type": "replied_to", "id": "6"}])
    found, x = reader(refused, told(answer), told())
    assert found.mentions(SINCE, UNTIL, 100).mentions[0].answers == "6"
    found.own_posts(SINCE, UNTIL, 100)
    assert ["post.fields" in each.params for each in x.asked] == [False, True, True]


def test_our_own_posts_and_reposts_are_no_mentions():
    ours = post(9, author="42")
    repost = post(8, referenced_tweets=[{"type": "retweeted", "id": "6"}])
    found = heard(told(ours, repost, post(7), next_token="t"))
    assert [each.post for each in found.mentions] == [str(BASE + 7)]
    assert found.since == BASE + 7


def test_what_x_says_oddly_is_not_kept_as_it_is():
    (found,) = heard(told(post(9, lang="a b", conversation_id="x", author="8"))).mentions
    assert (found.language, found.conversation, found.handle) == ("und", str(BASE + 9), "")


def test_of_our_own_posts_those_that_answer_are_told_and_all_are_counted():
    answer = post(9, author="42", referenced_tweets=[{"type": "replied_to", "id": "6"}])
    found, x = reader(told(answer, post(8, author="42")))
    assert found.own_posts(SINCE, UNTIL, 50) == RepliesPage(
        replies=(OwnReply(post=str(BASE + 9), answers="6"),), shown=2, since=SINCE
    )
    assert x.asked[0].route == "/2/users/42/tweets"
    assert x.asked[0].params["max_results"] == "50"


def test_of_each_post_it_is_told_whether_it_is_gone():
    gone = {"type": f"{PROBLEMS}resource-not-found", "resource_id": "2"}
    hidden = {"type": f"{PROBLEMS}not-authorized-for-resource", "resource_id": "3"}
    answer = {"data": [post(9, id="1")], "errors": [gone, hidden]}
    assert reader(answer)[0].gone(["1", "2", "3"]) == {"2", "3"}
    assert isinstance(reader(answer)[0].gone(["1", "2", "3", "4"]), NotRead)
    assert reader(answer)[0].words(["1", "2"]) == {"1": "@acme_lv hello"}


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503, "body": {}},
        {"status": 200, "body": b"<html>"},
        told(post(9), result_count=2),
        told({"id": "x", "text": "hello", "author_id": "7"}),
        told({"id": "5", "author_id": "7"}),
        told({"id": None, "text": "hello", "author_id": "42"}, next_token="t"),
        {**told(post(9)), "errors": [{"resource_id": ["7"], "detail": "who knows"}]},
        {**told(post(9)), "includes": {"users": "many"}},
    ],
    ids=["error", "page", "half", "no-id", "no-text", "own-without-id", "odd-error", "no-users"],
)
def test_half_an_answer_is_none(answer):
    assert isinstance(heard(answer), NotRead)


def test_a_list_without_an_end_is_not_read():
    endless = (told(next_token=str(number)) for number in range(64))
    assert isinstance(heard(*endless), NotRead)
