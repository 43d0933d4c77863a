"""Our dialect of YAML: what `parse` reads, and what it gives back; and characters that nobody
sees, wherever a file holds them."""

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Final, Literal

import yaml
from yaml.error import MarkedYAMLError

from runner.parsing.data import Data
from runner.parsing.lines import Lines
from runner.parsing.quick_reader import read_quickly
from runner.parsing.reader import Reader
from runner.parsing.source_map import pieces_of, source_map
from runner.parsing.syntax_errors.explanations import explain
from runner.parsing.syntax_errors.parser_stop import parser_stop
from runner.parsing.syntax_errors.report import Report
from runner.problems import Message, Place, Problem, Route, Span
from runner.sources import Source
from runner.text.invisible import invisible
from runner.text.unseen import RULE, stretches

Top = Literal["mapping", "list"]
TOPS: Final[dict[Top, type]] = {"mapping": dict, "list": list}
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
LARGEST: Final = 256 * 1024
# What YAML does not call printable, the ends of lines that only YAML 1.1 knows, byte order marks.
FORBIDDEN: Final = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
NAMES_OF_FORBIDDEN: Final = {
    "\0": "a NUL byte",
    "\x85": "a next-line character",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\ufeff": "a byte order mark",
}
LINE_ENDS: Final = "\x0b\x0c\x85\u2028\u2029"
"""What ends a line elsewhere."""
DIRECTIVE: Final = re.compile(r"(?:[ \t]*(?:#.*)?\n)*(%.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A file as plain data. `data` is None where it could not be read; with problems it is only
    good for finding more of them."""

    data: Data
    source: Source
    problems: tuple[Problem, ...]
    written: int = 0
    """How many keys and values there are."""
    cuts: Mapping[Route, str | None] = field(default_factory=lambda: MappingProxyType({}))
    """Keys without a value that may be the rest of a text, which a comma ended: of the first one
    the whole text, of the others None."""

    @property
    def is_legible(self) -> bool:
        """Whether the data is what was meant, but for characters that nobody sees."""
        return self.data is not None and all(problem.rule == RULE for problem in self.problems)


def parse(path: str, data: bytes, *, top: Top = "mapping") -> Parsed:
    """Read a file in our dialect. Never raises, whatever the bytes.

    `top` is what the file has to be as a whole. After an error of syntax the rest can't be read, so
    there is one of them at most; all other problems are gathered.
    """
    text, refused = decode(path, data)
    if refused:
        return Parsed(data=None, source=Source(path=path, text=text), problems=(refused,))
    quick = read_quickly(text)
    if quick and isinstance(quick.data, TOPS[top]):
        source = Source(path=path, text=text, make_map=partial(source_map, text))
        return Parsed(data=quick.data, source=source, problems=(), written=quick.written)
    return read_with_places(path, text, top)


def decode(path: str, data: bytes) -> tuple[str, Problem | None]:
    """The text, with `\\n` at every line's end and without a byte order mark; and why it can't be
    read.

    With a problem the text is only good for showing the line.
    """
    start = Place(path=path, span=Span(line=1, column=1, end_line=1, end_column=2))
    if len(data) > LARGEST:
        text = f"the file has more than {LARGEST // 1024} KiB"
        return "", Message("too-large", text, "divide it into several files").at(start)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        help = "save it as UTF-8 (not as UTF-16 or “Unicode”)"
        return "", Message("not-utf-8", "the file is written in UTF-16", help).at(start)
    data = data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error)
    found = FORBIDDEN.search(text)
    return text, _forbidden(path, text, found) if found else None


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> tuple[str, Problem]:
    at = len(data[: error.start].decode())
    text = data.decode(errors="replace")
    fault = f"the byte 0x{data[error.start]:02x} is not UTF-8"
    help = "save the file as UTF-8, then look at this character again"
    place = Place(path=path, span=Lines(text).span(at, at + 1))
    return text, Message("not-utf-8", fault, help).at(place)


def _forbidden(path: str, text: str, found: re.Match[str]) -> Problem:
    name = NAMES_OF_FORBIDDEN.get(found[0], "a control character")
    fault = f"{name} (U+{ord(found[0]):04X}) can't stand in a file"
    ends_line = found[0] in LINE_ENDS
    help = "delete it, and begin a new line in its place" if ends_line else "delete it"
    place = Place(path=path, span=Lines(text).span(*found.span()))
    return Message("control-character", fault, help).at(place)


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
