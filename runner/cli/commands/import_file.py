"""Importing one export: reading it, keeping what is new of it, and telling what that was."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from runner.cli.context import CommandContext
from runner.cli.measurements import unreadable_imports
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.stores import kept_files, kept_where
from runner.measure import DayOfOrders, Imported
from runner.measure.exports import BadExport, Export
from runner.measure.imports import ExportedCounts, ExportKind, ImportedLine, as_lines, lines_in
from runner.measure.numbers import DecimalMark
from runner.measure.order_exports import read_orders
from runner.measure.x_exports import read_x_analytics
from runner.plan import PlanInputs
from runner.problems import BadFiles, BadUsage, LedgerUnusable, Problem
from runner.reading import BadReadings, FilesRaced, file_name
from runner.stores import KeptBranch
from runner.value import replace
from runner.views.phrases import count
from runner.views.problems import as_text
from runner.views.safe_text import visible

_LIMIT: Final = 32 * 1024 * 1024
_SHOWN: Final = 10
"""Problems, and names, that are told of one file."""


def import_file(
    context: CommandContext, kind: ExportKind, file: Path, *, mark: DecimalMark | None = None
) -> int:
    """Reads an export, and keeps what it says. Raises BadFiles, BadUsage, LedgerUnusable."""
    if mark and kind is not ExportKind.ORDERS:
        raise BadUsage("--decimal is of orders alone", help="X exports no number with decimals")
    data = _bytes(file)
    inputs = inputs_of(open_project(context), context)
    try:
        if kind is ExportKind.ORDERS:
            utm = inputs.project.links.utm
            source = utm.source if utm else "x"
            export = read_orders(data, file.name, source=source, mark=mark)
        else:
            export = read_x_analytics(data, file.name)
            _expect_one_account(export, inputs, file)
    except BadExport as bad:
        raise _import_refusal(context, file, bad.problems) from None
    export, strange = _about_our_campaigns(export, inputs)
    news = _keep(context, inputs, kind, export)
    context.say("\n".join(_news_lines(file, export, news, strange)))
    if news:
        place = kept_where(context, inputs.project, KeptBranch.IMPORTS, kind)
        context.say(f"  Kept {place}.")
    return 0


def _expect_one_account(export: Export, inputs: PlanInputs, file: Path) -> None:
    """Checks that days can be of one account alone: X doesn't say whose they are. Raises
    BadUsage."""
    has_days = any(isinstance(line, ExportedCounts) and line.day for line in export.lines)
    if has_days and len(inputs.project.accounts) > 1:
        raise BadUsage(
            f"{file.name} does not say of which of your accounts these days are",
            help="import the export of posts, which tells it: Analytics, Content, Export",
        )


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(_LIMIT + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadUsage(f"{file} can't be read: {why}") from None
    if len(data) > _LIMIT:
        raise BadUsage(f"{file} is larger than {_LIMIT // 1024**2} MiB", help="export less time")
    return data


def _import_refusal(context: CommandContext, file: Path, problems: tuple[Problem, ...]) -> BadFiles:
    """The error of an import, after its problems were told, without the lines themselves, since
    those of a shop name people."""
    told = as_text(problems[:_SHOWN], {}, color=context.colored(context.talk))
    context.tell(told)
    more = f", {count(len(problems), 'problem')} in all" if len(problems) > _SHOWN else ""
    return BadFiles(f"nothing was imported of {file.name}{more}")


def _about_our_campaigns(export: Export, inputs: PlanInputs) -> tuple[Export, Counter[str]]:
    """The lines about campaigns that there are, and the names of all others."""
    campaigns = {*(each.id for each in inputs.dated), *inputs.unread}
    strange = Counter(
        line.campaign
        for line in export.lines
        if isinstance(line, DayOfOrders) and line.campaign not in campaigns
    )
    ours = tuple(
        line
        for line in export.lines
        if not (isinstance(line, DayOfOrders) and line.campaign in strange)
    )
    return replace(export, lines=ours), strange


def _keep(
    context: CommandContext, inputs: PlanInputs, kind: ExportKind, export: Export
) -> tuple[ImportedLine, ...]:
    """Keeps what is new, and says what that is. Raises LedgerUnusable."""
    files = kept_files(context, inputs.project, KeptBranch.IMPORTS, kind)
    try:
        kept = files.read()
        before = Imported(lines_in(kept))
        news = tuple(line for line in export.lines if before.add(line))
        if news:
            files.add(file_name(len(kept) + 1), as_lines(news))
    except BadReadings as bad:
        raise unreadable_imports(kind, bad) from None
    except FilesRaced:
        raise LedgerUnusable("somebody else has just imported", help="run it again") from None
    return news


def _news_lines(
    file: Path, export: Export, news: tuple[ImportedLine, ...], strange: Counter[str]
) -> Iterator[str]:
    known, name = len(export.lines) - len(news), visible(file.name)
    if not export.rows:
        yield f"{name}: nothing stands below its headings."
    elif not export.lines:
        yield f"{name}: nothing of it was imported."
    elif not news:
        yield f"{name}: nothing in it is new."
    else:
        yield f"{name}: {_amount(news)} imported."
    if known and news:
        yield f"  {count(known, 'line')} said nothing new."
    if export.others:
        yield f"  {count(export.others, 'line')} left out: {export.why_others}."
    if export.more:
        yield f"  {count(export.more, 'line')} below left out: they are of another table."
    if export.mixed_days:
        yield (
            f"  On {count(export.mixed_days, 'day')} a campaign has orders in several currencies: "
            "what they brought was left out."
        )
    if strange:
        names = ", ".join(f"`{name}`" for name, _ in strange.most_common(_SHOWN))
        yield f"  Left out, as there are no such campaigns: {names}."


def _amount(news: tuple[ImportedLine, ...]) -> str:
    of_orders = [line for line in news if isinstance(line, DayOfOrders)]
    if not of_orders:
        return count(len(news), "line")
    orders = sum(line.orders for line in of_orders)
    days = {line.day for line in of_orders if line.orders}
    return f"{count(orders, 'order')} of {count(len(days), 'day')}"
