"""Problems as people and machines read them: like a compiler's, as JSON, as GitHub annotations.

Whatever a file holds, its text stays text: control characters are shown, and no line can become a
command of the workflow that prints it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from runner.problems import Place, Problem, Route, Severity, Span
from runner.sources import Source
from runner.value import Value
from runner.views.safe_text import Paint, visible, window_on

ANNOTATIONS, JSON_VERSION = 9, 1
BOLD, BLUE, CYAN = "bold", "bold blue", "bold cyan"
HUES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
SEVERITIES: Final = tuple(Severity)


class _Placed(Value):
    """A problem, and where it stands; without a span where its file was not read."""

    problem: Problem
    span: Span | None

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        line, column = self.span.start if self.span else (0, 0)
        problem = self.problem
        return problem.place.path, line, column, problem.rule, problem.message


def as_text(
    problems: Iterable[Problem], sources: Mapping[str, Source], *, color: bool = False
) -> str:
    """All problems with the lines they speak of, and a count; empty when there are none.

    The text does not end in a newline.
    """
    paint = Paint(on=color)
    placed = _placed_problems(problems, sources)
    blocks = [_block(one, sources.get(one.problem.place.path), paint) for one in placed]
    text = "\n\n".join([*blocks, problem_count(one.problem for one in placed)] if placed else [])
    # the older form of workflow commands counts anywhere in a line
    return text.replace("##[", "#\u200b#[")


def problem_count(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 warning`; `no problems`."""
    found = [problem.severity for problem in problems]
    counts = {severity.value: found.count(severity) for severity in SEVERITIES}
    words = [f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items() if n]
    return ", ".join(words) or "no problems"


def as_json(problems: Iterable[Problem], sources: Mapping[str, Source]) -> str:
    """All problems for machines. `version` changes when a key changes its meaning."""
    placed = _placed_problems(problems, sources)
    severities = [one.problem.severity for one in placed]
    document = {
        "version": JSON_VERSION,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "problems": [_record(one) for one in placed],
    }
    return json.dumps(document, indent=2)


def as_github(problems: Iterable[Problem], sources: Mapping[str, Source], below: str = "") -> str:
    """Annotations for the lines of a pull request: the worst, and how many more there are. `below`
    is the project's folder in its repository: empty, or ending in `/`.

    GitHub shows ten of a kind for each step and drops the rest without a word.
    """
    placed = _placed_problems(problems, sources)
    placed.sort(key=lambda one: SEVERITIES.index(one.problem.severity))
    lines = [_annotation(one, below) for one in placed[:ANNOTATIONS]]
    if more := placed[ANNOTATIONS:]:
        lines.append(f"::{more[0].problem.severity}::{len(more)} more in the summary")
    return "\n".join(lines)


def _placed_problems(problems: Iterable[Problem], sources: Mapping[str, Source]) -> list[_Placed]:
    placed = [_Placed(problem, span_of(problem, sources)) for problem in problems]
    return sorted(placed, key=lambda one: one.order)


def span_of(problem: Problem, sources: Mapping[str, Source]) -> Span | None:
    """Where a problem stands in its file; None where that was not read."""
    source = sources.get(problem.place.path)
    return source.locate(problem.place) if source and source.text else problem.place.span


def _block(placed: _Placed, source: Source | None, paint: Paint) -> str:
    problem, span = placed.problem, placed.span
    hue = HUES[problem.severity]
    head = paint(hue, f"{problem.severity}[{visible(problem.rule)}]")
    lines = [f"{head}{paint(BOLD, f': {visible(problem.message)}')}"]
    shown = span if source and source.text else None
    margin = " " * (len(str(shown.line)) + 1 if shown else 2)
    lines.append(f"{margin}{paint(BLUE, '-->')} {_location(problem.place, span)}")
    if source and shown:
        lines += _frame(source, shown, margin, paint, hue)
    for number, line in enumerate((problem.help or "").split("\n") if problem.help else []):
        label = "= help:" if number == 0 else "|      "
        lines.append(f"{margin}{paint(CYAN, label)} {visible(line)}")
    return "\n".join(lines)


def _location(place: Place, span: Span | None) -> str:
    at = f":{span.line}:{span.column}" if span else ""
    route = f"  ({visible(route_text(place.route))})" if len(place.route) > 1 else ""
    return f"{visible(place.path)}{at}{route}"


def route_text(route: Route) -> str:
    """A route as people write it: `posts.launch.thread[0]`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in route)
    return "".join(steps).removeprefix(".")


def _frame(source: Source, span: Span, margin: str, paint: Paint, hue: str) -> Iterator[str]:
    """The source line with carets below, and the line before it."""
    bar = paint(BLUE, "|")
    yield f"{margin}{bar}"
    before = source.line(span.line - 1)
    if before.strip():
        number = paint(BLUE, str(span.line - 1).rjust(len(margin) - 1))
        yield f"{number} {bar} {window_on(before, 0, 0).text}".rstrip()
    line = source.line(span.line)
    end = span.end_column if span.end_line == span.line else len(line.rstrip()) + 1
    window = window_on(line, span.column - 1, end - 1)
    yield f"{paint(BLUE, str(span.line))} {bar} {window.text}".rstrip()
    yield f"{margin}{bar} {' ' * window.lead}{paint(hue, '^' * window.marked)}"


def _record(placed: _Placed) -> dict[str, object]:
    problem, span = placed.problem, placed.span
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "message": problem.message,
        "help": problem.help,
        "path": problem.place.path,
        "line": span and span.line,
        "column": span and span.column,
        "end-line": span and span.end_line,
        "end-column": span and span.end_column,
        "route": list(problem.place.route),
    }


def _annotation(placed: _Placed, below: str) -> str:
    problem, span = placed.problem, placed.span
    properties = {"file": visible(below + problem.place.path)}
    if span:
        properties |= {"line": str(span.line), "col": str(span.column)}
        if span.end_line == span.line:
            properties["endColumn"] = str(max(span.end_column, span.column + 1))
    properties["title"] = problem.rule
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = problem.message + (f"\nhelp: {problem.help}" if problem.help else "")
    lines = "\n".join(visible(line) for line in message.split("\n"))
    return f"::{problem.severity} {written}::{_data(lines)}".replace("##[", "#\u200b#[")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
