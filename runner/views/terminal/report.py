"""A report in a terminal: what it comes to first, on one screen, then the tables."""

from collections.abc import Iterator

from runner.views.report import ReportTable
from runner.views.report.listing import ReportListing, ReportSection
from runner.views.safe_text import Paint, visible, width

_GAP = "  "


def report_as_text(listing: ReportListing, *, color: bool) -> str:
    paint = Paint(on=color)
    lines = [paint("bold", listing.title), ""]
    widest = max((len(each.label) for each in listing.headlines), default=0)
    for each in listing.headlines:
        first, *rest = map(visible, each.lines)
        lines.append(f"{paint('bold', each.label)}{' ' * (widest - len(each.label))}{_GAP}{first}")
        lines += [f"{' ' * widest}{_GAP}{line}" for line in rest]
    lines += [f"! {visible(note)}" for note in listing.notices]
    for section in listing.sections:
        lines += ["", paint("bold", section.title), *_section(section)]
    return "".join(f"{line}\n" for line in lines)


def _section(section: ReportSection) -> Iterator[str]:
    yield from map(visible, section.words)
    if section.table:
        yield from table_as_text(section.table)


def table_as_text(table: ReportTable) -> Iterator[str]:
    """The lines of a table, column under column."""
    rows = [tuple(map(visible, row)) for row in (table.head, *table.rows)]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            _padded(cell, wide, left=place in table.words)
            for place, (cell, wide) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {_GAP.join(cells)}".rstrip()


def _padded(cell: str, wide: int, *, left: bool) -> str:
    space = " " * (wide - width(cell))
    return cell + space if left else space + cell
