"""Characters that nobody sees, wherever a file holds them: as they are, or written as an escape."""

from bisect import bisect_right

from runner.parsing.lines import Lines
from runner.parsing.reader import Reader
from runner.parsing.source_map import pieces_of
from runner.parsing.syntax_errors.report import Report
from runner.problems import Problem, Route
from runner.text.invisible import invisible
from runner.text.unseen import stretches


def report_hidden(reader: Reader) -> None:
    """Report the invisible characters of the file, comments included, and what escapes make."""
    text = reader.lines.text
    raw = invisible(text)
    for start, end in stretches(raw):
        reader.report.hidden((start, end), _route_at(reader, start), text[start:end])
    for start, end, value, route in reader.escaped:
        hidden = invisible(value)
        if hidden and bisect_right(raw, start) == bisect_right(raw, end):
            pieces = pieces_of(reader.lines, value, start, end)
            for first, last in stretches(hidden):
                span = _offset(pieces, first), _offset(pieces, last)
                reader.report.hidden(span, route, value[first:last])


def hidden_characters_in(path: str, text: str) -> list[Problem]:
    """The invisible characters of a file that is no YAML."""
    report = Report(path=path, lines=Lines(text))
    for start, end in stretches(invisible(text)):
        report.hidden((start, end), (), text[start:end])
    return report.problems


def _offset(pieces: list[tuple[int, int]], at: int) -> int:
    """Where a character of a text is written in the file."""
    start, offset = pieces[max(bisect_right(pieces, at, key=lambda piece: piece[0]) - 1, 0)]
    return offset + at - start


def _route_at(reader: Reader, at: int) -> Route:
    """The value that is written there; the file as a whole where none is."""
    line, column = reader.lines.number(at), reader.lines.column(at)
    around = (
        route
        for route, span in reader.values.items()
        if span.start <= (line, column) < (span.end_line, span.end_column)
    )
    return max(around, key=len, default=())
