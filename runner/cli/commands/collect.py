"""`runner collect`: the entries of contests, read from X, sealed and kept."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Annotated, Final

import typer

from runner.cli.contests import OpenedContest, contest_of, contests_in
from runner.cli.context import CommandContext, here
from runner.contest.collecting import COLLECTED_WAYS, BadReadings, Collected
from runner.contest.eligibility import entrants
from runner.contest.ports import ContestRaced, NotRead
from runner.problems import BadUsage, LedgerUnusable, Refused
from runner.rules import barred_handles
from runner.views.terminal.collected import collected_as_text
from runner.x.mentions import mention_reader

STAYS_OPEN: Final = timedelta(days=3)
"""After `draws`; then no list can be committed to any more."""


def command(
    contest: Annotated[
        str | None, typer.Argument(metavar="[CONTEST]", help="Its id; else all that are open.")
    ] = None,
) -> None:
    """Collect the entries of contests with a key. Sends nothing, and names nobody."""
    raise typer.Exit(collect(here(), contest))


def collect(context: CommandContext, id: str | None = None) -> int:
    """Exits with 4 when X could not be asked about one of them, else with 3 where entries may be
    missing. Raises BadUsage, LedgerUnusable."""
    if id:
        chosen: Collection[OpenedContest] = (_to_collect(contest_of(context, id)),)
    else:
        now = context.clock.now()
        chosen = [each for each in contests_in(context) if _is_open(each, now)]
    if not chosen:
        context.say("No contest with a key is open.")
        return 0
    return max(_collect_one(context, each) for each in chosen)


def _to_collect(contest: OpenedContest) -> OpenedContest:
    """Raises BadUsage for one of which no entries are collected."""
    how = contest.contest.entry.how
    if how not in COLLECTED_WAYS:
        raise BadUsage(
            f"entries by {how} are not collected yet, so `{contest.file.id}` is drawn by hand",
            help=f"these are: {', '.join(COLLECTED_WAYS)}",
        )
    contest.charter()
    return contest


def _is_open(contest: OpenedContest, now: datetime) -> bool:
    opens, draws = contest.anchors.get("opens"), contest.anchors.get("draws")
    if not (isinstance(opens, datetime) and isinstance(draws, datetime)) or contest.file.draw:
        return False
    collects = contest.contest.key and contest.contest.entry.how in COLLECTED_WAYS
    return bool(collects) and opens <= now <= draws + STAYS_OPEN


def _collect_one(context: CommandContext, contest: OpenedContest) -> int:
    collector, charter = contest.collector(context), contest.charter()
    reader = mention_reader(
        contest.account,
        charter.account,
        context.environ,
        only_account=len(contest.project.accounts) == 1,
        abandoned=context.signals.abandoned,
    )
    answered = contest.announcement_id(context) if charter.how == "reply" else None
    try:
        found = collector.collect(reader, context.clock.now(), answered)
    except ContestRaced:
        context.tell(f"{contest.file.id}: another run has just collected.")
        return 0
    except BadReadings as bad:
        raise LedgerUnusable(
            f"what was collected of `{contest.file.id}` can't be read: {bad}",
            help="look at who has changed its branch; until then nothing is collected",
        ) from None
    if isinstance(found, NotRead):
        context.tell(f"{contest.file.id}: X could not be read: {found.because}")
        context.tell(f"  = help: {found.help or 'run it again: nothing is lost'}")
        return Refused.exit_code
    context.say(_as_text(contest, found))
    return 3 if found.readings.gaps else 0


def _as_text(contest: OpenedContest, found: Collected) -> str:
    barred = barred_handles(contest.project, contest.contest.entry.exclude)
    judged = entrants(found.readings.seen.values(), contest.charter(), barred)
    return collected_as_text(contest.file.id, found, judged)
