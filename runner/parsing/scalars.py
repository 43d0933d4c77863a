"""What an unquoted scalar means: the core schema of YAML 1.2, where people mean the same.

A number is what JSON calls one, without an exponent. Everything else is the text as it is written:
`12:30`, `no`, `2026-12-01`, and also `010`, `+371200`, `0x1F`, `1e5`, `1_000` and `.inf`, which the
core schema (or YAML 1.1) would turn into other numbers. Nobody writes a price in these ways, while
codes, times and telephone numbers do look like this, and a text keeps what the author sees.
A field that wants a number says so where it gets such a text.
"""

import re
from decimal import Decimal
from typing import Final

Scalar = str | int | Decimal | bool | None

PLAIN: Final = (None, "")
"""The styles of an unquoted scalar."""
# longer runs of digits are ids; int() itself gives up at 4300
INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,39})")
FRACTION: Final = re.compile(r"-?(0|[1-9][0-9]{0,39})\.[0-9]{1,40}")
NUMBERS_BEGIN_WITH: Final = "-0123456789"
WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def plain_value(plain: str) -> Scalar:
    """The value of an unquoted scalar. Fractions keep their digits: `59.90` is not `59.9`."""
    if plain in WORDS:
        return WORDS[plain]
    if plain[0] not in NUMBERS_BEGIN_WITH:
        return plain
    if INTEGER.fullmatch(plain):
        return int(plain)
    if FRACTION.fullmatch(plain):
        return Decimal(plain)
    return plain
