"""Drift is told in words that say what was, and what is now."""

from datetime import datetime

import pytest

from runner.plan import Drift
from runner.plan.fields import Field
from runner.views.difference import drift_in_words
from tests.unit.plan.building import facts_of
from tests.unit.stores.building import RIGA, a_key, attempting, posted

TEN = "一二三四五六七八九十"
LONG = "Slim 27 is here at last, in indigo, in black and, for the brave, in {} from tomorrow on."


def words(**drift: object) -> list[str]:
    facts = facts_of([attempting(a_key()), posted(a_key())])
    return list(drift_in_words(Drift(standing=facts.standings[a_key()], zone=RIGA, **drift)))


def edited(**field: object) -> str:
    (line,) = words(edited=Field(**{"old": None, "new": None, **field}))
    return line.removeprefix("edited since: ")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("text: “Slim 27” → “Slim 28”", {"name": "text", "old": "Slim 27", "new": "Slim 28"}),
        (
            "text: “…brave, in red from tomorrow on.” → “…brave, in white from tomorrow on.”",
            {"name": "text", "old": LONG.format("red"), "new": LONG.format("white")},
        ),
        (
            f"text: “…{TEN * 2}赤” → “…{TEN * 2}白”",
            {"name": "text", "old": TEN * 3 + "赤", "new": TEN * 3 + "白"},
        ),
        (
            "text: “One line, and another one below it,…” → “Two”",
            {
                "name": "text",
                "old": "One line,\nand another one\n\nbelow it, which runs on",
                "new": "Two",
            },
        ),
        ("part 2, text: “a” → none", {"name": "text", "old": "a", "part": 2}),
        ("part 2, text: none → “b”", {"name": "text", "new": "b", "part": 2}),
        ("alt of a.jpg: none → Jeans", {"name": "alt of a.jpg", "new": "Jeans"}),
        (
            "its item is gone, or says something else: “Wash cold”",
            {"name": "item", "old": "Wash cold"},
        ),
    ],
)
def test_an_edit_says_what_was_and_what_is(said, field):
    assert edited(**field) == said


def test_a_move_says_both_times():
    to = datetime(2026, 12, 2, 9, 0, tzinfo=RIGA)
    assert words(moved_to=to) == [
        "moved since: Tue  1 Dec 2026 10:00 +02:00 → Wed  2 Dec 2026 09:00 +02:00"
    ]


def test_a_removal_says_why_and_everything_is_said_that_differs():
    assert words(removed="there is no campaign `slim`") == [
        "removed since: there is no campaign `slim`"
    ]
    both = words(
        moved_to=datetime(2026, 12, 2, 9, 0, tzinfo=RIGA),
        edited=Field(name="text", old="a", new="b"),
    )
    assert [line.split(":")[0] for line in both] == ["edited since", "moved since"]
