"""What a report tells where `--account` and `--campaign` look at a part of all that is posted."""

from collections.abc import Collection, Iterator, Set
from functools import cached_property
from typing import Final

from runner.measure import DayOfOrders, Imported
from runner.models import Goals
from runner.plan import PlanInputs
from runner.report import Orders, Period, orders_of
from runner.value import Value

_OF_EVERYTHING: Final = ("profile_visits", "orders", "posts_per_day")
"""The goals that count what all posts together bring."""


class ReportPart(Value, kw_only=True, dict=True):
    """The accounts of `inputs`, and these campaigns; without any, all of them."""

    inputs: PlanInputs
    campaigns: Collection[str]

    @property
    def goals(self) -> Goals | None:
        """Those that it can be held against."""
        goals = self.inputs.project.goals
        is_all = not self.campaigns and not self._others
        return goals if is_all or not goals else goals.model_copy(update=_WITHOUT_TOTALS)

    @property
    def rivals_of_others(self) -> Collection[str]:
        """The handles of those that are held against accounts outside it."""
        project = self.inputs.project
        return {rival.handle for each in self._others for rival in project.rivals_of(each)}

    def orders(self, imported: Imported, period: Period) -> Orders | None:
        """Those that its links led to; None where none were ever imported."""
        if not imported.orders:
            return None
        found = self._orders_asked_for(imported, period)
        return orders_of(each for each in found if not self._posting(each.campaign) & self._others)

    def orders_of_several(self, imported: Imported, period: Period) -> Iterator[str]:
        """Tells of those that it may have a share in: no export says which account's they are."""
        for campaign in sorted({e.campaign for e in self._orders_asked_for(imported, period)}):
            posting = self._posting(campaign)
            if posting & self._others and posting & self.inputs.accounts:
                whose = " and ".join(sorted(posting))
                yield f"orders of {campaign} are of {whose} together, and are not counted here"

    def _orders_asked_for(self, imported: Imported, period: Period) -> Iterator[DayOfOrders]:
        for each in imported.orders:
            is_asked = not self.campaigns or each.campaign in self.campaigns
            if is_asked and period.since <= each.day <= period.until:
                yield each

    def _posting(self, campaign: str) -> Set[str]:
        """The accounts that a campaign posts as; all where no file tells any more."""
        declared = self.inputs.campaigns.get(campaign)
        return set(declared.campaign.accounts if declared else self.inputs.project.accounts)

    @cached_property
    def _others(self) -> Set[str]:
        """The accounts outside it."""
        return set(self.inputs.project.accounts) - self.inputs.accounts


_WITHOUT_TOTALS: Final = dict.fromkeys(_OF_EVERYTHING)
