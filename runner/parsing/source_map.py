"""Where each character of a YAML text stands in its file, for mistakes inside templates."""

import re
from collections.abc import Iterator
from typing import Final

from runner.parsing.lines import Lines
from runner.sources import Stretch

# What is not written in a quoted text as it reads: escapes, and line breaks, which fold.
FOLD: Final = r"(?:(?<![ \t])[ \t]+)?\n[ \t\n]*"  # looking behind keeps long runs of spaces cheap
DOUBLE: Final = re.compile(
    r"\\\n[ \t\n]*|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\n])|" + FOLD
)
SINGLE: Final = re.compile("''|" + FOLD)
PLAIN: Final = re.compile(FOLD)
MOST: Final = 10_000
GAP: Final = re.compile(r"[ \n]*")

Piece = tuple[int, int]
"""An offset into the text, and one into the file: from here on they run side by side."""


def map_text(
    lines: Lines, value: str, style: str | None, start: int, end: int
) -> tuple[Stretch, ...]:
    """Where the text `value` stands, whose scalar covers `start` to `end` of the file.

    Exact for all that YAML lets one write; should it not add up, or take more than 10,000
    stretches, then only as far as that goes.
    """
    if style == "|":
        pieces = list(_literal(lines, value, start, end))
    elif style == ">":
        pieces = list(_folded(lines, value, start, end))
    else:
        quote = 1 if style in ("'", '"') else 0
        if end - start - 2 * quote == len(value) and end <= lines.end(start):
            # on one line and no longer than it reads: nothing in it is escaped
            return (_stretch(lines, 1, 1, start + quote),)
        pieces = _flow(lines.text, value, style, start + quote, end - quote)
    return tuple(_counted(lines, value, pieces[:MOST]))


def pieces_of(lines: Lines, value: str, start: int, end: int) -> list[Piece]:
    """Where a text in double quotes stands, whose scalar covers `start` to `end` of the file."""
    return _flow(lines.text, value, '"', start + 1, end - 1)


def _counted(lines: Lines, value: str, pieces: list[Piece]) -> Iterator[Stretch]:
    row, row_start, seen = 1, 0, 0
    for at, offset in pieces:
        row += value.count("\n", seen, at)
        row_start = value.rfind("\n", seen, at) + 1 or row_start
        seen = at
        yield _stretch(lines, row, at - row_start + 1, offset)


def _stretch(lines: Lines, text_line: int, text_column: int, offset: int) -> Stretch:
    line = lines.number(offset)
    column = offset - lines.starts[line - 1] + 1
    return Stretch(text_line=text_line, text_column=text_column, line=line, column=column)


def _flow(text: str, value: str, style: str | None, start: int, end: int) -> list[Piece]:
    marks = {'"': DOUBLE, "'": SINGLE}.get(style or "", PLAIN)
    pieces, at, offset = [(0, start)], 0, start
    for found in marks.finditer(text, start, end):
        at += found.start() - offset
        offset = found.end()
        pieces.append((at, found.start()))
        at += _length(found[0])
        pieces.append((at, offset))
    return pieces if at + end - offset == len(value) else pieces[:1]


def _length(written: str) -> int:
    """How many characters an escape or a fold of lines gives."""
    if written.startswith("\\\n"):
        return max(written.count("\n") - 1, 0)
    breaks = written.count("\n")
    return breaks - 1 if breaks > 1 else 1


def _literal(lines: Lines, value: str, start: int, end: int) -> Iterator[Piece]:
    at, offset = 0, lines.end(start) + 1
    for line in value.split("\n"):
        if offset > end:
            break
        stop = lines.end(offset)
        yield at, max(stop - len(line), offset)  # they end alike
        at += len(line) + 1
        offset = stop + 1


def _folded(lines: Lines, value: str, start: int, end: int) -> Iterator[Piece]:
    """Folding keeps each line whole, so that every line is found in the text in turn."""
    yield 0, start
    at, offset, indent = 0, lines.end(start) + 1, _indent(lines.text[start:end])
    blank = 0
    while offset < end and at < len(value):
        stop = lines.end(offset)
        first = min(offset + indent, stop)
        content = lines.text[first:stop]
        if at >= blank and (gap := GAP.match(value, at)):
            blank = gap.end()
        found = value.find(content, at, blank + len(content))
        if found >= 0:
            yield found, first
            at = found + (len(content) or 1)
        offset = stop + 1


def _indent(scalar: str) -> int:
    widths = [
        len(line) - len(line.lstrip(" ")) for line in scalar.split("\n")[1:] if line.strip(" ")
    ]
    return min(widths, default=0)
