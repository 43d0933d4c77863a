"""Planned against actual, in words."""

from datetime import timedelta

import pytest

from runner.ledger import State, standings_of
from runner.views.outcome import how_late, planned_and_actual, punctuality
from tests.unit.stores.building import RIGA, a_key, attempting, closed, posted


def standing(due: str, *ends, post: str = "launch"):
    """What was due then, and what came of it."""
    key = a_key(post)
    return standings_of([attempting(key, due), *ends])[key]


def out(due: str, at: str, post: str = "launch"):
    return standing(due, posted(a_key(post), at), post=post)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-2, "on time"),
        (0, "on time"),
        (59, "on time"),
        (60, "1 minute late"),
        (7380, "2 hours 3 minutes late"),
    ],
)
def test_below_a_minute_it_is_on_time(seconds, said):
    assert how_late(timedelta(seconds=seconds)) == said


def test_what_is_late_says_when_it_was_due_with_the_day_where_that_is_another():
    today = out("2026-12-01 10:00", "2026-12-01 10:05")
    assert planned_and_actual(today, RIGA) == "5 minutes late, due 10:00 +02:00"
    next_day = out("2026-12-01 23:58", "2026-12-02 00:05")
    assert planned_and_actual(next_day, RIGA) == "7 minutes late, due Tue  1 Dec 2026 23:58 +02:00"


def test_what_was_due_before_the_clocks_went_back_is_told_as_its_own_clock_showed_it():
    over_the_hour = out("2026-10-25 03:50", "2026-10-25 04:10")
    assert planned_and_actual(over_the_hour, RIGA) == "1 hour 20 minutes late, due 03:50 +03:00"


def test_what_is_not_out_or_known_by_a_persons_word_alone_has_no_lateness():
    missed = standings_of([closed(a_key(), State.MISSED)])[a_key()]
    by_word = standings_of([posted(a_key())])[a_key()]
    assert [planned_and_actual(each, RIGA) for each in (missed, by_word)] == ["", ""]
    assert punctuality([missed, by_word]) is None


def test_the_share_on_time_names_the_latest_where_one_was_late():
    prompt = out("2026-12-01 10:00", "2026-12-01 10:00", post="one")
    assert punctuality([prompt]) == "On time: 1 of 1 post (100 %)."
    late = out("2026-12-01 10:00", "2026-12-01 13:02", post="two")
    later = out("2026-12-01 10:00", "2026-12-01 14:00", post="three")
    said = "On time: 1 of 3 posts (33 %); the latest was shop/slim/three, 4 hours late."
    assert punctuality([late, prompt, later]) == said
