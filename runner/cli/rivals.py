"""What was read of rivals, and reading more of it, as the commands need it."""

from decimal import Decimal

from runner.cli.context import CommandContext
from runner.cli.stores import kept_files
from runner.cli.x_accounts import x_client
from runner.models import Project
from runner.problems import LedgerUnusable
from runner.reading import BadReadings, KeptFiles, ReadingTurn
from runner.rivals import RivalLooks, RivalsRun, rival_looks
from runner.stores import KeptBranch
from runner.x.rivals import XRivals

_WEEKS = "weeks"
"""What all weeks of all rivals are kept under."""


def seen_rivals(context: CommandContext, project: Project) -> RivalLooks:
    """All that was read of rivals. Raises LedgerUnusable."""
    try:
        return rival_looks(_files(context, project).read())
    except BadReadings as bad:
        raise unreadable_rivals(bad) from None


def rivals_run(
    context: CommandContext,
    project: Project,
    account: str,
    *,
    alone: bool,
    turn: ReadingTurn,
    left: Decimal | None,
) -> RivalsRun:
    """What reads the rivals of an account, with its credentials, for what is `left` to spend.
    Raises BadUsage, LedgerUnusable and Refused."""
    try:
        return RivalsRun(
            files=_files(context, project),
            reader=XRivals(x_client(account, context, alone=alone)),
            rivals=project.rivals_of(account),
            zone=project.timezone,
            now=context.clock.now,
            turn=turn,
            left=left,
        )
    except BadReadings as bad:
        raise unreadable_rivals(bad) from None


def unreadable_rivals(bad: BadReadings) -> LedgerUnusable:
    """Why nothing is told of rivals, and nothing more read."""
    return LedgerUnusable(
        f"what was read of rivals can't be read: {bad}",
        help=f"look at who has changed {KeptBranch.RIVALS.places(_WEEKS)}; posts go out all the "
        "same",
    )


def _files(context: CommandContext, project: Project) -> KeptFiles:
    return kept_files(context, project, KeptBranch.RIVALS, _WEEKS)
