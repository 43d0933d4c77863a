"""`runner collect`: reads the entries of contests from X, seals them, and keeps them."""

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal
from typing import Annotated

import typer

from runner.cli.contest_posts import way_of_entering
from runner.cli.contests import NotYet, OpenedContest, contest_of, contests_in
from runner.cli.context import CommandContext, here
from runner.cli.github_job import summarise
from runner.cli.local_clock import context_at
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.options import Accounts, Now, Patience, waiting_time
from runner.cli.reading_tallies import left_to_read
from runner.cli.reading_turns import ANOTHER_READS, turn_to_read
from runner.cli.troubles import stop_summarised
from runner.cli.x_accounts import RateLimitPatience, x_client
from runner.contest import is_collected
from runner.contest.collecting_run import Collected, CollectingRun
from runner.contest.eligibility import entrants
from runner.contest.paid_reading import PaidReading
from runner.problems import LedgerUnusable, Refused, Stop
from runner.reading import BadReadings, FilesRaced, ReadingTurn
from runner.views.markdown.escaping import plain
from runner.views.terminal.collected import CollectedContest, collected_as_text
from runner.x.entries import XEntries


def command(
    contest: Annotated[
        str | None, typer.Argument(metavar="[CONTEST]", help="Its id; else all that are open.")
    ] = None,
    account: Accounts = None,
    wait: Patience = None,
    now: Now = None,
) -> None:
    """Collect the entries of contests with a key. Sends nothing, and names nobody."""
    context = context_at(here(), now)
    waiting = waiting_time(wait)
    with stop_summarised(context):
        code = collect(context, contest, accounts=account or (), wait=waiting)
    raise typer.Exit(code)


def collect(
    context: CommandContext,
    id: str | None = None,
    *,
    accounts: Collection[str] = (),
    wait: timedelta = timedelta(0),
) -> int:
    """Collects for one contest, or for all that are open; the exit code is 4 when X could not be
    asked about one of them, else 3 where entries may be missing. Raises BadUsage,
    LedgerUnusable."""
    patience = RateLimitPatience(context, context.clock.now() + wait)
    if id:
        return _collect_one(context, contest_of(context, id), patience)
    chosen = [each for each in open_contests(context) if not accounts or each.account in accounts]
    if not chosen:
        context.say("No contest with a key is open.")
    return max((_exit_code_of(context, each, patience) for each in chosen), default=0)


def open_contests(context: CommandContext) -> list[OpenedContest]:
    """The contests with a key of which entries are collected now."""
    now = context.clock.now()
    return [each for each in contests_in(context) if is_collected(each.declared, each.anchors, now)]


def _exit_code_of(
    context: CommandContext, contest: OpenedContest, patience: RateLimitPatience
) -> int:
    """Collects for one contest; what stops it stops no other."""
    try:
        return _collect_one(context, contest, patience)
    except Stop as stop:
        context.tell(f"{contest.file.id}: {stop.message}")
        if stop.help:
            context.tell(f"  = help: {stop.help}")
        return 0 if isinstance(stop, NotYet) else stop.exit_code


def _collect_one(
    context: CommandContext, contest: OpenedContest, patience: RateLimitPatience
) -> int:
    id = contest.file.id
    try:
        with turn_to_read(context, contest.project, patience) as turn:
            left = left_to_read(context, inputs_of(open_project(context), context))
            found = collecting_run(context, contest, turn, left).run()
    except FilesRaced as raced:
        context.tell(f"{id}: {str(raced) or ANOTHER_READS}.")
        return 0
    except BadReadings as bad:
        raise LedgerUnusable(
            f"what was collected of `{id}` can't be read: {bad}",
            help="look at who has changed its branch; until then nothing is collected",
        ) from None
    told = context.say(_as_text(contest, found))
    summarise(context, "".join(f"- {plain(line)}\n" for line in told.splitlines()))
    if found.stopped is None:
        return 3 if _unaccepted_gaps(contest, found) else 0
    context.tell(f"{id}: X could not be read: {found.stopped.because}")
    context.tell(f"  = help: {found.stopped.help or 'run it again: nothing is lost'}")
    return 3 if found.is_over_budget else Refused.exit_code


def collecting_run(
    context: CommandContext,
    contest: OpenedContest,
    turn: ReadingTurn,
    left: Decimal | None,
) -> CollectingRun:
    """The run that reads the entries of a contest, and may spend `left` USD. Raises BadReadings,
    BadUsage, LedgerUnusable and Refused."""
    charter = contest.charter()
    client = x_client(contest.account, context, alone=len(contest.project.accounts) == 1)
    return CollectingRun(
        reading=PaidReading(
            collector=contest.collector(context),
            way=way_of_entering(context, contest),
            now=context.clock.now,
            turn=turn,
            left=left,
        ),
        reader=XEntries(client, charter.account),
        barred=contest.barred_handles,
        is_owned=contest.project.is_owned(contest.account),
    )


def _unaccepted_gaps(contest: OpenedContest, found: Collected) -> list[str]:
    accepted = contest.contest.entry.accept_missing
    return [gap.minute for gap in found.readings.gaps if gap.minute not in accepted]


def _as_text(contest: OpenedContest, found: Collected) -> str:
    readings, charter = found.readings, contest.charter()
    judged = entrants(readings.seen(), charter, contest.barred_handles, gone=readings.deleted_count)
    accepts = contest.contest.entry.accept_missing
    about = CollectedContest(id=contest.file.id, how=charter.how, accepts=accepts)
    return collected_as_text(about, found, judged)
