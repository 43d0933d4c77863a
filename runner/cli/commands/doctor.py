"""`runner doctor`: checks whether everything is in place."""

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Annotated
from zoneinfo import TZPATH

import typer

from runner.cli.commands.doctor_accounts import (
    HealthCheck,
    account_finding,
    inbox_findings,
    measurement_findings,
)
from runner.cli.commands.doctor_ledger import ledger_findings
from runner.cli.context import CommandContext, here
from runner.cli.file_problems import all_problems
from runner.cli.github_job import summarise
from runner.cli.machine import how_to_install
from runner.cli.opened_project import only, open_project
from runner.cli.options import Accounts
from runner.cli.rivals import seen_rivals
from runner.models import Project
from runner.plan import PlanInputs
from runner.problems import BadUsage, LedgerUnusable, Severity
from runner.views.markdown.escaping import plain
from runner.views.phrases import count, usd
from runner.views.reading_costs import rival_cost, rival_todo
from runner.views.safe_text import Paint


def command(
    offline: Annotated[bool, typer.Option("--offline", help="Ask X nothing.")] = False,
    account: Accounts = None,
) -> None:
    """Check the files, the zones, the ledger, and each account's credentials and clock.

    Of an inbox also whether somebody listens, and whether who answers for the others can.
    Of a contest with a key also whether that is there, whether the contest still promises what was
    announced, whether a workflow reads its entries, and whether everyone can read its list. On
    GitHub Actions also whether rules protect the default branch and that of the ledger.
    """
    raise typer.Exit(doctor(here(), offline=offline, only_these=account or ()))


def doctor(
    context: CommandContext, *, offline: bool = False, only_these: Sequence[str] = ()
) -> int:
    """Shows each finding as it comes; exits with the code of the first that is not well."""
    paint = Paint(on=context.colored(context.out))
    code = 0
    for finding in _findings(context, only_these, offline=offline):
        word = paint("red", "wrong") if finding.code else paint("green", "well ")
        word = paint("yellow", "note ") if finding.note else word
        context.say(f"{word}  {finding.what}")
        if finding.help:
            context.say(f"       = help: {finding.help}")
        if finding.code or finding.note:
            head = "To look at" if finding.note else "Not in place"
            todo = f": {finding.help}" if finding.help else ""
            summarise(context, f"- **{head}:** {plain(finding.what + todo)}\n")
        code = code or finding.code
    return code


def _findings(
    context: CommandContext, only_these: Sequence[str], *, offline: bool
) -> Iterator[HealthCheck]:
    opened = open_project(context, checked=True)
    errors = sum(problem.severity is Severity.ERROR for problem in all_problems(opened))
    if errors:
        yield HealthCheck(
            what=f"{count(errors, 'error')} in the files", code=1, help="runner validate"
        )
    else:
        yield HealthCheck(what=f"{count(len(opened.compiled), 'campaign')} can be read")
    if opened.inputs is None:
        return
    yield _zone_data()
    yield from ledger_findings(context, opened.inputs.project)
    inputs = only(opened.inputs, accounts=only_these, campaigns=())
    yield from _contests(context, inputs)
    yield from measurement_findings(context, inputs)
    yield from _rivals(context, inputs.project)
    yield from inbox_findings(context, inputs)
    for account in inputs.project.accounts:
        if account in inputs.accounts:
            yield account_finding(context, inputs, account, offline=offline)


def _contests(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    contests = (each.campaign.contest for each in inputs.dated)
    if not any(each.has_key for each in contests if each):
        return
    try:
        from runner.cli.commands.doctor_contests import contest_findings
    except ModuleNotFoundError:
        yield HealthCheck(
            what="what proves draws is not installed",
            code=BadUsage.exit_code,
            help=how_to_install("contest"),
        )
        return
    yield from contest_findings(context, inputs)


def _rivals(context: CommandContext, project: Project) -> Iterator[HealthCheck]:
    """Findings about rivals: what reading them costs, and each that X does not show any more, or
    under another handle."""
    if (cost := rival_cost(project)) is None:
        return
    try:
        looks = seen_rivals(context, project)
    except LedgerUnusable as error:
        yield HealthCheck(what=error.message, note=True, help=error.help)
        return
    spent = usd(looks.spent_in_month_of(context.clock.now()))
    yield HealthCheck(what=f"{cost} ({spent} this month)")
    for rival in project.rivals:
        seen = looks.of(rival.handle)
        if seen and (todo := rival_todo(seen[-1], rival.handle)):
            yield HealthCheck(what=f"the rival @{rival.handle}", note=True, help=todo)


def _zone_data() -> HealthCheck:
    system = next((path for path in TZPATH), None)
    return HealthCheck(
        what=f"zones of time: {system or 'none of the system'}, and tzdata {version('tzdata')}"
    )
