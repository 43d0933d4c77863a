"""`runner decide`: does what somebody has filled in on the form of decide.yml."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

import typer

from runner.cli.commands.decide_form import Decision, DecisionForm
from runner.cli.commands.hold import hold
from runner.cli.commands.hold_scope import Scope
from runner.cli.commands.release import release
from runner.cli.commands.resolve import ResolveOptions, resolve
from runner.cli.context import CommandContext, here
from runner.cli.github_job import summarise
from runner.cli.job_summary import stop_summarised
from runner.views.markdown.outcome import decision_as_markdown


def command(
    decision: Annotated[str, typer.Option("--decision", help="What the form offers.")] = "",
    post: Annotated[str, typer.Option("--post", help="Which post it is about.")] = "",
    link: Annotated[str, typer.Option("--link", metavar="URL", help="Its link on X.")] = "",
    account: Annotated[str, typer.Option("--account", help="On which account.")] = "",
    campaign: Annotated[str, typer.Option("--campaign", help="Of which campaign.")] = "",
    because: Annotated[str, typer.Option("--because", help="Why.")] = "",
) -> None:
    """Hold, release or resolve, as a person has filled in the form of decide.yml. Sends nothing.

    For that workflow: what is empty was left out.
    """
    filled = {
        "decision": decision,
        "post": post,
        "link": link,
        "account": account,
        "campaign": campaign,
        "because": because,
    }
    raise typer.Exit(decide(here(), filled))


def decide(context: CommandContext, filled: Mapping[str, str]) -> int:
    """What the command says that it comes to, here and in the job's summary. Raises Stop."""
    said = io.StringIO()
    with stop_summarised(context):
        code = _carried_out(DecisionForm.read(filled), replace(context, out=said))
    context.say(said.getvalue())
    summarise(context, decision_as_markdown(said.getvalue()))
    return code


def _carried_out(form: DecisionForm, context: CommandContext) -> int:
    match form.decision:
        case Decision.HOLD | Decision.RELEASE as which:
            act = hold if which is Decision.HOLD else release
            scope = Scope(account=form.account, campaign=form.campaign)
            return act(context, scope, because=form.because)
        case _:
            return resolve(context, _resolution(form))


def _resolution(form: DecisionForm) -> ResolveOptions:
    unseen = form.decision is Decision.NOT_POSTED_UNSEEN
    return ResolveOptions(
        name=form.post or "",
        because=form.because,
        posted=form.link,
        not_posted=unseen or form.decision is Decision.NOT_POSTED,
        without_looking=unseen,
        skip=form.decision is Decision.SKIP,
        account=form.account,
    )
