"""The grammar of time in campaigns: moments, durations, times of day. Text in, values out.

    when     = (date | anchor) [± N m|h|d|w] [HH:MM [±HH:MM] | slot]
    duration = N m|h|d|w

Hours and minutes are elapsed time, days and weeks are calendar days. What a moment comes to depends
on anchors, slots and zones: that is the schedule's part.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from runner.durations import as_written
from runner.problems import InvalidValue
from runner.value import Value

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MACHINE = re.compile(rf"({_DATE.pattern})T([0-9]{{2}}:[0-9]{{2}})\S*")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_CLOCK_AND_MORE = re.compile(rf"({_CLOCK.pattern})([:+-].*)")
_ZONE = re.compile(r"[+-][0-9]{2}:[0-9]{2}")
_STEP = re.compile(r"([+-])\s*([0-9]+)\s*([A-Za-z]*)")
_DURATION = re.compile(r"([0-9]+)\s*([A-Za-z]+)")
_TOKEN = re.compile(rf"[+-][0-9]+:\S*|{_STEP.pattern}|\S+")
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_YEARS = range(1970, 2200)
_LONGEST = timedelta(days=3660)
ANY_FORM = "write it as in `2026-12-01 10:00`"
"""The help where nothing tells which form was meant."""


class When(Value, kw_only=True):
    """A moment as it was written: a date or an anchor's name, moved by calendar `days` or by
    `elapsed` time, at a time of day or a slot's name. `offset` picks one of two when the clock goes
    back."""

    base: date | str
    days: int = 0
    elapsed: timedelta = timedelta(0)
    clock: time | str | None = None
    offset: timedelta | None = None

    @property
    def anchor(self) -> str | None:
        return self.base if isinstance(self.base, str) else None

    @property
    def slot(self) -> str | None:
        return self.clock if isinstance(self.clock, str) else None

    def __str__(self) -> str:
        parts = [str(self.base)]
        if self.days:
            parts.append(f"{_sign(self.days)} {abs(self.days)}d")
        if self.elapsed:
            sign = "-" if self.elapsed < timedelta(0) else "+"
            parts.append(f"{sign} {as_written(abs(self.elapsed), days=False)}")
        if self.clock is not None:
            parts.append(f"{self.clock:%H:%M}" if isinstance(self.clock, time) else self.clock)
        if self.offset is not None:
            parts.append(offset_text(self.offset))
        return " ".join(parts)


@lru_cache(maxsize=1024)
def parse_when(text: str) -> When:
    """`opens + 2d 10:00`; what many posts say is read once. Raises InvalidValue with the column of
    what is wrong."""
    words = [(match.group(), match.start() + 1) for match in _TOKEN.finditer(text)]
    if not words:
        raise _invalid("a moment is missing", ANY_FORM)
    base = _base(*words.pop(0))
    days, elapsed = 0, timedelta(0)
    if words and (step := _STEP.fullmatch(words[0][0])):
        days, elapsed = _step(step, words.pop(0)[1])
    clock: time | str | None = None
    if words and not _is_offset(words[0][0]):
        clock = _clock_or_slot(*words[0])
        if elapsed:
            raise _invalid(
                "hours and minutes are elapsed time and take no time of day after them",
                f"leave it out: `{When(base=base, elapsed=elapsed)}`; days may have one",
                words[0][1],
            )
        words.pop(0)
    offset = _offset(clock, *words.pop(0)) if words and _is_offset(words[0][0]) else None
    if words:
        word, column = words[0]
        raise _invalid(f"`{word}` is too much in a moment", ANY_FORM, column)
    return When(base=base, days=days, elapsed=elapsed, clock=clock, offset=offset)


def parse_duration(text: str) -> timedelta:
    """`90m`, `4h`, `30d`, `2w`: more than nothing. Raises InvalidValue."""
    match = _DURATION.fullmatch(text.strip())
    if not match or match[2] not in _UNITS or not match[1].strip("0"):
        raise _invalid(
            f"`{text}` is not a duration", "write a number and m, h, d or w: `45m`, `4h`, `30d`"
        )
    return _length(match[1], match[2], 1)


def parse_clock(text: str, column: int = 1) -> time:
    """`09:00`. Raises InvalidValue."""
    more = _CLOCK_AND_MORE.fullmatch(text)
    if more and more[2].startswith(":"):
        raise _invalid("seconds are too fine for a post", f"write `{more[1]}`", column)
    if more:
        raise _invalid(
            f"`{text}` is not a time of day", f"put a space between: `{more[1]} {more[2]}`", column
        )
    if not _CLOCK.fullmatch(text):
        raise _invalid(f"`{text}` is not a time of day", "write hours and minutes: `09:00`", column)
    hour, minute = (int(part) for part in text.split(":"))
    if hour > 23 or minute > 59:
        raise _invalid(f"there is no time of day `{text}`", "from `00:00` to `23:59`", column)
    return time(hour, minute)


def parse_date(text: str, column: int = 1) -> date:
    """`2026-12-01`. Raises InvalidValue."""
    if not _DATE.fullmatch(text):
        raise _invalid(f"`{text}` is not a date", "write year, month and day: `2026-12-01`", column)
    if int(text[:4]) not in _YEARS:
        raise _invalid(
            f"the year of `{text}` is far away",
            f"write a year from {_YEARS.start} to {_YEARS.stop - 1}",
            column,
        )
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _invalid(
            f"there is no day `{text}`", "look at the calendar once more", column
        ) from None


def offset_text(offset: timedelta) -> str:
    """An offset as it is written: `+03:00`."""
    hours, minutes = divmod(abs(offset) // _UNITS["m"], 60)
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02}:{minutes:02}"


def written_in(zone: tzinfo, at: datetime) -> str:
    """An instant as files of a zone write it: `2026-12-01 10:00`, with the offset where the clocks
    show that time twice."""
    here = at.astimezone(UTC).astimezone(zone)
    twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    offset = f" {offset_text(here.utcoffset() or timedelta(0))}" if twice else ""
    return f"{here:%Y-%m-%d %H:%M}{offset}"


def _base(word: str, column: int) -> date | str:
    if _DATE.fullmatch(word):
        return parse_date(word, column)
    if machine := _MACHINE.fullmatch(word):
        raise _invalid(
            f"`{word}` is written for machines",
            f"write it like this, in the campaign's zone: `{machine[1]} {machine[2]}`",
            column,
        )
    if word[:1].isdigit():
        raise _invalid(
            f"`{word}` is not a date", "write year, month and day first: `2026-12-01 10:00`", column
        )
    if _NAME.fullmatch(word):
        return word
    if _NAME.fullmatch(word.lower()):
        help = f"write it in small letters: `{word.lower()}`"
    elif "+" in word[1:]:
        help = f"put spaces around the +: `{' + '.join(word.split('+', 1))}`"
    else:
        help = ANY_FORM
    raise _invalid(f"`{word}` is neither a date nor an anchor", help, column)


def _step(match: re.Match[str], column: int) -> tuple[int, timedelta]:
    sign, count, unit = match.groups()
    if unit not in _UNITS:
        raise _invalid(
            f"`{unit}` is not a unit of time" if unit else f"`{match[0]}` has no unit of time",
            "use m (minutes), h (hours), d (days) or w (weeks): `- 7d`",
            column + match.start(3),
        )
    length = _length(count, unit, column) * (-1 if sign == "-" else 1)
    return (length.days, timedelta(0)) if unit in "dw" else (0, length)


def _length(count: str, unit: str, column: int) -> timedelta:
    # ten years of minutes have seven digits, and int() gives up at 4300
    length = int(count.lstrip("0")[:8] or "0") * _UNITS[unit]
    if length > _LONGEST:
        raise _invalid(f"`{count}{unit}` is more than ten years", "write less", column)
    return length


def _clock_or_slot(word: str, column: int) -> time | str:
    if _STEP.fullmatch(word):
        raise _invalid(f"`{word}` is a second step, and a moment takes one", ANY_FORM, column)
    if ":" in word or word[:1].isdigit():
        return parse_clock(word, column)
    if not _NAME.fullmatch(word):
        raise _invalid(f"`{word}` is neither a time of day nor a slot", ANY_FORM, column)
    return word


def _is_offset(word: str) -> bool:
    return word[0] in "+-" and ":" in word


def _offset(clock: time | str | None, word: str, column: int) -> timedelta:
    if not isinstance(clock, time):
        raise _invalid(
            "an offset belongs to a time of day", "write it as in `2026-10-25 03:30 +03:00`", column
        )
    if not _ZONE.fullmatch(word) or int(word[1:3]) > 14 or int(word[4:]) > 59:
        raise _invalid(f"there is no offset `{word}`", "write it as in `+03:00`", column)
    length = timedelta(hours=int(word[1:3]), minutes=int(word[4:]))
    return -length if word[0] == "-" else length


def _invalid(text: str, help: str, column: int = 1) -> InvalidValue:
    return InvalidValue("bad-when", text, help, column=column)


def _sign(number: int) -> str:
    return "-" if number < 0 else "+"
