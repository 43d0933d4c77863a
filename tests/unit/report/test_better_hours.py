"""A better hour for a slot is proposed where there surely is one."""

import secrets
from datetime import date, time
from statistics import mean

import pytest

from runner.report import MeasuredPost, Period, SlotProposal, slot_proposals
from runner.value import replace
from tests.unit.report.building import Shop

pytestmark = pytest.mark.thorough

QUARTER = Period(since=date(2026, 4, 1), until=date(2026, 6, 30))
SLOTS = {"shop": {"noon": time(13)}}


def posts_of(seed: int, *, twice_as_many_at: int | None) -> tuple[MeasuredPost, ...]:
    """Of a quarter in which posts went out at nine, at one and at six, and every second of those at
    one an hour later; at one of these hours twice as many saw them."""
    found = []
    for number, post in enumerate(Shop(posts=240, period=QUARTER).material(seed).posts):
        at = post.at.replace(hour=14) if post.at.hour == 13 and number % 2 else post.at
        early = post.early
        assert early
        times = 2 if at.hour == twice_as_many_at else 1
        seen = replace(early, impressions=early.impressions * times)
        found.append(replace(post, at=at, numbers=dict.fromkeys(post.numbers, seen)))
    return tuple(found)


def the_proposal(posts: tuple[MeasuredPost, ...]) -> SlotProposal:
    (found,) = slot_proposals(posts, SLOTS)
    return found


def test_a_better_hour_nearby_is_proposed_with_what_it_rests_on() -> None:
    first = secrets.randbelow(10**9)
    proposed: list[time] = []
    gains: list[float] = []
    for seed in range(first, first + 24):
        found = the_proposal(posts_of(seed, twice_as_many_at=14))
        if found.better and found.gain:
            proposed.append(found.better.at)
            assert found.gain.low > 1
            assert found.better.posts > 20
            gains.append(found.gain.value)
    assert len(proposed) >= 20, first  # 49 of 50 are: fewer than that in one run of 7,000
    assert set(proposed) == {time(14)}
    # drawn near to the mean, not beyond the truth: 1.88 on the average, each 0.3 to and fro
    assert mean(gains) < 2.2, first


def test_of_chance_nothing_is_proposed_more_often_than_stated() -> None:
    first = secrets.randbelow(10**9)
    made = [
        the_proposal(posts_of(seed, twice_as_many_at=None)) for seed in range(first, first + 20)
    ]
    assert sum(each.better is not None for each in made) <= 8, first
    assert all(each.is_told for each in made)


def test_an_hour_far_from_the_slot_is_never_proposed() -> None:
    assert the_proposal(posts_of(3, twice_as_many_at=18)).better is None


def test_where_few_posts_went_out_nothing_is_told() -> None:
    few = posts_of(3, twice_as_many_at=14)[:10]
    found = the_proposal(few)
    assert not found.is_told
    assert found.posts == sum(post.at.hour == 13 for post in few) > 0
