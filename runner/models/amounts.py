"""How amounts of money and their currencies are written, and what is said of other ways."""

import re
from decimal import Decimal
from typing import Final
from unicodedata import category

from runner.models.codes import CURRENCIES, CURRENCY_WORDS
from runner.problems import InvalidValue, Suggestion, closest, named

LARGEST: Final = 10**15
"""Of amounts; as large as templates take numbers."""


def money(value: object, field: str | None = None) -> object:
    """An amount of money; `field` is the key it stands under. Raises InvalidValue."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if value > LARGEST:
            raise InvalidValue(
                "bad-amount", f"{named(value)} is too large for an amount", "write it as it is paid"
            )
        return Decimal(value)
    number = _number(value) if isinstance(value, str) else None
    raise InvalidValue(
        "bad-amount",
        f"{_shown_value(value)} is not an amount",
        _amount(number, str(value), field) if number else "write a number: 59.90",
    )


def _amount(number: str, written: str, field: str | None) -> str:
    """How to write it; a budget is in USD and has no currency beside it."""
    word = re.sub(r"[0-9.,'\s]", "", written)
    code = word.upper() if word.upper() in CURRENCIES else CURRENCY_WORDS.get(word.lower())
    beside = f", and beside it `currency: {code}`" if code and field in ("price", "amount") else ""
    return f"write the number alone, with a point: {number}{beside}"


def _number(text: str) -> str | None:
    """`1 299,00 €` as 1299.00."""
    bare = "".join(char for char in text if char in "0123456789.,")
    others = [
        char for char in text if char not in "0123456789., \u00a0'" and category(char) != "Sc"
    ]
    if len(others) > 3 or not bare.strip(".,") or "-" in others or "%" in others:
        return None
    if re.search(r"[0-9][., \u00a0']*[^0-9., \u00a0'][^0-9]*[0-9]", text):  # `1e3` is no 13
        return None
    whole, mark, cents = bare.rpartition("," if bare.rfind(",") > bare.rfind(".") else ".")
    if mark and len(cents) != 3:
        return f"{re.sub('[.,]', '', whole)}.{cents}" if cents else re.sub("[.,]", "", whole)
    return re.sub("[.,]", "", bare)


def currency_code(value: object) -> object:
    """A currency by its three letters (ISO 4217). Raises InvalidValue."""
    if isinstance(value, str) and value not in CURRENCIES:
        word = value.strip()
        known = word.upper() in CURRENCIES
        code = word.upper() if known else CURRENCY_WORDS.get(word.lower())
        code = code or closest_code(word)
        raise InvalidValue(
            "bad-currency",
            f"`{value}` is not the code of a currency",
            Suggestion(code) if code else "write its three letters: `EUR`",
        )
    return value


def closest_code(word: str) -> str | None:
    near = closest(word, {code.lower() for code in CURRENCIES}) if len(word) == 3 else None
    return near.upper() if near else None


def _shown_value(value: object) -> str:
    return f"`{value}`" if isinstance(value, str) else named(value)
