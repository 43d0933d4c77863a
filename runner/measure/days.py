"""Days as exports write them, in one order or another.

What is wrong is not repeated: where columns are shifted, the name of somebody may stand there.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from enum import Enum, auto
from typing import Final

from runner.problems import InvalidValue

_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-./]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_DOTTED: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?![0-9])")
_SLASHED: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?![0-9])")
_IN_WORDS: Final = ("%a, %b %d, %Y", "%b %d, %Y")
_YEARS: Final = range(2006, 2100)
"""From the year in which X began."""
_HELP: Final = "export days as 2026-12-01"


class SlashedDay(Enum):
    """What stands first in days such as 03/04/2027."""

    DAY = auto()
    MONTH = auto()


def slashed_day(texts: Iterable[str]) -> SlashedDay | None:
    """What stands first in the days of one column: some day tells it that is of no month."""
    for found in filter(None, map(_SLASHED.match, texts)):
        if int(found[1]) > 12:
            return SlashedDay.DAY
        if int(found[2]) > 12:
            return SlashedDay.MONTH
    return None


def day(text: str, first: SlashedDay | None = None) -> date:
    """A day, with or without a time behind it. Raises InvalidValue."""
    if found := _YEAR_FIRST.match(text):
        parts = found[1], found[3], found[4]
    elif found := _DOTTED.match(text):
        parts = found[3], found[2], found[1]
    elif found := _SLASHED.match(text):
        first = first or slashed_day([text])
        if first is None and int(found[1]) != int(found[2]):
            raise InvalidValue("which-day", f"`{found[0]}` may be a day of two months", _HELP)
        both = (found[1], found[2]) if first is SlashedDay.MONTH else (found[2], found[1])
        parts = found[3], *both
    else:
        return _sensible(_day_in_words(text))
    with suppress(ValueError):
        return _sensible(date(*map(int, parts)))
    raise _no_day()


def _day_in_words(text: str) -> date:
    for form in _IN_WORDS:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    raise _no_day()


def _sensible(found: date) -> date:
    """A day on which somebody may have come from X. Raises InvalidValue."""
    if found.year not in _YEARS:
        raise _no_day()
    return found


def _no_day() -> InvalidValue:
    return InvalidValue("no-day", "no day since X began stands here", _HELP)
