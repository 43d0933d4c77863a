"""What reading X may still cost this month, by what stands before the sealed readings."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from runner.cli.contests import OpenedContest, contests_in
from runner.cli.context import CommandContext
from runner.contest.collecting import BadReadings, Tally, tallies
from runner.models.project import Project
from runner.problems import LedgerUnusable


def is_owned(project: Project, account: str) -> bool:
    """Whether the account's user owns the app on X, as far as runner.yaml tells."""
    owned = project.accounts[account].owned
    return len(project.accounts) == 1 if owned is None else owned


def left_to_read(context: CommandContext, project: Project) -> Decimal | None:
    """USD that reading may still cost this month; None without a budget. Raises LedgerUnusable."""
    if project.budget is None or project.budget.reading is None:
        return None
    now = context.clock.now().astimezone(UTC)
    contests = (each for each in contests_in(context) if _is_read_in(each, now))
    spent = (tally.usd for tally in tallies_of(context, contests) if tally.month == f"{now:%Y-%m}")
    return project.budget.reading - sum(spent, Decimal(0))


def tallies_of(context: CommandContext, contests: Iterable[OpenedContest]) -> Iterable[Tally]:
    """The numbers of all their readings. Raises LedgerUnusable."""
    for contest in contests:
        try:
            yield from tallies(contest.entry_files(context).read())
        except BadReadings as bad:
            raise LedgerUnusable(
                f"what was collected of `{contest.file.id}` can't be read: {bad}"
            ) from None


def _is_read_in(contest: OpenedContest, now: datetime) -> bool:
    """Whether anything of it may have been read this month."""
    opens = contest.anchors.get("opens")
    return bool(contest.contest.key) and isinstance(opens, datetime) and opens <= now
