"""JSON of long documents, by the models that describe it.

pydantic looks at each value of each record. Here each model is looked at once, for what it makes of
its values, and msgspec writes records by the hundred, so that the whole is never in memory.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Annotated, Any, Final, cast, get_args, get_origin, get_type_hints

import msgspec
from pydantic import BeforeValidator, PlainSerializer

from runner.views.json import JsonRecord, key_of

_AT_ONCE: Final = 500
"""Records that are written at once."""
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
Making = Callable[[Any], Any]
"""What is written of a value."""


def document(model: type[JsonRecord], value: object) -> Iterator[str]:
    """The lines of the object that a model makes of a value, one or many at a time."""
    hints, fields = get_type_hints(model, include_extras=True), model.model_fields
    yield "{\n"
    for place, name in enumerate(fields, start=1):
        member = getattr(value, name, fields[name].default)
        comma = ",\n" if place < len(fields) else "\n"
        if isinstance(member, tuple) and len(member) > _AT_ONCE:
            yield f'  "{key_of(name)}": [\n'
            yield from _lines_of_many(member, _making(get_args(hints[name])[0]))
            yield f"  ]{comma}"
        else:
            making = _making(hints[name])
            made = {key_of(name): making(member) if making else member}
            yield f"{_as_text(made)[2:-2]}{comma}"
    yield "}\n"


def _lines_of_many(members: Sequence[Any], making: Making | None) -> Iterator[str]:
    for start in range(0, len(members), _AT_ONCE):
        some = members[start : start + _AT_ONCE]
        text = _as_text([making(each) for each in some] if making else some)
        comma = "," if start + _AT_ONCE < len(members) else ""
        yield f"  {text[2:-2]}{comma}\n".replace("\n  ", "\n    ")


def _as_text(value: object) -> str:
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda it: json.dumps(it[0])[1:-1], text)


@cache
def _making_of_record(model: type[JsonRecord]) -> Making:
    names = tuple(model.model_fields)
    hints = get_type_hints(model, include_extras=True)
    makings = [(place, _making(hints[name])) for place, name in enumerate(names)]
    told_otherwise = [(place, making) for place, making in makings if making]
    keys = {name: key_of(name) for name in names}
    record = msgspec.defstruct(model.__name__, names, rename=keys, gc=False)
    values_of = attrgetter(*names)
    if not told_otherwise:
        return lambda value: record(*values_of(value))

    def record_of(value: object) -> object:
        values = list(values_of(value))
        for place, making in told_otherwise:
            values[place] = making(values[place])
        return record(*values)

    return record_of


def _making(hint: Any) -> Making | None:
    """What is written of a value of a type; None where that is the value itself."""
    if hint is float:
        return float
    if isinstance(hint, type) and issubclass(hint, JsonRecord):
        return _making_of_record(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        made = [each for each in args if isinstance(each, PlainSerializer | BeforeValidator)]
        return cast("Making", made[0].func) if made else _making(args[0])
    if NoneType in args:
        return _making_of_some(_making(args[0]))
    if origin is Mapping:
        return _making_of_values(_making(args[1]))
    if origin is tuple and Ellipsis not in args:
        return _making_of_tuple([_making(arg) for arg in args])
    return _making_of_each(_making(args[0])) if origin in (tuple, Iterable) else None


def _making_of_some(making: Making | None) -> Making | None:
    return making and (lambda value: None if value is None else making(value))


def _making_of_values(making: Making | None) -> Making | None:
    return making and (lambda found: {key: making(value) for key, value in found.items()})


def _making_of_each(making: Making | None) -> Making | None:
    return making and (lambda values: [making(value) for value in values])


def _making_of_tuple(makings: Sequence[Making | None]) -> Making:
    return lambda values: [
        making(value) if making else value for making, value in zip(makings, values, strict=True)
    ]
