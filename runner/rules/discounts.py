"""How texts say a discount: `20 %`, `€5`, `5,00 EUR`."""

import re
from decimal import Decimal
from functools import lru_cache

from runner.models import Offer
from runner.templating.numbers import currency_signs

_PERCENT = r"\s?(?:[%％٪]|per ?cent|procent|por ciento|процент)"


def discount_in(text: str, offer: Offer, locale: str) -> str | None:
    """The discount of an offer as a text says it; None where it does not."""
    pattern = _pattern(offer.percent, offer.amount, offer.currency, locale)
    found = pattern.search(text) if pattern else None
    return found[0].strip() if found else None


@lru_cache(maxsize=256)
def _pattern(
    percent: int | None, amount: Decimal | None, currency: str | None, locale: str
) -> re.Pattern[str] | None:
    ways = []
    if percent is not None:
        ways.append(rf"{_number(Decimal(percent))}{_PERCENT}")
    if amount is not None and currency is not None:
        signs = "|".join(map(re.escape, currency_signs(currency, locale)))
        sum = _number(amount)
        ways += [rf"(?<!\w)(?:{signs})\s?{sum}(?![\d]|[.,]\d)", rf"{sum}\s?(?:{signs})(?!\w)"]
    return re.compile("|".join(ways), re.IGNORECASE) if ways else None


def _number(value: Decimal) -> str:
    """A number by itself, in digits, with its decimals or without them where they are nought."""
    whole, _, decimals = f"{value.normalize():f}".partition(".")
    tail = rf"[.,]{decimals}0*" if decimals else r"(?:[.,]0+)?"
    return rf"(?<![\d.,]){whole}{tail}"
