"""Where each character of a YAML text stands in its file, for mistakes inside templates."""

import re
from collections.abc import Iterator
from typing import Final

from runner.document.lines import Lines
from runner.problems import Stretch

# What is not written in a quoted text as it reads: escapes, and line breaks, which fold.
DOUBLE: Final = re.compile(
    r"\\\n[ \t\n]*|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\n])|[ \t]*\n[ \t\n]*"
)
SINGLE: Final = re.compile(r"''|[ \t]*\n[ \t\n]*")
PLAIN: Final = re.compile(r"[ \t]*\n[ \t\n]*")

Piece = tuple[int, int]
"""An offset into the text, and one into the file: from here on they run side by side."""


def stretches(
    lines: Lines, value: str, style: str | None, start: int, end: int
) -> tuple[Stretch, ...]:
    """Where the text `value` stands, whose scalar covers `start` to `end` of the file.

    Exact for all that YAML lets one write; should it not add up, only its beginning is known.
    """
    if style in ("|", ">"):
        pieces = list(_block(lines, value, start, end))
    else:
        quote = 1 if style in ("'", '"') else 0
        pieces = _flow(lines.text, value, style, start + quote, end - quote)
    return tuple(_counted(lines, value, pieces))


def _counted(lines: Lines, value: str, pieces: list[Piece]) -> Iterator[Stretch]:
    row, row_start, seen = 1, 0, 0
    for at, offset in pieces:
        row += value.count("\n", seen, at)
        row_start = value.rfind("\n", 0, at) + 1
        seen = at
        yield Stretch(
            text_line=row,
            text_column=at - row_start + 1,
            line=lines.number(offset),
            column=lines.column(offset),
        )


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


def _block(lines: Lines, value: str, start: int, end: int) -> Iterator[Piece]:
    """Block texts keep each line whole, so that every line is found in the text in turn."""
    yield 0, start
    at, offset, indent = 0, lines.end(start) + 1, _indent(lines.text[start:end])
    while offset < end and at < len(value):
        stop = lines.end(offset)
        first = min(offset + indent, stop)
        content = lines.text[first:stop]
        found = value.find(content, at) if content else -1
        if content and found >= 0 and not value[at:found].strip():
            yield found, first
            at = found + len(content)
        elif not content and value[at : at + 1] == "\n":
            yield at, first
            at += 1
        offset = stop + 1


def _indent(scalar: str) -> int:
    widths = [len(line) - len(line.lstrip(" ")) for line in scalar.split("\n")[1:] if line.strip()]
    return min(widths, default=0)
