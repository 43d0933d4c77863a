"""When to look, when absence counts, and what a person has to be asked about."""

from datetime import timedelta

import pytest

from runner.ledger import Standing, State
from runner.problems import LedgerUnusable
from runner.reconcile import (
    ABSENT_AFTER,
    is_fenced_by_x,
    look_at,
    look_from,
    may_look,
    tells_absence,
    unexplained_posts,
)
from tests.unit.reconcile.building import (
    NOON,
    attempting,
    closed,
    edited,
    ids,
    part,
    picture,
    posted,
    shown,
    standing,
)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def in_doubt_twice() -> Standing:
    """Given up as absent after the first attempt, then in doubt again, an hour later."""
    first = attempting(part("hello"))
    again = attempting(part("hello"), at=3600)
    return standing(first, closed(first, State.RELEASED, look="absent"), again)


def test_the_timeline_is_read_from_ten_minutes_before_the_first_suspect() -> None:
    assert look_from(standing(attempting(part("hello")))) == NOON - seconds(600)
    assert look_from(in_doubt_twice()) == NOON - seconds(600)


def test_nobody_looks_before_the_newest_request_must_have_ended() -> None:
    once = standing(attempting(part("hello")))
    assert look_at(once) == NOON + seconds(60 + 90)
    assert not may_look(once, NOON + seconds(149))
    assert may_look(once, NOON + seconds(150))
    assert look_at(in_doubt_twice()) == NOON + seconds(3600 + 150)


def test_what_was_given_up_may_be_looked_for_at_once() -> None:
    first = attempting(part("hello"))
    again = attempting(part("hello"), at=3600)
    entries = (first, closed(first, State.RELEASED, look="absent"), again)
    given_back = standing(*entries, closed(again, State.RELEASED))
    assert given_back.doubtful
    assert look_at(given_back) == NOON + seconds(150)


def test_absence_counts_five_minutes_after_the_last_instant_of_sending() -> None:
    once = standing(attempting(part("hello")))
    assert not tells_absence(once, NOON + seconds(60) + ABSENT_AFTER - seconds(1))
    assert tells_absence(once, NOON + seconds(60) + ABSENT_AFTER)
    assert not tells_absence(in_doubt_twice(), NOON + seconds(3600 + 359))


# --- what nobody has explained


@pytest.mark.parametrize(
    ("at", "counts"), [(-61, False), (-60, True), (0, True), (180, True), (181, False)]
)
def test_a_post_of_about_the_attempts_time_needs_an_explanation(at: float, counts: bool) -> None:
    once, other = standing(attempting(part("hello"))), shown("by hand", at=at)
    assert unexplained_posts(once, [other], known=(), taken=()) == ((other,) if counts else ())


def test_what_the_ledger_knows_or_a_match_explains_needs_no_other() -> None:
    once = standing(attempting(part("hello")))
    known, taken, other = (shown("x", at=n) for n in (1, 2, 3))
    found = unexplained_posts(once, [known, taken, other], known={known.id}, taken={taken.id})
    assert ids(found) == [other.id]


def test_a_repost_is_known_by_the_post_that_it_shares() -> None:
    once = standing(attempting(part("hello")))
    assert unexplained_posts(once, [shown(repost_of="7")], known={"7"}, taken=()) == ()
    assert unexplained_posts(once, [shown(repost_of="7")], known={"8"}, taken=()) != ()


def test_a_post_that_was_edited_later_counts_from_when_it_came_up() -> None:
    once = standing(attempting(part("hello")))
    first = shown("helo")
    later = edited(first, "hello, all", at=1700)
    assert unexplained_posts(once, [later], known=(), taken=()) == (later,)
    assert unexplained_posts(once, [later], known={first.id}, taken=()) == ()


def test_so_does_a_later_post_that_was_edited_since_x_may_take_its_time() -> None:
    """The world of seed 851376503681: X made a post minutes after the request, and somebody edited
    it before anyone looked."""
    once = standing(attempting(part("hello")))
    late, early = (edited(shown("helo", at=at), "hi", at=1700) for at in (900, -61))
    assert unexplained_posts(once, [late, early], known=(), taken=()) == (late,)


def test_only_open_attempts_ask_for_an_explanation() -> None:
    twice = in_doubt_twice()
    assert unexplained_posts(twice, [shown(at=5)], known=(), taken=()) == ()
    assert unexplained_posts(twice, [shown(at=3605)], known=(), taken=()) != ()


# --- X's own fence


@pytest.mark.parametrize(
    ("sends", "has_fence"),
    [
        (part("hello"), True),
        (part("hello", media=(picture(),)), True),
        (part(repost="7"), True),
        (part(media=(picture(),)), False),
        (part(" \n", media=(picture(),)), False),
    ],
)
def test_x_refuses_a_second_copy_only_of_a_text(sends: object, has_fence: bool) -> None:
    assert is_fenced_by_x(standing(attempting(sends))) is has_fence  # type: ignore[arg-type]


def test_the_fence_is_that_of_the_part_that_is_next() -> None:
    opening = attempting(part("one"), part(media=(picture(),)))
    second = attempting(number=2, at=5)
    assert not is_fenced_by_x(standing(opening, posted("1"), second))


def test_a_ledger_that_does_not_say_what_was_sent_stops_the_run() -> None:
    odd = attempting().model_copy(update={"parts": ({"text": 7},)})
    for entries in ((odd,), (attempting(),)):
        with pytest.raises(LedgerUnusable, match="part 1 of shop/slim27/launch"):
            is_fenced_by_x(standing(*entries))
