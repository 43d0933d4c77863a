"""Plain data into models; what the model refuses becomes problems with their place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from runner.parsing.levels import at
from runner.parsing.parser import Parsed
from runner.parsing.validation_errors.coercion import EXPECTED, WRONG_TYPES
from runner.parsing.validation_errors.messages import worded
from runner.parsing.validation_errors.mistake import Mistake
from runner.parsing.validation_errors.model_schema import Shape
from runner.parsing.validation_errors.root_causes import causes
from runner.problems import Place, Problem, Route

T = TypeVar("T")
MOST: Final = 500
ALIKE: Final = {"unexpected_keyword_argument": "extra_forbidden", "missing_argument": "missing"}
"""What pydantic calls differently in a dataclass."""


def validate(
    parsed: Parsed,
    model: type[T] | TypeAdapter[T],
    *,
    context: Mapping[str, object] | None = None,
) -> tuple[T | None, tuple[Problem, ...]]:
    """The model that a file declares, or the problems that keep it from being one.

    The problems are those found here: `parsed.problems` are not repeated. There is no model from a
    file with any of either. Where the file's own problems lie nothing is judged again. Of more
    than 500 the rest is not told.
    """
    if parsed.data is None:
        return None, ()
    adapter = model if isinstance(model, TypeAdapter) else TypeAdapter(model)
    try:
        made = adapter.validate_python(parsed.data, context=dict(context) if context else None)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)[:MOST]
        return None, _problems(parsed, Shape(adapter), details)
    return (None if parsed.problems else made), ()


def _problems(parsed: Parsed, shape: Shape, details: Iterable[ErrorDetails]) -> tuple[Problem, ...]:
    found = _settled([_mistake(parsed, shape, detail) for detail in details])
    problems = dict.fromkeys(_problem(parsed, one) for one in causes(found, parsed, shape))
    return tuple(sorted(problems, key=lambda problem: _position(parsed, problem)))


def _position(parsed: Parsed, problem: Problem) -> tuple[int, int, str]:
    span = parsed.source.locate(problem.place)
    return span.line, span.column, problem.rule


def _mistake(parsed: Parsed, shape: Shape, detail: ErrorDetails) -> Mistake:
    way = shape.follow(detail["loc"])
    context: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        discriminator = way.schema.get("discriminator")
        if isinstance(discriminator, str):
            way = replace(way, route=(*way.route, discriminator))
    elif below := context.get("below"):
        way = replace(way, route=(*way.route, *below), on_key=context.get("on_key", True))
    return Mistake(
        type=ALIKE.get(detail["type"], detail["type"]),
        way=way,
        found=str(way.route[-1]) if way.on_key else at(parsed.data, way.route),
        written=_written(parsed, way.route),
        context=context,
        said=detail["msg"],
    )


def _written(parsed: Parsed, route: Route) -> str:
    span = parsed.source.values.get(route)
    if not span or span.line != span.end_line:
        return ""
    return parsed.source.line(span.line)[span.column - 1 : span.end_column - 1]


def _settled(mistakes: list[Mistake], level: int = 0) -> list[Mistake]:
    """Of each untagged union, the mistakes of the member that was most probably meant."""
    result: list[Mistake] = []
    for union, group in groupby(mistakes, key=lambda one: _union(one, level)):
        some = list(group)
        result += some if union is None else _meant_member(some, level)
    return result


def _union(mistake: Mistake, level: int) -> tuple[str | int, ...] | None:
    branches = mistake.way.branches
    return branches[level].union if level < len(branches) else None


def _meant_member(mistakes: list[Mistake], level: int) -> list[Mistake]:
    members: dict[str | int, list[Mistake]] = {}
    for one in mistakes:
        members.setdefault(one.way.branches[level].label, []).append(one)
    settled = [_settled(member, level + 1) for member in members.values()]
    depth = mistakes[0].way.branches[level].depth
    fitting = [member for member in settled if not _is_other_type(member, depth)]
    if fitting:
        return min(fitting, key=lambda some: (-max(len(m.way.route) for m in some), len(some)))
    types = tuple(t for member in settled for one in member for t in one.expected or (one.type,))
    return [replace(settled[0][0], expected=types)]


def _is_other_type(member: list[Mistake], depth: int) -> bool:
    """Whether a member of a union was never meant: the value is of another type."""
    return all(one.type in EXPECTED and len(one.way.route) == depth for one in member)


def _problem(parsed: Parsed, mistake: Mistake) -> Problem:
    said = worded(mistake)
    return Problem(
        rule=said.rule,
        message=said.message,
        place=_place(parsed.source.path, mistake),
        help=said.help,
    )


def _place(path: str, mistake: Mistake) -> Place:
    way, context = mistake.way, mistake.context
    if mistake.type in ("missing", "union_tag_not_found"):
        return Place(path=path, route=way.route[:-1], on_key=len(way.route) > 1)
    # what is wrong with a list or mapping as a whole is shown at its name
    whole = mistake.type not in WRONG_TYPES and isinstance(mistake.found, list | dict)
    column = context.get("column") if mistake.is_ours else None
    return Place(
        path=path,
        route=way.route,
        on_key=way.on_key or whole or mistake.type == "extra_forbidden",
        inside=(int(context.get("line", 1)), int(column)) if column else None,
    )
