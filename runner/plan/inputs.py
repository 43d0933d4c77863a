"""What a plan is made of: the files as they were read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType

from runner.compile import DatedCampaign
from runner.models.project import Project
from runner.plan.action import THREAD_GRACE
from runner.plan.declared import Declared
from runner.render import RenderAssets
from runner.rules import RULES, AnyRule
from runner.schedule import Occurrence, Timetable

LOOK_BACK = timedelta(days=7)
"""How far back a first look goes, for what was missed; and every look, for what went out."""
_NOBODY: Mapping[str, datetime] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)  # without slots, so that what is declared is kept
class PlanInputs:
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
