"""The building blocks of every file that people write: the model, and what is said of its fields;
ids, names, moments."""

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from textwrap import dedent
from types import MappingProxyType
from typing import Annotated, ClassVar, Final, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo

from runner.durations import as_written
from runner.models import amounts, formats, localized, moment_context
from runner.models.localized import LOCALE as LOCALE
from runner.models.moment_context import MomentContext
from runner.models.moment_suggestions import guess, look_alike_in
from runner.problems import InvalidValue, named
from runner.when import ANY_FORM, When, parse_clock, parse_date, parse_duration, parse_when

K = TypeVar("K")
V = TypeVar("V")
EXAMPLES: Final[Mapping[type, str]] = {
    timedelta: "`45m`, `4h` or `30d`",
    time: "`09:00`",
    date: "`2026-12-01`",
}


class Model(BaseModel):
    """What a file may declare: kebab-case keys, unknown ones refused, values that never change."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        alias_generator=lambda name: name.replace("_", "-"),
        validate_default=True,
        defer_build=True,
    )

    example: ClassVar[str] = ""
    """How it is written, for who wrote something else."""
    bare: ClassVar[str] = ""
    """The key of a text or a number that stands in the place of the whole."""
    lacks: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Keys that people bring, which it can't have: what to do in their place."""
    bare_list: ClassVar[str] = ""
    """The key of a list that stands in the place of the whole."""


def _reader(
    rule: str, expected: str, made: type[V], parse: Callable[[str], V]
) -> Callable[[object], V]:
    def read(value: object) -> V:
        if isinstance(value, made):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            message = f"expected {expected}, found {named(value)}"
            raise InvalidValue(rule, message, f"write one, such as {EXAMPLES[made]}")
        try:
            return parse(str(value))
        except InvalidValue as error:
            guessed = guess(str(value), parse)
            help = f"write {guessed}" if guessed else error.message.help
            text = _look_alike(str(value)) or error.message.text
            raise InvalidValue(rule, text, help, column=error.column) from None

    return read


def _moment(value: object, info: ValidationInfo) -> When:
    """A moment; the help for what is none goes by what stands around it."""
    if isinstance(value, When):
        return value
    beside = (info.context or {}).get(moment_context.AROUND)
    beside = beside if isinstance(beside, MomentContext) else MomentContext()
    field = info.field_name or ""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        message = f"expected a moment, found {named(value)}"
        raise InvalidValue("bad-when", message, f"write one, such as {beside.examples(field)}")
    try:
        return parse_when(str(value))
    except InvalidValue as error:
        help = beside.help_for(str(value), field) or error.message.help
        help = f"write it as in {beside.examples(field)}" if help == ANY_FORM else help
        text = _look_alike(str(value)) or error.message.text
        raise InvalidValue("bad-when", text, help, column=error.column) from None


def _look_alike(text: str) -> str | None:
    """What is wrong with a text that is written with a character of another keyboard."""
    named = look_alike_in(text)
    return f"{named} looks like a character of the keyboard and is another one" if named else None


Frozen = Annotated[Mapping[K, V], AfterValidator(lambda value: MappingProxyType(dict(value)))]
"""A mapping that nobody changes."""

Listed = Annotated[
    tuple[V, ...], BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value)
]
"""A YAML list, as a tuple."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
SlotName = Annotated[
    str,
    BeforeValidator(formats.slot),
    WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9-]{0,63}$"}),
]
"""No slot begins with a digit, which a moment reads as a time of day."""
LocaleCode = Annotated[
    str,
    BeforeValidator(localized.locale),
    WithJsonSchema({"type": "string", "pattern": f"^{LOCALE}$"}),
]
Currency = Annotated[
    str,
    BeforeValidator(amounts.currency_code),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["EUR"]}),
]
Name = Annotated[
    str,
    Field(min_length=1),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,63}$"}),
]
"""The id of something that stands elsewhere: whether it does, is seen there."""
Handle = Annotated[
    str,
    BeforeValidator(formats.handle),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_]{1,15}$"}),
]
UtcMinute = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$")]
"""An instant as the runner tells it in UTC: `2026-12-03 10:00`."""
XId = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,18}$")]
"""An id of X, in quotes."""
Hashtag = Annotated[
    str,
    BeforeValidator(formats.hashtag),
    WithJsonSchema({"type": "string", "pattern": r"^[^#\s]+$"}),
]
Duration = Annotated[
    timedelta,
    PlainValidator(_reader("bad-duration", "a duration", timedelta, parse_duration)),
    PlainSerializer(as_written, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,5} ?[mhdw]$", "examples": ["4h"]}),
]
TimeOfDay = Annotated[
    time,
    PlainValidator(_reader("bad-time", "a time of day", time, parse_clock)),
    PlainSerializer(lambda value: f"{value:%H:%M}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$", "examples": ["09:00"]}),
]
Day = Annotated[
    date,
    PlainValidator(_reader("bad-date", "a date", date, parse_date)),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
Moment = Annotated[
    When,
    PlainValidator(_moment),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "examples": [
                "2026-12-01 10:00",
                "opens + 2h",
                "closes - 1d 09:00",
                "launches - 7d noon",
            ],
        }
    ),
]
Zone = Annotated[
    ZoneInfo,
    PlainValidator(formats.zone),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["Europe/Riga"]}),
]
Url = Annotated[
    str,
    AfterValidator(formats.url),
    WithJsonSchema(
        {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://", "examples": ["https://acme.lv/"]}
    ),
]
Money = Annotated[
    Decimal,
    BeforeValidator(lambda value, info: amounts.money(value, info.field_name)),
    Field(ge=0),
    WithJsonSchema({"type": "number", "minimum": 0}),
]


@cache
def described_fields(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a model by name, with what the docstrings below them say.

    pydantic reads these too (`use_attribute_docstrings`), of all models at each start, which takes
    a tenth of a short command; here they are read of one model, when somebody asks.
    """
    docs: dict[str, str | None] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            docs |= _docs(base)
    return {name: _with(field, docs.get(name)) for name, field in model.model_fields.items()}


def _with(field: FieldInfo, description: str | None) -> FieldInfo:
    found = copy(field)
    found.description = field.description or description
    return found


def _docs(model: type[BaseModel]) -> Iterator[tuple[str, str | None]]:
    """The docstrings of the fields that a class declares itself, by name."""
    (declared,) = ast.parse(dedent(inspect.getsource(model))).body
    assert isinstance(declared, ast.ClassDef)  # noqa: S101
    for statement, following in pairwise((*declared.body, ast.Pass())):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                value=ast.Constant(value=str(said))
            ):
                yield name, inspect.cleandoc(said)
            case ast.AnnAssign(target=ast.Name(id=name)), _:
                yield name, None
