"""`runner measure`: reads the numbers of our own posts from X at set ages, and the weeks of
rivals."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

import typer

from runner.cli.context import CommandContext, here
from runner.cli.github_job import summarise
from runner.cli.local_clock import context_at
from runner.cli.measurements import measurement_files, sent_as, unreadable_measurements
from runner.cli.opened_project import inputs_of, only, open_project
from runner.cli.options import Accounts, IfSetUp, Now, Patience, waiting_time
from runner.cli.reading_tallies import left_to_read
from runner.cli.reading_turns import NotItsTurn, turn_to_read
from runner.cli.rivals import rivals_run
from runner.cli.troubles import account_unread, each_account, stop_summarised, tell_of
from runner.cli.x_accounts import RateLimitPatience, x_client
from runner.measure.measuring import MeasuringRun
from runner.plan import PlanInputs
from runner.reading import ReadingTurn
from runner.views.markdown.escaping import plain
from runner.views.terminal.measured import measured_as_text, rivals_as_text
from runner.x.counts import XCounts

_PUBLIC_ALONE: Final = (
    "make new access tokens of the account itself in X's developer console; until then nothing is "
    "known of clicks, and of what was paid for"
)


def command(
    account: Accounts = None,
    wait: Patience = None,
    if_set_up: IfSetUp = False,
    now: Now = None,
) -> None:
    """Measure our own posts at 48 hours, 7 days and 28 days. Sends nothing.

    Reads the timeline of each account, so that posts which somebody has sent by hand are measured,
    too, and keeps the numbers beside the ledger, each once: how often a post was seen, liked,
    answered, shared, clicked. Then, once a week, reads the `rivals` that are held against the
    account, of which sums alone are kept. What X charges is bounded by `budget.reading`.
    """
    context = context_at(here(), now)
    waiting = waiting_time(wait)
    with stop_summarised(context):
        code = measure(context, accounts=account or (), wait=waiting, if_set_up=if_set_up)
    raise typer.Exit(code)


def measure(
    context: CommandContext,
    *,
    accounts: Collection[str] = (),
    wait: timedelta = timedelta(0),
    if_set_up: bool = False,
) -> int:
    """Measures the accounts one after the other; the exit code is 4 when X could not be asked about
    one of them, and 3 where the budget does not suffice. Raises BadFiles, BadUsage."""
    inputs = inputs_of(open_project(context), context)
    inputs = only(inputs, accounts=tuple(accounts), campaigns=())
    patience = RateLimitPatience(context, context.clock.now() + wait)
    try:
        with turn_to_read(context, inputs.project, patience) as turn:
            left = left_to_read(context, inputs)
            measuring = _Measuring(context=context, inputs=inputs, turn=turn, left=left)
            return each_account(
                context,
                inputs,
                measuring.measure,
                is_new=measuring.is_new if if_set_up else None,
                raced="another run has just measured",
                unreadable=unreadable_measurements,
            )
    except NotItsTurn as barred:
        context.tell(f"Nothing is measured: {barred}.")
        return 0


@dataclass(kw_only=True)
class _Measuring:
    """Measures one account after the other, within what is left to spend."""

    context: CommandContext
    inputs: PlanInputs
    turn: ReadingTurn
    left: Decimal | None
    """USD; None without a budget."""

    def is_new(self, account: str) -> bool:
        """Whether it has never posted. Raises LedgerUnusable."""
        return sent_as(self.context, self.inputs.project, account).user_id is None

    def measure(self, account: str) -> int:
        """The exit code of one account. Raises BadReadings, FilesRaced and Stop."""
        found = self._run(account).run()
        self._say(measured_as_text(account, found), found.usd)
        if found.is_public_alone:
            tell_of(self.context, account, "X tells only what it tells everybody", _PUBLIC_ALONE)
        if found.stopped:
            return account_unread(self.context, account, found.stopped)
        return self._read_rivals(account) if self.inputs.project.rivals_of(account) else 0

    def _read_rivals(self, account: str) -> int:
        """Reads the rivals that the account is compared with; the exit code."""
        run = rivals_run(
            self.context,
            self.inputs.project,
            account,
            alone=len(self.inputs.accounts) == 1,
            turn=self.turn,
            left=self.left,
        )
        found = run.run()
        self._say(rivals_as_text(found), found.usd)
        if found.stopped:
            return account_unread(self.context, f"rivals of {account}", found.stopped)
        return 0

    def _say(self, said: str, usd: Decimal) -> None:
        """Tells what was read, and counts what that has cost."""
        if self.left is not None:
            self.left -= usd
        if said:
            told = self.context.say(said)
            summarise(self.context, "".join(f"- {plain(line)}\n" for line in told.splitlines()))

    def _run(self, account: str) -> MeasuringRun:
        """The run that measures this account. Raises BadReadings, BadUsage, LedgerUnusable and
        Refused."""
        context, project = self.context, self.inputs.project
        known = sent_as(context, project, account)
        client = x_client(account, context, alone=len(self.inputs.accounts) == 1)
        return MeasuringRun(
            files=measurement_files(context, project, account),
            reader=XCounts(client, project.accounts[account].handle, known.user_id),
            sent=known.sent,
            now=context.clock.now,
            turn=self.turn,
            is_owned=project.is_owned(account),
            left=self.left,
        )
