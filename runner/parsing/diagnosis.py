"""Diagnosing a file: all that is wrong in it, with the place of everything.

Also characters that nobody sees, wherever a file holds them.
"""

import re
from bisect import bisect_right
from typing import Final

import yaml
from yaml.error import MarkedYAMLError

from runner.parsing.data import TOPS, Parsed, Top
from runner.parsing.reader import Reader
from runner.parsing.source_map import pieces_of
from runner.parsing.syntax_errors.explanations import explain
from runner.parsing.syntax_errors.parser_stop import parser_stop
from runner.parsing.syntax_errors.report import Report
from runner.problems import Message, Place, Problem, Route
from runner.sources import Lines, Source
from runner.text import as_spans, invisible_characters

WRONG_TOP: Final = {
    "mapping": Message(
        "not-a-mapping",
        "the file does not begin with a key",
        "write `key: value` lines, beginning at the left edge",
    ),
    "list": Message(
        "not-a-list",
        "the file is not a list",
        "begin each entry with `- `, and leave out what is above it",
    ),
}
DIRECTIVE: Final = re.compile(r"(?:[ \t]*(?:#.*)?\n)*(%.*)")


def read_with_places(path: str, text: str, top: Top) -> Parsed:
    """A file with its places, and with all that is wrong in it."""
    lines = Lines(text)
    reader = Reader(lines=lines, report=Report(path=path, lines=lines))
    whole = not _has_directive(reader) and _is_read(reader) and _is(reader, top)
    report_hidden(reader)
    source = Source(path=path, text=text, make_map=reader.source_map)
    problems = sorted(
        reader.report.problems, key=lambda problem: source.locate(problem.place).start
    )
    return Parsed(
        data=reader.data if whole else None,
        source=source,
        problems=tuple(problems),
        written=len(reader.keys) + len(reader.values),
        cuts=reader.cuts,
    )


def _has_directive(reader: Reader) -> bool:
    found = DIRECTIVE.match(reader.lines.text)
    if found:
        text = "a line that begins with `%` is an instruction to YAML"
        help = "remove this line; if it is text, it needs a key and quotes"
        reader.report.add(Message("yaml-directive", text, help), found.span(1))
    return bool(found)


def _is_read(reader: Reader) -> bool:
    report, lines = reader.report, reader.lines
    try:
        return reader.read()
    except MarkedYAMLError as error:
        stop = parser_stop(error, lines, reader.scalars, reader.opener, reader.bracket)
        message, span = explain(stop)
        if lines.number(span[0]) not in report.bad_lines:  # else this is what came of it
            report.add(message, span)
    except yaml.YAMLError:
        message = Message("yaml-syntax", "this can't be read as YAML", "check its first lines")
        report.add(message, (0, 1))
    return False


def _is(reader: Reader, top: Top) -> bool:
    report = reader.report
    if isinstance(reader.data, TOPS[top]):
        return True
    if report.problems:
        return False
    if reader.data is None:
        message = Message("empty-file", "nothing is written here", "write it, or remove it")
        report.add(message, (0, 0))
    else:
        report.problems.append(WRONG_TOP[top].at(Place(path=report.path)))
    return False


def report_hidden(reader: Reader) -> None:
    """Report the invisible characters of the file, comments included, and what escapes make."""
    text = reader.lines.text
    raw = invisible_characters(text)
    for start, end in as_spans(raw):
        if reader.report.full:  # else each would be looked for in all values
            return
        reader.report.hidden((start, end), _route_at(reader, start), text[start:end])
    for start, end, value, route in reader.escaped:
        hidden = invisible_characters(value)
        if hidden and bisect_right(raw, start) == bisect_right(raw, end):
            pieces = pieces_of(reader.lines, value, start, end)
            for first, last in as_spans(hidden):
                span = _offset(pieces, first), _offset(pieces, last)
                reader.report.hidden(span, route, value[first:last])


def hidden_characters_in(path: str, text: str) -> list[Problem]:
    """The invisible characters of a file that is no YAML."""
    report = Report(path=path, lines=Lines(text))
    for start, end in as_spans(invisible_characters(text)):
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
