"""`runner doctor`: is everything in place?"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from importlib.metadata import version
from typing import Annotated, Final
from zoneinfo import TZPATH

import typer

from runner.cli.commands.doctor_health import HealthCheck
from runner.cli.commands.doctor_inbox import inbox_findings
from runner.cli.commands.doctor_ledger import ledger_findings
from runner.cli.contest_lists import INSTALL_CONTEST
from runner.cli.context import CommandContext, here
from runner.cli.file_problems import all_problems
from runner.cli.github_job import summarise
from runner.cli.measurements import measured
from runner.cli.opened_project import only, open_project
from runner.cli.options import Accounts
from runner.cli.publisher import publisher_of
from runner.cli.rivals import seen_rivals
from runner.durations import in_words
from runner.models.project import Project
from runner.plan import PlanInputs
from runner.problems import BadUsage, LedgerUnusable, Refused, Severity, Stop
from runner.publish.account_entry import prove_identity
from runner.views.markdown.escaping import plain
from runner.views.phrases import count, usd
from runner.views.reading_costs import rival_cost, rival_todo
from runner.views.terminal import Paint

_MEASURED_WITHIN: Final = timedelta(days=2)
"""Longer ago, and posts have come of age that nobody has measured."""


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
    yield from _measurements(context, inputs)
    yield from _rivals(context, inputs.project)
    yield from inbox_findings(context, inputs)
    for account in inputs.project.accounts:
        if account in inputs.accounts:
            yield _account(context, inputs, account, offline=offline)


def _contests(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    contests = (each.campaign.contest for each in inputs.dated)
    if not any(each.has_key for each in contests if each):
        return
    try:
        from runner.cli.commands.doctor_contests import contest_findings
        from runner.cli.commands.doctor_on_github import on_github
    except ModuleNotFoundError:
        yield HealthCheck(
            what="what proves draws is not installed", code=BadUsage.exit_code, help=INSTALL_CONTEST
        )
        return
    yield from contest_findings(context, inputs)
    yield from on_github(context, inputs)


def _measurements(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    """What is wrong with measuring, of accounts that were ever measured."""
    for account in sorted(inputs.accounts):
        try:
            found = measured(context, inputs.project, account)
        except LedgerUnusable as error:
            yield HealthCheck(what=error.message, note=True, help=error.help)
            continue
        if found.last is None:
            continue
        now = context.clock.now()
        ago, cost = in_words(now - found.last), usd(found.spent_in_month_of(now))
        is_behind = now - found.last > _MEASURED_WITHIN
        yield HealthCheck(
            what=f"`{account}` was measured {ago} ago ({cost} this month)",
            note=is_behind,
            help="runner measure: X tells your own numbers for 30 days" if is_behind else None,
        )


def _rivals(context: CommandContext, project: Project) -> Iterator[HealthCheck]:
    """What they cost, and those of whom X shows nothing, or under another name."""
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


def _account(
    context: CommandContext, inputs: PlanInputs, account: str, *, offline: bool
) -> HealthCheck:
    handle = inputs.project.accounts[account].handle
    try:
        publisher = publisher_of(account, inputs.project, context, alone=len(inputs.accounts) == 1)
        if offline:
            return HealthCheck(what=f"`{account}` has its four credentials (X was not asked)")
        prove_identity(publisher, handle, context.clock)
    except Refused as refused:
        return HealthCheck(
            what=f"`{account}`: {refused.message}", code=refused.exit_code, help=refused.help
        )
    except Stop as stop:
        return HealthCheck(what=f"`{account}`: {stop.message}", code=stop.exit_code, help=stop.help)
    return HealthCheck(what=f"`{account}` posts as @{handle}; its clock and ours agree")
