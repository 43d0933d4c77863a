"""Texts of strangers take no time, and break nothing, whatever they hold."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.rules import RuleContext
from runner.rules.greeting_words import LANGUAGES
from runner.rules.template_use import tags_of
from tests.unit.rules.building import a_file, a_post, a_project, an_occurrence, checked

CONTEST = a_file(
    {"hello": {"text": "x", "at": "opens"}},
    kind="contest",
    prize="x",
    opens="2026-12-01 10:00",
    closes="2026-12-02 10:00",
    entry={"how": "reply"},
    offer={"code": "A", "until": "2026-12-01 11:00"},
)
HOSTILE = {
    "mentions": " ".join(f"@{number:x}" for number in range(20_000)),
    "marks": "!?" * 50_000,
    "capitals": "AB " * 30_000,
    "dots": "a." * 50_000,
    "domains": "a.lv " * 5_000,
    "who posts": "who repost " * 10_000,
    "one word": "who post" + "a" * 100_000,
    "accounts": "one " * 25_000,
    "today": "today tomorrow " * 7_000,
    "hashes": "#a" * 50_000,
}


def look(text: str, locale: str) -> float:
    """CPU-seconds; a rule that fails would fail the test, though the runner goes on."""
    proof = a_post(an_occurrence(CONTEST, "hello"), text, locale=locale)
    context = RuleContext(project=a_project(), files=(CONTEST,), proofs=(proof,))
    began = process_time()
    checked(context)
    return process_time() - began


@pytest.mark.thorough
@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    assert look(HOSTILE[name], "en") < 4


def test_many_items_that_break_a_rule_do_not_take_long() -> None:
    said = [f"STOP THIS NOW PLEASE {number}" for number in range(1_500)]
    rhythm = {"every": {"days": ["mon"], "slots": ["morning"]}, "items": "data/many.yaml"}
    listed = ("campaigns/data/many.yaml", [{"text": text} for text in said])
    file = a_file({"hello": rhythm}, items={"hello": listed})
    due = an_occurrence(file, "hello", nominal="2026-12-01.morning")
    ids = file.items["hello"].ids
    proofs = tuple(a_post(due, text, item=id) for text, id in zip(said, ids, strict=True))
    context = RuleContext(project=a_project(), files=(file,), proofs=proofs)
    began = process_time()
    found = [each for each in checked(context) if each.rule == "shouting"]
    assert process_time() - began < 3
    assert [each.place.route for each in found] == [(n, "text") for n in range(len(said))]


@pytest.mark.parametrize(
    "source", ["{{" * 60_000, "{#" * 60_000, "{{ '" * 30_000, "{{ vars[" * 9_000]
)
def test_no_template_takes_long(source: str) -> None:
    began = process_time()
    tags_of(source + "}}")
    assert process_time() - began < 1


@given(st.text(max_size=80), st.sampled_from(sorted(LANGUAGES)))
def test_no_text_breaks_a_rule(text: str, locale: str) -> None:
    look(text, locale)
