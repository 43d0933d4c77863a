"""Views in spite of bugs: where one can't show a thing, it shows all others, and says of which; and
bugs as whoever mends them needs them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from traceback import format_exception
from typing import TYPE_CHECKING, Final, TypeVar

from runner.bugs import RULE, TO_DO, Bug, contained
from runner.problems import Place, Problem
from runner.value import replace
from runner.views.safe_text import visible

if TYPE_CHECKING:  # rooms that who only shows problems starts without
    from runner.plan import Action, Comparison, Plan
    from runner.publish import Outcome

T = TypeVar("T")
FRAMES: Final = 8
"""How many of the innermost calls are shown of a bug."""
LONGEST: Final = 300
"""Characters of a line of a bug: what an exception says may be of any length."""


def problems_shown(problems: Sequence[Problem], view: Callable[[Iterable[Problem]], str]) -> str:
    """The view of problems. One that it can't show stands at its file."""
    made = contained("showing", "the problems", partial(view, problems))
    if isinstance(made, str):
        return made
    kept = showable(
        problems,
        lambda problem: view((problem,)),
        name=lambda problem: problem.rule,
        instead=lambda problem, bug: Problem(
            rule=RULE, message=bug.summary, place=Place(path=problem.place.path), help=TO_DO
        ),
    )
    made = contained("showing", "the other problems", partial(view, tuple(kept)))
    return made if isinstance(made, str) else f"The problems can’t be shown: {made.summary}.\n"


def showable(
    things: Iterable[T],
    view: Callable[[T], str],
    *,
    name: Callable[[T], object],
    instead: Callable[[T, Bug], T],
) -> Iterator[T]:
    """The things that a view can show, and what it can show instead of the others."""
    for thing in things:
        made = contained("showing", name(thing), partial(view, thing))
        if isinstance(made, Bug):
            other = instead(thing, made)
            if isinstance(contained("showing", name(thing), partial(view, other)), str):
                yield other
        else:
            yield thing


def plan_shown(
    plan: "Plan",
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
        lambda action: view(*_part_of(plan, (action,), comparison)),
        name=lambda action: action.key,
        instead=lambda action, bug: replace(action.asking(bug.summary), post=None, problems=()),
    )
    some, changes = _part_of(plan, tuple(kept), comparison)
    shown = {action.key for action in some.actions}
    hidden = (each.key for each in plan.actions if each.key not in shown)
    notices = (f"{key} can’t be shown, because of a bug in runner" for key in hidden)
    rest = replace(some, notices=(*plan.notices, *notices))
    made = contained("showing", "the rest of the plan", partial(view, rest, changes))
    return made if isinstance(made, str) else f"The plan can’t be shown: {made.summary}.\n"


def outcome_shown(outcome: "Outcome", plan: "Plan", view: "Callable[[Outcome, Plan], str]") -> str:
    """The view of what a run did, and of what it left, without what can't be shown of either."""
    from runner.publish import Outcome

    whole = contained("showing", "the run", partial(view, outcome, plan))
    if isinstance(whole, str):
        return whole
    results = showable(
        outcome.results,
        lambda result: view(Outcome(results=(result,)), _part_of(plan, (), None)[0]),
        name=lambda result: result.key,
        instead=lambda result, bug: replace(result, because=bug.summary, urls=()),
    )
    did = replace(outcome, results=tuple(results))
    return plan_shown(plan, lambda left, _: view(did, left))


def _part_of(
    plan: "Plan", actions: "tuple[Action, ...]", comparison: "Comparison | None"
) -> "tuple[Plan, Comparison | None]":
    """What concerns these actions alone."""
    keys = {action.key for action in actions}
    drift = {key: drift for key, drift in plan.drift.items() if key in keys}
    some = replace(plan, actions=actions, drift=drift)
    if comparison is None:
        return some, None
    changes = tuple(each for each in comparison.changes if each.snapshot.key in keys)
    return some, replace(comparison, changes=changes, renamed={}, same={})


def bugs_as_text(bugs: Iterable[Bug], version: str) -> str:
    """What to do, and each bug with where it was met first and the innermost calls."""
    lines = [
        "",
        f"This is a bug in runner ({version}).",
        "`runner status` shows whether a post is open. Please report this with the lines below.",
    ]
    for bug in tuple(bugs):
        lines += [
            "",
            _behind_a_bar(f"{bug.doing} {bug.subject}: {bug.spot}"),
            *_innermost_calls(bug),
        ]
    return "\n".join(lines) + "\n"


def _innermost_calls(bug: Bug) -> Iterator[str]:
    formatted = contained(
        "showing", "a traceback", lambda: "".join(format_exception(bug.error, limit=-FRAMES))
    )
    if isinstance(formatted, str):
        yield from (_behind_a_bar(line) for line in formatted.splitlines())


def _behind_a_bar(text: str) -> str:
    # behind a bar no line begins a command; the older form of commands counts anywhere in a line
    return f"  | {visible(text[:LONGEST])}".replace("##[", "#\u200b#[")
