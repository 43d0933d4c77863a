"""What a plan is made of: the files as they were read; and what it has to know of the ledger."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import product
from types import MappingProxyType

from runner.compile import CampaignTexts, DatedCampaign, TextRequest
from runner.ledger import Facts, Need, month_of
from runner.models import Project
from runner.plan.action import THREAD_GRACE
from runner.plan.declared import Declared
from runner.reconcile import look_from
from runner.render import RenderAssets, RenderedPost
from runner.rules import RULES, AnyRule
from runner.schedule import Occurrence, Timetable
from runner.value import Value

LOOK_BACK = timedelta(days=7)
"""How far back a first look goes, for what was missed; and every look, for what went out."""
_NOBODY: Mapping[str, datetime] = MappingProxyType({})


class PlanInputs(Value, kw_only=True, dict=True):
    """All that was read of the files: what is declared, when it is due, and how it is rendered."""

    project: Project
    dated: tuple[DatedCampaign, ...]
    assets: RenderAssets
    accounts: frozenset[str]
    """Those that are looked at."""
    rules: tuple[AnyRule, ...] = RULES
    left_out: tuple[DatedCampaign, ...] = ()
    """Campaigns that are not looked at."""
    unread: frozenset[str] = frozenset()
    """Campaigns whose files can't be read."""

    @cached_property
    def declared(self) -> Declared:
        """All that the files declare, looked at or not."""
        everything = (*self.dated, *self.left_out)
        tables = {campaign.id: campaign.timetable for campaign in everything}
        return Declared(tables=tables, unread=self.unread)

    @cached_property
    def campaigns(self) -> Mapping[str, DatedCampaign]:
        """Each campaign that is looked at, by its id."""
        return {campaign.id: campaign for campaign in self.dated}

    @property
    def timetables(self) -> tuple[Timetable, ...]:
        return tuple(campaign.timetable for campaign in self.dated)

    def ways_out(self, occurrence: Occurrence) -> Iterator[RenderedPost]:
        """The ways in which an occurrence may have gone out: with each item of its ring, or as the
        one post that it is."""
        texts = CampaignTexts(self.campaigns[occurrence.key.campaign])
        for item in occurrence.post.items or (None,):
            if post := texts.rendering(TextRequest(occurrence, item)).post:
                yield post

    def occurrences(
        self, *, now: datetime, until: datetime, accounted: Mapping[str, datetime] = _NOBODY
    ) -> tuple[Occurrence, ...]:
        """What may still go out, what may have been missed since the accounts were `accounted` for,
        and what is due up to `until`; in order of (due, key)."""
        last_looks = [accounted[account] for account in self.accounts if account in accounted]
        found = [
            occurrence
            for table in self.timetables
            for occurrence in table.occurrences(_since(table, now, last_looks), until)
            if occurrence.key.account in self.accounts
        ]
        # as instants: Python compares two times of one zone by what their clocks show
        return tuple(sorted(found, key=lambda each: (each.due.timestamp(), str(each.key))))


def _since(table: Timetable, now: datetime, last_looks: Iterable[datetime]) -> datetime:
    """Before the due time of whatever the last look may have left."""
    grace = table.longest_grace + timedelta(seconds=1)
    earliest = now - max(LOOK_BACK, grace + THREAD_GRACE)
    return min((earliest, *(last - grace for last in last_looks)))


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
