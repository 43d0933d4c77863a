"""The filters of templates that follow a language: dates, times, money, numbers, plurals (CLDR)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Final

from jinja2 import pass_context
from jinja2.runtime import Context

from runner.problems import closest
from runner.render.faults import misused
from runner.render.filters import Filter, not_so, number_of, text_of
from runner.render.operators import given, meter_of
from runner.render.scene import Scene, scene_of
from runner.render.values import Later

if TYPE_CHECKING:
    from babel import Locale
    from babel.dates import DateTimePattern

LENGTHS: Final = ("short", "medium", "long", "full")
DAY_AND_MONTH: Final = "MMMMd"
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


@cache
def locale_named(code: str) -> "Locale":
    """Raises Fault."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        raise misused(
            f"Unicode knows no language `{code}`", "use codes such as lv, es, ru, en or pt-BR"
        ) from None


def _date(scene: Scene, value: Any, how: str = DAY_AND_MONTH) -> str:
    """`1. decembris`; or `short`, `medium`, `long`, `full`, or CLDR's letters: `EEEEMMMMd`."""
    if not isinstance(value, date):
        raise misused("`date` takes a moment", "give it one: {{ at | date }}", "date")
    return _moment(scene, value, how, "date")


def _time(scene: Scene, value: Any, how: str = "short") -> str:
    """`20:00`, as the language writes it; or CLDR's letters: `Hm`."""
    if not isinstance(value, datetime):
        what = "a day has no time of day" if isinstance(value, date) else "`time` takes a moment"
        raise misused(what, "give it a moment: {{ at | time }}", "time")
    return _moment(scene, value, how, "time")


def _moment(scene: Scene, value: date, how: str, name: str) -> str:
    from babel.dates import format_date, format_time

    locale = locale_named(scene.locale)
    if how in LENGTHS:
        if name == "date":
            return format_date(value, how, locale=locale)
        return format_time(value, how, locale=locale)  # type: ignore[arg-type]
    pattern = _pattern(locale, how) if isinstance(how, str) else None
    if pattern is None:
        help = f"did you mean `{closest(str(how)[:30], LENGTHS)}`?"
        raise misused(
            f"`{name}` knows no format `{str(how)[:30]}`",
            help if closest(str(how)[:30], LENGTHS) else f"write one of {', '.join(LENGTHS)}",
            name,
        )
    return pattern.apply(value, locale)


@cache
def _pattern(locale: "Locale", skeleton: str) -> "DateTimePattern | None":
    """The language's pattern for CLDR's letters, or None. The nearest one that it has is widened to
    what was asked (UTS 35, matching skeletons): `MMMEd` serves `MMMMEEEEd`."""
    from babel.dates import match_skeleton, parse_pattern

    if not re.fullmatch(r"[yMLdEHhmj]{1,12}", skeleton):
        return None
    known = locale.datetime_skeletons
    near = skeleton if skeleton in known else match_skeleton(skeleton, known)
    if not near:
        return None
    wanted = {_field(run[0]): len(run[0]) for run in re.finditer(r"(.)\1*", skeleton)}

    def widen(run: re.Match[str]) -> str:
        width = wanted.get(_field(run[0]), 0)
        textual = len(run[0]) >= 3 or _field(run[0]) == "E"
        return run[0][0] * width if textual and width > 3 else run[0]

    pattern = re.sub(
        r"'[^']*'|([A-Za-z])\1*",
        lambda run: widen(run) if run[1] else run[0],
        known[near].pattern,
    )
    return parse_pattern(pattern)


def _field(run: str) -> str:
    return {"L": "M", "c": "E", "e": "E"}.get(run[0], run[0])


def _countdown(scene: Scene, value: Any) -> str:
    """From the planned time: `in 3 days`. A day away or more counts days of the calendar, as people
    do; less counts full hours or minutes, so that nobody comes too late."""
    from babel.dates import format_timedelta

    if not isinstance(value, date):
        raise misused("`countdown` takes a moment", "give it one: {{ closes | countdown }}")
    elapsed, unit = _distance(scene.at, value)
    return format_timedelta(
        elapsed,
        granularity=unit,  # type: ignore[arg-type]
        threshold=10**9,  # no other unit
        add_direction=True,
        locale=locale_named(scene.locale),
    )


def _distance(start: datetime, end: date) -> tuple[timedelta, str]:
    if not isinstance(end, datetime):
        return end - start.date(), "day"
    elapsed = end.astimezone(UTC) - start.astimezone(UTC)  # in one zone they'd be wall clocks
    if abs(elapsed) >= timedelta(days=1):
        return end.astimezone(start.tzinfo).date() - start.date(), "day"
    for unit, length in (("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if abs(elapsed) >= length:
            full = abs(elapsed) // length * length
            return full if elapsed > timedelta(0) else -full, unit
    return timedelta(0), "minute"


def _currency(scene: Scene, value: Any, code: Any = None) -> str:
    """`59,90 €`: as many decimals as the currency has, more where they are written."""
    from babel.numbers import format_currency

    if not isinstance(code, str) or not re.fullmatch("[A-Z]{3}", code):
        raise misused(
            "`currency` needs a currency",
            "write it so: {{ product.price | currency(product.currency) }}",
            "currency",
        )
    return format_currency(
        _exact(value), code, locale=locale_named(scene.locale), decimal_quantization=False
    )


def _number(scene: Scene, value: Any) -> str:
    from babel.numbers import format_decimal

    locale = locale_named(scene.locale)
    return format_decimal(_exact(value), locale=locale, decimal_quantization=False)


def _percent(scene: Scene, value: Any) -> str:
    """Of 20: `20 %`."""
    from babel.numbers import format_percent

    share = _exact(value) / 100
    return format_percent(share, locale=locale_named(scene.locale), decimal_quantization=False)


def _exact(value: Any) -> Decimal:
    return Decimal(str(number_of(value)))


def _plural(scene: Scene, value: Any, **forms: str) -> str:
    """The form of a word that goes with a number, by CLDR's rule for the language."""
    locale = locale_named(scene.locale)
    form = locale.plural_form(_exact(value))
    if form not in forms and (form == "zero" or "few" not in locale.plural_form.tags):
        form = "other"
    if form not in forms:
        raise misused(
            f"`plural` needs the form `{form}` in `{scene.locale}`, for {number_of(value)}",
            f'add it: plural(…, {form}="…")',
            "plural",
        )
    return text_of(forms[form])


_FILTERS: dict[str, Callable[..., str]] = {
    "countdown": _countdown,
    "currency": _currency,
    "date": _date,
    "number": _number,
    "percent": _percent,
    "plural": _plural,
    "time": _time,
}
LANGUAGE_FILTERS: dict[str, Filter] = {
    name: spoken(name, filter) for name, filter in _FILTERS.items()
}
