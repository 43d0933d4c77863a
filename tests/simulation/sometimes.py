"""What has to happen in some worlds of each whole run, or it proves less than it says."""

from collections import Counter
from typing import Final

FOUND: Final = "a lost answer found later"
LOST_SWAP: Final = "a lost compare-and-swap"
HELD: Final = "a hold between claim and send"
OVER_BUDGET: Final = "a claim released for the budget"
TWO_IDS: Final = "two ids of one user refused"
REFS_GONE: Final = "an account's refs deleted, and seen"
ROLLED_BACK: Final = "a project's ledger rolled back, and seen"
HALF_UPGRADE: Final = "an upgrade cut in half"
FORGOTTEN: Final = "what a ledger had forgotten found on X"
SOMETIMES: Final = (
    FOUND,
    LOST_SWAP,
    HELD,
    OVER_BUDGET,
    TWO_IDS,
    REFS_GONE,
    ROLLED_BACK,
    HALF_UPGRADE,
    FORGOTTEN,
)
WHOLE: Final = 1_000
"""Worlds of a run in which each of them has to happen; of fewer none is required."""


def never(happened: Counter[str]) -> tuple[str, ...]:
    """Those that have not happened."""
    return tuple(what for what in SOMETIMES if not happened[what])
