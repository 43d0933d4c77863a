"""What X counts of our own posts, read without trust: whole, or not at all, by whichever names."""

import pytest

from runner.measure import Counts, PostTraits
from runner.measure.ports import CountedPage
from runner.reading import NotRead
from runner.x.call import ApiReply, Silence
from runner.x.counts import XCounts
from tests.unit.x.building import DATE, ME, ScriptedX, reply

BASE = 2_130_000_000_000_000_000
PROBLEMS = "https://api.x.com/2/problems/"


def post(number: int, **more) -> dict:
    id = str(BASE + number)
    return {
        "id": id,
        "text": "hello",
        "conversation_id": id,
        "public_metrics": {"impression_count": 2082, "like_count": 9, "retweet_count": 2},
        "organic_metrics": {"impression_count": 98, "like_count": 3, "url_link_clicks": 4},
        "non_public_metrics": {"impression_count": 2082, "user_profile_clicks": 5},
        **more,
    }


def public_only(number: int) -> dict:
    told = post(number)
    del told["organic_metrics"], told["non_public_metrics"]
    return told


def told(*posts: dict, errors=(), **meta) -> dict:
    answer = {"data": list(posts), "meta": {"result_count": len(posts), **meta}}
    return {**answer, "errors": list(errors)} if errors else answer


def not_told(number: int) -> dict:
    return {
        "type": f"{PROBLEMS}not-authorized-for-field",
        "resource_id": str(BASE + number),
        "detail": "Sorry, you are not authorized to access 'organic_metrics'",
    }


def read(*answers) -> tuple[CountedPage | NotRead, ScriptedX]:
    """The page of a quiet X, whose first answer says who asks."""
    whole = (each if isinstance(each, ApiReply | Silence) else reply(200, each) for each in answers)
    x = ScriptedX(*whole)
    reader = XCounts(x, "acme_lv", None)
    reader.user(with_followers=False)
    return reader.page(BASE, BASE + 100, 50), x


def ids(found: CountedPage) -> list[int]:
    return [int(each.post) - BASE for each in found.posts]


def test_a_post_comes_with_all_three_kinds_of_numbers():
    found, x = read(told(post(9)))
    (one,) = found.posts
    assert one.public == Counts(impressions=2082, likes=9, reposts=2)
    assert one.organic == Counts(impressions=98, likes=3, link_clicks=4)
    assert one.private == Counts(impressions=2082, profile_clicks=5, link_clicks=0)
    assert not found.is_public_alone
    asked = x.asked[0]
    assert asked.route == "/2/users/42/tweets"
    assert asked.params["since_id"] == str(BASE - 1)
    assert asked.params["until_id"] == str(BASE + 100)
    assert asked.params["max_results"] == "50"
    assert asked.params["exclude"] == "retweets"


def test_a_page_says_down_to_which_post_it_goes():
    found, _ = read(told(post(9), post(4), next_token="t"))
    assert (ids(found), found.since) == ([9, 4], BASE + 4)
    found, _ = read(told(post(9), post(4)))
    assert found.since == BASE


def test_an_empty_page_in_the_middle_is_gone_past():
    found, x = read({"meta": {"result_count": 0, "next_token": "t"}}, told(post(3)))
    assert ids(found) == [3]
    assert x.asked[1].params["pagination_token"] == "t"


def test_a_timeline_without_an_end_is_not_read():
    pages = [{"meta": {"result_count": 0, "next_token": f"t{number}"}} for number in range(99)]
    found, _ = read(*pages)
    assert isinstance(found, NotRead)
    assert found.because == "X's timeline has no end"


def test_names_of_the_newer_specification_are_asked_for_where_x_refuses_the_old_ones():
    refusal = reply(400, {"errors": [{"message": "The query parameter [tweet.fields] is gone"}]})
    newer = post(9, public_metrics={"impression_count": 7, "repost_count": 3})
    found, x = read(refusal, told(newer))
    assert found.posts[0].public == Counts(impressions=7, reposts=3)
    assert "organic_metrics" in x.asked[1].params["post.fields"]


def test_what_x_refuses_of_some_posts_is_asked_for_in_public_and_kept_of_the_others():
    partly = told(post(9), errors=[not_told(4)])
    found, x = read(partly, told(public_only(9), public_only(4)))
    first, second = found.posts
    assert first.organic == Counts(impressions=98, likes=3, link_clicks=4)
    assert (second.organic, second.private) == (None, None)
    assert second.public.impressions == 2082
    assert found.is_public_alone
    assert "organic_metrics" not in x.asked[1].params["tweet.fields"]


def test_where_x_tells_nothing_privately_the_public_numbers_are_read():
    refusal = reply(403, {"title": "Forbidden", "type": f"{PROBLEMS}field-unauthorized"})
    found, _ = read(refusal, told(public_only(9)))
    assert ids(found) == [9]
    assert found.is_public_alone


def test_fields_that_are_missing_without_a_word_are_told():
    found, _ = read(told(public_only(9)))
    assert found.is_public_alone


@pytest.mark.parametrize(
    "spoiled",
    [
        {"public_metrics": None},
        {"public_metrics": {}},
        {"id": "none"},
        {"text": None},
    ],
)
def test_a_post_without_its_numbers_is_not_read(spoiled):
    found, _ = read(told(post(9, **spoiled)))
    assert isinstance(found, NotRead)


def test_another_error_beside_the_posts_is_not_forgiven():
    error = {**not_told(4), "type": f"{PROBLEMS}resource-not-found"}
    found, _ = read(told(post(9), errors=[error]))
    assert isinstance(found, NotRead)


def test_a_number_that_is_none_is_left_out():
    odd = {"impression_count": -1, "like_count": "9", "reply_count": 2, "quote_count": True}
    (one,) = read(told(post(9, public_metrics=odd)))[0].posts
    assert one.public == Counts(replies=2)


def test_what_a_post_has_is_told_without_its_words():
    entities = {
        "urls": [{"url": "https://t.co/a", "expanded_url": "https://acme.lv"}],
        "hashtags": [{"tag": "Denim"}, {"tag": "denim"}, {"tag": "acme"}],
    }
    media = {"media_keys": ["3_1"]}
    found, _ = read(told(post(9, entities=entities, attachments=media, lang="lv")))
    assert found.posts[0].traits == PostTraits(
        has_media=True, has_link=True, hashtags=2, language="lv"
    )


def test_a_part_of_a_thread_is_ours_and_an_answer_to_somebody_else_is_not():
    refers = [{"type": "replied_to", "id": str(BASE + 1)}]
    part = post(9, referenced_tweets=refers, in_reply_to_user_id="42", conversation_id=str(BASE))
    other = post(8, referenced_tweets=refers, in_reply_to_user_id="77")
    found, _ = read(told(part, other))
    ours, theirs = found.posts
    assert (ours.is_ours, ours.root, ours.answers) == (True, str(BASE), str(BASE + 1))
    assert not theirs.is_ours
    assert found.shown == 2


def test_an_edited_post_has_the_id_that_it_went_out_with():
    history = [str(BASE + 2), str(BASE + 9)]
    found, _ = read(told(post(9, edit_history_tweet_ids=history)))
    assert ids(found) == [2]


def test_followers_are_told_where_they_are_asked_for():
    me = {"data": {**ME["data"], "public_metrics": {"followers_count": 412}}}
    reader = XCounts(ScriptedX(me=reply(200, me, date=DATE)), "acme_lv", "42")
    assert reader.user(with_followers=True).followers == 412
    assert reader.user(with_followers=False).followers is None


@pytest.mark.parametrize(("handle", "known"), [("acme_es", None), ("acme_lv", "43")])
def test_credentials_of_another_user_read_nothing(handle, known):
    assert isinstance(XCounts(ScriptedX(), handle, known).user(with_followers=False), NotRead)


def test_nobody_has_clicked_a_link_where_there_is_none():
    link = {"urls": [{"url": "https://t.co/a", "expanded_url": "https://acme.lv"}]}
    quiet = {"organic_metrics": {"impression_count": 98}}
    found, _ = read(told(post(9, **quiet), post(8, **quiet, entities=link)))
    assert [each.organic.link_clicks for each in found.posts] == [0, None]


def test_what_x_says_oddly_is_not_kept_as_it_is():
    (one,) = read(told(post(9, lang="a_b", conversation_id="x")))[0].posts
    assert (one.traits.language, one.root) == ("und", str(BASE + 9))
    nameless = {"hashtags": [{"tag": "denim"}, {"tag": None}, {}]}
    (one,) = read(told(post(9, entities=nameless)))[0].posts
    assert one.traits.hashtags == 1
    (one,) = read(told(post(9, lang=["lv"], conversation_id="0")))[0].posts
    assert (one.traits.language, one.root) == ("und", str(BASE + 9))
