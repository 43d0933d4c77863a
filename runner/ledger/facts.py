"""What a run asks of the ledger, what it gets, and what it writes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property, partial

from runner.bugs import Bug, contained
from runner.ledger.entry import Entry, Hold, Origin, Sent
from runner.ledger.key import Key
from runner.ledger.purse import Purse
from runner.ledger.standing import Standing
from runner.problems import LedgerUnusable
from runner.value import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a run has to read of its accounts. What is unsettled of them, the holds and up to when
    they are accounted for are always read, first."""

    periods: frozenset[tuple[str, str]] = frozenset()
    """(campaign, period) of what is due."""
    newest: frozenset[str] = frozenset()
    """Campaigns whose newest month is wanted, for the place of a ring of items."""
    whole: frozenset[str] = frozenset()
    """Campaigns of which everything is wanted, of all accounts, for their budgets."""
    months: frozenset[tuple[str, str]] = frozenset()
    """(account, month) of the journals."""
    purses: bool = False
    """Whether the money of all accounts is wanted, for the month's budget."""
    origin: bool = True
    """Whether it is wanted whose users the accounts are."""


@dataclass(frozen=True, kw_only=True)  # without slots, so that what is unsettled is kept
class Facts:
    """What a run has read of the ledger."""

    standings: Mapping[Key, Standing] = field(default_factory=dict)
    lately_out: frozenset[Key] = frozenset()
    """What went out within a day of the newest record of its account, and of which nothing else was
    read: it is over, so that nobody need."""
    journal: tuple[Sent, ...] = ()
    """Of all accounts read, by instant."""
    accounted: Mapping[str, datetime] = field(default_factory=dict)
    """Up to when each account is accounted for: every earlier miss is recorded."""
    notices: tuple[str, ...] = ()
    """What a person should know of the files: a line that was cut off in writing."""
    holds: tuple[Hold, ...] = ()
    """Those that stand, by level and name."""
    origin: Origin | None = None
    """Whose ledger it is, where that was wanted; None before its first record."""
    born: Mapping[str, datetime] = field(default_factory=dict)
    """When the first record of each account was written."""
    purses: Mapping[str, Purse] = field(default_factory=dict)
    """The money of each account of which it was read; of all of them where that was wanted."""
    damaged: Mapping[str, LedgerUnusable] = field(default_factory=dict, compare=False)
    """Accounts of which nothing is known, and why: nothing may be sent as one of them."""
    stale: bool = False
    """Whether the default branch has moved on from the files."""
    untold: Mapping[Key, Bug] = field(default_factory=dict)
    """Whose standing a bug keeps from being told, so that nothing of it may be sent. They are not
    among the standings."""
    worst_costs: Mapping[Key, Decimal] = field(default_factory=dict)
    """USD that each of those may cost, at the most, so that it counts as reserved."""

    @cached_property
    def unsettled(self) -> tuple[Standing, ...]:
        """The standings of all that is open, in order of keys."""
        found = (each for each in self.standings.values() if each.unsettled)
        return tuple(sorted(found, key=lambda each: str(each.key)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A commit's worth of truth: written whole, or not at all."""

    entries: tuple[Entry, ...] = ()
    sent: tuple[Sent, ...] = ()
    accounted: Mapping[str, datetime] = field(default_factory=dict)
    holds: tuple[Hold, ...] = ()
    origin: Origin | None = None
    born: Mapping[str, datetime] = field(default_factory=dict)
    """When the accounts' ledgers were begun, where that is not now."""
    looked: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    """USD that looks at X have cost accounts, by month, spent together with what is new of them
    here."""

    @property
    def names(self) -> frozenset[str]:
        """The accounts that it speaks of."""
        lines = (*self.entries, *self.sent)
        return frozenset((*(line.key.account for line in lines), *self.accounted, *self.born))

    def of(self, account: str) -> "Record":
        """What it says of one account; of none that there is, what it says of all."""
        if account not in self.names:
            return Record(holds=self.holds, origin=self.origin)
        return Record(
            entries=tuple(each for each in self.entries if each.key.account == account),
            sent=tuple(line for line in self.sent if line.key.account == account),
            accounted=_only(self.accounted, account),
            born=_only(self.born, account),
        )


def _only(moments: Mapping[str, datetime], account: str) -> dict[str, datetime]:
    return {name: at for name, at in moments.items() if name == account}


def tellable(facts: Facts) -> Facts:
    """The same facts, in which each standing can tell where its occurrence stands."""
    found = {key: contained("reading", key, each.tell) for key, each in facts.standings.items()}
    untold = {key: bug for key, bug in found.items() if bug is not None}
    if not untold:
        return facts
    standings = {key: each for key, each in facts.standings.items() if key not in untold}
    costs = {
        key: contained("reading", key, partial(_worst_cost, facts.standings[key])) for key in untold
    }
    worst_costs = {
        key: Decimal(0) if isinstance(cost, Bug) else cost for key, cost in costs.items()
    }
    return replace(
        facts,
        standings=standings,
        untold={**facts.untold, **untold},
        worst_costs={**facts.worst_costs, **worst_costs},
    )


def _worst_cost(standing: Standing) -> Decimal:
    return standing.worst_cost


Ask = Callable[[Facts], Need]
"""What to read besides, by what is always read."""


def standing_holds(lines: Iterable[Hold]) -> tuple[Hold, ...]:
    """The holds that stand after these lines, in order of level and name."""
    last = {line.what: line for line in lines}
    held = (line for line in last.values() if line.held)
    return tuple(sorted(held, key=lambda line: (line.level, line.name or "")))


def standing_origin(lines: Iterable[Origin]) -> Origin | None:
    """What these lines say together. Each adds the accounts and users that it names, as two runs
    may each have met another one for the first time; who adopts the ledger says anew whose it is.
    """
    stands: Origin | None = None
    for line in lines:
        before = stands if line.by is None else None
        users: dict[str, str] = before.users if before else {}
        begun = before.accounts if before else ()
        both = {"users": {**users, **line.users}, "accounts": _once((*begun, *line.accounts))}
        stands = line.model_copy(update=both)
    return stands


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
