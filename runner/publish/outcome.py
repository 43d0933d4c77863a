"""What came of a plan: values for the views, and the exit code; and how long an account is left
alone after X has said that it takes no more requests."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from runner.bugs import Bug
from runner.ledger import Key, Posted, State
from runner.plan import Action
from runner.value import Value

FIRST_REST = timedelta(seconds=60)
"""The shortest rest of an account, whatever X says; it doubles with each further refusal."""
LONGEST_REST = timedelta(minutes=15)
"""X's own window; a reset that lies later holds all the same."""
MOST_REFUSALS = 5
"""Refusals in a row after which a run leaves the account to the next one."""


class Result(Value, kw_only=True):
    """What came of one action. `state` is where the occurrence stands now; None when nothing was
    attempted (its media could not be uploaded, say), so that it stays due."""

    action: Action
    at: datetime
    state: State | None
    because: str = ""
    help: str | None = None
    urls: tuple[str, ...] = ()
    """Of the parts that went out in this run."""
    cost: Decimal = Decimal(0)
    """USD of the parts that went out in this run."""
    stops: bool = False
    """X takes nothing more from this account until a person has acted."""
    retry_at: datetime | None = None
    """When X takes requests of this account again, if it said so."""
    raced: bool = False
    """The plan does not hold any more, most often since another run wrote the ledger first: the
    next look decides anew."""
    stale: bool = False
    """The default branch has moved on from the files: a run of the new ones takes over."""
    bug: Bug | None = None
    """What broke it off."""

    @property
    def key(self) -> Key:
        return self.action.key

    @property
    def late(self) -> timedelta:
        return self.at - self.action.occurrence.due

    @property
    def ends_the_account(self) -> bool:
        """Whether nothing more is sent to this account before another look."""
        return bool(self.stops or self.retry_at or self.raced or self.stale)

    @property
    def unsent(self) -> bool:
        """Whether it is provably not out, or not all of it; it stays due."""
        return self.bug is None and self.state in (None, State.RELEASED, State.ATTEMPTING)

    @property
    def recorded(self) -> bool:
        return self.state is not None

    @property
    def needs_a_person(self) -> bool:
        return self.state is State.REJECTED or self.bug is not None


class Refusal(Value, kw_only=True):
    """Why an account could not be posted to at all."""

    account: str
    because: str
    help: str | None = None


class Outcome(Value, kw_only=True):
    """What came of a run."""

    results: tuple[Result, ...] = ()
    missed: tuple[Action, ...] = ()
    """What this run recorded as missed."""
    refusals: tuple[Refusal, ...] = ()
    found: tuple[Posted, ...] = ()
    """What a look at a timeline showed to be out, although nobody knew it."""
    paid_for: frozenset[str] = frozenset()
    """Accounts of which the ledger has by now what looks at X have cost."""
    raced: bool = False
    """The plan does not hold any more, most often since another run wrote the ledger first: the
    next look decides anew."""
    stale: bool = False
    """The default branch has moved on from the files: a run of the new ones takes over."""

    @property
    def sent(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.state is State.POSTED)

    @property
    def cost(self) -> Decimal:
        return sum((result.cost for result in self.results), Decimal(0))

    @property
    def refused(self) -> bool:
        return bool(self.refusals) or any(result.stops for result in self.results)

    @property
    def unsent(self) -> tuple[Result, ...]:
        """What stays due, although this run would have sent it."""
        return tuple(
            result
            for result in self.results
            if result.unsent and not (result.raced or result.stale)
        )

    @property
    def goes_on(self) -> bool:
        """Whether another look may find more to do: something changed, nothing hinders."""
        free = not (self.unsent or self.refusals or self.stale)
        return free and bool(self.raced or self.results or self.found or self.missed)

    @property
    def broken_off(self) -> Mapping[Key, str]:
        """The posts that a bug has broken off, and what it was."""
        return {each.key: each.because for each in self.results if each.bug}

    @property
    def needs_a_person(self) -> bool:
        return any(result.needs_a_person for result in self.results)

    def and_then(self, other: "Outcome") -> "Outcome":
        return Outcome(
            results=self.results + other.results,
            missed=self.missed + other.missed,
            refusals=self.refusals + other.refusals,
            found=self.found + other.found,
            paid_for=self.paid_for | other.paid_for,
            raced=other.raced,
            stale=self.stale or other.stale,
        )


class Rest(Value, kw_only=True):
    """Until when nothing is asked of X as an account, after how many refusals in a row; None: for
    as long as the run lives."""

    until: datetime | None
    times: int


def rests_after(before: Mapping[str, Rest], outcome: Outcome, now: datetime) -> Mapping[str, Rest]:
    """The rests of the accounts that X has put off, after what came of one look of a run."""
    rests = dict(before)
    for result in outcome.results:
        account = result.key.account
        if result.state is State.POSTED:
            rests.pop(account, None)
        elif result.retry_at:
            times = rests[account].times + 1 if account in rests else 1
            least = now + min(FIRST_REST * 2 ** (times - 1), LONGEST_REST)
            until = max(result.retry_at, least) if times < MOST_REFUSALS else None
            rests[account] = Rest(until=until, times=times)
    return rests


def resting(rests: Mapping[str, Rest], now: datetime) -> frozenset[str]:
    """The accounts of which X takes no requests now."""
    return frozenset(
        account for account, rest in rests.items() if rest.until is None or rest.until > now
    )
