"""`runner answer`: carries out what a person has written below the issue of a conversation."""

from typing import Annotated

import typer

from runner.cli.answer_issue import issue_asked_in
from runner.cli.answer_ports import answer_ports
from runner.cli.answering import Answering
from runner.cli.context import CommandContext, here
from runner.cli.local_clock import context_at
from runner.cli.options import Now
from runner.cli.stores import open_published
from runner.cli.troubles import stop_summarised


def command(
    issue: Annotated[int, typer.Option("--issue", min=1, help="The number of the issue.")],
    comment: Annotated[int, typer.Option("--comment", min=1, help="The id of the comment.")],
    before_x: Annotated[
        bool,
        typer.Option(
            "--before-x",
            help="Do what needs nothing of X; print the account that X has to be asked as, if so.",
        ),
    ] = False,
    now: Now = None,
) -> None:
    """Carry out a comment on the issue of a conversation: show an answer, send it, skip, or hide.

    For answer.yml. Counts only what somebody has written who may write into the repository, below
    an issue of the inbox, in a private repository. Sends what was shown before, once.
    """
    context = context_at(here(), now)
    with stop_summarised(context):
        code = answer(context, issue=issue, comment=comment, before_x=before_x)
    raise typer.Exit(code)


def answer(context: CommandContext, *, issue: int, comment: int, before_x: bool = False) -> int:
    """Carries out the comment; the exit code is 4 where X takes no answer, and 3 where a person has
    to look. Raises Stop."""
    ports = answer_ports(context, open_published(context, shared=False))
    found = issue_asked_in(ports, issue, comment)
    if isinstance(found, str):
        context.tell(f"Nothing is done: {found}.")
        return 0
    answering = Answering(found)
    if before_x and (account := answering.asks_x_as):
        context.say(account)
        return 0
    return answering.carry_out()
