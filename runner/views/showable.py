"""Views in spite of bugs: where one can't show a thing, it shows all others, and says of which."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from runner.bugs import RULE, TO_DO, Bug, contained
from runner.problems import Place, Problem

T = TypeVar("T")


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
