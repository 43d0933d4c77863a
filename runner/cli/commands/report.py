"""`runner report`: what worked, and whether it was worth it."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from runner.cli.commands.report_slots import slots_of, tell_proposals
from runner.cli.context import CommandContext, here
from runner.cli.github_job import api_of
from runner.cli.machine import clock_at
from runner.cli.opened_project import inputs_of, only
from runner.cli.options import Accounts, Campaigns, Now, Output, deliver
from runner.cli.reporting import ReportSources
from runner.cli.stores import open_published
from runner.github import keep_issue
from runner.problems import BadUsage, InvalidValue
from runner.report import Period, PeriodReport, report_of, slot_proposals
from runner.system import collector_paused
from runner.value import Value, replace
from runner.views.markdown.bounded import comment, summary
from runner.views.markdown.report import report_as_markdown
from runner.views.report.listing import report_listing
from runner.views.terminal.report import report_as_text
from runner.when import parse_date

USUAL: Final = timedelta(days=30)
"""How much of the past is shown, unless it is said otherwise."""
SETTLED: Final = timedelta(days=3)
"""After which what went out has been measured at 48 hours."""
SINCE_LAST: Final = timedelta(days=6)
"""So far back the days lie that have settled since the last run of report.yml, a week ago."""


class ReportFormat(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"


class CsvTable(StrEnum):
    POSTS = "posts"
    RIVALS = "rivals"


class AskedReport(Value, kw_only=True):
    """What is asked for. Days are as somebody wrote them."""

    since: str | None = None
    until: str | None = None
    accounts: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    format: ReportFormat = ReportFormat.TEXT
    table: CsvTable = CsvTable.POSTS
    output: Path | None = None
    as_issue: bool = False
    proposes_slots: bool = False


EVERYTHING: Final = AskedReport()

Since = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="The first day; else 30 days to the last."),
]
Until = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE", help="The last day; else, and at the latest, today."),
]
Format = Annotated[
    ReportFormat,
    typer.Option("--format", help="For a terminal, an issue, a browser, programs, a table."),
]
Table = Annotated[
    CsvTable,
    typer.Option("--table", help="Of CSV: a row for each post, or for each week of a rival."),
]
AsIssue = Annotated[
    bool,
    typer.Option(
        "--issue", help="Keep it as the one issue of its month. For report.yml, on GitHub."
    ),
]
ProposesSlots = Annotated[
    bool,
    typer.Option(
        "--propose-slots",
        help="Show better hours for slots; on GitHub, propose them in a pull request.",
    ),
]


def command(
    since: Since = None,
    until: Until = None,
    account: Accounts = None,
    campaign: Campaigns = None,
    format: Format = ReportFormat.TEXT,
    table: Table = CsvTable.POSTS,
    output: Output = None,
    issue: AsIssue = False,
    propose_slots: ProposesSlots = False,
    now: Now = None,
) -> None:
    """Show what worked, what it cost, and whether goals were met. Asks X nothing."""
    context = here()
    if now:
        context = replace(context, clock=clock_at(now))
    asked = AskedReport(
        since=since,
        until=until,
        accounts=tuple(account or ()),
        campaigns=tuple(campaign or ()),
        format=format,
        table=table,
        output=output,
        as_issue=issue,
        proposes_slots=propose_slots,
    )
    raise typer.Exit(report(context, asked))


@collector_paused()
def report(context: CommandContext, asked: AskedReport = EVERYTHING) -> int:
    """Shows a report; or keeps it as an issue, or proposes slots by it, where that is asked for.
    Raises LedgerUnusable where the ledger, or what was measured, can't be read."""
    if asked.table is CsvTable.RIVALS and asked.format is not ReportFormat.CSV:
        raise BadUsage("rivals are a table of CSV alone", help="add --format csv")
    if asked.proposes_slots and asked.campaigns:
        raise BadUsage("slots are of all campaigns", help="leave --campaign out")
    opened = open_published(context)
    inputs = inputs_of(opened, context)
    only(inputs, accounts=(), campaigns=asked.campaigns)
    inputs = only(inputs, accounts=asked.accounts, campaigns=())
    sources = ReportSources(context=context, inputs=inputs, campaigns=asked.campaigns)
    today = context.clock.now().astimezone(inputs.project.timezone).date()
    if asked.as_issue:
        return _keep_issue(context, sources, today)
    material = sources.material(period_of(asked.since, asked.until, today))
    if asked.proposes_slots:
        found = slot_proposals(material.posts, slots_of(inputs.project, inputs.accounts))
        return tell_proposals(context, opened, found, today)
    made = report_of(material)
    color = asked.output is None and context.colored(context.out)
    deliver(report_as(asked.format, made, color=color, table=asked.table), asked.output, context)
    return 0


def _keep_issue(context: CommandContext, sources: ReportSources, today: date) -> int:
    """Keeps the report of a month as an issue: that of the last posts that can have been measured
    at 48 hours. A month that has ended since a week ago is kept for the last time. Raises
    Refused."""
    settled = today - SETTLED
    month = Period.of_month(settled, until=today)
    ended = Period.of_month(settled - SINCE_LAST, until=today)
    reports = [report_of(sources.material(each)) for each in dict.fromkeys((ended, month))]
    limit = comment("the page in the run's artifacts, and `runner report`, show everything.")
    for made in reports:
        if made.posts or made.period == month:
            said = f"{made.period.since:%B %Y}"
            number = keep_issue(
                api_of(context),
                name=f"report {made.period.since:%Y-%m}",
                title=f"What worked in {said}",
                text=report_as_markdown(report_listing(made), limit),
            )
            context.say(f"Issue {number} is the report of {said}.")
    return 0


def report_as(
    format: ReportFormat,
    report: PeriodReport,
    *,
    color: bool,
    table: CsvTable = CsvTable.POSTS,
) -> str | Iterator[str]:
    """The report in a format; `color` is for a terminal, and CSV holds one table."""
    # what writes a page, JSON or a table is imported for that alone: a terminal starts sooner
    match format:
        case ReportFormat.TEXT:
            return report_as_text(report_listing(report), color=color)
        case ReportFormat.MARKDOWN:
            limit = summary("`runner report` on a machine shows everything.")
            return report_as_markdown(report_listing(report), limit)
        case ReportFormat.HTML:
            from runner.views.html.report import report_as_html

            return report_as_html(report_listing(report))
        case ReportFormat.JSON:
            from runner.views.json.report import report_as_json

            return report_as_json(report)
        case ReportFormat.CSV:
            from runner.views.csv import posts_as_csv, rivals_as_csv

            if table is CsvTable.RIVALS:
                return rivals_as_csv(report.rivals)
            return posts_as_csv(report.posts)


def period_of(since: str | None, until: str | None, today: date) -> Period:
    """The days that are asked for, as far as they have come. Raises BadUsage."""
    last = min(_day(until), today) if until else today
    first = _day(since) if since else last - USUAL + timedelta(days=1)
    if first > today:
        raise BadUsage(
            f"{first} is yet to come", help="a report tells of days up to today, or to --now"
        )
    if first > last:
        raise BadUsage(
            f"there is no day from {first} to {last}", help="the first day comes before the last"
        )
    return Period(since=first, until=last)


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except InvalidValue as invalid:
        raise BadUsage(invalid.message.text, help=invalid.message.help) from None
