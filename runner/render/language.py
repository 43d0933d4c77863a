"""The filters of templates that follow a language: dates, times, money, numbers, plurals."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from jinja2 import pass_context
from jinja2.runtime import Context

from runner.render import moments, numbers
from runner.render.filters import Filter, not_so
from runner.render.operators import given, meter_of
from runner.render.scene import scene_of
from runner.render.values import Later

_COST = 20
"""Of asking CLDR, in steps of the meter."""


def spoken(name: str, filter: Callable[..., str]) -> Filter:
    """The filter, given the scene first; what is only known later stays its own placeholder."""

    @wraps(filter)
    def run(context: Context, value: Any, *args: Any, **kwargs: Any) -> str:
        given(value)
        meter_of(context).charge(_COST)
        if isinstance(value, Later):
            return value
        try:
            text = filter(scene_of(context), value, *args, **kwargs)
        except TypeError:
            raise not_so(name) from None
        # the narrow space of some languages weighs 2 on X; the other one that doesn't break, 1
        return text.replace("\u202f", "\u00a0")

    return pass_context(run)


_FILTERS: Final[dict[str, Callable[..., str]]] = {
    "countdown": moments.countdown,
    "currency": numbers.currency,
    "date": moments.day,
    "number": numbers.number,
    "percent": numbers.percent,
    "plural": numbers.plural,
    "time": moments.hour,
}
LANGUAGE_FILTERS: Final[dict[str, Filter]] = {
    name: spoken(name, filter) for name, filter in _FILTERS.items()
}
