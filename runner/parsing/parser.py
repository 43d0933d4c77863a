"""Our dialect of YAML: what `parse` reads, and what it gives back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

import yaml
from yaml.error import MarkedYAMLError

from runner.parsing.decoding import take_in
from runner.parsing.hidden_characters import tell_of_unseen
from runner.parsing.levels import Data
from runner.parsing.lines import Lines
from runner.parsing.reader import Tree
from runner.parsing.syntax_errors.explanations import explain
from runner.parsing.syntax_errors.parser_stop import stumble
from runner.parsing.syntax_errors.report import Report
from runner.parsing.syntax_errors.unquoted_text import Complaint
from runner.problems import Place, Problem, Route, Source

EXPECTED: Final = {
    "mapping": (
        "the file does not begin with a key",
        "write `key: value` lines, beginning at the left edge",
    ),
    "list": (
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
    cuts: Mapping[Route, str | None] = field(default_factory=lambda: MappingProxyType({}))
    """Keys without a value that may be the rest of a text, which a comma ended: of the first one
    the whole text, of the others None."""


def parse(path: str, data: bytes, *, top: Literal["mapping", "list"] = "mapping") -> Parsed:
    """Read a file in our dialect. Never raises, whatever the bytes.

    `top` is what the file has to be as a whole. After an error of syntax the rest can't be read, so
    there is one of them at most; all other problems are gathered.
    """
    text, refused = take_in(path, data)
    if refused:
        return Parsed(data=None, source=Source(path=path, text=text), problems=(refused,))
    lines = Lines(text)
    tree = Tree(lines=lines, report=Report(path=path, lines=lines))
    whole = not _has_directive(tree) and _read(tree) and _is(tree, top)
    tell_of_unseen(tree)
    source = Source(path=path, text=text, keys=tree.keys, values=tree.values, texts=tree.texts)
    problems = sorted(tree.report.problems, key=lambda problem: _position(source, problem))
    return Parsed(
        data=tree.data if whole else None,
        source=source,
        problems=tuple(problems),
        cuts=tree.cuts,
    )


def _position(source: Source, problem: Problem) -> tuple[int, int]:
    span = source.locate(problem.place)
    return span.line, span.column


def _has_directive(tree: Tree) -> bool:
    found = DIRECTIVE.match(tree.lines.text)
    if found:
        help = "remove this line; if it is text, it needs a key and quotes"
        message = "a line that begins with `%` is an instruction to YAML"
        tree.report.add("yaml-directive", message, found.span(1), help)
    return bool(found)


def _read(tree: Tree) -> bool:
    try:
        return tree.read()
    except MarkedYAMLError as error:
        complaint = explain(stumble(error, tree.lines, tree.scalars, tree.opener, tree.bracket))
        _tell(tree, complaint)
    except yaml.YAMLError:
        message, help = "this can't be read as YAML", "check its first lines"
        tree.report.add("yaml-syntax", message, (0, 1), help)
    return False


def _tell(tree: Tree, complaint: Complaint) -> None:
    """Say it, unless that line has been complained of already: then this is what came of it."""
    line = tree.lines.number(complaint.start)
    if line in tree.report.told:
        return
    span = complaint.start, complaint.end
    tree.report.add(complaint.rule, complaint.message, span, complaint.help)


def _is(tree: Tree, top: str) -> bool:
    if isinstance(tree.data, dict if top == "mapping" else list):
        return True
    if tree.data is None and not tree.report.problems:
        tree.report.add("empty-file", "nothing is written here", (0, 0), "write it, or remove it")
    elif not tree.report.problems:
        place = Place(path=tree.report.path, route=())
        message, help = EXPECTED[top]
        tree.report.problems.append(
            Problem(rule=f"not-a-{top}", message=message, place=place, help=help)
        )
    return False
