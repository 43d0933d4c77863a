"""Exports of other programs as tables: whatever their encoding, their separator, their numbers.

Every value keeps its line and column, so that whoever exported it can be told where it stands.
What a table says beyond the columns that are asked for is not looked at.
"""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from runner.problems import InvalidValue, Message, Place, Problem, Span
from runner.value import Value

Columns = Mapping[str, Sequence[str]]
"""How the headings of columns end, by our names of them, the best first, in lowercase words; with
`^` before, the whole heading."""
_SEPARATORS: Final = (",", ";", "\t", "|")
_MOST_BEFORE: Final = 40
"""Lines that may stand before the headings."""


class Cell(Value, kw_only=True):
    """A value of a table, and where it stands."""

    text: str
    heading: str
    span: Span

    def wrong(self, path: str, message: Message) -> Problem:
        """What is wrong with it."""
        return message.at(Place(path=path, span=self.span))


TableRow = Mapping[str, Cell]
"""The cells of a line, by our names of their columns; none for a column that is not there."""


class Table(Value, kw_only=True):
    """An export: the headings as they are written, and the lines below."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table(data: bytes, columns: Columns, required: Sequence[str]) -> Table:
    """The rows below the first line that has all required columns. Raises InvalidValue where there
    is none."""
    if other := next((what for begins, what in _OTHERS.items() if data.startswith(begins)), None):
        raise InvalidValue("no-such-table", f"it is {other}, and no CSV")
    lines = _text(data).splitlines(keepends=True)
    missing = list(required)
    for separator in _separators(lines):
        records = list(_records(lines, separator))
        for number, (_, record) in enumerate(records[:_MOST_BEFORE]):
            places = _places(record, columns)
            lacking = [name for name in required if name not in places]
            if not lacking:
                below = [each for each in records[number + 1 :] if any(each[1])]
                rows = (_row(lines, separator, record, places, *each) for each in below)
                return Table(headings=tuple(record), rows=tuple(rows))
            missing = min(missing, lacking, key=len)
    raise InvalidValue("no-such-table", _missing_words(columns, missing) if lines else _EMPTY)


_EMPTY: Final = "the file is empty"
_OTHERS: Final = {
    b"PK\x03\x04": "a spreadsheet, or a ZIP",
    b"\xd0\xcf\x11\xe0": "a spreadsheet",
    b"%PDF": "a PDF",
    b"<": "a web page",
}
"""What people take for an export, by how it begins."""


def _text(data: bytes) -> str:
    """What stands in the file. Where it is no Unicode it is taken for Windows' western code page:
    numbers, ids and English headings are the same in all of them."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode(encoding="utf-16", errors="replace")
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separators(lines: Sequence[str]) -> Iterator[str]:
    """The one that Excel is told of in a first line, or those that there are."""
    told = re.fullmatch(r"sep=(.)\s*", lines[0]) if lines else None
    yield from (told[1],) if told else _SEPARATORS


def _records(lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record, and the line in which it begins, from 1. Raises InvalidValue."""
    reader = csv.reader(lines, delimiter=separator)
    begins = 1
    try:
        for record in reader:
            yield begins, record
            begins = reader.line_num + 1
    except csv.Error:
        raise InvalidValue("no-such-table", f"line {begins} is none of a table") from None


def _places(headings: Sequence[str], columns: Columns) -> dict[str, int]:
    """Where our columns are among these headings."""
    words = [_plain_heading(heading) for heading in headings]
    found = {}
    for name, endings in columns.items():
        fitting = (
            place
            for ending in endings
            for place, heading in enumerate(words)
            if f"^ {heading}".endswith(f" {ending}") or f"^{heading}" == ending
        )
        if (place := next(fitting, None)) is not None:
            found[name] = place
    return found


def _plain_heading(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))


def _row(
    lines: Sequence[str],
    separator: str,
    headings: Sequence[str],
    places: Mapping[str, int],
    begins: int,
    record: Sequence[str],
) -> TableRow:
    return {
        name: Cell(
            text=record[place].strip(),
            heading=headings[place].strip(),
            span=_span(lines, begins, separator, place),
        )
        for name, place in places.items()
        if place < len(record)
    }


def _span(lines: Sequence[str], begins: int, separator: str, place: int) -> Span:
    """Where a field stands of the record that begins in this line, and goes on in those after it
    where a field has several lines."""
    line, column, is_quoted = begins, 0, False
    for number in range(begins, len(lines) + 1):
        for at, char in enumerate(lines[number - 1]):
            is_quoted ^= char == '"'
            if char == separator and not is_quoted:
                if place == 0:
                    return Span(line=line, column=column + 1, end_line=number, end_column=at + 1)
                place, line, column = place - 1, number, at + 1
        if not is_quoted:
            break
    end = len(lines[number - 1].rstrip("\r\n"))
    return Span(line=line, column=column + 1, end_line=number, end_column=end + 1)


def _missing_words(columns: Columns, missing: Sequence[str]) -> str:
    names = " and ".join(f"`{columns[name][0].lstrip('^')}`" for name in missing)
    return (
        f"the column {names} is missing"
        if len(missing) == 1
        else f"the columns {names} are missing"
    )
