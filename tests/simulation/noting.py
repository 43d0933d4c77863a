"""A ledger that notes what a process claims, so that X's model knows what a call is made for, and
that sees whether what was claimed may be sent at all."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from runner.ledger import Ask, Attempting, Facts, Need, Origin, Posted, Record
from runner.publish.ports import Ledger, Raced
from tests.simulation.model_x import Tag
from tests.simulation.process import Process
from tests.simulation.sometimes import FORGOTTEN, FOUND, LOST_SWAP

CLOCKS_APART = timedelta(seconds=31)
"""How far a clock that X accepts may be ahead, or a little more."""


class Noting:
    """Satisfies `Ledger`. `forbidden` says why nothing may be sent now, if so."""

    def __init__(
        self,
        inner: Ledger,
        process: Process,
        prices: dict[Tag, Decimal],
        dues: dict[Tag, datetime],
        happened: Counter[str],
        forbidden: Callable[[], str | None],
    ) -> None:
        self._inner, self._process, self._prices = inner, process, prices
        self._dues, self._happened = dues, happened
        self._forbidden = forbidden

    def read(self, need: Need | Ask) -> Facts:
        return self._inner.read(need)

    def confirm(self, need: Need) -> Facts:
        why = self._forbidden()
        facts = self._inner.confirm(need)
        if why and not (facts.stale or facts.holds):
            raise AssertionError(f"{self._process.claim} is sent, although {why}")
        return facts

    def claim(self, record: Record) -> None:
        try:
            self._inner.claim(record)
        except Raced:
            self._happened[LOST_SWAP] += 1
            raise
        out = {entry.attempt for entry in record.entries if isinstance(entry, Posted)}
        attempts = [
            entry
            for entry in record.entries
            # what a young ledger recalls is not sent
            if isinstance(entry, Attempting) and entry.attempt not in out
        ]
        for entry in attempts:
            tag = self._process.claim = (str(entry.key), entry.part)
            self._dues[tag] = entry.due
            # the rest of a thread goes out at once, even if its time was moved
            is_early = self._process.scheduler.now + CLOCKS_APART < entry.due
            if is_early and entry.part == 1:
                raise AssertionError(f"{tag} is claimed, and due at {entry.due} only")
            self._prices[tag] = entry.costs[0] if entry.costs else entry.cost
        self._process.flying = bool(attempts)
        self._tell("claims", record)

    def record(self, record: Record) -> None:
        self._inner.record(record)
        self._process.flying = False
        self._tell("records", record)

    def _tell(self, what: str, record: Record) -> None:
        begun = {entry.key for entry in record.entries if isinstance(entry, Attempting)}
        for entry in record.entries:
            if isinstance(entry, Posted) and entry.because and "found on" in entry.because:
                self._happened[FORGOTTEN if entry.key in begun else FOUND] += 1
        said = ", ".join(f"{each.key} part {each.part} {each.state}" for each in record.entries)
        if said:
            self._process.tell(f"{self._process.name} {what} {said}")

    def stale(self) -> bool:
        return self._inner.stale()

    def everything(self) -> Record:
        return self._inner.everything()

    def origin(self) -> Origin | None:
        return self._inner.origin()
