"""Views of plans and runs in spite of bugs: what one can't show, it says, and shows all others."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from runner.bugs import contained
from runner.plan import Action, Plan
from runner.views.showable import showable

if TYPE_CHECKING:
    from runner.plan.change import Comparison
    from runner.publish import Outcome


def plan_shown(
    plan: Plan,
    view: "Callable[[Plan, Comparison | None], str]",
    comparison: "Comparison | None" = None,
) -> str:
    """The view of a plan, or of what changes in it. A post that it can't show needs a person there;
    one of which nothing can be shown is a notice."""
    made = contained("showing", "the plan", partial(view, plan, comparison))
    if isinstance(made, str):
        return made
    kept = showable(
        plan.actions,
        lambda action: view(*_only(plan, (action,), comparison)),
        name=lambda action: action.key,
        instead=lambda action, bug: replace(action.asking(bug.summary), post=None, problems=()),
    )
    some, changes = _only(plan, tuple(kept), comparison)
    shown = {action.key for action in some.actions}
    hidden = (each.key for each in plan.actions if each.key not in shown)
    notices = (f"{key} can’t be shown, because of a bug in runner" for key in hidden)
    rest = replace(some, notices=(*plan.notices, *notices))
    made = contained("showing", "the rest of the plan", partial(view, rest, changes))
    return made if isinstance(made, str) else f"The plan can’t be shown: {made.summary}.\n"


def outcome_shown(outcome: "Outcome", plan: Plan, view: "Callable[[Outcome, Plan], str]") -> str:
    """The view of what a run did, and of what it left, without what can't be shown of either."""
    from runner.publish import Outcome

    whole = contained("showing", "the run", partial(view, outcome, plan))
    if isinstance(whole, str):
        return whole
    results = showable(
        outcome.results,
        lambda result: view(Outcome(results=(result,)), _only(plan, (), None)[0]),
        name=lambda result: result.key,
        instead=lambda result, bug: replace(result, because=bug.summary, urls=()),
    )
    did = replace(outcome, results=tuple(results))
    return plan_shown(plan, lambda left, _: view(did, left))


def _only(
    plan: Plan, actions: tuple[Action, ...], comparison: "Comparison | None"
) -> "tuple[Plan, Comparison | None]":
    """What concerns these actions alone."""
    keys = {action.key for action in actions}
    drift = {key: drift for key, drift in plan.drift.items() if key in keys}
    some = replace(plan, actions=actions, drift=drift)
    if comparison is None:
        return some, None
    changes = tuple(each for each in comparison.changes if each.snapshot.key in keys)
    return some, replace(comparison, changes=changes, renamed={}, same={})
