"""Numbers and days as exports write them: with commas or points, in one order or another."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from runner.problems import InvalidValue

_NUMBER: Final = re.compile(r"[-+]?[0-9][0-9.,'’\s]*")
_COUNT: Final = re.compile(r"(?:[0-9]+|[0-9]{1,3}([.,'’\s])[0-9]{3}(?:\1[0-9]{3})*)(?:[.,]0{1,2})?")
_LONGEST_COUNT: Final = 9
_DAYS: Final = ("%Y%m%d", "%a, %b %d, %Y", "%b %d, %Y", "%d.%m.%Y")
_TOO_MUCH: Final = 10**9
_DAY_HELP: Final = "export days as 2026-12-01"
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class DecimalMark(StrEnum):
    """What stands before the decimals of a number."""

    POINT = "."
    COMMA = ","

    @property
    def other(self) -> "DecimalMark":
        """What stands between thousands then."""
        return DecimalMark.POINT if self is DecimalMark.COMMA else DecimalMark.COMMA


def decimal_mark(texts: Iterable[str]) -> DecimalMark | None:
    """What stands before the decimals in these numbers, of one column; None where none tells. One
    mark with three digits behind it may as well stand between thousands."""
    for text in texts:
        marks = re.findall(r"[.,]", text)
        decimals = re.findall(r"\d", text[text.rindex(marks[-1]) :]) if marks else ()
        if len(marks) > 1 and len(set(marks)) == 1:  # only thousands stand more than once
            return DecimalMark(marks[0]).other
        if len(marks) > 1 or (marks and len(decimals) != 3):
            return DecimalMark(marks[-1])
    return None


def amount(text: str, mark: DecimalMark | None) -> Decimal:
    """A number, whatever currency stands beside it. Raises InvalidValue."""
    found = _NUMBER.search(text)
    if found is None or re.search(r"\d", text[: found.start()] + text[found.end() :]):
        raise InvalidValue("no-number", f"`{text[:40]}` is no number")
    written = re.sub(r"['’\s]", "", found[0])
    if mark is None and re.search(r"[.,]", written):
        raise InvalidValue(
            "which-number",
            f"`{text[:40]}` may have a decimal mark, or one between thousands",
            "say which: --decimal . or --decimal ,",
        )
    plain = written.replace(mark.other, "").replace(mark, ".") if mark else written
    try:
        value = Decimal(plain.rstrip("."))
    except InvalidOperation:
        raise InvalidValue("no-number", f"`{text[:40]}` is no number") from None
    if abs(value) >= _TOO_MUCH:
        raise InvalidValue("no-number", f"`{text[:40]}` is more than an order can be")
    return value


def whole(text: str) -> int:
    """A count. Three digits behind each mark are thousands, as nobody counts in thousandths; one or
    two zeros are decimals, as programs write them. Raises InvalidValue."""
    digits = re.sub(r"[.,'’\s]", "", re.sub(r"[.,]0{1,2}\Z", "", text))
    if not _COUNT.fullmatch(text) or len(digits) > _LONGEST_COUNT:
        raise InvalidValue("no-number", f"`{text[:40]}` is no count")
    return int(digits)


def day(text: str) -> date:
    """A day, with or without a time behind it. Raises InvalidValue."""
    is_iso = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", text)
    plain = text[:10].replace("-", "") if is_iso else text
    for form in _DAYS:
        with suppress(ValueError):
            written = plain.split(" ")[0] if "." in plain else plain
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no zone
    if found := _SLASHED.match(text):
        first, second, year = (int(part) for part in found.groups())
        if first <= 12 and second <= 12 and first != second:
            raise InvalidValue("which-day", f"`{text[:40]}` may be a day of two months", _DAY_HELP)
        month, of_month = (second, first) if first > 12 else (first, second)
        with suppress(ValueError):
            return date(year, month, of_month)
    raise InvalidValue("no-day", f"`{text[:40]}` is no day", _DAY_HELP)
