"""Days, times and countdowns as each language writes them (CLDR, through Babel)."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from runner.problems import closest
from runner.render.faults import misused
from runner.render.locales import locale_named
from runner.render.scene import Scene

if TYPE_CHECKING:
    from babel import Locale
    from babel.dates import DateTimePattern

LENGTHS: Final = ("short", "medium", "long", "full")
DAY_AND_MONTH: Final = "MMMMd"
_CASES: Final = {"dative": ("im", "am"), "locative": ("ī", "ā")}
"""What Latvian months end in: those in `-is`, and those in `-s`."""
_CLOCK: Final = re.compile("[Hhmj]")
"""The letters of a pattern that ask for a time of day."""
_LETTERS: Final = re.compile(r"'[^']*'|([A-Za-z])\1*")
"""The runs of letters of a pattern, and its quoted words."""


def day(scene: Scene, value: Any, how: str = DAY_AND_MONTH, *, case: str | None = None) -> str:
    """`1. decembris`; or `short`, `medium`, `long`, `full`, or CLDR's letters: `EEEEMMMMd`.

    Months are in the form that CLDR has for them beside a day: `1 декабря`. In Latvian that is the
    nominative, which stands after a colon; `case` gives it the others: `līdz 1. decembrim`
    (`dative`), `1. decembrī` (`locative`)."""
    if not isinstance(value, date):
        raise misused("`date` takes a moment", "give it one: {{ at | date }}", "date")
    text = _moment(scene, value, how, "date")
    return text if case is None else _declined(text, case, locale_named(scene.locale))


def _declined(text: str, case: str, locale: "Locale") -> str:
    if locale.language != "lv":
        raise misused("`case` is for Latvian", "leave it out: {{ at | date }}", "case")
    if case not in _CASES:
        raise misused(f"`case` is one of {', '.join(_CASES)}", 'write date(case="dative")', "case")
    soft, hard = _CASES[case]
    for month in locale.months["format"]["wide"].values():
        stem = month[:-2] + soft if month.endswith("is") else month[:-1] + hard
        text = text.replace(month, stem)
    return text


def hour(scene: Scene, value: Any, how: str = "short") -> str:
    """`20:00`, as the language writes it; or CLDR's letters: `Hm`."""
    if not isinstance(value, datetime):
        what = "a day has no time of day" if isinstance(value, date) else "`time` takes a moment"
        raise misused(what, "give it a moment: {{ at | time }}", "time")
    return _moment(scene, value, how, "time")


def _moment(scene: Scene, value: date, how: str, name: str) -> str:
    from babel.dates import format_date, format_time

    if not isinstance(how, str):
        raise misused(f"`{name}` takes a format", f'write it in quotes: {name}("short")', name)
    locale = locale_named(scene.locale)
    if how in LENGTHS:
        if name == "date":
            return format_date(value, how, locale=locale)
        return format_time(value, how, locale=locale)  # type: ignore[arg-type]
    pattern = _pattern(locale, how)
    if pattern is not None and not isinstance(value, datetime) and _CLOCK.search(how):
        raise misused(
            f"`{how}` asks for a time of day, and this is a whole day",
            "leave its hours and minutes out: {{ … | date }}",
            name,
        )
    if pattern is None:
        near = closest(how[:30], LENGTHS)
        raise misused(
            f"`{name}` knows no format `{how[:30]}`",
            f"did you mean `{near}`?" if near else f"write one of {', '.join(LENGTHS)}",
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
    known = _patterns(locale)
    near = skeleton if skeleton in known else match_skeleton(skeleton, known)
    if not near:
        return None
    wanted = {_field(run[0]): len(run[0]) for run in re.finditer(r"(.)\1*", skeleton)}

    def widen(run: re.Match[str]) -> str:
        width = wanted.get(_field(run[0]), 0)
        textual = len(run[0]) >= 3 or _field(run[0]) == "E"
        return run[0][0] * width if textual and width > 3 else run[0]

    pattern = _LETTERS.sub(lambda run: widen(run) if run[1] else run[0], known[near])
    return parse_pattern(pattern)


@cache
def _patterns(locale: "Locale") -> dict[str, str]:
    """The language's patterns by their letters. Those of whole dates count among them (UTS 35), and
    Babel leaves them out: of `yMMMMd` Latvian has only `2026. gada 1. decembris`."""
    own = {skeleton: pattern.pattern for skeleton, pattern in locale.datetime_skeletons.items()}
    for length in LENGTHS:
        pattern: str = locale.date_formats[length].pattern
        letters = "".join(run[0] for run in _LETTERS.finditer(pattern) if run[1])
        own.setdefault("".join(sorted(letters, key="yMEd".find)), pattern)
    return own


def _field(run: str) -> str:
    return {"L": "M", "c": "E", "e": "E"}.get(run[0], run[0])


def countdown(scene: Scene, value: Any) -> str:
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
