"""Which accounts are to be read or drawn: those with a contest, new numbers, or an inbox."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from runner.cli.context import CommandContext
from runner.cli.inboxes import inbox_of
from runner.cli.measurements import measurements_of, sent_lately
from runner.models import Project
from runner.plan import PlanInputs
from runner.problems import LedgerUnusable
from runner.schedule import DeclaredContest
from runner.value import Value

ContestTest = Callable[[DeclaredContest, Mapping[str, datetime | date], datetime], bool]
"""What may be asked of a contest, by its files and the clock."""


class WantedAccounts(Value, kw_only=True):
    """What an account has to have, one of these; none of them asks for every account."""

    contests: ContestTest | None = None
    to_measure: bool = False
    with_inbox: bool = False


EVERY_ACCOUNT: Final = WantedAccounts()


def accounts_with(
    context: CommandContext, inputs: PlanInputs, names: tuple[str, ...], wanted: WantedAccounts
) -> frozenset[str]:
    """The accounts that have what is wanted."""
    found: set[str] = set()
    if wanted.contests:
        found |= _with_a_contest(inputs, wanted.contests, context.clock.now())
    if wanted.to_measure:
        found |= _to_measure(context, inputs.project, names)
    if wanted.with_inbox and inputs.project.inbox:
        found |= _with_an_inbox(context, inputs, names)
    return frozenset(found)


def _with_a_contest(inputs: PlanInputs, test: ContestTest, now: datetime) -> frozenset[str]:
    """The accounts with a contest of which it is so."""
    return frozenset(
        each.campaign.accounts[0]
        for each in inputs.dated
        if each.campaign.contest and test(each.campaign.contest, each.anchors, now)
    )


def _to_measure(context: CommandContext, project: Project, names: tuple[str, ...]) -> set[str]:
    """The accounts with posts that have come of age; those, too, of which nobody can tell, so that
    measuring them says why; and none that nobody has set up yet."""
    sent, now = sent_lately(context, project, names), context.clock.now()

    def is_due(name: str) -> bool:
        try:
            known, found = sent[name], measurements_of(context, project, name)
            is_set_up = known.user_id is not None or found.last is not None
            return is_set_up and found.is_due(known.sent, now)
        except (KeyError, LedgerUnusable):
            return True

    return {name for name in names if is_due(name)}


def _with_an_inbox(context: CommandContext, inputs: PlanInputs, names: tuple[str, ...]) -> set[str]:
    """The accounts whose mentions can be read, as somebody has set them up, and those, too, of
    which nobody can tell; and those without a campaign, which wait for no first post."""
    project = inputs.project
    sent = sent_lately(context, project, names)
    posting = {account for each in inputs.dated for account in each.campaign.accounts}

    def is_set_up(name: str) -> bool:
        try:
            known = sent[name].user_id is not None
            return known or inbox_of(context, project, name).last is not None
        except (KeyError, LedgerUnusable):
            return True

    return {name for name in names if name not in posting or is_set_up(name)}
