"""A post that waits for a draw is read, rendered and checked before the draw is held."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from runner.ledger import Facts
from runner.plan import Plan, plan
from runner.plan.change import compare
from runner.plan.snapshot import snapshots
from runner.problems import Problem
from runner.schedule import timetable
from runner.views.change_listing import change_listing
from runner.views.html.preview import Material, plan_as_html
from runner.views.json.plan import plan_as_json
from runner.views.markdown.bounded import comment
from runner.views.markdown.listing import listing_as_markdown
from runner.views.plan_listing import plan_listing, row_of
from runner.views.terminal.listing import listing_as_text
from tests.unit.compile.building import context_of_files
from tests.unit.plan.building import a_file, a_project, plan_of, some_inputs
from tests.unit.rules.building import checked
from tests.unit.stores.building import at

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
    return texts, (*problems, *checked(context))


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


# --- A preview shows what it will say


def planned(post: Mapping[str, Any], **more: Any) -> Plan:
    posts = {"open": {"at": "opens"}, "hello": {"at": "drawn + 1d", **post}}
    return plan_of(a_file(posts, **{**CONTEST, **more}), now="2026-11-30 12:00")


VIEWS: Mapping[str, Callable[[Plan], str]] = {
    "A1-terminal": lambda plan: listing_as_text(plan_listing(plan)),
    "A1-markdown": lambda plan: listing_as_markdown(plan_listing(plan), comment("elsewhere")),
    "A1-html": lambda plan: plan_as_html(plan, Material(project=a_project(), read=lambda _: b"")),
    "A1-json": lambda plan: plan_as_json(plan, (), {}).encode().decode("unicode_escape"),
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_preview_shows_it_with_stand_ins(view: Callable[[Plan], str]) -> None:
    shown = view(planned({"text": "Hi {{ draw.winners[0] | mention }}"}))
    assert "Hi @⟦winner 1⟧" in shown
    assert "drawn" in shown


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_preview_says_what_keeps_it_back(view: Callable[[Plan], str]) -> None:
    plan = planned({"text": "x" * 300})
    assert plan.asks == 1
    assert "too long" in view(plan)


def test_each_item_of_a_rhythm_is_shown() -> None:  # A1
    items = [{"text": "One"}, {"text": "Two"}]
    rhythm = {"at": None, "every": {"slots": ["noon"]}, "items": items}
    shown = listing_as_text(plan_listing(planned(rhythm)))
    assert "One" in shown
    assert "Two" in shown


STOPPED: Mapping[str, Mapping[str, Any]] = {
    "A1-draft": {"draft": True},
    "A1-hold": {"hold": True},
}


@pytest.mark.parametrize("post", STOPPED.values(), ids=STOPPED)
def test_what_is_stopped_does_not_look_as_if_it_went_out(post: Mapping[str, Any]) -> None:
    (action,) = planned({"text": "Hi", **post}).undated
    assert row_of(action, several=False).symbol == "-"


def test_a_run_that_only_posts_renders_none_of_it() -> None:  # A1
    inputs = some_inputs(a_file({"hello": {"at": "drawn + 1d", "text": "Hi"}}, **CONTEST))
    assert plan(inputs, (), Facts(), now=at("2026-12-01 10:00"), texts="due").undated == ()


def test_a_change_of_its_words_is_shown_as_words() -> None:  # A1
    before, after = (planned({"text": f"{word} {{{{ draw.winners[0] }}}}"}) for word in ("A", "B"))
    comparison = compare(snapshots(before), snapshots(after))
    shown = listing_as_text(change_listing(comparison, after))
    assert "- A ⟦winner 1⟧" in shown
    assert "+ B ⟦winner 1⟧" in shown


def test_what_is_added_is_shown_as_words() -> None:  # A1
    plan = planned({"text": "Hi {{ draw.winners[0] }}"})
    listing = change_listing(compare({}, snapshots(plan)), plan)
    assert "+ Hi ⟦winner 1⟧" in listing_as_text(listing)
