"""What reading rivals may cost, at the most."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from runner.models.rivals import Rival
from runner.prices import PRICES

_WEEKS: Final = 5
"""That can be read in a month: as many Mondays as one may have."""


def cost_of_week(rival: Rival) -> Decimal:
    """USD of one week of a rival: who it is, and as many posts as are read."""
    return PRICES["read-user"] + rival.at_most * PRICES["read-post"]


def cost_of_month(rivals: Iterable[Rival]) -> Decimal:
    """USD of a calendar month with five Mondays."""
    return _WEEKS * sum((cost_of_week(each) for each in rivals), Decimal(0))
