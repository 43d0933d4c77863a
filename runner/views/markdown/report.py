"""A report as Markdown, as GitHub shows it: in an issue, or a job's summary."""

from collections.abc import Iterator

from runner.views.markdown.bounded import Limit
from runner.views.markdown.escaping import plain
from runner.views.phrases import count
from runner.views.report import ReportTable
from runner.views.report.listing import ReportListing, ReportSection


def report_as_markdown(listing: ReportListing, limit: Limit) -> str:
    """The report, without those of its last sections that no longer fit."""
    parts = [_head(listing)]
    left = limit.size - limit.measure(parts[0]) - limit.measure(limit.rest) - 100
    sections = [_section(each) for each in listing.sections]
    for place, section in enumerate(sections):
        left -= limit.measure(section) + 1
        if left < 0:
            more = len(sections) - place
            parts.append(f"**{count(more, 'more part')} left out here:** {limit.rest}\n")
            break
        parts.append(section)
    return "\n".join(parts)


def _head(listing: ReportListing) -> str:
    lines = [f"## {plain(listing.title)}", "", "| | |", "|---|---|"]
    for each in listing.headlines:
        lines.append(f"| **{plain(each.label)}** | {'<br>'.join(map(plain, each.lines))} |")
    notices = (f"> {plain(note)}\n" for note in listing.notices)
    return "\n".join([*lines, "", *notices])


def _section(section: ReportSection) -> str:
    """Folded, so that what the report comes to is seen first."""
    body = "\n".join(_body(section))
    return f"<details><summary>{section.title}</summary>\n\n{body}\n</details>\n"


def _body(section: ReportSection) -> Iterator[str]:
    for words in section.words:
        yield f"{plain(words)}\n"
    if section.table:
        yield from table_as_markdown(section.table)


def table_as_markdown(table: ReportTable) -> Iterator[str]:
    """The lines of a table, and an empty one."""
    yield _row(table.head)
    yield _row(tuple("---" if place in table.words else "---:" for place in range(len(table.head))))
    for place, row in enumerate(table.rows):
        name, *others = map(plain, row)
        linked = f"[{name}]({table.addresses[place]})" if table.addresses else name
        yield _row((linked, *others))
    yield ""


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
