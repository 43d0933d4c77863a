"""What begs, and how a text that does not is quickly passed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.rules.bait_words import BAIT, HINTS, bait_in


@pytest.mark.sampled(2)
@pytest.mark.parametrize("locale", BAIT)
@given(st.data())
def test_whatever_begs_is_looked_at(locale: str, data: st.DataObject) -> None:
    said = data.draw(st.from_regex(re.compile("|".join(BAIT[locale]), re.IGNORECASE)))
    pattern = bait_in(said, locale)
    assert pattern
    assert pattern.search(said)


@pytest.mark.parametrize("locale", BAIT)
def test_each_hint_belongs_to_a_way_of_begging(locale: str) -> None:
    ways = "|".join(BAIT[locale])
    lone = [hint for hint in HINTS[locale] if hint[:4] not in ways]
    assert lone == []


def test_a_text_without_a_hint_and_a_language_of_which_nobody_has_told_us_are_passed() -> None:
    assert bait_in("Our jackets are blue", "en-GB") is None
    assert bait_in("Follow and repost to win", "fi") is None
    assert bait_in("Follow and repost to win", "en-GB")
