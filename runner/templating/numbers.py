"""Numbers, money, shares and plurals as each language writes them: CLDR through Babel, mended where
Babel leaves a rule of CLDR out.

Digits are 0 to 9 in every language, as X itself, its hashtags and its links have them.
"""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from runner.models import CURRENCY_DECIMALS, currency_code
from runner.problems import InvalidValue
from runner.templating.arithmetic import WRITTEN_PLACES, Computed, rounded
from runner.templating.errors import TemplateFault, misused
from runner.templating.evaluation import Evaluation, locale_named
from runner.templating.filter_arguments import number_of, text_of
from runner.value import replace

if TYPE_CHECKING:
    from babel import Locale

GROUP: Final = 3
SUMS: Final = 1_024
"""Sums of money that are kept as a language writes them: many posts say the same ones."""
ENDLESS: Final = 2
"""Decimals that a text shows of a quotient such as a third."""
MINIMUM_GROUPING: Final = {
    **dict.fromkeys(("be", "bg", "es", "et", "hu", "ia", "ie", "it", "ka", "lv", "pl"), 2),
    **dict.fromkeys(("pt-PT", "ru-UA", "sl", "sq"), 2),
    **dict.fromkeys(("es-419", "es-MX", "es-PR", "es-US", "pt-AO"), 1),
    "ee": 3,
}
"""CLDR's minimumGroupingDigits where it is not what the language's parent has; 1 at the root: how
many digits have to stand before the first separator. With 2, `1234,50 €` and `12.345,60 €`.

From CLDR 47 (https://www.npmjs.com/package/cldr-numbers-full/v/47.0.0), the version that Babel 2.18
carries; Babel has not taken over this one rule."""


def currency(evaluation: Evaluation, value: Any, code: Any = None, *, whole: bool = False) -> str:
    """`59,90 €`: as many decimals as the currency has, rounded half up. With `whole`, a whole sum
    has none, as on a price tag: `10 €` in place of `10,00 €`, and `59,90 €` as ever."""
    if not isinstance(code, str):
        raise misused(
            "`currency` needs a currency",
            "write it so: {{ product.price | currency(product.currency) }}",
            "currency",
        )
    try:
        currency_code(code)
    except InvalidValue as invalid:
        message = replace(invalid.message, rule="template-error")
        raise TemplateFault(message, "currency") from None
    if not isinstance(whole, bool):
        raise misused("`whole` is true or false", 'write currency("EUR", whole=true)', "whole")
    sum = rounded(_exact(value), CURRENCY_DECIMALS.get(code, 2))
    return _money(
        str(sum), code, evaluation.locale, is_short=whole and sum == sum.to_integral_value()
    )


@lru_cache(maxsize=SUMS)
def _money(sum: str, code: str, language: str, *, is_short: bool) -> str:
    """A sum with all of its decimals, or with none where it is short."""
    from babel.numbers import format_currency

    locale, exact = locale_named(language), Decimal(sum)
    text = format_currency(
        exact,
        code,
        format=_without_decimals(locale) if is_short else None,
        currency_digits=not is_short,
        locale=locale,
        decimal_quantization=False,
        group_separator=_is_grouped(exact, language),
    )
    return _apart(text)


@cache
def _without_decimals(locale: "Locale") -> str:
    pattern: str = locale.currency_formats["standard"].pattern
    return re.sub(r"\.0+", "", pattern)


def _apart(text: str) -> str:
    """A space between a currency that is written in letters and the number, as CLDR has it
    (currencySpacing) and Babel not: `CHF 10`."""
    return re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", "\u00a0", text)


def currency_signs(code: str, language: str) -> tuple[str, ...]:
    """What a sum of a currency may have beside it: its code, and its signs in a language and in
    English."""
    from babel.numbers import get_currency_symbol

    signs = (get_currency_symbol(code, each) for each in (locale_named(language), "en"))
    return tuple(dict.fromkeys((code, *signs)))


def number(evaluation: Evaluation, value: Any, digits: int | None = None) -> str:
    """`12 345,6`, with all the decimals that are written, or at most so many `digits`. Of a
    quotient that has no end: 2."""
    from babel.numbers import format_decimal

    exact = _with_decimals(value, digits, ENDLESS)
    return format_decimal(
        exact,
        locale=locale_named(evaluation.locale),
        decimal_quantization=False,
        group_separator=_is_grouped(exact, evaluation.locale),
    )


def percent(evaluation: Evaluation, value: Any, digits: int | None = None) -> str:
    """Of 20: `20 %`, with decimals as `number` has them; of a quotient that has no end: 1.

    CLDR has no space in Latvian; we write it there as well, as in Spanish and Russian, since the
    sign is set apart from its number (SI Brochure, 9th edition, 5.4.7)."""
    from babel.numbers import format_percent

    share, locale = _with_decimals(value, digits, ENDLESS - 1), locale_named(evaluation.locale)
    text = format_percent(
        share / 100,
        locale=locale,
        decimal_quantization=False,
        group_separator=_is_grouped(share, evaluation.locale),
    )
    # the sign of Arabic keeps to its number by marks of direction, which Babel leaves out
    sign = locale.number_symbols["latn"]["percentSign"]
    return text.replace("%", f"\u00a0{sign}" if locale.language == "lv" else sign)


def plural(evaluation: Evaluation, value: Any, **forms: str) -> str:
    """The form of a word that goes with a number, by CLDR's rule for the language."""
    locale, exact = locale_named(evaluation.locale), _with_decimals(value, None, ENDLESS)
    # `number` writes 1.0 as `1`, and what is written decides
    shown = int(exact) if exact == exact.to_integral_value() else exact.normalize()
    form = locale.plural_form(shown)
    if form not in forms and (form == "zero" or "few" not in locale.plural_form.tags):
        form = "other"
    if form not in forms:
        raise misused(
            f"`plural` needs the form `{form}` in `{evaluation.locale}`, for {exact:f}",
            f'add it: plural(…, {form}="…")',
            "plural",
        )
    return text_of(forms[form])


def _exact(value: Any) -> Decimal:
    return Decimal(number_of(value))


def _with_decimals(value: Any, digits: int | None, endless: int) -> Decimal:
    """The number with the decimals that a text shows: at most `digits`, where they are given, and
    `endless` of a computed number that has too many to show."""
    if digits is not None and (type(digits) is not int or not 0 <= digits <= WRITTEN_PLACES):
        raise misused(f"`digits` is 0 to {WRITTEN_PLACES}", "write digits=2", "digits")
    number = number_of(value)
    exact = rounded(Decimal(number), WRITTEN_PLACES if digits is None else digits)
    if digits is None and isinstance(number, Computed) and exact != number:
        return rounded(Decimal(number), endless)
    return exact


def _is_grouped(number: Decimal, code: str) -> bool:
    """Whether a number has enough digits for a separator in the language."""
    return len(str(abs(int(number)))) >= GROUP + _minimum_grouping(code)


@cache
def _minimum_grouping(code: str) -> int:
    from babel.core import get_global

    parents = get_global("parent_exceptions")
    while code:
        if code in MINIMUM_GROUPING:
            return MINIMUM_GROUPING[code]
        parent = parents.get(code.replace("-", "_"))
        code = parent.replace("_", "-") if parent else code.rpartition("-")[0]
    return 1
