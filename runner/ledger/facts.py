"""What a run asks of the ledger, what it gets, and what it writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from runner.ledger.entry import Entry, Sent
from runner.ledger.key import Key
from runner.ledger.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a run has to read. `open.jsonl` is always read, first."""

    shelves: frozenset[tuple[str, str]] = frozenset()
    """(campaign, shelf) of what is due."""
    newest: frozenset[str] = frozenset()
    """Campaigns whose newest month is wanted, for the place of a ring of items."""
    whole: frozenset[str] = frozenset()
    """Campaigns of which everything is wanted, for their budgets."""
    months: frozenset[tuple[str, str]] = frozenset()
    """(account, month) of the journals: this month's of all accounts, last month's of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a run has read of the ledger."""

    standings: Mapping[Key, Standing] = field(default_factory=dict)
    journal: tuple[Sent, ...] = ()
    """Of all accounts read, by instant."""
    accounted: Mapping[str, datetime] = field(default_factory=dict)
    """Up to when each account is accounted for: every earlier miss is recorded."""
    notices: tuple[str, ...] = ()
    """What a person should know of the files: a line that was cut off in writing."""

    @property
    def unsettled(self) -> tuple[Standing, ...]:
        return tuple(
            self.standings[key]
            for key in sorted(self.standings, key=str)
            if self.standings[key].unsettled
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A commit's worth of truth: written whole, or not at all."""

    entries: tuple[Entry, ...] = ()
    sent: tuple[Sent, ...] = ()
    accounted: Mapping[str, datetime] = field(default_factory=dict)
