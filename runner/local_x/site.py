"""All that one sandbox holds, for its routes: its state, clock, faults, limits, counts, and what X
would charge for what is read of it."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from runner.local_x.accounts import Accounts, LocalAccount, accounts_of
from runner.local_x.auth import SignatureCheck
from runner.local_x.crowd import Act, Script
from runner.local_x.fault_injection import FaultInjection
from runner.local_x.limits import RateLimits
from runner.local_x.persistence import JournalFolder, JournalMemory
from runner.local_x.state import LocalX
from runner.local_x.values import Journal
from runner.x_facts import PRICES

Price = Literal["read-owned", "read-post", "read-user"]


Now = Callable[[], datetime]


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


class SetClock:
    """A clock that stands still once it has been set, until it is given back."""

    def __init__(self, base: Now) -> None:
        self._base = base
        self._set: datetime | None = None

    def __call__(self) -> datetime:
        return self._set or self._base().astimezone(UTC)

    @property
    def stands(self) -> bool:
        return self._set is not None

    def set(self, now: datetime | None) -> None:
        """Sets the clock to an instant; None gives it back. Raises ValueError for an instant
        without its zone."""
        if now is not None and now.tzinfo is None:
            raise ValueError("the instant needs its offset, as in 2026-12-01T10:00:00Z")
        self._set = now.astimezone(UTC) if now else None


class Site:
    """What the routes and the tests share. `lock` guards the state between their threads."""

    def __init__(
        self,
        accounts: tuple[LocalAccount, ...],
        *,
        clock: Now,
        journal: Journal,
        rate_limits: bool,
        old_names: bool,
    ) -> None:
        self.accounts, self.journal, self.old_names = accounts, journal, old_names
        self.clock = SetClock(clock)
        self.lock = threading.RLock()
        self.local_x = LocalX(accounts, clock=self.clock, journal=journal)
        self.doorkeeper = SignatureCheck(accounts)
        self.lag = timedelta(0)
        """How long a timeline does not show a post yet."""
        self.script = Script()
        """What strangers will do."""
        self.limits = RateLimits(enforce=rate_limits)
        self.faults = FaultInjection()
        self.requests: Counter[str] = Counter()
        self.meter = PriceMeter()
        """What reading has cost."""
        self.refuses_private = False
        """Whether nobody is told the private numbers of their posts."""
        self.closing = asyncio.Event()

    @classmethod
    def opened(
        cls,
        accounts: Accounts,
        *,
        clock: Now,
        folder: Path | None,
        rate_limits: bool,
        old_names: bool,
    ) -> "Site":
        """The site of these accounts with what lies in the folder; without one it forgets all."""
        journal: Journal = JournalFolder(folder) if folder else JournalMemory()
        try:
            return cls(
                accounts_of(accounts),
                clock=clock,
                journal=journal,
                rate_limits=rate_limits,
                old_names=old_names,
            )
        except BaseException:
            journal.close()
            raise

    def play(self, acts: Iterable[Act]) -> None:
        """Has strangers act, each at its moment. Raises ValueError for an account of ours."""
        ours = {account.person.handle.lower() for account in self.accounts}
        acts = tuple(acts)
        named = (name for act in acts for name in (act.who, act.to_newest_of) if name)
        if mine := next((name for name in named if name.lower() in ours), None):
            raise ValueError(f"`{mine}` is an account of the sandbox; it posts by itself")
        with self.lock:
            self.script.add(acts)

    def come_to_now(self) -> None:
        """Lets strangers do what they have to do by now."""
        self.script.play(self.local_x, self.clock())

    def reset(self) -> None:
        """Makes the site as new: nothing posted, nothing counted, no faults, no lag, the clock
        given back."""
        with self.lock:
            self.journal.clear()
            self.clock.set(None)
            self.local_x = LocalX(self.accounts, clock=self.clock, journal=self.journal)
            self.lag = timedelta(0)
            self.script.clear()
            self.limits.clear()
            self.faults.clear()
            self.requests.clear()
            self.meter = PriceMeter()
            self.refuses_private = False
