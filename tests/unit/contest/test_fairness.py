"""The draw is uniform, and looks at nothing but the commitments and the randomness."""

from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from random import Random

import pytest

from runner.contest.commitments import ordered
from runner.contest.entry_list import EntryList, drawn_places
from runner.value import replace
from tests.unit.contest.building import CHARTER, a_list

pytestmark = pytest.mark.thorough
ENTRANTS, PLACES = 20, 3
CRITICAL = 43.82
"""Of chi-squared with 19 degrees of freedom: a uniform draw exceeds it once in a thousand times."""
PAGE = Path(__file__).parents[3] / "docs/concepts/fair-draws.md"
"""It tells what the 100,000 draws came to."""
Draw = Callable[[EntryList, bytes], tuple[bytes, ...]]


def a_large_list(entrants: int = ENTRANTS, *, winners: int = 1, alternates: int = 2) -> EntryList:
    """As if so many had entered: to the draw a commitment is a number like any other."""
    numbers = (sha256(f"entrant {number}".encode()).digest() for number in range(entrants))
    charter = replace(CHARTER, winners=winners, alternates=alternates)
    whole = ordered(number + sha256(number).digest() for number in numbers)
    return replace(a_list(), charter=charter, commitments=whole)


def rounds() -> Iterable[bytes]:
    """What rounds of a beacon come to, the same in each run of the tests."""
    return (sha256(f"round {number}".encode()).digest() for number in count(1))


def chi_squared(draws: int, draw: Draw) -> list[float]:
    """How far the entries are from being drawn equally often, for each place."""
    entries, expected = a_large_list(), draws / ENTRANTS
    drawn = [draw(entries, each) for each in islice(rounds(), draws)]
    often = [Counter(each[place] for each in drawn) for place in range(PLACES)]
    return [
        sum((each[one] - expected) ** 2 / expected for one in entries.commitments) for each in often
    ]


@pytest.mark.parametrize("draws", [3_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_each_entry_is_drawn_equally_often_in_each_place(draws: int) -> None:
    found = chi_squared(draws, drawn_places)
    assert max(found) < CRITICAL, found
    told = "chi-squared is {:.1f}, {:.1f} and {:.1f}".format(*found)
    assert draws < 100_000 or told in PAGE.read_text(encoding="utf-8")


def test_a_draw_that_favours_somebody_a_little_would_be_seen() -> None:
    def favouring(entries: EntryList, randomness: bytes) -> tuple[bytes, ...]:
        honest = drawn_places(entries, randomness)
        return (entries.commitments[0], *honest) if randomness[0] < 8 else honest

    assert chi_squared(3_000, favouring)[0] > CRITICAL


def test_neither_the_order_of_entries_nor_other_entries_change_who_is_before_whom() -> None:
    entries, randomness = a_large_list(alternates=19), next(iter(rounds()))
    drawn = drawn_places(entries, randomness)
    mixed = list(entries.commitments)
    Random(1).shuffle(mixed)
    assert drawn_places(replace(entries, commitments=tuple(mixed)), randomness) == drawn
    half = replace(entries, commitments=entries.commitments[::2])
    assert drawn_places(half, randomness) == tuple(
        each for each in drawn if each in half.commitments
    )


def test_what_stands_for_the_post_does_not_change_the_draw() -> None:
    entries, randomness = a_large_list(), next(iter(rounds()))
    others = tuple(each[:32] + bytes(32) for each in entries.commitments)
    drawn = drawn_places(entries, randomness)
    again = drawn_places(replace(entries, commitments=others), randomness)
    assert [each[:32] for each in again] == [each[:32] for each in drawn]
