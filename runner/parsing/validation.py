"""Plain data into models; what the model refuses becomes problems with their place."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import groupby
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from runner.parsing.data import Parsed
from runner.parsing.validation_errors.coercion import EXPECTED, WRONG_TYPES
from runner.parsing.validation_errors.messages import message_for
from runner.parsing.validation_errors.mistake import Mistake
from runner.parsing.validation_errors.model_schema import ModelSchema
from runner.parsing.validation_errors.root_causes import root_causes
from runner.problems import InvalidValue, Place, Problem
from runner.value import replace

T = TypeVar("T")
MOST: Final = 500
ALIKE: Final = {"unexpected_keyword_argument": "extra_forbidden", "missing_argument": "missing"}
"""What pydantic calls differently in a dataclass."""


def validate(
    parsed: Parsed,
    model: type[T] | TypeAdapter[T],
    *,
    context: Mapping[str, object] | None = None,
    member: TypeAdapter[T] | None = None,
) -> tuple[T | None, tuple[Problem, ...]]:
    """The model that a file declares, or the problems that keep it from being one.

    The problems are those found here: `parsed.problems` are not repeated. There is no model from a
    file with any of either, but for characters that nobody sees. Where the file's own problems lie
    nothing is judged again. Of more than 500 the rest is not told.

    The `member` is the one of a union that the data has to be: where it takes them, the whole union
    need not be built.
    """
    if parsed.data is None:
        return None, ()
    adapter = model if isinstance(model, TypeAdapter) else TypeAdapter(model)
    known = dict(context) if context else None
    if member:
        with suppress(ValidationError):
            made = member.validate_python(parsed.data, context=known)
            return (made if parsed.is_legible else None), ()
    try:
        made = adapter.validate_python(parsed.data, context=known)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)[:MOST]
        return None, _problems(parsed, ModelSchema(adapter), details)
    return (made if parsed.is_legible else None), ()


def _problems(
    parsed: Parsed, schema: ModelSchema, details: Iterable[ErrorDetails]
) -> tuple[Problem, ...]:
    path = parsed.source.path
    found = _without_other_members([_mistake(parsed, schema, detail) for detail in details])
    causes = root_causes(found, parsed, schema)
    problems = dict.fromkeys(message_for(one).at(_place(path, one)) for one in causes)
    locate = parsed.source.locate
    return tuple(sorted(problems, key=lambda each: (*locate(each.place).start, each.rule)))


def _mistake(parsed: Parsed, schema: ModelSchema, detail: ErrorDetails) -> Mistake:
    path = schema.follow(detail["loc"])
    context: dict[str, Any] = detail.get("ctx", {})
    raised = context.get("error")
    invalid = raised if isinstance(raised, InvalidValue) else None
    if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        discriminator = path.schema.get("discriminator")
        if isinstance(discriminator, str):
            path = replace(path, route=(*path.route, discriminator))
    elif invalid and invalid.below:
        path = replace(path, route=(*path.route, *invalid.below), on_key=invalid.on_key)
    type = invalid.message.rule if invalid else detail["type"]
    return Mistake(
        type=ALIKE.get(type, type),
        path=path,
        found=str(path.route[-1]) if path.on_key else parsed.at(path.route),
        source=parsed.source,
        context=context,
        words=detail["msg"],
        message=invalid.message if invalid else None,
        inside=(invalid.line, invalid.column) if invalid and invalid.column else None,
    )


def _without_other_members(mistakes: list[Mistake], level: int = 0) -> list[Mistake]:
    """The mistakes; of an untagged union only those of the member that was most probably meant."""
    result: list[Mistake] = []
    for union, group in groupby(mistakes, key=lambda one: _union(one, level)):
        some = list(group)
        result += some if union is None else _intended_member(some, level)
    return result


def _union(mistake: Mistake, level: int) -> tuple[str | int, ...] | None:
    branches = mistake.path.branches
    return branches[level].union if level < len(branches) else None


def _intended_member(mistakes: list[Mistake], level: int) -> list[Mistake]:
    members: dict[str | int, list[Mistake]] = {}
    for one in mistakes:
        members.setdefault(one.path.branches[level].label, []).append(one)
    settled = [_without_other_members(member, level + 1) for member in members.values()]
    depth = mistakes[0].path.branches[level].depth
    fitting = [member for member in settled if not _is_other_type(member, depth)]
    if fitting:
        return min(fitting, key=lambda some: (-max(len(m.path.route) for m in some), len(some)))
    types = tuple(t for member in settled for one in member for t in one.expected or (one.type,))
    return [replace(settled[0][0], expected=types)]


def _is_other_type(member: list[Mistake], depth: int) -> bool:
    """Whether a member of a union was never meant: the value is of another type."""
    return all(one.type in EXPECTED and len(one.path.route) == depth for one in member)


def _place(path: str, mistake: Mistake) -> Place:
    route = mistake.path.route
    if mistake.type in ("missing", "union_tag_not_found"):
        return Place(path=path, route=route[:-1], on_key=len(route) > 1)
    # what is wrong with a list or mapping as a whole is shown at its name
    whole = mistake.type not in WRONG_TYPES and isinstance(mistake.found, list | dict)
    on_key = mistake.path.on_key or whole or mistake.type == "extra_forbidden"
    return Place(path=path, route=route, on_key=on_key, inside=mistake.inside)
