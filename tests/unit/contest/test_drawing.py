"""The draw is fair: each entry is as likely to win, wherever it stands and whoever it is."""

import hashlib
from collections import Counter

import pytest

from runner.contest.entry_list import drawn_places
from runner.value import replace
from tests.unit.contest.building import CHARTER, ENTRIES, a_list

CRITICAL = 24.32
"""Chi-squared of seven degrees of freedom at one in a thousand."""


def randomness(number: int) -> bytes:
    return hashlib.sha256(number.to_bytes(8, "big")).digest()


def chi_squared(drawn: Counter[bytes], draws: int) -> float:
    expected = draws / len(ENTRIES)
    return sum((drawn[each] - expected) ** 2 / expected for each in a_list().commitments)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "draws",
    [pytest.param(5_000, id="few"), pytest.param(100_000, id="many", marks=pytest.mark.slow)],
)
def test_each_entry_comes_first_as_often(draws: int) -> None:
    entries = a_list()
    first = Counter(drawn_places(entries, randomness(number))[0] for number in range(draws))
    last = Counter(drawn_places(entries, randomness(number))[-1] for number in range(draws))
    assert chi_squared(first, draws) < CRITICAL
    assert chi_squared(last, draws) < CRITICAL


def test_a_draw_has_as_many_places_as_may_win() -> None:
    places = drawn_places(a_list(), randomness(1))
    assert len(places) == len(set(places)) == CHARTER.winners + CHARTER.alternates
    assert len(drawn_places(a_list(ENTRIES[:3]), randomness(1))) == 3


def test_the_order_of_the_list_decides_nothing() -> None:
    entries = a_list()
    entries = replace(entries, commitments=entries.commitments[::-1])
    assert drawn_places(entries, randomness(1)) == drawn_places(a_list(), randomness(1))
