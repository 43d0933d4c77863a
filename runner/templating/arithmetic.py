"""The numbers of templates: decimal, so that money stays what is written, exact, and bounded."""

import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from runner.templating.errors import misused, unsafe_template
from runner.templating.meter import LARGEST

NUMBER: Final = (int, float, Decimal)
PLACES: Final = 30
"""Decimals that a number may have; what has more is rounded to them."""
WRITTEN_PLACES: Final = 12
"""Decimals that a text may show. A quotient that has more has no end, as far as readers care."""
_LEAST: Final = Decimal(1).scaleb(-PLACES)
_EXACT: Final = Context(prec=2 * PLACES, rounding=ROUND_HALF_UP)
"""Exact for all that people write; what has more digits is rounded to so many."""


class Computed(Decimal):
    """A fraction that a template has computed: nobody has written how many decimals it shows."""


def is_number(value: object) -> bool:
    return isinstance(value, NUMBER) and not isinstance(value, bool)


def decimal_of(written: str) -> Decimal:
    """A fraction that is written in a template."""
    return Decimal(written)


def within_bounds(number: Any) -> Any:
    """The number. Raises TemplateFault past the bounds."""
    if isinstance(number, float):
        number = Decimal(str(number))
    if not (-LARGEST <= number <= LARGEST):  # not a number at all is past them too
        raise unsafe_template("this number is too large for a post", "work with smaller numbers")
    if isinstance(number, Decimal) and int(number.as_tuple().exponent) < -PLACES:
        return type(number)(_EXACT.quantize(number, _LEAST))
    return number


def rounded(number: Decimal, digits: int) -> Decimal:
    """Half up, where it has more decimals than that."""
    if -int(number.as_tuple().exponent) <= digits:
        return number
    return _EXACT.quantize(number, Decimal(1).scaleb(-digits))


def number_text(value: Any, name: str = "") -> str:
    """A number as it is written. Raises TemplateFault for a fraction that was computed."""
    number = within_bounds(value)
    if isinstance(number, Computed):
        what = f"`{name}`" if name else "this"
        shown = name or "(…)"
        raise misused(
            f"{what} is a computed fraction, and nothing says how many decimals to show",
            f'say how: {{{{ {shown} | currency("EUR") }}}}, {{{{ {shown} | number }}}}'
            f" or {{{{ {shown} | percent }}}}",
            name or None,
        )
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def compute(sign: str, left: Any, right: Any) -> Any:
    """The result of `+`, `-`, `*`, `/`, `//` or `%` on two numbers: a whole number or a Computed
    one. `//` and `%` round down, as Python's do with whole numbers. Raises TemplateFault past the
    bounds, and where it divides by nothing."""
    left, right = within_bounds(left), within_bounds(right)
    try:
        if sign in _WHOLE and isinstance(left, int) and isinstance(right, int):
            return within_bounds(_WHOLE[sign](left, right))
        number = within_bounds(_FRACTIONS[sign](left, right))
    except ArithmeticError:
        raise misused("this divides by nothing", "look at the number after `/`", sign) from None
    whole = int(number)
    return whole if whole == number else Computed(_EXACT.normalize(number))


def negate(number: Any) -> Any:
    """`-n`, which is as computed as `n`."""
    number = within_bounds(number)
    if not isinstance(number, Decimal):
        return -number
    return type(number)(_EXACT.minus(number))


def _modulo(left: Decimal, right: Decimal) -> Decimal:
    rest = _EXACT.remainder(left, right)
    return _EXACT.add(rest, right) if rest and (rest < 0) != (right < 0) else rest


def _floor(left: Decimal, right: Decimal) -> Decimal:
    return _EXACT.divide_int(_EXACT.subtract(left, _modulo(left, right)), right)


_WHOLE: Final[dict[str, Callable[[int, int], int]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
}
_FRACTIONS: Final[dict[str, Callable[[Any, Any], Decimal]]] = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
    "/": _EXACT.divide,
    "//": _floor,
    "%": _modulo,
}
