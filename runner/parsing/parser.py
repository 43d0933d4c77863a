"""Our dialect of YAML: what `parse` reads, and what it gives back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Final, Literal

import yaml
from yaml.error import MarkedYAMLError

from runner.parsing.data import Data
from runner.parsing.decoding import decode
from runner.parsing.hidden_characters import report_hidden
from runner.parsing.lines import Lines
from runner.parsing.quick_reader import read_quickly
from runner.parsing.reader import Reader
from runner.parsing.source_map import source_map
from runner.parsing.syntax_errors.explanations import explain
from runner.parsing.syntax_errors.parser_stop import parser_stop
from runner.parsing.syntax_errors.report import Report
from runner.problems import Message, Place, Problem, Route
from runner.sources import Source
from runner.text.unseen import RULE

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


def read_with_places(path: str, text: str, top: Top) -> Parsed:
    """A file with its places, and with all that is wrong in it."""
    lines = Lines(text)
    reader = Reader(lines=lines, report=Report(path=path, lines=lines))
    whole = not _has_directive(reader) and _is_read(reader) and _is(reader, top)
    report_hidden(reader)
    source = Source(path=path, text=text, make_map=reader.source_map)
    problems = sorted(reader.report.problems, key=lambda problem: source.position(problem.place))
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
