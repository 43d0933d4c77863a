"""The building blocks of every file that people write: the model, ids, names, moments."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from runner.problems import closest
from runner.when import BadTime, When, parse_clock, parse_date, parse_duration, parse_when

K = TypeVar("K")
V = TypeVar("V")


class Model(BaseModel):
    """What a file may declare: kebab-case keys, unknown ones refused, values that never change."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        alias_generator=lambda name: name.replace("_", "-"),
        validate_default=True,
        use_attribute_docstrings=True,
    )


def refuse(rule: str, message: str, help: str, column: int | None = None) -> PydanticCustomError:
    """A problem of ours, as pydantic carries it: rule id, message, and the thing to do."""
    context: dict[str, Any] = {"message": message, "help": help}
    if column is not None:
        context["column"] = column
    return PydanticCustomError(rule, "{message}", context)


def _reader(
    rule: str, expected: str, made: type[V], parse: Callable[[str], V]
) -> Callable[[object], V]:
    def read(value: object) -> V:
        if isinstance(value, made):
            return value
        if not isinstance(value, str):
            raise refuse(rule, f"`{value}` is not {expected}", "put it in quotes, or write it out")
        try:
            return parse(value)
        except BadTime as error:
            raise refuse(rule, error.message, error.help, error.column) from None

    return read


Frozen = Annotated[Mapping[K, V], AfterValidator(lambda value: MappingProxyType(dict(value)))]
"""A mapping that nobody changes."""

Listed = Annotated[
    tuple[V, ...], BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value)
]
"""A YAML list, as a tuple."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
SlotName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
"""No slot begins with a digit, which a moment reads as a time of day."""
LOCALE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"
LocaleCode = Annotated[str, Field(pattern=f"^{LOCALE}$")]
Handle = Annotated[
    str,
    BeforeValidator(lambda value: _handle(value)),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_]{1,15}$"}),
]
Hashtag = Annotated[
    str,
    BeforeValidator(lambda value: _hashtag(value)),
    WithJsonSchema({"type": "string", "pattern": r"^[^#\s]+$"}),
]
Duration = Annotated[
    timedelta,
    PlainValidator(_reader("bad-duration", "a duration", timedelta, parse_duration)),
    PlainSerializer(lambda value: _written(value), return_type=str),
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
    PlainValidator(_reader("bad-when", "a moment", When, parse_when)),
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
    PlainValidator(lambda value: _zone(value)),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["Europe/Riga"]}),
]
Url = Annotated[
    str,
    AfterValidator(lambda value: _url(value)),
    WithJsonSchema({"type": "string", "pattern": "^https?://", "examples": ["https://acme.lv/"]}),
]
Money = Annotated[
    Decimal,
    BeforeValidator(lambda value: _money(value)),
    Field(ge=0),
    WithJsonSchema({"type": "number", "minimum": 0}),
]


def _written(value: timedelta) -> str:
    minutes = int(value.total_seconds() // 60)
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def _handle(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z0-9_]{1,15}", value):
        bare = value.removeprefix("@")
        fits = re.fullmatch(r"[A-Za-z0-9_]{1,15}", bare)
        raise refuse(
            "bad-handle",
            f"`{value}` is not a handle on X",
            f"write it without the @: {bare}"
            if fits
            else "up to 15 letters, digits and underscores",
        )
    return value


def _hashtag(value: object) -> object:
    if isinstance(value, str) and (value.startswith("#") or not value or re.search(r"\s", value)):
        bare = re.sub(r"[#\s]", "", value)
        raise refuse("bad-hashtag", f"`{value}` is not a hashtag's word", f"write it bare: {bare}")
    return value


def _zone(value: object) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = closest(str(value), {zone.lower() for zone in available_timezones()})
        proper = next(
            (zone for zone in available_timezones() if zone.lower() == near), "Europe/Riga"
        )
        raise refuse(
            "bad-timezone", f"`{value}` is not a time zone", f"did you mean `{proper}`?"
        ) from None


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#.]+\.[^\s]+", value):
        raise refuse(
            "bad-url", f"`{value}` is not a web address", "write it whole: https://acme.lv/page"
        )
    return value


def _money(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
