"""Every occurrence that may say something else is rendered and checked, and a preview shows it."""

from collections.abc import Mapping
from typing import Any

import pytest

from runner.compile.rehearsal import PAIRS
from runner.ledger import Facts
from runner.plan import Plan, PlanInputs, plan
from runner.plan.change import compare
from runner.plan.snapshot import snapshots
from runner.problems import Problem
from runner.rules.context import RuleContext
from runner.views.change_listing import change_listing
from runner.views.html.occurrences import shown_of
from runner.views.plan_listing import plan_listing
from tests.unit.compile.building import context_of_files
from tests.unit.plan.building import a_file, some_inputs
from tests.unit.rules.building import checked
from tests.unit.stores.building import at

DAILY = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "slots": ["morning"]}
LONG = "x" * 300
ON_THE_14TH = f"{{% if at.day == 14 %}}{LONG}{{% else %}}Labrīt{{% endif %}}"


def rehearsed(post: Mapping[str, Any], **more: Any) -> tuple[RuleContext, tuple[Problem, ...]]:
    """What is found of a post that goes out each morning of December."""
    rule_context, problems = context_of_files(
        some_inputs(a_file({"tip": {"every": DAILY, **post}}, **more))
    )
    return rule_context, (*problems, *checked(rule_context))


def texts(rule_context: RuleContext) -> list[str]:
    return [proof.post.parts[0].text for proof in rule_context.proofs]


WRONG: Mapping[str, tuple[Mapping[str, Any], str]] = {
    # a post, and the rule that one of its occurrences breaks
    "A2-one-day-of-many": ({"text": ON_THE_14TH}, "too-long"),
    "A2-a-part-of-a-thread": ({"thread": ["a", {"text": ON_THE_14TH}]}, "too-long"),
    "A2-a-countdown": (
        {
            "text": "{% set left = ends | countdown %}{{ '"
            + LONG
            + "' if '5' in left }}a {{ left }}"
        },
        "too-long",
    ),
    "A2-a-mistake-on-one-day": (
        {"text": "{% if at.day == 14 %}{{ nothing.a }}{% endif %}a"},
        "unknown-variable",
    ),
    "A2-a-macro-looks": (
        {"text": "{% macro m() %}{{ at.day }}{% endmacro %}{{ '" + LONG + "' if m() == '14' }}a"},
        "too-long",
    ),
    # 31 mornings, 3 items: the 14th has the second, unless an earlier morning is missed
    "A2-an-item-of-another-day": (
        {"items": [{"text": "Viens"}, {"text": "Divi"}, {"text": ON_THE_14TH}]},
        "too-long",
    ),
    "A2-an-item-framed": (
        {
            "text": "{{ item.text if at.day != 14 or item.id != 'c' else '" + LONG + "' }}",
            "items": [{"text": "a", "id": "a"}, {"text": "b", "id": "b"}, {"text": "c", "id": "c"}],
        },
        "too-long",
    ),
    "A2-an-item-that-has-no-turn-yet": (
        {"items": [*({"text": f"Nr. {number}"} for number in range(31)), {"text": LONG}]},
        "too-long",
    ),
}


@pytest.mark.parametrize(("post", "rule"), WRONG.values(), ids=WRONG)
def test_what_one_occurrence_says_is_checked(post: Mapping[str, Any], rule: str) -> None:
    _, problems = rehearsed(post)
    assert rule in {problem.rule for problem in problems}


def test_each_occurrence_has_its_own_text() -> None:
    rule_context, problems = rehearsed({"text": "Labrīt, {{ at | date }}!"})
    assert {problem.rule for problem in problems} <= {"near-duplicate-text"}
    assert len(set(texts(rule_context))) == len(rule_context.proofs) == 31
    assert [proof.post.due for proof in rule_context.proofs] == [
        proof.occurrence.due for proof in rule_context.proofs
    ]


def test_a_text_that_does_not_look_at_the_moment_is_rendered_once() -> None:
    rule_context, _ = rehearsed({"text": "Labrīt {{ ends | date }}"})
    assert len({id(proof.post.parts) for proof in rule_context.proofs}) == 1
    rule_context, _ = rehearsed({"items": [{"text": "a"}, {"text": "b"}]})
    assert len({id(proof.post.parts) for proof in rule_context.proofs}) == 2
    assert rule_context.others == ()


def test_items_that_look_at_the_moment_are_checked_at_each_of_their_times() -> None:
    rule_context, _ = rehearsed(
        {"items": [{"text": "{{ at | date }}"}, {"text": "b"}, {"text": "c"}]}
    )
    assert len(rule_context.others) == 31 - 11  # the first item has eleven turns of its own
    assert {proof.post.item for proof in rule_context.others} == {rule_context.proofs[0].post.item}


def test_more_pairs_than_are_checked_are_an_error() -> None:
    items = [{"text": f"{number} {{{{ at.day }}}}"} for number in range(PAIRS // 31 + 2)]
    rule_context, problems = rehearsed({"items": items})
    assert len(rule_context.others) == 66 - 31  # each item once
    found = [problem for problem in problems if problem.rule == "too-many-turns"]
    assert [problem.place.route for problem in found] == [("posts", "tip")]
    assert "66 items at 31 times are more than the 2,000" in found[0].message
    assert found[0].help


@pytest.mark.slow
def test_as_many_pairs_as_are_checked_are_none() -> None:
    items = [{"text": f"{number} {{{{ at.day }}}}"} for number in range(PAIRS // 31)]
    rule_context, problems = rehearsed({"items": items})
    assert len(rule_context.others) == 64 * 31 - 31
    assert "too-many-turns" not in {problem.rule for problem in problems}


# --- A preview folds what says the same

SAME, OTHER = "Labrīt", "{% if at.day == 24 %}Priecīgus svētkus{% else %}Labrīt{% endif %}"
FOLDED: Mapping[str, tuple[Mapping[str, Any], int, str]] = {
    # a post of 31 mornings; how many are shown, and what is said of the others
    "A2-all-the-same": (
        {"text": SAME},
        7,
        "and 24 more of tip until Thu 31 Dec 2026, saying the same",
    ),
    "A2-one-day-differs": (
        {"text": OTHER},
        8,
        "and 23 more of tip until Thu 31 Dec 2026, saying the same",
    ),
    "A2-each-day-differs": ({"text": "{{ at | date }}"}, 31, ""),
    "A2-nine-items": (
        {"items": [{"text": f"Nr. {number}"} for number in range(9)]},
        9,
        "and 22 more of tip until Thu 31 Dec 2026, saying the same",
    ),
    "A2-two-items-that-say-the-same": (
        {"text": SAME, "items": [{"text": f"Nr. {number}"} for number in range(20)]},
        7,
        "and 24 more of tip until Thu 31 Dec 2026, saying the same",
    ),
}


def year_end(post: Mapping[str, Any]) -> PlanInputs:
    return some_inputs(a_file({"tip": {"every": DAILY, **post}}))


def planned(inputs: PlanInputs) -> Plan:
    now = at("2026-11-30 10:00")
    occurrences = inputs.occurrences(now=now, until=at("2027-01-05 10:00"))
    return plan(inputs, occurrences, Facts(), now=now)


@pytest.mark.parametrize(("post", "count", "rest"), FOLDED.values(), ids=FOLDED)
def test_only_what_says_the_same_is_folded(post: Mapping[str, Any], count: int, rest: str) -> None:
    [group] = plan_listing(planned(year_end(post))).groups
    assert len(group.rows) == count
    assert list(group.notes) == ([rest] if rest else [])
    [group] = plan_listing(planned(year_end(post)), everything=True).groups
    assert len(group.rows) == 31


@pytest.mark.parametrize(("post", "count", "rest"), FOLDED.values(), ids=FOLDED)
def test_only_changes_that_say_the_same_are_folded(
    post: Mapping[str, Any], count: int, rest: str
) -> None:
    inputs = year_end(post)
    after = planned(inputs)
    comparison = compare({}, snapshots(after))
    [group] = change_listing(comparison, after).groups
    shown = {7: 3, 8: 4}.get(count, count)
    assert len(group.rows) == shown
    told = f"and {31 - shown} more of tip added until Thu 31 Dec 2026, saying the same"
    assert list(group.notes) == ([told] if rest else [])


def test_the_page_shows_what_is_said_far_away_only() -> None:
    whole = planned(year_end({"text": OTHER}))
    days = [action.occurrence.due.day for action in shown_of(whole, most=5)]
    assert days == [1, 2, 3, 4, 5, 24]


# --- What a missed slot may bring is told


ALPHA_BETA = [{"id": "a", "text": "Alpha"}, {"id": "b", "text": "Beta"}]


def told_of_turns(text: str, items: list[dict[str, str]] = ALPHA_BETA) -> list[str]:
    _, problems = rehearsed({"text": text, "items": items})
    return [each.message for each in problems if each.rule in ("other-turn", "too-many-turns")]


def test_a_text_that_only_a_missed_slot_brings_is_told_with_its_words() -> None:
    """A2"""
    evil = "{{ item.text }}{% if at.day == 4 and item.id == 'a' %} EVIL{% endif %}"
    assert told_of_turns(evil) == [
        "once a slot is missed, `tip` may say with item `a` on 2026-12-04: “Alpha EVIL”"
    ]
    of_item = [{"id": "a", "text": "A{% if at.day == 4 %} EVIL{% endif %}"}, ALPHA_BETA[1]]
    assert told_of_turns("{{ item.text }}", of_item) == [
        "once a slot is missed, `tip` may say with item `a` on 2026-12-04: “A EVIL”"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{ item.text }} {{ at | date }}",
        "{{ item.text }}, {{ at | date('full') }}, {{ at | time }}",
        "{{ item.text }}: {{ ends | countdown }}",
        "{{ item.text }}",
    ],
)
def test_a_text_that_tells_the_moment_and_no_more_is_not(text: str) -> None:
    assert told_of_turns(text) == []


def test_more_texts_than_anybody_reads_are_refused() -> None:
    messages = told_of_turns("{{ item.text }} {{ at.day * 2 }}")
    assert len(messages) == 11
    assert messages[-1].endswith("more than 10 different things, and nobody can read them all")
