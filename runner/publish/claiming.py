"""What is claimed in the ledger before anything is sent, and the look at the ledger after it.

Others claim as other accounts without a common lock. Each claim is there before its run looks, so
of two that together pass a budget at least one sees both, and lets go of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from runner.ledger import Attempting, Facts, Key, Need, Posted, Record, State, month_of
from runner.plan import Action
from runner.problems import LedgerUnusable
from runner.publish.before_request import OVER, RACED, STALE, TOO_OLD, UNWRITTEN
from runner.publish.ledger_writer import SEND_WITHIN
from runner.publish.ports import Clock, Ledger, Raced, Release
from runner.publish.run_ports import RunPorts
from runner.value import Value, replace

_AFTER = timedelta(minutes=1)
"""How long after its time a request may still make a post."""
_LEAVES = timedelta(seconds=20)
"""What a claim that waits for others keeps of its time."""
_BETWEEN = 1.5
"""Seconds between two looks."""


@dataclass(slots=True, kw_only=True)
class SideRecord:
    """What there is to record of an account beside its posts: what it missed, up to when it is
    accounted for, and what looks have cost. It goes with the first claim, or by itself."""

    record: Record
    written: bool = False

    @property
    def binds(self) -> bool:
        """Whether it says of a post what stays so, though the claim that takes it along may be let
        go of."""
        return bool(self.record.entries) and not self.written

    def with_it(self, record: Record) -> Record:
        """A claim that takes it along, unless one has before."""
        if self.written:
            return record
        entries = (*self.record.entries, *record.entries)
        return replace(self.record, entries=entries, sent=record.sent, origin=record.origin)


class Claims(Value, kw_only=True):
    """Writes what is claimed as one account, and what came of it."""

    ports: RunPorts
    aside: SideRecord | None = None
    """What the first claim takes along."""
    monthly: Decimal | None = None
    """The month's budget in USD, if there is one."""

    def claim(self, record: Record, *, out: bool) -> Release | None:
        """Why a part is not claimed, if so; `out` is whether a part before it is out."""
        if self.aside and self.aside.binds and self.ports.ledger.stale():
            return STALE
        try:
            with self._telling_what_is_out(record):
                self._claim_with_aside(record)
        except Raced:
            return RACED
        except LedgerUnusable:
            # what is out is recorded with more patience than a claim may have
            if not out:
                raise
            return UNWRITTEN
        return None

    def record(self, record: Record) -> None:
        """Writes down what happened, whoever wrote meanwhile."""
        with self._telling_what_is_out(record):
            self.ports.ledger.record(record)

    def hindrance(self, attempt: Attempting, action: Action, boot: float) -> Release | None:
        """Why what was claimed is not sent; either clock may say that it is too old."""
        confirmation = Confirmation(
            ledger=self.ports.ledger,
            clock=self.ports.clock,
            monthly=self.monthly,
            campaign=action.occurrence.campaign.budget,
            stopped=self.ports.stopped,
        )
        try:
            refusal = confirmation.refusal(attempt, begins=attempt.part == 1)
        except LedgerUnusable as unusable:
            released = self.ports.writer.ended(attempt, State.RELEASED, unusable.message)
            self.record(Record(entries=(released,)))
            raise
        asleep = self.ports.clock.boot() - boot >= SEND_WITHIN.total_seconds()
        late = asleep or self.ports.clock.now() >= attempt.send_by
        return refusal or (TOO_OLD if late else None)

    def _claim_with_aside(self, record: Record) -> None:
        """With what is recorded beside it, once."""
        self.ports.ledger.claim(self.aside.with_it(record) if self.aside else record)
        if self.aside:
            self.aside.written = True

    @contextmanager
    def _telling_what_is_out(self, record: Record) -> Iterator[None]:
        try:
            yield
        except LedgerUnusable as unusable:
            out = [entry.url for entry in record.entries if isinstance(entry, Posted)]
            if not out:
                raise
            message = f"{unusable.message}; this is out, and the ledger does not know it: {out[0]}"
            raise LedgerUnusable(message, help=unusable.help) from unusable


class Till(Value, kw_only=True):
    """What one budget allows beside our own claim. `flying` is the USD of each claim of others that
    may still be sent, or be let go of, at any moment."""

    limit: Decimal
    taken: Decimal
    flying: Mapping[str, Decimal]

    @property
    def over(self) -> bool:
        return self.taken > self.limit

    def hopeless(self, attempt: str) -> bool:
        """Whether it would be passed even if all others were let go of."""
        others = (usd for id, usd in self.flying.items() if id != attempt)
        return self.taken - sum(others, Decimal(0)) > self.limit


class Confirmation(Value, kw_only=True):
    """Whether what was claimed may be sent. `monthly` and `campaign` are the budgets, if any. Who
    is `stopped` waits for nobody."""

    ledger: Ledger
    clock: Clock
    monthly: Decimal | None
    campaign: Decimal | None
    stopped: Callable[[], bool]

    def refusal(self, attempt: Attempting, *, begins: bool) -> Release | None:
        """Why it may not, None if it may; what `begins` has to fit the budgets. Raises
        LedgerUnusable."""
        while True:
            facts = self.ledger.confirm(self._need(attempt.key, begins=begins))
            if facts.stale:
                return STALE
            held = next((hold for hold in facts.holds if hold.stops(attempt.key)), None)
            if held:
                return Release(because=f"held by {held.by}: {held.because}", anew=True)
            over = [till for till in self._tills(facts, attempt) if till.over] if begins else []
            if not over:
                return None
            if not self._waits(over, attempt):
                return OVER
            self.clock.sleep(_BETWEEN)

    def _need(self, key: Key, *, begins: bool) -> Need:
        whole = {key.campaign} if begins and self.campaign is not None else ()
        purses = begins and self.monthly is not None
        return Need(purses=purses, whole=frozenset(whole), origin=False)

    def _waits(self, over: list[Till], attempt: Attempting) -> bool:
        """Whether this claim stays until the others have come to their ends: of all that hinder
        each other one does."""
        first = min(id for till in over for id in (attempt.attempt, *till.flying))
        hopeless = any(till.hopeless(attempt.attempt) for till in over)
        in_time = self.clock.now() + _LEAVES < attempt.send_by
        may_fit = in_time and not (hopeless or self.stopped())
        return first == attempt.attempt and may_fit

    def _tills(self, facts: Facts, attempt: Attempting) -> Iterator[Till]:
        now = self.clock.now()
        if self.monthly is not None:
            # what is claimed in one month may go out in the next
            for month in {month_of(now), month_of(attempt.send_by + _AFTER)}:
                yield _of_month(facts, month, self.monthly, now)
        if self.campaign is not None:
            yield _of_campaign(facts, attempt.key.campaign, self.campaign, now)


def _of_month(facts: Facts, month: str, limit: Decimal, now: datetime) -> Till:
    flying = {
        claim.attempt: purse.reserved(month)
        for purse in facts.purses.values()
        for claim in purse.claims
        if claim.send_by > now
    }
    taken = sum((purse.spent_or_reserved(month) for purse in facts.purses.values()), Decimal(0))
    return Till(limit=limit, taken=taken, flying=flying)


def _of_campaign(facts: Facts, campaign: str, limit: Decimal, now: datetime) -> Till:
    mine = [each for key, each in facts.standings.items() if key.campaign == campaign]
    flying = {
        claim.attempt: standing.reserved
        for standing in mine
        if standing.state is State.ATTEMPTING
        for claim in standing.open(standing.next_part)
        if claim.send_by > now
    }
    posted = (entry.cost for standing in mine for entry in standing.posted)
    taken = sum(posted, Decimal(0)) + sum((each.reserved for each in mine), Decimal(0))
    return Till(limit=limit, taken=taken, flying=flying)
