"""The money of an account as its newest record has it, so that whoever posts as another account
need not read the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from runner.bugs import Bug, contained
from runner.ledger.entry import Attempting, Entry, Sent
from runner.ledger.standing import Standing, standings_of
from runner.value import replace

RESERVED_FOR: Final = timedelta(hours=24)
"""How long after its attempt something may still be sent, or found to be out."""
KEPT: Final = 2
"""Months of which it is said what was spent: this one, and the one that may just have ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """USD that something unsettled may still cost."""

    usd: Decimal
    until: datetime

    def counts_in(self, month: str) -> bool:
        """Whether the reserve counts in this month: it does in each month in which what is
        unsettled may still go out. What is sent of it later counts anew."""
        return month <= month_of(self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClaim:
    """An attempt without an end."""

    attempt: str
    send_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """The money of one account: what it has spent by month (UTC), and what is still open."""

    spent: Mapping[str, Decimal] = field(default_factory=dict)
    reserves: tuple[Reserve, ...] = ()
    claims: tuple[OpenClaim, ...] = ()

    def reserved(self, month: str) -> Decimal:
        """What is unsettled, in USD."""
        return sum((each.usd for each in self.reserves if each.counts_in(month)), Decimal(0))

    def spent_or_reserved(self, month: str) -> Decimal:
        """What was spent in a month, with what is reserved."""
        return self.spent.get(month, Decimal(0)) + self.reserved(month)

    def beside(self, sent: Iterable[Sent]) -> dict[str, Decimal]:
        """What was spent by month on something else than these parts, which are all that went out:
        on looks."""
        posts = Purse().after(sent, None).spent
        zero = Decimal(0)
        others = {month: usd - posts.get(month, zero) for month, usd in self.spent.items()}
        return {month: usd for month, usd in others.items() if usd > 0}

    def after(self, sent: Iterable[Sent], unsettled: Iterable[Entry] | None) -> "Purse":
        """The purse after these parts went out; `unsettled` are the entries of all that is open
        then, None where that is as before."""
        purse = self
        for line in sent:
            purse = purse.paying(line.cost, month_of(line.at))
        return purse if unsettled is None else purse._holding(unsettled)

    def paying(self, usd: Decimal, month: str) -> "Purse":
        """The purse after so much was spent in a month."""
        spent = {**self.spent, month: self.spent.get(month, Decimal(0)) + usd}
        return replace(self, spent={month: spent[month] for month in sorted(spent)[-KEPT:]})

    def _holding(self, unsettled: Iterable[Entry]) -> "Purse":
        standings = [each for _, each in sorted(standings_of(unsettled).items())]
        reserves = (_contained_reserve(each) for each in standings)
        return replace(
            self,
            reserves=tuple(each for each in reserves if each and each.usd),
            claims=tuple(claim for each in standings for claim in _claims(each)),
        )


def month_of(moment: datetime) -> str:
    """The calendar month of a moment in UTC, as `2026-12`."""
    return f"{moment.astimezone(UTC):%Y-%m}"


def reserve_of(standing: Standing) -> Reserve | None:
    """What may still be spent on it; None where nothing was attempted."""
    usd, limit = standing.reserved, _last_limit(standing)
    return Reserve(usd=usd, until=limit + RESERVED_FOR) if limit else None


def _contained_reserve(standing: Standing) -> Reserve | None:
    """What a standing reserves; all that it may cost where a bug keeps that from being told."""
    told = contained("weighing", standing.key, partial(reserve_of, standing))
    if not isinstance(told, Bug):
        return told
    limit = _last_limit(standing)
    return Reserve(usd=standing.worst_cost, until=limit + RESERVED_FOR) if limit else None


def _last_limit(standing: Standing) -> datetime | None:
    limits = (entry.send_by for entry in standing.entries if isinstance(entry, Attempting))
    return max(limits, default=None)


def _claims(standing: Standing) -> Iterable[OpenClaim]:
    told = contained("weighing", standing.key, lambda: standing.open(standing.next_part))
    attempts = () if isinstance(told, Bug) else told
    return (OpenClaim(attempt=each.attempt, send_by=each.send_by) for each in attempts)
