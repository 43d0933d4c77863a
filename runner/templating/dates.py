"""Days, times and countdowns as each language writes them (CLDR, through Babel)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from runner.problems import suggest
from runner.templating.errors import misused
from runner.templating.evaluation import Evaluation, locale_named

if TYPE_CHECKING:
    from babel import Locale
    from babel.dates import DateTimePattern

LENGTHS: Final = ("short", "medium", "long", "full")
DAY_AND_MONTH: Final = "MMMMd"
_CLOCK: Final = re.compile("[Hhmj]")
"""The letters of a pattern that ask for a time of day."""
_DAY: Final = re.compile("[yMLdE]")
"""And for a date."""
_CASES: Final = {
    "genitive": ("a", "a", "as"),
    "dative": ("im", "am", "ai"),
    "locative": ("ī", "ā", "ā"),
}
"""What Latvian months in `-is`, months in `-s`, and days of the week in `-a` end in."""
_HERE: Final = {
    "da": ("nu", "i dag"),
    "de": ("jetzt", "heute"),
    "en": ("now", "today"),
    "es": ("ahora", "hoy"),
    "et": ("nüüd", "täna"),
    "fi": ("nyt", "tänään"),
    "fr": ("maintenant", "aujourd’hui"),
    "it": ("ora", "oggi"),
    "lt": ("dabar", "šiandien"),
    "lv": ("tagad", "šodien"),
    "nl": ("nu", "vandaag"),
    "pl": ("teraz", "dzisiaj"),
    "pt": ("agora", "hoje"),
    "ru": ("сейчас", "сегодня"),
    "sv": ("nu", "i dag"),
    "uk": ("зараз", "сьогодні"),
}
"""CLDR's words for this very moment and this day, which Babel 2.18 has not taken over."""
_LETTERS: Final = re.compile(r"'[^']*'|([A-Za-z])\1*")
"""The runs of letters of a pattern, and its quoted words."""


def day(
    evaluation: Evaluation, value: Any, how: str = DAY_AND_MONTH, *, case: str | None = None
) -> str:
    """`1. decembris`; or `short`, `medium`, `long`, `full`, or CLDR's letters: `EEEEMMMMd`.

    Months are in the form that CLDR has for them beside a day: `1 декабря`. In Latvian that is the
    nominative, which stands after a colon; `case` gives it the others, and the day of the week too:
    `1. decembra rītā` (`genitive`), `līdz 1. decembrim` (`dative`), `1. decembrī` (`locative`)."""
    if not isinstance(value, date):
        raise misused("`date` takes a moment", "give it one: {{ at | date }}", "date")
    locale = locale_named(evaluation.locale)
    pattern = _pattern_for(locale, how, "date")
    if not isinstance(value, datetime) and how not in LENGTHS and _CLOCK.search(how):
        raise misused(
            f"`{how}` asks for a time of day, and this is a whole day",
            "leave its hours and minutes out: {{ … | date }}",
            "date",
        )
    if isinstance(how, str) and _is_of(_CLOCK, how):
        help = f'ask `time` for it: {{{{ … | time("{how[:30]}") }}}}'
        raise misused(f"`{how[:30]}` asks for no date", help, "date")
    if case is not None:
        return _declined(value, pattern, case, locale)
    return pattern.apply(value, locale)


def _is_of(letters: re.Pattern[str], how: str) -> bool:
    """Whether a pattern has these letters alone."""
    return how not in LENGTHS and bool(how) and not letters.sub("", how)


def _declined(value: date, pattern: "DateTimePattern", case: str, locale: "Locale") -> str:
    """A date with its month and day of the week in another case. Raises TemplateFault for short
    words: of `5. apr.` and `5. marts` only the second would change."""
    if locale.language != "lv":
        raise misused("`case` is for Latvian", "leave it out: {{ at | date }}", "case")
    if case not in _CASES:
        raise misused(f"`case` is one of {', '.join(_CASES)}", 'write date(case="dative")', "case")
    runs = [run[0] for run in _LETTERS.finditer(pattern.pattern) if run[1]]
    if any(run in ("MMM", "LLL", "E", "EE", "EEE") for run in runs):
        help = f'ask for words in full: date("{DAY_AND_MONTH}", case="{case}")'
        raise misused("`case` declines whole words, and this date has short ones", help, "case")
    return re.sub(r"\w+", _in_case(case, locale), pattern.apply(value, locale))


def _in_case(case: str, locale: "Locale") -> Callable[[re.Match[str]], str]:
    """The word in another case, where it is a month or a day of the week."""
    soft, hard, day = _CASES[case]
    nouns = {*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()}

    def decline(word: re.Match[str]) -> str:
        noun = word[0]
        if noun not in nouns:
            return noun
        if noun.endswith("a"):
            return noun[:-1] + day
        if noun.endswith("is"):
            stem = noun[:-2]
            return stem[:-1] + "ļ" + soft if case == "genitive" and stem[-1] == "l" else stem + soft
        return noun[:-1] + hard

    return decline


def hour(evaluation: Evaluation, value: Any, how: str = "short") -> str:
    """`20:00`, as the language writes it; or CLDR's letters: `Hm`."""
    if not isinstance(value, datetime):
        what = "a day has no time of day" if isinstance(value, date) else "`time` takes a moment"
        raise misused(what, "give it a moment: {{ at | time }}", "time")
    from babel.dates import format_time

    locale = locale_named(evaluation.locale)
    if isinstance(how, str) and how in LENGTHS:
        return format_time(value, how, locale=locale)
    if isinstance(how, str) and _is_of(_DAY, how):
        help = f'ask `date` for it: {{{{ … | date("{how[:30]}") }}}}'
        raise misused(f"`{how[:30]}` asks for no time of day", help, "time")
    return _pattern_for(locale, how, "time").apply(value, locale)


def _pattern_for(locale: "Locale", how: object, name: str) -> "DateTimePattern":
    """The pattern of a date or time, by its length or by CLDR's letters. Raises TemplateFault."""
    if not isinstance(how, str):
        raise misused(f"`{name}` takes a format", f'write it in quotes: {name}("short")', name)
    if name == "date" and how in LENGTHS:
        whole: DateTimePattern = locale.date_formats[how]
        return whole
    pattern = _pattern(locale, how)
    if pattern is None:
        raise misused(
            f"`{name}` knows no format `{how[:30]}`",
            suggest(how[:30], LENGTHS) or f"write one of {', '.join(LENGTHS)}",
            name,
        )
    return pattern


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
        if not run[1]:
            # beside a month in full, a Latvian year is not cut short either
            return "'gada'" if run[0] == "'g'" and "MMMM" in skeleton else run[0]
        width = wanted.get(_field(run[0]), 0)
        textual = len(run[0]) >= 3 or _field(run[0]) == "E"
        return run[0][0] * width if textual and width > 3 else run[0]

    pattern = _LETTERS.sub(widen, known[near]).replace("'gada'.", "'gada'")
    if locale.language == "lv":
        # what stands alone in a list is capitalised there, and this stands in a sentence
        pattern = re.sub("c+", lambda run: "E" * len(run[0]), pattern)
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


def countdown(evaluation: Evaluation, value: Any) -> str:
    """From the planned time: `in 3 days`. A day away or more counts days of the calendar, as people
    do; less counts full hours or minutes, so that nobody comes too late."""
    from babel.dates import format_timedelta

    if not isinstance(value, date):
        raise misused("`countdown` takes a moment", "give it one: {{ closes | countdown }}")
    elapsed, unit = _distance(evaluation.at, value)
    here = _HERE.get(locale_named(evaluation.locale).language)
    if not elapsed and here:
        return here[unit == "day"]
    return format_timedelta(
        elapsed,
        granularity=unit,  # type: ignore[arg-type]
        threshold=10**9,  # no other unit
        add_direction=True,
        locale=locale_named(evaluation.locale),
    )


def _distance(start: datetime, end: date) -> tuple[timedelta, str]:
    if not isinstance(end, datetime):
        return end - start.date(), "day"
    elapsed = end.astimezone(UTC) - start.astimezone(UTC)  # in one zone they'd be wall clocks
    local = end.astimezone(start.tzinfo)
    by_the_clock = local.replace(tzinfo=None) - start.replace(tzinfo=None)
    # when clocks change, the same hour tomorrow is 23 hours away, and a day to people
    if max(abs(elapsed), abs(by_the_clock)) >= timedelta(days=1):
        return local.date() - start.date(), "day"
    for unit, length in (("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if abs(elapsed) >= length:
            full = abs(elapsed) // length * length
            return full if elapsed > timedelta(0) else -full, unit
    return timedelta(0), "minute"
