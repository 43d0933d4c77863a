"""The records of a CSV file, and where each of their fields stands in it.

Python's csv module says nothing of places, and takes all that stands behind a quote that never
closes for one field.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from runner.problems import InvalidValue, Span
from runner.value import Value

_AGAIN: Final = "export it again, and import the file as it came"


class CsvRecord(Value):
    """The fields of a record, and its first and its last line, from 1."""

    begins: int
    ends: int
    fields: list[str]


def records(
    lines: Sequence[str], separator: str, *, after: int = 0, strict: bool = False
) -> Iterator[CsvRecord]:
    """Each record behind so many lines. Raises InvalidValue, if it is strict, where a quote does
    not close at the end of its field."""
    reader = csv.reader(islice(lines, after, None), delimiter=separator, strict=strict)
    begins = after + 1
    try:
        for fields in reader:
            ends = after + reader.line_num
            yield CsvRecord(begins, ends, fields)
            begins = ends + 1
    except csv.Error:
        raise _unreadable(lines, separator, begins) from None


def _unreadable(lines: Sequence[str], separator: str, begins: int) -> InvalidValue:
    """What csv's error means: a quote that does not close, or a field of more than 128 KiB."""
    rest = lines[begins - 1 :]
    for field in _fields(rest, separator):
        if field["open"] or field["more"]:
            line, column = _position(rest, field.start())
            text = "the quote that opens here does not close at the end of its value"
            return InvalidValue("open-quote", text, _AGAIN, line=begins - 1 + line, column=column)
    text = "a value in this line is longer than any of an export"
    return InvalidValue("no-such-table", text, line=begins, column=1)


def expect_closed_quotes(lines: Sequence[str], separator: str, last: CsvRecord) -> None:
    """Raises InvalidValue where a quote of the last record does not close before the file ends."""
    if last.ends == len(lines) and any(
        field["open"] for field in _fields(lines[last.begins - 1 :], separator)
    ):
        raise _unreadable(lines, separator, last.begins)


def span_of_field(lines: Sequence[str], separator: str, record: CsvRecord, place: int) -> Span:
    """Where a field stands, so many others before it in its record."""
    own = lines[record.begins - 1 : record.ends]
    field = next(islice(_fields(own, separator), place, None))
    (line, column), (end_line, end_column) = (_position(own, at) for at in field.span())
    before = record.begins - 1
    return Span(
        line=before + line, column=column, end_line=before + end_line, end_column=end_column
    )


def _fields(lines: Sequence[str], separator: str) -> Iterator[re.Match[str]]:
    """The fields of these lines as they are written, of one record after the other; `open` is a
    quote that never closes, and `more` what stands behind one that does."""
    apart = re.escape(separator)
    plain = rf"[^{apart}\r\n]"
    field = re.compile(
        rf'"[^"]*(?:""[^"]*)*"(?P<more>{plain}*)|(?P<open>")|(?:(?!"){plain}+)?(?=[{apart}\r\n]|\Z)'
    )
    text, at = "".join(lines), 0
    while at <= len(text) and (found := field.match(text, at)):
        yield found
        end = found.end()
        at = end + (2 if text.startswith("\r\n", end) else 1)


def _position(lines: Sequence[str], offset: int) -> tuple[int, int]:
    """The line and the column of a character, from 1."""
    for number, line in enumerate(lines, 1):
        if offset < len(line) or number == len(lines):
            return number, offset + 1
        offset -= len(line)
    return 1, 1
