"""Edits of files whose posts are out: none of them is sent twice, and none is lost without a word.

The first letter of a text says which post it is to people, whatever its names are.
"""

from collections import Counter
from collections.abc import Mapping

import pytest

from runner.plan import Verb
from tests.hardening.pull_requests import rows
from tests.unit.plan.building import a_file, some_inputs
from tests.unit.publish.building import a_machine
from tests.unit.stores.building import at

TEN, HALF, LATE = "2026-12-01 10:00", "2026-12-01 10:30", "2026-12-01 12:00"


def one(
    posts: Mapping[str, tuple[str, str] | Mapping[str, object]], id: str = "one", **more: object
):
    """Posts by their time and text."""
    written = {
        name: {"at": post[0], "text": post[1]} if isinstance(post, tuple) else post
        for name, post in posts.items()
    }
    return a_file(written, id=id, **{"grace": "12h", **more})


A, B, C = (TEN, "A one"), (HALF, "B two"), (LATE, "C three")
AA = (TEN, "A other words")
BASE = [one({"a": A, "b": B, "c": C})]
TWO = [one({"promo": A, "c": C}), one({"promo": B}, "two")]
TIP = {"every": {"slots": ["morning"]}, "text": "T tip"}
RHYTHM = [one({"t": TIP, "c": C})]
RING = {
    "every": {"slots": ["morning"]},
    "items": [{"text": "T tip"}, {"text": "U tip"}, {"text": "V tip"}],
}


def every(text: str, **more: object) -> Mapping[str, object]:
    return {**TIP, "text": text, **more}


EDITS = {
    "file-renamed": (BASE, [one({"a": A, "b": B, "c": C}, "new")]),
    "file-renamed-and-edited": (BASE, [one({"a": AA, "b": B, "c": C}, "new")]),
    "post-renamed-and-edited": (BASE, [one({"x": AA, "b": B, "c": C})]),
    "post-and-file-renamed-and-edited": (BASE, [one({"x": AA, "b": B, "c": C}, "new")]),
    "file-renamed-edited-and-moved": (
        BASE,
        [one({"a": ("2026-12-01 10:40", "A other"), "b": B, "c": C}, "new")],
    ),
    "post-renamed-and-moved": (BASE, [one({"x": ("2026-12-01 10:40", "A one"), "b": B, "c": C})]),
    "copied-and-edited": (BASE, [*BASE, one({"a": AA}, "new")]),
    "copied-edited-and-the-old-a-draft": (
        BASE,
        [one({"a": A, "b": B, "c": C}, draft=True), one({"a": AA, "b": B, "c": C}, "new")],
    ),
    "copied-moved-and-the-old-a-draft": (
        BASE,
        [
            one({"a": A, "b": B, "c": C}, draft=True),
            one({"a": ("2026-12-01 10:40", "A other"), "b": B, "c": C}, "new"),
        ],
    ),
    "copied-moved-and-the-old-post-a-draft": (
        BASE,
        [
            one({"a": {"at": TEN, "text": "A one", "draft": True}, "b": B, "c": C}),
            one({"a": ("2026-12-01 10:40", "A other")}, "new"),
        ],
    ),
    "copied-moved-and-the-old-later": (
        BASE,
        [
            one({"a": ("2026-12-20 10:00", "A one"), "b": B, "c": C}),
            one({"a": ("2026-12-01 10:40", "A other")}, "new"),
        ],
    ),
    "copied-under-another-id-and-the-old-a-draft": (
        BASE,
        [one({"a": A, "b": B, "c": C}, draft=True), one({"x": AA, "c": C, "b": B}, "new")],
    ),
    "renamed-in-its-file-and-the-old-a-draft": (
        BASE,
        [one({"a": {"at": TEN, "text": "A one", "draft": True}, "x": AA, "b": B, "c": C})],
    ),
    "renamed-in-its-file-and-the-old-later": (
        BASE,
        [one({"a": ("2026-12-20 10:00", "A one"), "x": AA, "b": B, "c": C})],
    ),
    "ids-swapped": (BASE, [one({"b": A, "a": B, "c": C})]),
    "ids-swapped-and-edited": (BASE, [one({"b": AA, "a": (HALF, "B words"), "c": C})]),
    "ids-rotated-and-edited": (
        BASE,
        [one({"b": AA, "c": (HALF, "B words"), "a": (LATE, "C words")})],
    ),
    "texts-swapped": (BASE, [one({"a": (TEN, "B two"), "b": (HALF, "A one"), "c": C})]),
    "times-swapped": (BASE, [one({"a": (HALF, "A one"), "b": (TEN, "B two"), "c": C})]),
    "files-swapped": (TWO, [one({"promo": B}), one({"promo": A, "c": C}, "two")]),
    "files-swapped-and-edited": (
        TWO,
        [one({"promo": (HALF, "B words")}), one({"promo": AA, "c": C}, "two")],
    ),
    "post-moved-to-another-file": (BASE, [one({"b": B, "c": C}), one({"a": AA}, "new")]),
    "post-moved-to-another-file-and-renamed": (
        BASE,
        [one({"b": B, "c": C}), one({"x": AA}, "new")],
    ),
    "files-merged": (TWO, [one({"promo": A, "second": (HALF, "B words"), "c": C})]),
    "files-merged-into-the-other": (TWO, [one({"promo": B, "first": AA, "c": C}, "two")]),
    "came-to-recur": (
        BASE,
        [
            one(
                {"a": every("A words"), "b": B, "c": C},
                slots={"morning": "10:00"},
                ends="2026-12-01",
            )
        ],
    ),
    "recurs-no-more": (RHYTHM, [one({"t": ("2026-12-01 09:00", "T words"), "c": C})]),
    "slot-renamed-and-edited": (
        RHYTHM,
        [
            one(
                {"t": every("T words", every={"slots": ["dawn"]}), "c": C},
                slots={"dawn": "09:00"},
                ends="2026-12-01",
            )
        ],
    ),
    "slot-renamed-moved-and-edited": (
        RHYTHM,
        [
            one(
                {"t": every("T words", every={"slots": ["dawn"]}), "c": C},
                slots={"dawn": "10:40"},
                ends="2026-12-01",
            )
        ],
    ),
    "slot-moved": (
        RHYTHM,
        [one({"t": TIP, "c": C}, slots={"morning": "10:40"}, ends="2026-12-01")],
    ),
    "rhythm-renamed-and-edited": (
        RHYTHM,
        [one({"u": every("T words"), "c": C}, ends="2026-12-01")],
    ),
    "rhythm-renamed-slot-moved-and-edited": (
        RHYTHM,
        [
            one(
                {"t": every("T words"), "c": C},
                "new",
                slots={"morning": "10:40"},
                ends="2026-12-01",
            )
        ],
    ),
    "another-account": (BASE, [one({"a": A, "b": B, "c": C}, accounts=["shop", "tienda"])]),
    "became-a-thread": (BASE, [one({"a": {"at": TEN, "thread": ["A one", "a"]}, "b": B, "c": C})]),
    "renamed-into-a-thread": (
        BASE,
        [one({"x": {"at": TEN, "thread": ["A other", "a"]}, "b": B, "c": C})],
    ),
    "of-another-kind-and-renamed": (
        BASE,
        [one({"a": AA, "b": B, "c": C}, "new", kind="curation")],
    ),
    "zone-changed-and-renamed": (
        BASE,
        [
            one(
                {
                    "a": ("2026-12-01 09:00", "A words"),
                    "b": ("2026-12-01 09:30", "B two"),
                    "c": ("2026-12-01 11:00", "C three"),
                },
                "new",
                timezone="Europe/Madrid",
            )
        ],
    ),
    "an-edit-and-back": (BASE, BASE),
    "to-another-year": (BASE, [one({"a": ("2027-12-01 10:00", "A one"), "b": B, "c": C})]),
}

HARD = (
    "copied-moved-and-the-old-a-draft",
    "ids-swapped-and-edited",
    "renamed-in-its-file-and-the-old-later",
)


def run_on(before, after):
    """Two days of runs; in their first hour the files change. What is on X, by letter, and what
    asked for a person."""
    machine = a_machine(some_inputs(*before), "2026-12-01 10:05")
    machine.run_out()
    machine.inputs, asked = some_inputs(*after), set()
    for moment in ("10:45", "10:55", "12:05", "13:30"):
        machine.clock.go(at(f"2026-12-01 {moment}") - machine.clock.now())
        machine.run_out()
        asked |= {each.key for each in machine.ran.plan.of(Verb.ASK)}
    return machine, asked


def lost(machine):
    """The letters of what the files want out by now, and X does not show."""
    sent = {text[0] for text in machine.shop.texts}
    due = machine.inputs.occurrences(now=at("2026-12-01 00:00"), until=machine.clock.now())
    posts = [occurrence.post for occurrence in due if not occurrence.is_draft]
    texts = (post.text or post.thread[0].text for post in posts if not post.draft)
    return {str(text)[0] for text in texts} - sent


@pytest.mark.parametrize(
    "name", rows(sorted(EDITS, key=lambda name: name not in HARD), always=len(HARD))
)
def test_a8_what_is_out_is_never_sent_again(name):
    machine, asked = run_on(*EDITS[name])
    for x in machine.x.values():
        times = Counter(text[0] for text in x.texts)
        assert max(times.values(), default=1) == 1, (x.texts, [str(each) for each in asked])
    assert machine.shop.texts
    assert asked or not lost(machine), "what does not go out needs a person"
