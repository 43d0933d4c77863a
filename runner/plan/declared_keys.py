"""What a file declares, key by key: values as text, the same for whatever means the same."""

from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from decimal import Decimal

from runner.durations import as_written
from runner.models.fields import Model


def flat(value: object, key: str = "", *, with_defaults: bool = True) -> Iterator[tuple[str, str]]:
    """Each key that says something, such as `budget.usd-per-month`, with its value. What is empty,
    or is off as it would be by itself, has none; what is left out has its default, or none."""
    match value:
        case Model():
            for name, field in type(value).model_fields.items():
                inner = getattr(value, name)
                is_default = inner == field.default
                if not is_default or (with_defaults and inner is not False):
                    below = _below(key, field.alias or name)
                    yield from flat(inner, below, with_defaults=with_defaults)
        case Mapping():
            for name, inner in value.items():
                yield from flat(inner, _below(key, str(name)), with_defaults=with_defaults)
        case None | ():
            return
        case _:
            yield key, _text(value)


def _below(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value.normalize():f}"
        case timedelta():
            return as_written(value)
        case time():
            return f"{value:%H:%M}"
        case tuple() if not any(isinstance(each, Model | Mapping) for each in value):
            return ", ".join(map(_text, value))
        case tuple():
            pairs = (", ".join(f"{key} {said}" for key, said in flat(each)) for each in value)
            return "; ".join(pairs)
        case _:
            return str(value)
