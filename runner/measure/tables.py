"""Exports of other programs as tables: whatever their separator, and whatever stands above.

Every value keeps its place, so that whoever exported it can be told where it stands. What a table
says beyond the columns that are asked for is not looked at.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile
from typing import Final

from runner.measure.csv_records import CsvRecord, expect_closed_quotes, records, span_of_field
from runner.measure.export_text import lines_of_export
from runner.problems import InvalidValue, Message, Span
from runner.value import Value

Columns = Mapping[str, Sequence[str]]
"""How the headings of columns end, by our names of them, the best first, in lowercase words; with
`^` before, the whole heading."""
_SEPARATORS: Final = (",", ";", "\t", "|")
_MOST_BEFORE: Final = 500
"""Records that may stand before the headings: Google Analytics writes the days of a plot there."""
_WHOLE: Final = "export it again: the line is cut off, edited, or none of the table"


class TableForm(Value, kw_only=True):
    """Which columns a table may have."""

    columns: Columns
    either: tuple[tuple[str, ...], ...]
    """Which of them it must have, the best choice first."""
    uncut: frozenset[str]
    """Before which of them no line may end."""


class Cell(Value, kw_only=True):
    """A value of a table, and where it stands."""

    heading: str
    record: CsvRecord
    place: int

    @property
    def text(self) -> str:
        return self.record.fields[self.place].strip()


class TableRow(Value, kw_only=True):
    """A record: its cells by our names of their columns, none for a column that is not there, and
    the cell that does not fit the headings."""

    cells: Mapping[str, Cell]
    is_cut: bool
    """Whether it ends before a column that it must have."""
    misfit: tuple[Cell, Message] | None

    def text(self, name: str) -> str:
        """What stands in this column; empty where nothing does."""
        return self.cells[name].text if name in self.cells else ""


class Table(Value, kw_only=True):
    """An export: the columns that it has, and the records below its headings."""

    lines: tuple[str, ...]
    separator: str
    has: frozenset[str]
    rows: tuple[TableRow, ...]
    more: int
    """Records of other tables, below this one."""

    def span(self, cell: Cell) -> Span:
        """Where it stands in the file."""
        return span_of_field(self.lines, self.separator, cell.record, cell.place)


def read_table(data: bytes, form: TableForm) -> Table:
    """The records below the first line that has one choice of columns. Raises InvalidValue, at its
    place, where there is no such line, or what stands below can't be told apart."""
    lines = lines_of_export(data)
    separator, headings = _headings(lines, form)
    places = _places(headings.fields, form.columns)
    for place in sorted(places.values()):
        _expect_one_column(lines, separator, headings, place)
    below = records(lines, separator, after=headings.ends, strict=True)
    own = takewhile(_is_of_this_table, below)
    rows = tuple(
        _row(each, headings, places, _cut_before(each, headings, places, form.uncut, lines))
        for each in own
        if any(each.fields)
    )
    more = sum(any(each.fields) and _is_of_this_table(each) for each in below)
    return Table(lines=lines, separator=separator, has=frozenset(places), rows=rows, more=more)


def _headings(lines: Sequence[str], form: TableForm) -> tuple[str, CsvRecord]:
    """What separates the columns, and their headings. Raises InvalidValue where there are none."""
    tops, unreadable = _tops(lines)
    nearest, missing = 1, form.either[0]
    for required in form.either:
        for separator, record in tops:
            places = _places(record.fields, form.columns)
            lacking = tuple(name for name in required if name not in places)
            if not lacking:
                return separator, record
            if len(lacking) < min(len(missing), len(required)):
                nearest, missing = record.begins, lacking
    if unreadable:
        raise unreadable
    for separator, record in tops:
        expect_closed_quotes(lines, separator, record)
    text = _missing_words(form.columns, missing) if lines else "the file is empty"
    raise InvalidValue("no-such-table", text, line=nearest, column=1)


def _tops(lines: Sequence[str]) -> tuple[list[tuple[str, CsvRecord]], InvalidValue | None]:
    """The records that may be headings, by each separator; and why others can't be read. By one
    that the file does not have a quote may seem to open: `"washed, dried;"`."""
    told = re.fullmatch(r'sep=([^"\r\n])\s*', lines[0]) if lines else None
    tops: list[tuple[str, CsvRecord]] = []
    unreadable = None
    for separator in (told[1],) if told else _SEPARATORS:
        try:
            for record in islice(records(lines, separator), _MOST_BEFORE):
                tops.append((separator, record))
        except InvalidValue as wrong:
            unreadable = unreadable or wrong
    return tops, unreadable


def _places(headings: Sequence[str], columns: Columns) -> dict[str, int]:
    """Where our columns are among these headings; of two that fit as well the first."""
    words = [_plain_heading(heading) for heading in headings]
    found = {}
    for name, endings in columns.items():
        fitting = (
            place
            for ending in endings
            for is_fit in (_is_whole, _is_end)
            for place, heading in enumerate(words)
            if is_fit(heading, ending)
        )
        if (place := next(fitting, None)) is not None:
            found[name] = place
    return found


def _plain_heading(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))


def _is_whole(heading: str, ending: str) -> bool:
    return heading == ending.removeprefix("^")


def _is_end(heading: str, ending: str) -> bool:
    return heading.endswith(f" {ending}")


def _missing_words(columns: Columns, missing: Sequence[str]) -> str:
    """Which columns are missing, each by all headings that it may have."""
    names = [[f"`{each.removeprefix('^')}`" for each in columns[name]] for name in missing]
    either = (" or ".join(filter(None, (", ".join(first), last))) for *first, last in names)
    return f"no column is called {', and none '.join(either)}"


def _expect_one_column(
    lines: Sequence[str], separator: str, headings: CsvRecord, place: int
) -> None:
    """Raises InvalidValue where another has the same heading: nobody knows which counts."""
    words = [_plain_heading(heading) for heading in headings.fields]
    if words[place] in words[place + 1 :]:
        other = words.index(words[place], place + 1)
        span = span_of_field(lines, separator, headings, other)
        name = headings.fields[place].strip()
        raise InvalidValue(
            "doubled-column",
            f"the column `{name[:40]}` stands here again",
            "export it with one of the two",
            line=span.line,
            column=span.column,
        )


def _is_of_this_table(record: CsvRecord) -> bool:
    """Whether it is no comment above another table, as Google Analytics writes some in one file."""
    first, *others = record.fields or [""]
    return any(others) or not first.startswith("# ")


def _cut_before(
    record: CsvRecord,
    headings: CsvRecord,
    places: Mapping[str, int],
    uncut: frozenset[str],
    lines: Sequence[str],
) -> str | None:
    """The heading that a record ends too early for. At the end of the file that is any, unless the
    line ends there: its last value may be the half of a number."""
    width = len(record.fields)
    if record.ends == len(lines) and not lines[-1].endswith(("\n", "\r")):
        missing = list(range(width, len(headings.fields)))
    else:
        missing = [place for name, place in places.items() if name in uncut and place >= width]
    return headings.fields[missing[0]].strip() if missing else None


def _row(
    record: CsvRecord, headings: CsvRecord, places: Mapping[str, int], cut: str | None
) -> TableRow:
    width, names = len(record.fields), [each.strip() for each in headings.fields]
    cells = {
        name: Cell(heading=names[place], record=record, place=place)
        for name, place in places.items()
        if place < width
    }
    too_many = [place for place in range(len(names), width) if record.fields[place].strip()]
    misfit = None
    if cut is not None:
        text = f"the line ends before its column `{cut[:40]}`"
        last = Cell(heading=names[width - 1], record=record, place=width - 1)
        misfit = last, Message("cut-off", text, _WHOLE)
    elif too_many:
        text = f"the line has more values than the {len(names)} headings"
        first = Cell(heading="", record=record, place=too_many[0])
        misfit = first, Message("too-many-values", text, _WHOLE)
    return TableRow(cells=cells, is_cut=cut is not None, misfit=misfit)
