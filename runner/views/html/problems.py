"""The files' problems on the page: in which order, where each stands, and beside which post."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from runner.plan import Action
from runner.problems import Problem, Severity
from runner.sources import Source
from runner.value import Value
from runner.views.problems import route_text, span_of


class ShownProblem(Value):
    """A problem as the page shows it, and where it stands: `campaigns/slim27.yaml:12:9`."""

    problem: Problem
    place: str

    @property
    def is_error(self) -> bool:
        return self.problem.severity is Severity.ERROR


def shown_problems(
    problems: Iterable[Problem], sources: Mapping[str, Source]
) -> tuple[ShownProblem, ...]:
    """Errors first; of one severity, in the order of the files."""
    placed = [(problem, _start(problem, sources)) for problem in dict.fromkeys(problems)]
    placed.sort(key=lambda one: (one[0].severity, one[0].place.path, one[1], one[0].message))
    return tuple(ShownProblem(problem, _place(problem, span)) for problem, span in placed)


def _start(problem: Problem, sources: Mapping[str, Source]) -> tuple[int, int]:
    span = span_of(problem, sources)
    return span.start if span else (0, 0)


def _place(problem: Problem, span: tuple[int, int]) -> str:
    route = route_text(problem.place.route)
    line = f":{span[0]}:{span[1]}" if span[0] else ""
    return f"{problem.place.path}{line}" + (f" ({route})" if route else "")


class ProblemsOfPosts:
    """What the files' problems say of posts. One that recurs shows them at its first occurrence."""

    def __init__(self, problems: Iterable[ShownProblem]) -> None:
        self._of: defaultdict[tuple[str, str], list[ShownProblem]] = defaultdict(list)
        for shown in problems:
            place = shown.problem.place
            if len(place.route) > 1 and place.route[0] == "posts":
                self._of[place.path, str(place.route[1])].append(shown)
        self._told: set[tuple[str, str, str]] = set()

    def take(self, action: Action) -> Iterator[ShownProblem]:
        """The problems of an action's post, unless an occurrence before it has shown them."""
        key, path = action.key, action.occurrence.path
        name = (path, key.account, key.post)
        if key.nominal and name in self._told:
            return
        self._told.add(name)
        yield from self._of[path, key.post]
