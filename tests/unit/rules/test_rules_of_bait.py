"""What begs, and how a text that does not is quickly passed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.rules.bait import BAIT, HINTS, bait_in


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


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Like this pair to win it!"),
        ("en", "Must be following to win."),
        ("es", "Haz retuit para participar."),
        ("es", "Dadle a me gusta y seguidnos."),
        ("es", "Danos un follow y comparte."),
        ("lv", "Spied patīk un laimē!"),
        ("lv", "Nospied “patīk”, lai laimētu."),
    ],
)
def test_what_begs_in_other_words_is_found(locale: str, text: str) -> None:
    assert begs(text, locale)


@pytest.mark.parametrize(
    "text",
    [
        "Which pair would you like to win?",
        "I’d like to win, too.",
        "To win, tell us which pair you like.",
        "What does it feel like to win?",
        "The following rules say how to win.",
    ],
)
def test_who_would_like_something_does_not_beg(text: str) -> None:
    assert not begs(text, "en")


def begs(text: str, locale: str) -> bool:
    pattern = bait_in(text, locale)
    return bool(pattern and pattern.search(text))
