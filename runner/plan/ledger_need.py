"""What a plan has to know of the ledger."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

from runner.ledger import Facts, Need, month_of
from runner.reconcile import look_from
from runner.schedule import Occurrence


def need_of(
    occurrences: Iterable[Occurrence], glance: Facts, *, budgeted: bool, now: datetime
) -> Need:
    """The periods of what is planned; of journals this month's and last month's of the accounts
    that it plans for, and whatever tells the posts of an account in doubt from its others; where
    the month is `budgeted`, the money of all accounts."""
    periods: set[tuple[str, str]] = set()
    newest: set[str] = set()
    whole: set[str] = set()
    accounts: set[str] = set()
    for occurrence in occurrences:
        key = occurrence.key
        # what is due once may be what another post waits for, whenever that one is due
        periods |= {(key.campaign, key.period), (key.campaign, "once")}
        if key.nominal:
            newest.add(key.campaign)
        if occurrence.campaign.budget is not None:
            whole.add(key.campaign)
        accounts.add(key.account)
    journals = {month_of(each) for each in (now, _last_of_the_month_before(now))}
    months = set(product(accounts, journals))
    is_due = bool(periods)
    for standing in glance.unsettled:
        if standing.may_be_out:  # it says the same again only where its links are known
            periods.add((standing.key.campaign, "once"))
        if standing.doubtful:
            months |= {(standing.key.account, month) for month in _months(look_from(standing), now)}
    return Need(
        periods=frozenset(periods),
        newest=frozenset(newest),
        whole=frozenset(whole),
        months=frozenset(months),
        purses=budgeted and is_due,
        origin=bool(periods or glance.unsettled),
    )


def _months(start: datetime, end: datetime) -> Iterator[str]:
    """The months in UTC, the newest first."""
    while month_of(end) >= month_of(start):
        yield month_of(end)
        end = _last_of_the_month_before(end)


def _last_of_the_month_before(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(day=1) - timedelta(days=1)
