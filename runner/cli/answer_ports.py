"""The ports through which a comment on the issue of a conversation is carried out."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from functools import partial

from runner.cli.context import CommandContext
from runner.cli.github_job import api_of
from runner.cli.inboxes import FilesOf, inbox_files
from runner.cli.machine import jitter
from runner.cli.measurements import sent_as
from runner.cli.opened_project import OpenedProject, inputs_of
from runner.cli.reading_tallies import left_to_read
from runner.cli.reading_turns import turn_to_read
from runner.cli.stores import ledger_of, refuse_to_forget
from runner.cli.x_accounts import RateLimitPatience, asking_ports
from runner.github import Api
from runner.inbox import ReplyHider
from runner.models import Project
from runner.plan import PlanInputs
from runner.publish import Clock, RunPorts
from runner.reading import ReadingBudget
from runner.render import RenderAssets
from runner.value import Value, replace
from runner.x.client import client_of
from runner.x.mentions import XMentions


class AnswerPorts(Value, kw_only=True):
    """GitHub, X, the ledger and the inbox: real ones for the command, simulated ones in tests."""

    assets: RenderAssets
    api: Api
    clock: Clock
    files: FilesOf
    """The kept files of an account's inbox. Raises LedgerUnusable."""
    sending: Callable[[str], RunPorts]
    """The ports of a run that sends answers as an account. Raises LedgerUnusable."""
    hider: Callable[[str], ReplyHider]
    """Hides replies to an account on X. Raises LedgerUnusable and Refused."""
    reading: Callable[[], AbstractContextManager[ReadingBudget]]
    """Takes the turn to read, and gives what reading and hiding may still cost this month. Raises
    NotItsTurn and LedgerUnusable."""
    say: Callable[[str], object]
    tell: Callable[[str], object]
    is_again: bool
    """Whether somebody has run the workflow of this comment again."""

    @property
    def project(self) -> Project:
        return self.assets.project


def answer_ports(context: CommandContext, opened: OpenedProject) -> AnswerPorts:
    """The real ports of the command. Raises BadFiles, and BadUsage outside of a workflow."""
    inputs = inputs_of(opened, context)
    assets = inputs.assets
    return AnswerPorts(
        assets=assets,
        api=api_of(context),
        clock=context.clock,
        files=partial(inbox_files, context, assets.project),
        sending=partial(_sending, context, opened),
        hider=partial(_hider, context, assets.project),
        reading=partial(_reading, context, inputs),
        say=context.say,
        tell=context.tell,
        is_again=context.environ.get("GITHUB_RUN_ATTEMPT", "1") != "1",
    )


@contextmanager
def _reading(context: CommandContext, inputs: PlanInputs) -> Iterator[ReadingBudget]:
    """The turn to read, without waiting for it, and what may still be spent. Raises NotItsTurn and
    LedgerUnusable."""
    patience = RateLimitPatience(context, context.clock.now())
    with turn_to_read(context, inputs.project, patience) as turn:
        left = left_to_read(context, inputs)
        yield ReadingBudget(usd=left, spent=lambda: Decimal(0), turn=turn)


def _sending(context: CommandContext, opened: OpenedProject, account: str) -> RunPorts:
    """The ports of a run that sends answers as the account. Raises LedgerUnusable."""
    project = inputs_of(opened, context).project
    refuse_to_forget(context, project)
    ledger = ledger_of(context, project, accounts=(account,), tip=opened.tip)
    return replace(
        asking_ports(context, opened, ledger, alone=True),
        stopped=context.signals.stopped,
        jitter=jitter,
    )


def _hider(context: CommandContext, project: Project, account: str) -> ReplyHider:
    """What hides replies for the account. Raises LedgerUnusable and Refused."""
    known = sent_as(context, project, account)
    client = client_of(account, context.environ, only_account=True)
    return XMentions(client, project.accounts[account].handle, known.user_id)
