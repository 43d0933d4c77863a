"""Drift is told in words that say what was, and what is now."""

from datetime import datetime

import pytest

from runner.plan import Drift, Edit
from runner.views.drift import drift_in_words
from tests.unit.plan.building import facts_of
from tests.unit.stores.building import RIGA, a_key, attempting, posted

TEN = "一二三四五六七八九十"
LONG = "Slim 27 is here at last, in indigo, in black and, for the brave, in {} from tomorrow on."


def words(*, texts: tuple[str, ...] = ("This is launch",), **drift: object) -> list[str]:
    parts = [posted(a_key(), part=number + 1) for number in range(len(texts))]
    facts = facts_of([attempting(a_key(), texts=texts), *parts])
    return list(drift_in_words(Drift(standing=facts.standings[a_key()], zone=RIGA, **drift)))


def edited(*route: str | int, was: object = None, now: object = None, **more: object) -> str:
    part = more.pop("part", 1)
    (line,) = words(edited=Edit(part=part, route=route, was=was, now=now), **more)
    return line.removeprefix("edited since: ")


@pytest.mark.parametrize(
    ("said", "edit"),
    [
        ("“Slim 27” → “Slim 28”", {"route": ("text",), "was": "Slim 27", "now": "Slim 28"}),
        (
            "“…brave, in red from tomorrow on.” → “…brave, in white from tomorrow on.”",
            {"route": ("text",), "was": LONG.format("red"), "now": LONG.format("white")},
        ),
        (
            f"“…{TEN * 2}赤” → “…{TEN * 2}白”",
            {"route": ("text",), "was": TEN * 3 + "赤", "now": TEN * 3 + "白"},
        ),
        (
            "“One line, and another one below it,…” → “Two”",
            {
                "route": ("text",),
                "was": "One line,\nand another one\n\nbelow it, which runs on",
                "now": "Two",
            },
        ),
        (
            "file: “a.jpg” → “b.jpg”",
            {"route": ("media", 0, "path"), "was": "a.jpg", "now": "b.jpg"},
        ),
        ("content of a file", {"route": ("media", 0, "digest"), "was": "ab12", "now": "cd34"}),
        ("alt text: none → “Jeans”", {"route": ("media", 0, "alt"), "now": "Jeans"}),
        ("files: a.jpg → none", {"route": ("media",), "was": [{"path": "a.jpg"}]}),
        ("files: none → b.jpg", {"route": ("media", 1), "now": {"path": "b.jpg"}}),
        ("poll: none → yes / no", {"route": ("poll",), "now": {"options": ["yes", "no"]}}),
        ("minutes of the poll: 60 → 90", {"route": ("poll", "minutes"), "was": 60, "now": 90}),
        ("label of a paid partnership: none → yes", {"route": ("paid_partnership",), "now": True}),
        ("who may reply: “verified” → none", {"route": ("reply_settings",), "was": "verified"}),
        ("the post that it answers: “1” → “2”", {"route": ("reply_to",), "was": "1", "now": "2"}),
        (
            "its item is gone, or says something else: “Wash cold”",
            {"route": ("item",), "was": "Wash cold"},
        ),
    ],
)
def test_an_edit_says_what_was_and_what_is(said, edit):
    assert edited(*edit["route"], was=edit.get("was"), now=edit.get("now")) == said


def test_of_a_thread_the_part_is_told():
    assert edited("text", was="a", now="b", part=2, texts=("x", "a")) == "part 2: “a” → “b”"
    assert edited("text", was="a", part=2, texts=("x", "a")) == "part 2: “a” → none"
    assert edited("text", now="b", part=2) == "part 2: none → “b”"


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
        edited=Edit(part=1, route=("text",), was="a", now="b"),
    )
    assert [line.split(":")[0] for line in both] == ["edited since", "moved since"]
