"""What is kept of a rival's posts: sums, and nothing from which a post could be told."""

from datetime import UTC
from zoneinfo import ZoneInfo

from runner.rivals import WeekNumbers
from runner.rivals.ports import PostKind
from runner.rivals.sums import in_two_figures, sums_of
from tests.unit.rivals.building import post_at


def sums(*posts, zone=UTC) -> WeekNumbers:
    return sums_of(posts, zone, days=7, followers=900)


def test_posts_are_told_by_what_they_are_to_others():
    found = sums(*(post_at(n / 4, kind) for n, kind in enumerate(PostKind)))
    assert (found.originals, found.replies, found.reposts, found.quotes) == (1, 1, 1, 1)
    assert found.posts == 2


def test_hours_are_those_of_the_project():
    found = sums(post_at(0.5), zone=ZoneInfo("Europe/Riga"))
    assert [hour for hour, n in enumerate(found.hours) if n] == [14]


def test_parts_of_a_thread_count_with_its_first_and_going_on_is_no_reply():
    first = post_at(1, likes=10, replies=3, hashtags=("denim",))
    part = post_at(
        1.01, PostKind.PART, root=first.post, likes=4, replies=1, has_link=True, hashtags=("denim",)
    )
    found = sums(first, part)
    assert (found.posts, found.links, dict(found.engagements)) == (1, 1, {17: 1})
    assert dict(found.hashtags) == {}  # in one post


def test_a_part_whose_first_was_not_read_counts_for_nothing():
    found = sums(post_at(1, PostKind.PART, root="5", likes=4))
    assert (found.posts, dict(found.engagements)) == (0, {})


def test_what_people_did_is_told_in_two_figures():
    assert [in_two_figures(n) for n in (0, 7, 99, 1234, 98765)] == [0, 7, 99, 1200, 99000]
    found = sums(post_at(1, likes=1234), post_at(2, likes=1201), post_at(3, likes=3))
    assert dict(found.engagements) == {3: 1, 1200: 2}


def test_only_hashtags_of_several_posts_are_told_five_at_the_most():
    tags = ("a", "b", "c", "d", "e", "f")
    found = sums(*(post_at(n, hashtags=(*tags, f"once{n}")) for n in range(3)))
    assert dict(found.hashtags) == dict.fromkeys(tags[:5], 3)


def test_the_best_are_those_that_people_answered_before_those_that_they_liked():
    liked, answered, nothing = post_at(1, likes=9), post_at(2, replies=1), post_at(3)
    assert sums(liked, answered, nothing).best == (answered.post, liked.post)


def test_pictures_films_and_links_are_counted_by_post():
    found = sums(
        post_at(1, has_picture=True, has_link=True), post_at(2, has_video=True), post_at(3)
    )
    assert (found.pictures, found.videos, found.links) == (1, 1, 1)
