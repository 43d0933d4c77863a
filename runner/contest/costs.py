"""What collecting the entries of a contest will cost, by the way of entering."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from runner.prices import PRICES

BY_MENTION: Final = ("mention", "reply")
"""The ways whose entries stand among the account's mentions."""
_REACH: Final = 800
"""Mentions that X still shows after the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectingCost:
    """USD, where each entry is read on another day than the end."""

    collecting: Decimal
    again: Decimal
    """For looking at each entry once more after the end."""


def collecting_cost(how: str, entries: int, *, owned: bool) -> CollectingCost:
    """What it costs to collect so many entries; `owned` says whether the account's user owns the
    app."""
    dear = PRICES["read-post"]
    cheap = PRICES["read-owned"] if owned and how in BY_MENTION else dear
    near = min(entries, _REACH)
    return CollectingCost(collecting=entries * cheap, again=near * cheap + (entries - near) * dear)
