"""What reading X for contests has cost, and how much was seen: what stands in the open."""

from collections.abc import Iterable
from datetime import UTC
from decimal import Decimal

from runner.cli.context import CommandContext
from runner.cli.ledger_store import kept_files
from runner.contest.tally import Tally, tallies
from runner.kept_files import BadReadings
from runner.models.project import Project
from runner.problems import LedgerUnusable
from runner.stores.kept_files import KeptBranch


def tallies_of(context: CommandContext, project: Project, contest: str) -> tuple[Tally, ...]:
    """The numbers of its readings, oldest first. Raises LedgerUnusable."""
    try:
        return tallies(kept_files(context, project, KeptBranch.ENTRIES, contest).read())
    except BadReadings as bad:
        raise LedgerUnusable(f"what was collected of `{contest}` can't be read: {bad}") from None


def left_to_read(
    context: CommandContext, project: Project, contests: Iterable[str]
) -> Decimal | None:
    """USD that reading may still cost this month, of the contests that may have been read in it;
    None without a budget. Raises LedgerUnusable."""
    if project.budget is None or project.budget.reading is None:
        return None
    now = context.clock.now().astimezone(UTC)
    spent = (
        tally.usd
        for contest in contests
        for tally in tallies_of(context, project, contest)
        if tally.is_in_month_of(now)
    )
    return project.budget.reading - sum(spent, Decimal(0))
