"""`runner inbox`: reads from X what others say to us, and whether somebody has answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial

import typer

from runner.cli.context import CommandContext, here
from runner.cli.github_job import summarise
from runner.cli.inbox_issues import InboxIssues
from runner.cli.inboxes import (
    answered_within,
    contests_entered,
    inbox_files,
    inbox_of,
    label_words,
    siblings_in,
    unreadable_inbox,
)
from runner.cli.local_clock import context_at, set_local_clock
from runner.cli.measurements import sent_as
from runner.cli.opened_project import inputs_of, only, open_project
from runner.cli.options import Accounts, IfSetUp, Now, Patience, waiting_time
from runner.cli.reading_tallies import left_to_read
from runner.cli.reading_turns import NotItsTurn, turn_to_read
from runner.cli.troubles import account_unread, each_account, stop_summarised, tell_of
from runner.cli.x_accounts import RateLimitPatience, x_client
from runner.inbox import Listened, ListeningRun
from runner.models import InboxSettings
from runner.plan import PlanInputs
from runner.reading import ReadingStopped, ReadingTurn
from runner.views.markdown.inbox import inbox_as_markdown
from runner.views.phrases import count
from runner.views.terminal.inbox import inbox_as_text
from runner.x.mentions import XMentions


def command(
    account: Accounts = None,
    wait: Patience = None,
    if_set_up: IfSetUp = False,
    now: Now = None,
) -> None:
    """Read what others say to us, and tell what waits for an answer. Sends nothing.

    Reads the mentions of each account, each once, and what the account itself has answered, with
    whatever program. Keeps no words and no names of others: when something was said, to which post,
    what it is by the words of `inbox`, and whether it was answered. Only in a private repository,
    in a job of GitHub, their words stand in issues, one for each conversation. What X charges is
    bounded by `budget.reading`.
    """
    context = context_at(here(), now)
    if now:
        set_local_clock(context)
    waiting = waiting_time(wait)
    with stop_summarised(context):
        code = inbox(context, accounts=account or (), wait=waiting, if_set_up=if_set_up)
    raise typer.Exit(code)


def inbox(
    context: CommandContext,
    *,
    accounts: Collection[str] = (),
    wait: timedelta = timedelta(0),
    if_set_up: bool = False,
) -> int:
    """Listens as one account after the other; the exit code is 4 when X could not be asked about
    one of them, and 3 where the budget does not suffice. Raises BadFiles, BadUsage."""
    inputs = inputs_of(open_project(context), context)
    inputs = only(inputs, accounts=tuple(accounts), campaigns=())
    settings = inputs.project.inbox
    if settings is None:
        context.say("No mentions are read: runner.yaml has no `inbox`.")
        return 0
    patience = RateLimitPatience(context, context.clock.now() + wait)
    try:
        with turn_to_read(context, inputs.project, patience) as turn:
            listening = _Listening(
                context=context,
                inputs=inputs,
                settings=settings,
                issues=InboxIssues(context=context, assets=inputs.assets),
                turn=turn,
                left=left_to_read(context, inputs),
            )
            return each_account(
                context,
                inputs,
                listening.listen,
                is_new=listening.is_new if if_set_up else None,
                raced="another run has just read its mentions",
                unreadable=unreadable_inbox,
            )
    except NotItsTurn as barred:
        context.tell(f"No mentions are read: {barred}.")
        return 0


@dataclass(kw_only=True)
class _Listening:
    """Listens as one account after the other, within what is left to spend."""

    context: CommandContext
    inputs: PlanInputs
    settings: InboxSettings
    turn: ReadingTurn
    issues: InboxIssues
    left: Decimal | None
    """USD; None without a budget."""

    def is_new(self, account: str) -> bool:
        """Whether it was never listened to. Raises LedgerUnusable."""
        return inbox_of(self.context, self.inputs.project, account).last is None

    def listen(self, account: str) -> int:
        """The exit code of one account. Raises BadReadings, FilesRaced and Stop."""
        run = self._run(account)
        found = run.run()
        self._pay(found.usd)
        now = self.context.clock.now()
        within = answered_within(self.inputs.project)
        self.context.say(inbox_as_text(account, found, now=now, within=within))
        summarise(self.context, inbox_as_markdown(account, found, now=now, within=within))
        code = account_unread(self.context, account, found.stopped) if found.stopped else 0
        return max(code, self._keep_issues(account, found, run))

    def _keep_issues(self, account: str, found: Listened, run: ListeningRun) -> int:
        try:
            kept = self.issues.keep(account, found, run, self.left)
        except ReadingStopped as stop:
            return account_unread(self.context, account, stop.why)
        if why := self.issues.why_none:
            summarise(self.context, f"  - {why}\n")
        if kept:
            self._pay(kept.usd)
        if kept and kept.left_over:
            left = count(kept.left_over, "conversation gets its issue", "conversations get theirs")
            tell_of(self.context, account, f"{left} in the next runs", None)
        return 0

    def _pay(self, usd: Decimal) -> None:
        if self.left is not None:
            self.left -= usd

    def _run(self, account: str) -> ListeningRun:
        """The run that listens as this account. Raises BadReadings, BadUsage, LedgerUnusable and
        Refused."""
        context, project = self.context, self.inputs.project
        known = sent_as(context, project, account)
        client = x_client(account, context, alone=len(self.inputs.accounts) == 1)
        return ListeningRun(
            files=inbox_files(context, project, account),
            reader=XMentions(client, project.accounts[account].handle, known.user_id),
            words=label_words(self.settings),
            contests=contests_entered(self.inputs, account, known.sent),
            siblings=siblings_in(partial(inbox_files, context, project), project, account),
            others={
                each.handle.casefold(): id for id, each in project.accounts.items() if id != account
            },
            now=context.clock.now,
            turn=self.turn,
            is_owned=project.is_owned(account),
            left=self.left,
        )
