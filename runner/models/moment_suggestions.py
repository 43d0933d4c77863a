"""What was meant by a moment, a duration or a time of day that is written in another way: with
other characters, or with words.

Each step rewrites one habit; a guess counts only where the result can be read.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final
from unicodedata import name, normalize

from runner.problems import InvalidValue
from runner.when import parse_when

LONGEST: Final = 80
"""Of a text that is looked into."""
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_COLONS: Final = "\u2236\ua789\u02d0\ufe55\uff1a"
_PROPER: Final = str.maketrans(
    {**dict.fromkeys(_HYPHENS, "-"), **dict.fromkeys(_COLONS, ":"), "\uff0e": ".", "\u2044": "/"}
)
_USUAL: Final = "\u2013\u2014\u2212"
"""Dashes that word processors put in, which are told from the hyphen without a word."""


def of_the_keyboard(text: str) -> str:
    """The text with the character that each of them looks like."""
    return text if text.isascii() else normalize("NFKC", text.translate(_PROPER))


def look_alike_in(text: str) -> str | None:
    """What the first of them is: `：` (U+FF1A, fullwidth colon)."""
    for char in text[:LONGEST]:
        if char not in _USUAL and of_the_keyboard(char) != char and of_the_keyboard(char).isascii():
            return f"`{char}` (U+{ord(char):04X}, {name(char, 'no name').lower()})"
    return None


_MONTHS: Final = {
    "jan": r"janvār\w*|janv|enero|ene|январ\w*|янв",
    "feb": r"februār\w*|febr|febrero|феврал\w*|фев",
    "mar": r"marts|martā|marta|marzo|марта?|мар",
    "apr": r"aprīl\w*|abril|abr|апрел\w*|апр",
    "may": r"maij\w*|mayo|мая|май|мае",
    "jun": r"jūnij\w*|jūn|junio|июн\w*",
    "jul": r"jūlij\w*|jūl|julio|июл\w*",
    "aug": r"august\w*|agosto|ago|август\w*|авг",
    "sep": r"septembr\w*|septiembre|setiembre|сентябр\w*|сент?",
    "oct": r"oktobr\w*|okt|octubre|октябр\w*|окт",
    "nov": r"novembr\w*|noviembre|ноябр\w*|ноя",
    "dec": r"decembr\w*|diciembre|dic|декабр\w*|дек",
}
"""Of Latvian, Spanish and Russian, by the English ones; those begin with these letters already."""
_HOUR: Final = r"(?<![0-9-])([0-9]{1,2}(?:[:.][0-9]{2})?)"
MIDNIGHT: Final = re.compile(
    r"(?:\b(?:at|a(?: la)?|в) )?\b(?:midnight|medianoche|pusnakt\w*|полноч\w*)\b", re.IGNORECASE
)
WORDS: Final[tuple[tuple[str, str], ...]] = (
    (
        rf"{_HOUR} ?(?:de la madrugada|(?:de|por) la mañana|утра|ночи|no rīta|rīt[āa]|naktī)\b",
        r"\1 am",
    ),
    (
        rf"{_HOUR} ?(?:(?:de|por) la (?:tarde|noche)|вечера|дня|vakar[āa]|pēcpusdienā)\b",
        r"\1 pm",
    ),
    (r"\b(?:(?:by |at )?(?:the )?end of (?:the )?day|eod|fin del día)\b", "23:59"),
    *((rf"\b(?:{words})\b\.?", name) for name, words in _MONTHS.items()),
    (r"\b([0-9]{4})\.? ?(?:g|gad\w*|г|год\w*)\b\.?", r"\1"),
    (r"\b(?:a las?|al|de|del|plkst|pulksten\w*|в|во)\b\.?", " "),
    (r"\b(?:mediod[ií]a|полдень|полудень|pusdien(?:ās|laik\w*)|midday|lunchtime)\b", "12:00"),
    (r"(?<=[0-9]) ?(?:horas?|час\w*|ч)\b\.?", "h"),
    (r"(?<=[:.][0-9]{2}) ?h\b\.?", ""),
)
"""What is put in the place of words, as guesses have it: pattern and replacement."""


MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SLASHES: Final = re.compile(r"\b(0?[1-9]|1[0-2])/(0?[1-9]|1[0-2])/(?=[0-9]{4}\b)")
_MONTH: Final = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
_CLOCK: Final = r"(?P<hour>[0-9]{1,2})"
Rewrite = Callable[[re.Match[str]], str]


def guess(text: str, parse: Callable[[str], object]) -> str | None:
    """How to write it so that `parse` takes it, in backticks; both ways where it may be a date of
    Europe or of America; or None."""
    return " or ".join(f"`{each}`" for each in readings(text, parse) if each != text) or None


def readings(text: str, parse: Callable[[str], object]) -> list[str]:
    """As `parse` takes it: the text itself, where it does, else all that it may have meant."""
    if _reads(text, parse):
        return [text]
    found = (_mended_moment(each, parse) for each in _written_days(text))
    return [each for each in dict.fromkeys(found) if each]


def times_in(text: str) -> list[str]:
    """The moment with a time of day in the place of a word for one: `2026-12-01 12:00` for noon."""

    def parse(meant: str) -> None:
        if parse_when(meant).slot is not None:
            raise InvalidValue("bad-when", "a slot is no time of day", "write one")

    return readings(text, parse)


def _written_days(text: str) -> Iterator[str]:
    if len(text) > LONGEST:
        return
    text = of_the_keyboard(text)
    for each in (text, _SLASHES.sub(r"\2/\1/", text)):
        if MIDNIGHT.search(each):  # of that day, or of the night that follows it
            yield from (MIDNIGHT.sub(clock, each) for clock in ("00:00", "24:00"))
        else:
            yield each


def _mended_moment(text: str, parse: Callable[[str], object]) -> str | None:
    meant = text
    if _reads(text, parse):
        return text
    for pattern, rewrite in _HABITS:
        meant = re.sub(r"\s+", " ", re.sub(pattern, rewrite, meant, flags=re.IGNORECASE)).strip()
        if meant != text and _reads(meant, parse):
            return meant
    return None


def _reads(text: str, parse: Callable[[str], object]) -> bool:
    try:
        parse(text)
    except InvalidValue:
        return False
    return True


def _day(year: str, month: str, day: str) -> str:
    year = f"20{year}" if len(year) == 2 else year
    return f"{year}-{int(month):02}-{int(day):02}"


def _numbers(found: re.Match[str]) -> str:
    """Day first, as in Europe; a month that can't be one is the day of an American."""
    day, month, year = found["day"], found["month"], found["year"]
    if int(month) > 12 >= int(day):
        day, month = month, day
    return _day(year, month, day)


def _day_of_named_month(found: re.Match[str]) -> str:
    month = MONTHS.index(found["month"].lower()) + 1
    return _day(found["year"], str(month), found["day"])


def _half_day(found: re.Match[str]) -> str:
    hour = int(found["hour"]) % 12 + (12 if found["half"].lower() == "p" else 0)
    return f"{hour:02}:{found['minute'] or '00'}"


def _clock(found: re.Match[str]) -> str:
    return f"{int(found['hour']):02}:{(found['minute'] or '0'):0>2}"


def _midnight(found: re.Match[str]) -> str:
    try:
        return f"{date.fromisoformat(found['day']) + timedelta(days=1)} 00:00"
    except (ValueError, OverflowError):
        return found[0]


def _unit(found: re.Match[str]) -> str:
    return f"{found['count']}{found['unit'][0].lower()}"


def _fraction(found: re.Match[str]) -> str:
    """`1.5h` as `90m`, since a moment has no fractions."""
    minutes = float(found["count"].replace(",", ".")) * {"h": 60, "d": 1440, "w": 10080}[found[2]]
    return f"{minutes:.0f}m" if minutes % 60 else f"{minutes // 60:.0f}h"


def _sum(found: re.Match[str]) -> str:
    minutes = int(found["hours"]) * 60 + int(found["minutes"])
    return f"{minutes}m" if minutes % 60 else f"{minutes // 60}h"


_HABITS: Final[tuple[tuple[str, str | Rewrite], ...]] = (
    *WORDS,
    (r"\w+", lambda found: found[0].lower()),
    (r"\bminus\b", "-"),
    (r"\bplus\b", "+"),
    (r"(?<=[0-9])(?:st|nd|rd|th)\b", ""),
    (rf"\b{_MONTH} (?P<day>[0-9]{{1,2}}),? (?P<year>[0-9]{{4}})", _day_of_named_month),
    (rf"\b(?P<day>[0-9]{{1,2}})[. -]+{_MONTH},?[ -](?P<year>[0-9]{{4}})", _day_of_named_month),
    (rf"\b(?P<year>[0-9]{{4}})[. ]+(?P<day>[0-9]{{1,2}})[. ]+{_MONTH}", _day_of_named_month),
    (r"[,;]", " "),
    (r"\b(?:at|on|o'clock)\b", " "),
    (
        r"(?P<count>[0-9]+) ?(?P<unit>weeks?|wks?|days?|hours?|hrs?|minutes?|mins?)\b",
        _unit,
    ),
    (
        r"\b(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})\b\.?",
        lambda found: _day(found["year"], found["month"], found["day"]),
    ),
    (r"^([0-9]{4})([0-9]{2})([0-9]{2})\b", r"\1-\2-\3"),
    (
        r"\b(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4}|[0-9]{2})\b\.?",
        _numbers,
    ),
    (r"^(?P<year>[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b", r"20\g<0>"),
    (r"(?<=[0-9]{2})[-tT_](?=[0-9]{1,2}:[0-9]{2})", " "),
    (r"(:[0-9]{2}):[0-9]{2}(?:\.[0-9]+)?", r"\1"),
    (rf"\b{_CLOCK}(?:[:.](?P<minute>[0-9]{{2}}))? ?(?P<half>[ap])\.?m\b\.?", _half_day),
    (rf"(?<=[0-9dw] ){_CLOCK}h(?P<minute>[0-9]{{2}})?$", _clock),
    (rf"(?<=[0-9dw] ){_CLOCK}(?:[.:](?P<minute>[0-9]{{1,2}}))?$", _clock),
    (r"([+-][0-9]{2})([0-9]{2})$", r"\1:\2"),
    (r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) 24:00", _midnight),
    (r"\b(?P<hours>[0-9]{1,3})h ?(?P<minutes>[0-9]{1,2})m\b", _sum),
    (r"^(?P<hours>[0-9]{1,3}):(?P<minutes>[0-9]{2})$", _sum),
    (r"(?P<count>[0-9]+[.,][0-9]+) ?([hdw])\b", _fraction),
    (
        r"^(?P<count>[0-9]+[mhdw]) (?:before|prior to) (?P<anchor>[a-z-]+)",
        r"\g<anchor> - \g<count>",
    ),
    (r"^(?P<count>[0-9]+[mhdw]) after (?P<anchor>[a-z-]+)", r"\g<anchor> + \g<count>"),
    (
        r"^(?P<clock>[0-9]{1,2}:[0-9]{2}) +(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})$",
        r"\g<day> \g<clock>",
    ),
    (r"^([a-z-]+) +([a-z-]+|[0-9:]{4,5}) *([+-] ?[0-9]+[dw])$", r"\1 \3 \2"),
    (
        r"^(?P<clock>[0-9]{1,2})[.h](?P<minute>[0-9]{2})?$",
        lambda f: f"{int(f[1]):02}:{f[2] or '00'}",
    ),
    (r"^[0-9]{1,2}$", lambda found: f"{int(found[0]):02}:00"),
)
"""Tried in turn, each on what the ones before it made."""
