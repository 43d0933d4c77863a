"""What X would charge for all that was read of it: each thing once on a day (UTC)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal

from runner.prices import PRICES

Price = Literal["read-owned", "read-post", "read-user"]


class PriceMeter:
    """Counts what is read. A thing that is read twice on a day was paid for the first time."""

    def __init__(self) -> None:
        self._paid: set[tuple[str, str]] = set()
        self._counts: Counter[Price] = Counter()

    def read(self, price: Price, ids: Iterable[str], now: datetime) -> None:
        """Things that are shown at this price, by their ids."""
        for id in ids:
            once = (f"{now:%Y-%m-%d}", id)
            if once not in self._paid:
                self._paid.add(once)
                self._counts[price] += 1

    @property
    def counts(self) -> Mapping[Price, int]:
        """How many things were paid for, by price."""
        return self._counts

    @property
    def usd(self) -> Decimal:
        """What all of it costs."""
        return sum((PRICES[price] * n for price, n in self._counts.items()), Decimal(0))
