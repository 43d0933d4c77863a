"""Numbers as exports write them, with commas or points.

What is wrong is not repeated: where columns are shifted, the name of somebody may stand there.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Final

from runner.problems import InvalidValue

_AMOUNT: Final = re.compile(
    r"(?P<before>[^0-9]*)(?P<number>[0-9](?:[0-9.,'’\s]*[0-9])?)(?P<ends>[.,]?)(?P<after>[^0-9]*)"
)
"""A number with a currency and a minus beside it; behind its last mark no decimals: `20.-`."""
_COUNT: Final = re.compile(r"(?:[0-9]+|[0-9]{1,3}([.,'’\s])[0-9]{3}(?:\1[0-9]{3})*)(?:[.,]0{1,2})?")
_LONGEST_COUNT: Final = 9
_MINUS: Final = ("-", "\u2013", "\u2212")
_TOO_MUCH: Final = 10**9
_ALIKE: Final = (
    "a column writes its numbers in one way; where it is not clear, --decimal says which"
)


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
    for found in filter(None, map(_AMOUNT.fullmatch, texts)):
        number = found["number"]
        marks = re.findall(r"[.,]", number)
        if len(marks) > 1 and len(set(marks)) == 1:  # only thousands stand more than once
            return DecimalMark(marks[0]).other
        if marks and not re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", number):
            return DecimalMark(marks[-1])
    return None


def amount(text: str, mark: DecimalMark | None) -> Decimal:
    """A number, whatever currency stands beside it. Raises InvalidValue."""
    found = _AMOUNT.fullmatch(text)
    if found is None or _is_half(found):
        raise InvalidValue("no-number", "what stands here is no number")
    if mark is None and re.search(r"[.,]", found["number"]):
        raise InvalidValue(
            "which-number",
            f"`{found['number'][:40]}` may have a decimal mark, or one between thousands",
            "say which: --decimal . or --decimal ,",
        )
    value = _unsigned(found["number"], mark or DecimalMark.POINT)
    if value is None:
        wrong = f"no number with `{mark or DecimalMark.POINT}` before its decimals stands here"
        raise InvalidValue("no-number", wrong, _ALIKE)
    if value >= _TOO_MUCH:
        raise InvalidValue("no-number", "what stands here is more than an order can be")
    return -value if _is_negative(found) else value


def _is_half(found: re.Match[str]) -> bool:
    """Whether a mark has no digits before it, or nothing behind it: `.5`, `119.`."""
    is_bare = re.search(r"(?<![^\W\d_])[.,]\s*\Z", found["before"])
    return bool(is_bare or (found["ends"] and not found["after"].strip()))


def _unsigned(number: str, mark: DecimalMark) -> Decimal | None:
    """The number, where its thousands stand apart as they do with this mark; India's, too."""
    apart = rf"[{re.escape(mark.other)}'’\s]"
    whole, _, decimals = number.partition(mark)
    groups = rf"[0-9]+|[0-9]{{1,3}}({apart})(?:[0-9]{{2,3}}\1)*[0-9]{{3}}"
    if re.fullmatch(groups, whole) and re.fullmatch(r"[0-9]*", decimals):
        return Decimal(f"{re.sub(apart, '', whole)}.{decimals or 0}")
    return None


def _is_negative(found: re.Match[str]) -> bool:
    """Whether a minus or brackets stand around it: `-$5`, `($5)`, `5-`."""
    before, after = found["before"], found["after"]
    is_behind = not found["ends"] and after.strip().startswith(_MINUS)
    return is_behind or any(each in before for each in _MINUS) or ("(" in before and ")" in after)


def whole(text: str) -> int:
    """A count. Three digits behind each mark are thousands, as nobody counts in thousandths; one or
    two zeros are decimals, as programs write them. Raises InvalidValue."""
    digits = re.sub(r"[.,'’\s]", "", re.sub(r"[.,]0{1,2}\Z", "", text))
    if not _COUNT.fullmatch(text) or len(digits) > _LONGEST_COUNT:
        raise InvalidValue("no-number", "what stands here is no count")
    return int(digits)
