"""A post that waits for a draw is read, rendered and checked before the draw is held."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from runner.plan.proofs import context_of_files
from runner.problems import Problem
from runner.rules import Stage, check
from runner.schedule import timetable
from tests.unit.plan.building import a_file, a_project, some_inputs

CONTEST: Mapping[str, Any] = {
    "kind": "contest",
    "prize": "jeans",
    "opens": "2026-12-01 10:00",
    "closes": "2026-12-08 20:00",
    "entry": {"how": "reply"},
    "winners": 3,
    "ends": "drawn + 14d",
}
Found = tuple[list[str], tuple[Problem, ...]]
"""What its texts say, and what is wrong with them."""


def rehearsed(post: Mapping[str, Any], *, drawn: str | None = None, **more: Any) -> Found:
    """What is found of a post that waits for the draw, unless it was held."""
    file = a_file({"hello": {"at": "drawn + 1d", **post}}, drawn=drawn, **{**CONTEST, **more})
    context, problems = context_of_files(some_inputs(file))
    proofs = (*context.proofs, *context.others)
    texts = [part.text for proof in proofs for part in proof.post.parts]
    return texts, (*problems, *check(context, Stage.FILE))


WRONG: Mapping[str, tuple[Mapping[str, Any], str]] = {
    # a post that waits, and the rule that it breaks
    "A1-a-name-that-is-none": ({"text": "Hi {{ nonexist }}"}, "unknown-variable"),
    "A1-a-mistake-in-a-filter": ({"text": "{{ prize | nosuch }}"}, "unknown-filter"),
    "A1-no-such-template": ({"template": "nosuch"}, "unknown-template"),
    "A1-branch-on-a-winner": (
        {"text": "{% if draw.winners[0] == 'anna' %}EVIL{% else %}ok{% endif %}"},
        "later-value",
    ),
    "A1-sorted-winners": ({"text": "{{ draw.winners | sort | join(', ') }}"}, "later-value"),
    "A1-two-moments-compared": ({"text": "{{ 'a' if drawn > at else 'b' }}"}, "later-value"),
    "A1-branch-on-its-own-day": (
        {"text": "{% if at.day == 14 %}EVIL{% endif %} Hi"},
        "later-value",
    ),
    "A1-branch-on-a-countdown": (
        {"text": "{{ 'EVIL' if '5' in (closes | countdown) else 'Hi' }}"},
        "later-value",
    ),
    "A1-too-long": ({"text": "x" * 300}, "too-long"),
    "A1-too-long-with-the-winners": (
        {"text": "x" * 240 + " {{ draw.winners | mention }}"},
        "too-long",
    ),
    "A1-a-part-of-a-thread": ({"thread": ["Hi", "x" * 300]}, "too-long"),
    "A1-a-leftover": ({"text": "TODO: name them"}, "text-leftovers"),
    "A1-an-unknown-handle": ({"text": "Thanks, @nobody_here!"}, "unknown-handle"),
    "A1-nothing-to-say": ({"text": "{{ '' }}"}, "empty-text"),
    "A1-hidden-by-a-template": ({"text": "{{ 'a\\u200bb' }}"}, "hidden-character"),
    "A1-rewards-repeats": (
        {"text": "Whoever reposts most wins next time", "locale": "en"},
        "contest-terms",
    ),
    "A1-an-item-of-a-rhythm": (
        {
            "at": None,
            "every": {"slots": ["noon"]},
            "items": [{"text": "One"}, {"text": "x" * 300}],
        },
        "too-long",
    ),
}


@pytest.mark.parametrize(("post", "rule"), WRONG.values(), ids=WRONG)
def test_what_waits_for_a_draw_is_checked_before_it_is_held(
    post: Mapping[str, Any], rule: str
) -> None:
    _, problems = rehearsed(post)
    assert rule in {problem.rule for problem in problems}


def test_of_two_accounts_each_is_checked() -> None:  # A1
    _, problems = rehearsed(
        {"text": {"lv": "Sveiki", "es": "x" * 300}}, accounts=["shop", "tienda"]
    )
    assert "too-long" in {problem.rule for problem in problems}


SAID: Mapping[str, tuple[str, str, str]] = {
    # the text; what it says before the draw, and after
    "A1-a-winner": ("Hi {{ draw.winners[0] | mention }}", "Hi @⟦winner 1⟧", "Hi @anna_demo"),
    "A1-its-own-day": ("On {{ at | date }}", "On ⟦at⟧", "On 11. decembris"),
    "A1-its-own-time": ("At {{ at | time('Hm') }}", "At ⟦at⟧", "At 12:00"),
    "A1-a-countdown": ("{{ closes | countdown }}", "⟦at⟧", "pirms 3 dienām"),
    "A1-what-is-known": ("{{ closes | date }}", "8. decembris", "8. decembris"),
}


@pytest.mark.parametrize(("text", "before", "after"), SAID.values(), ids=SAID)
def test_it_is_shown_with_stand_ins(text: str, before: str, after: str) -> None:
    assert rehearsed({"text": text})[0] == [before]
    assert rehearsed({"text": text}, drawn="2026-12-10 12:00")[0] == [after]


def test_no_text_depends_on_a_moment_that_came_of_a_draw() -> None:
    """A1: what was approved before the draw says nothing else after it."""
    text = "{% if at.day == 11 %}EVIL{% endif %} Hi"
    _, problems = rehearsed({"text": text}, drawn="2026-12-10 12:00")
    assert "later-value" in {problem.rule for problem in problems}


OF_ITS_TIME: Mapping[str, Mapping[str, Any]] = {
    # what only its time can tell is not guessed
    "A1-a-greeting": {"text": "Labrīt! Šodien ir piektdiena."},
    "A1-a-standard-text": {"template": "contest/winners"},
    "A1-a-code": {"text": "Ar kodu SLIM20 lētāk"},
}


@pytest.mark.parametrize("post", OF_ITS_TIME.values(), ids=OF_ITS_TIME)
def test_what_depends_on_its_time_is_not_told_before(post: Mapping[str, Any]) -> None:
    offer = {"code": "SLIM20", "percent": 20, "until": "2026-12-05 20:00"}
    _, problems = rehearsed(post, offer=offer)
    told = {"stale-greeting", "standard-moment", "dead-offer", "expired-partner"}
    assert not told & {problem.rule for problem in problems}


def test_its_slot_is_looked_up_before_the_draw() -> None:  # A1
    file = a_file({"hello": {"at": "drawn + 1d mornin"}}, **CONTEST)
    _, [problem] = timetable(file, a_project())
    assert (problem.rule, problem.place.route) == ("unknown-slot", ("posts", "hello", "at"))


def test_the_slot_of_an_anchor_is_looked_up_too() -> None:  # A1
    offer = {"code": "A", "percent": 5, "until": "drawn + 2d mornin"}
    file = a_file({"hello": {"at": "offer-ends - 1h"}}, **CONTEST, offer=offer)
    _, [problem] = timetable(file, a_project())
    assert (problem.rule, problem.place.route) == ("unknown-slot", ("offer", "until"))


def test_what_it_costs_counts_in_the_budget_of_its_campaign() -> None:  # A1
    _, problems = rehearsed({"text": "https://acme.lv"}, budget=Decimal("0.1"))
    assert "campaign-budget" in {problem.rule for problem in problems}
