"""A sheet fits, is cut at whole posts, and says how many are left out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.views.markdown.bounded import (
    BoundedEntry,
    Limit,
    Section,
    bounded_markdown,
    comment,
    head_with_notes,
    summary,
)

HEAD, FOOT, REST = "## Sums\n", "legend\n", "see the summary."


def section(name: str, sizes: list[int]) -> Section:
    return Section(
        head=f"### {name}\n\n| post |\n|---|",
        entries=tuple(
            BoundedEntry(row=f"| {name}-{n} |", body=f"**{name}-{n}**\n\n{'x' * size}\n")
            for n, size in enumerate(sizes)
        ),
        foot="- a note",
    )


def small(size: int = 2_000) -> Limit:
    return Limit(size=size, measure=len, rest=REST)


def left_out(text: str, what: str = "post") -> int:
    said = re.search(r"^\*\*(.+) (?:is|are) left out here:\*\* see the summary", text, re.M)
    found = re.search(rf"(\d+) more {what}", said[1]) if said else None
    return int(found[1]) if found else 0


@given(st.lists(st.lists(st.integers(0, 900), max_size=12), max_size=6))
def test_it_fits_and_counts_what_is_left_out(campaigns):
    sections = [section(f"c{n}", sizes) for n, sizes in enumerate(campaigns)]
    text = bounded_markdown(HEAD, sections, FOOT, small())
    assert len(text) <= 2_000
    rows, bodies = (re.findall(rf"^{mark}c\d+-\d+", text, re.M) for mark in (r"\| ", r"\*\*"))
    assert len(rows) + left_out(text) == sum(map(len, campaigns))
    without = [f"### c{n}" in text for n, sizes in enumerate(campaigns) if not sizes]
    assert without.count(False) == left_out(text, "campaign")
    assert len(bodies) <= len(rows)
    assert text.startswith(HEAD)
    assert text.endswith(FOOT)


def test_what_fits_is_whole():
    text = bounded_markdown(HEAD, [section("one", [10, 10]), section("two", [10])], FOOT, small())
    assert left_out(text) == 0
    assert text.count("x" * 10) == 3
    assert text.count("- a note") == 2


def test_nothing_follows_what_is_left_out():
    text = bounded_markdown(HEAD, [section("one", [400] * 9), section("two", [1])], FOOT, small())
    assert "two" not in text
    assert left_out(text) > 1


def test_one_post_that_is_longer_than_everything_leaves_room_for_the_others():
    text = bounded_markdown(HEAD, [section("one", [5_000, 10])], FOOT, small())
    assert "| one-0 |" in text
    assert "_A text that is too long for here:_ see the summary." in text
    assert "x" * 10 in text


def test_very_many_campaigns_of_one_short_post_fit_with_all_that_stands_around_each():
    sections = [section(f"c{n}", [1]) for n in range(500)]
    text = bounded_markdown(HEAD, sections, FOOT, small(20_000))
    assert len(text) <= 20_000
    assert text.count("<details>") == 500 - left_out(text) > 50


def test_campaigns_without_a_post_are_left_out_like_others_and_counted():
    sections = [section("one", [400] * 9), *(section(f"c{n}", []) for n in range(500))]
    text = bounded_markdown(HEAD, sections, FOOT, small())
    assert len(text) <= 2_000
    assert left_out(text, "campaign") == 500
    text = bounded_markdown(HEAD, sections[1:], FOOT, small())
    assert "### c0" in text
    assert len(text) <= 2_000
    assert text.count("### c") + left_out(text, "campaign") == 500


@pytest.mark.parametrize("character", ["x", "🧵", "š"])
def test_a_comment_and_a_summary_are_measured_as_github_does(character):
    entries = [section("one", [1]).entries[0]] * 60
    body = character * 1_000
    many = Section(
        head="### one",
        entries=tuple(BoundedEntry(row=each.row, body=body) for each in entries * 30),
    )
    assert (
        len(bounded_markdown(HEAD, [many], FOOT, comment(REST)).encode("utf-16-le")) // 2 <= 65_536
    )
    assert len(bounded_markdown(HEAD, [many], FOOT, summary(REST)).encode()) <= 2**20


def test_the_heading_says_at_most_twenty_things():
    text = head_with_notes("Sums.", [f"line {n}" for n in range(100)], summary("there"))
    assert "- line 19\n- and 80 more\n" in text
