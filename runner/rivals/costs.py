"""What reading rivals may cost, at the most."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from runner.models.rivals import Rival
from runner.prices import PRICES

_MONDAYS: Final = 5
"""Of a month, at the most: on each of them a week can be read."""


def cost_of_week(rivals: Iterable[Rival]) -> Decimal:
    """USD of a week of all of these: who each is, and as many posts as are read of it."""
    costs = (PRICES["read-user"] + each.at_most * PRICES["read-post"] for each in rivals)
    return sum(costs, Decimal(0))


def cost_of_month(rivals: Iterable[Rival]) -> Decimal:
    """USD of a calendar month, where nothing was left over from the one before."""
    return _MONDAYS * cost_of_week(rivals)
