"""How long an account is left alone after X has said that it takes no more requests."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from runner.ledger import State
from runner.publish.outcome import Outcome
from runner.value import Value

FIRST = timedelta(seconds=60)
"""At least, whatever X says; twice as long after each further refusal."""
LONGEST = timedelta(minutes=15)
"""X's own window; a reset that lies later holds all the same."""
MOST = 5
"""Refusals in a row after which a run leaves the account to the next one."""


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
            least = now + min(FIRST * 2 ** (times - 1), LONGEST)
            until = max(result.retry_at, least) if times < MOST else None
            rests[account] = Rest(until=until, times=times)
    return rests


def resting(rests: Mapping[str, Rest], now: datetime) -> frozenset[str]:
    """The accounts of which X takes no requests now."""
    return frozenset(
        account for account, rest in rests.items() if rest.until is None or rest.until > now
    )
