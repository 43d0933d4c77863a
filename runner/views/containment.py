"""Views in spite of bugs: where one can't show a thing, it shows all others, and says of which."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from runner.bugs import RULE, TO_DO, Bug, contained
from runner.plan import Action, Plan
from runner.problems import Place, Problem

if TYPE_CHECKING:
    from runner.plan.change import Comparison
    from runner.publish import Outcome

T = TypeVar("T")


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
    kept = _showable(
        plan.actions,
        lambda action: view(*_only(plan, (action,), comparison)),
        name=lambda action: action.key,
        instead=lambda action, bug: replace(action.asking(bug.told), post=None, problems=()),
    )
    some, changes = _only(plan, tuple(kept), comparison)
    shown = {action.key for action in some.actions}
    hidden = (each.key for each in plan.actions if each.key not in shown)
    notices = (f"{key} can’t be shown, because of a bug in runner" for key in hidden)
    rest = replace(some, notices=(*plan.notices, *notices))
    made = contained("showing", "the rest of the plan", partial(view, rest, changes))
    return made if isinstance(made, str) else f"The plan can’t be shown: {made.told}.\n"


def outcome_shown(outcome: "Outcome", plan: Plan, view: "Callable[[Outcome, Plan], str]") -> str:
    """The view of what a run did, and of what it left, without what can't be shown of either."""
    from runner.publish import Outcome

    whole = contained("showing", "the run", partial(view, outcome, plan))
    if isinstance(whole, str):
        return whole
    results = _showable(
        outcome.results,
        lambda result: view(Outcome(results=(result,)), _only(plan, (), None)[0]),
        name=lambda result: result.key,
        instead=lambda result, bug: replace(result, because=bug.told, urls=()),
    )
    did = replace(outcome, results=tuple(results))
    return plan_shown(plan, lambda left, _: view(did, left))


def problems_shown(problems: Sequence[Problem], view: Callable[[Iterable[Problem]], str]) -> str:
    """The view of problems. One that it can't show stands at its file."""
    made = contained("showing", "the problems", partial(view, problems))
    if isinstance(made, str):
        return made
    kept = _showable(
        problems,
        lambda problem: view((problem,)),
        name=lambda problem: problem.rule,
        instead=lambda problem, bug: Problem(
            rule=RULE, message=bug.told, place=Place(path=problem.place.path), help=TO_DO
        ),
    )
    made = contained("showing", "the other problems", partial(view, tuple(kept)))
    return made if isinstance(made, str) else f"The problems can’t be shown: {made.told}.\n"


def _showable(
    things: Iterable[T],
    view: Callable[[T], str],
    *,
    name: Callable[[T], object],
    instead: Callable[[T, Bug], T],
) -> Iterator[T]:
    """Those that a view can show, and what it can show instead of the others."""
    for thing in things:
        made = contained("showing", name(thing), partial(view, thing))
        if isinstance(made, Bug):
            other = instead(thing, made)
            if isinstance(contained("showing", name(thing), partial(view, other)), str):
                yield other
        else:
            yield thing


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
