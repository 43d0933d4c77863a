"""The tallies of reading X: what it has cost, and how much was seen, as numbers that anybody may
read."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from runner.cli.context import CommandContext
from runner.cli.inboxes import inbox_of
from runner.cli.measurements import measurements_of
from runner.cli.rivals import seen_rivals
from runner.cli.stores import kept_files
from runner.compile import DatedCampaign
from runner.contest import Tally, is_collected, tallies
from runner.models import Project
from runner.plan import PlanInputs
from runner.problems import LedgerUnusable
from runner.reading import BadReadings
from runner.stores import KeptBranch


def tallies_of(context: CommandContext, project: Project, contest: str) -> tuple[Tally, ...]:
    """The numbers of its readings, oldest first. Raises LedgerUnusable."""
    try:
        return tallies(kept_files(context, project, KeptBranch.ENTRIES, contest).read())
    except BadReadings as bad:
        raise LedgerUnusable(f"what was collected of `{contest}` can't be read: {bad}") from None


def last_tallies(context: CommandContext, inputs: PlanInputs) -> dict[str, Tally]:
    """What was seen of the contests that are collected, by their ids; what can't be read is
    told."""
    found, now = {}, context.clock.now()
    for each in inputs.dated:
        contest = each.campaign.contest
        if contest and is_collected(contest, each.anchors, now):
            try:
                if told := tallies_of(context, inputs.project, each.id):
                    found[each.id] = told[-1]
            except LedgerUnusable as unusable:
                context.tell(f"What was collected of {each.id} can't be told: {unusable.message}")
    return found


def left_to_read(context: CommandContext, inputs: PlanInputs) -> Decimal | None:
    """USD that reading may still cost this month, after what has been read of contests, of our own
    posts, of mentions and of rivals; None without a budget. Raises LedgerUnusable."""
    project = inputs.project
    if project.budget is None or project.budget.reading is None:
        return None
    now = context.clock.now().astimezone(UTC)
    contests = (
        tally.usd
        for contest in _read_by(now, inputs)
        for tally in tallies_of(context, project, contest.id)
        if tally.is_in_month_of(now)
    )
    posts = (
        measurements_of(context, project, account).spent_in_month_of(now)
        for account in project.accounts
    )
    listened = project.accounts if project.inbox else ()
    mentions = (inbox_of(context, project, each).spent_in_month_of(now) for each in listened)
    rivals = seen_rivals(context, project).spent_in_month_of(now)
    return project.budget.reading - sum((*contests, *posts, *mentions, rivals), Decimal(0))


def spent_on_contests(
    context: CommandContext, inputs: PlanInputs, since: date, until: date
) -> Mapping[str, Decimal]:
    """USD that reading has cost on these days (UTC), both included, by the contest of the inputs'
    accounts that it was for. Raises LedgerUnusable."""
    return {
        each.id: sum(
            (
                tally.usd
                for tally in tallies_of(context, inputs.project, each.id)
                if since <= tally.at.astimezone(UTC).date() <= until
            ),
            Decimal(0),
        )
        for each in _read_by(context.clock.now(), inputs)
        if each.campaign.accounts[0] in inputs.accounts
    }


def _read_by(now: datetime, inputs: PlanInputs) -> Iterator[DatedCampaign]:
    """The contests of which anything can have been read."""
    for each in inputs.dated:
        contest, opens = each.campaign.contest, each.anchors.get("opens")
        if contest and contest.has_key and isinstance(opens, datetime) and opens <= now:
            yield each
