"""The grammar of time in campaigns: moments, durations, times of day. Text in, values out.

    when     = (date | anchor) [± N m|h|d|w] [HH:MM [±HH:MM] | slot]
    duration = N m|h|d|w

Hours and minutes are elapsed time, days and weeks are calendar days. What a moment comes to depends
on anchors, slots and zones: that is the schedule's part.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_CLOCK = re.compile(r"\d{1,2}:\d\d(:\d\d)?")
_ZONE = re.compile(r"[+-]\d\d:\d\d")
_STEP = re.compile(r"(?P<sign>[+-])\s*(?P<count>\d{1,5})\s*(?P<unit>[a-z]+)")
_TOKEN = re.compile(r"[+-]\d\d:\d\d(?=\s|$)|[+-]\s*\d{1,5}\s*[a-z]+|\S+")
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
EXAMPLES = "`2026-12-01 10:00`, `opens + 2h`, `closes - 1d 09:00` or `launches - 7d noon`"


class BadTime(ValueError):
    """Not a moment, duration or time of day. `column` is where, from 1, in the text."""

    def __init__(self, message: str, help: str, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.column = column


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
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
            parts.append(f"{'+' if self.days > 0 else '-'} {abs(self.days)}d")
        if self.elapsed:
            minutes = int(self.elapsed.total_seconds() // 60)
            count, unit = (minutes // 60, "h") if minutes % 60 == 0 else (minutes, "m")
            parts.append(f"{'+' if count > 0 else '-'} {abs(count)}{unit}")
        if isinstance(self.clock, time):
            parts.append(f"{self.clock:%H:%M}")
        elif self.clock:
            parts.append(self.clock)
        if self.offset is not None:
            minutes = int(self.offset.total_seconds() // 60)
            parts.append(
                f"{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
            )
        return " ".join(parts)


def parse_when(text: str) -> When:
    """Raises BadTime."""
    tokens = [(match.group(), match.start() + 1) for match in _TOKEN.finditer(text)]
    if not tokens:
        raise BadTime("a moment is missing", f"write {EXAMPLES}")
    base = _base(*tokens.pop(0))
    days, elapsed = 0, timedelta(0)
    if tokens and (step := _STEP.fullmatch(tokens[0][0])):
        days, elapsed = _step(step, tokens.pop(0)[1])
    clock: time | str | None = None
    offset = None
    if tokens:
        clock = _clock_or_slot(*tokens.pop(0))
    if elapsed and clock is not None:
        raise BadTime(
            "hours and minutes are elapsed time and take no time of day after them",
            "use days (`opens + 1d 09:00`), or leave out the time of day (`opens + 2h`)",
        )
    if tokens and isinstance(clock, time) and _ZONE.fullmatch(tokens[0][0]):
        offset = _offset(*tokens.pop(0))
    if tokens:
        word, column = tokens[0]
        raise BadTime(f"`{word}` is one word too many in a moment", f"write {EXAMPLES}", column)
    return When(base=base, days=days, elapsed=elapsed, clock=clock, offset=offset)


def parse_duration(text: str) -> timedelta:
    """`90m`, `4h`, `30d`, `2w`: more than nothing. Raises BadTime."""
    match = re.fullmatch(r"(\d{1,5})\s*([a-z]+)", text.strip())
    if not match or match.group(2) not in _UNITS or int(match.group(1)) == 0:
        raise BadTime(
            f"`{text}` is not a duration", "write a number and m, h, d or w: `45m`, `4h`, `30d`"
        )
    return int(match.group(1)) * _UNITS[match.group(2)]


def parse_clock(text: str, column: int = 1) -> time:
    """`09:00`. Raises BadTime."""
    if not _CLOCK.fullmatch(text):
        raise BadTime(f"`{text}` is not a time of day", "write hours and minutes: `09:00`", column)
    if text.count(":") == 2:
        raise BadTime(
            "seconds are too fine for a post", f"write `{text[: text.rindex(':')]}`", column
        )
    hour, minute = (int(part) for part in text.split(":"))
    if hour > 23 or minute > 59:
        raise BadTime(f"there is no time of day `{text}`", "from `00:00` to `23:59`", column)
    return time(hour, minute)


def parse_date(text: str, column: int = 1) -> date:
    """`2026-12-01`. Raises BadTime."""
    if not _DATE.fullmatch(text):
        raise BadTime(f"`{text}` is not a date", "write year, month and day: `2026-12-01`", column)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadTime(
            f"there is no day `{text}`", "look at the calendar once more", column
        ) from None


def _base(word: str, column: int) -> date | str:
    if _DATE.fullmatch(word):
        return parse_date(word, column)
    if re.match(r"\d{4}-\d\d-\d\dT", word):
        raise BadTime(
            f"`{word}` is written for machines",
            f"write `{word[:10]} {word[11:16]}`, in the campaign's zone",
        )
    if word[:1].isdigit():
        raise BadTime(
            f"`{word}` is not a date", "write year, month and day first: `2026-12-01 10:00`"
        )
    if not _NAME.fullmatch(word):
        raise BadTime(f"`{word}` is neither a date nor an anchor", f"write {EXAMPLES}", column)
    return word


def _step(match: re.Match[str], column: int) -> tuple[int, timedelta]:
    unit = match["unit"]
    if unit not in _UNITS:
        raise BadTime(
            f"`{unit}` is not a unit of time",
            "use m (minutes), h (hours), d (days) or w (weeks): `- 7d`",
            column,
        )
    count = int(match["count"]) * (-1 if match["sign"] == "-" else 1)
    if unit in "dw":
        return count * _UNITS[unit].days, timedelta(0)
    return 0, count * _UNITS[unit]


def _clock_or_slot(word: str, column: int) -> time | str:
    if ":" in word or word[:1].isdigit():
        return parse_clock(word, column)
    if not _NAME.fullmatch(word):
        raise BadTime(f"`{word}` is neither a time of day nor a slot", f"write {EXAMPLES}", column)
    return word


def _offset(word: str, column: int) -> timedelta:
    sign = -1 if word[0] == "-" else 1
    hours, minutes = int(word[1:3]), int(word[4:])
    if hours > 14 or minutes > 59:
        raise BadTime(f"there is no offset `{word}`", "write it as in `+03:00`", column)
    return sign * timedelta(hours=hours, minutes=minutes)
