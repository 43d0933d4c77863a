"""Where everything stands in a YAML file, once somebody asks for it: keys, values, and each
character of a text, for mistakes inside templates."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from runner.parsing.data import PLAIN, extent, plain_value
from runner.problems import Route, Span
from runner.sources import Lines, SourceMap, TextSegment

Point = tuple[int, int]
"""A line and a column, from 1."""
BLOCKS: Final = ("|", ">")
# What is not written in a quoted text as it reads: escapes, and line breaks, which fold.
FOLD: Final = r"(?:(?<![ \t])[ \t]+)?\n[ \t\n]*"  # looking behind keeps long runs of spaces cheap
DOUBLE: Final = re.compile(
    r"\\\n[ \t\n]*|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\n])|" + FOLD
)
SINGLE: Final = re.compile("''|" + FOLD)
UNQUOTED: Final = re.compile(FOLD)
MOST: Final = 10_000
GAP: Final = re.compile(r"[ \n]*")
TextPiece = tuple[int, int]
"""An offset into the text, and one into the file: from here on they run side by side."""


def source_map(text: str) -> SourceMap:
    """The map that the reader makes, too; the text is one that the quick reader has read."""
    events = iter(yaml.CBaseLoader(text).get_event, None)
    places = _Places(lines=Lines(text), events=events)
    _, _, value = next(events), next(events), next(events)
    places.add(value, ())
    return SourceMap(keys=places.keys, values=places.values, texts=places.texts)


def extent_of_scalar(event: ScalarEvent, lines: Lines) -> tuple[int, int]:
    """Where a scalar begins and ends, without the empty lines below a block that the parser counts
    to it."""
    start, end = extent(event)
    if event.style in BLOCKS:
        end = start + len(lines.text[start:end].rstrip(" \t\n"))
    return start, end


@dataclass(slots=True, kw_only=True)
class _Places:
    lines: Lines
    events: Iterator[Event]
    keys: dict[Route, Span] = field(default_factory=dict)
    values: dict[Route, Span] = field(default_factory=dict)
    texts: dict[Route, Callable[[], tuple[TextSegment, ...]]] = field(default_factory=dict)

    def add(self, event: Event, route: Route) -> Point:
        """Add the value that begins with an event; returns where it ends."""
        start, end = self._points(event)
        if isinstance(event, ScalarEvent):
            if event.style not in PLAIN or isinstance(plain_value(event.value), str):
                self.texts[route] = partial(_segments_of, event, self.lines)
        elif isinstance(event, CollectionStartEvent):
            end = self._add_entries(event, route)
        self.values[route] = _span(start, end)
        return end

    def _add_entries(self, opening: CollectionStartEvent, route: Route) -> Point:
        (_, end), entries = self._points(opening), 0
        while not isinstance(event := next(self.events), CollectionEndEvent):
            step: int | str = entries
            if isinstance(opening, MappingStartEvent) and isinstance(event, ScalarEvent):
                step = event.value
                self.keys[*route, step] = _span(*self._points(event))
                event = next(self.events)
            end, entries = self.add(event, (*route, step)), entries + 1
        return self._points(event)[1] if opening.flow_style else end

    def _points(self, event: Event) -> tuple[Point, Point]:
        """Where an event's text begins and ends."""
        if isinstance(event, ScalarEvent) and event.style in BLOCKS:
            start, end = extent_of_scalar(event, self.lines)
            return self._point(start), self._point(end)
        first, last = event.start_mark, event.end_mark
        begins = (first.line + 1, first.column + 1) if first else (1, 1)
        return begins, ((last.line + 1, last.column + 1) if last else begins)

    def _point(self, offset: int) -> Point:
        return self.lines.number(offset), self.lines.column(offset)


def _span(start: Point, end: Point) -> Span:
    return Span(line=start[0], column=start[1], end_line=end[0], end_column=end[1])


def _segments_of(event: ScalarEvent, lines: Lines) -> tuple[TextSegment, ...]:
    return map_text(lines, event.value, event.style, *extent_of_scalar(event, lines))


def map_text(
    lines: Lines, value: str, style: str | None, start: int, end: int
) -> tuple[TextSegment, ...]:
    """Where the text `value` stands, whose scalar covers `start` to `end` of the file.

    Exact for all that YAML lets one write; should it not add up, or take more than 10,000
    segments, then only as far as that goes.
    """
    if style == "|":
        pieces = list(_literal(lines, value, start, end))
    elif style == ">":
        pieces = list(_folded_pieces(lines, value, start, end))
    else:
        quote = 1 if style in ("'", '"') else 0
        if end - start - 2 * quote == len(value) and end <= lines.end(start):
            # on one line and no longer than it reads: nothing in it is escaped
            return (_segment(lines, 1, 1, start + quote),)
        pieces = _flow(lines.text, value, style, start + quote, end - quote)
    return tuple(_segments(lines, value, pieces[:MOST]))


def pieces_of(lines: Lines, value: str, start: int, end: int) -> list[TextPiece]:
    """Where a text in double quotes stands, whose scalar covers `start` to `end` of the file."""
    return _flow(lines.text, value, '"', start + 1, end - 1)


def _segments(lines: Lines, value: str, pieces: list[TextPiece]) -> Iterator[TextSegment]:
    row, row_start, seen = 1, 0, 0
    for at, offset in pieces:
        row += value.count("\n", seen, at)
        row_start = value.rfind("\n", seen, at) + 1 or row_start
        seen = at
        yield _segment(lines, row, at - row_start + 1, offset)


def _segment(lines: Lines, text_line: int, text_column: int, offset: int) -> TextSegment:
    line = lines.number(offset)
    column = offset - lines.starts[line - 1] + 1
    return TextSegment(text_line=text_line, text_column=text_column, line=line, column=column)


def _flow(text: str, value: str, style: str | None, start: int, end: int) -> list[TextPiece]:
    marks = {'"': DOUBLE, "'": SINGLE}.get(style or "", UNQUOTED)
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


def _literal(lines: Lines, value: str, start: int, end: int) -> Iterator[TextPiece]:
    at, offset = 0, lines.end(start) + 1
    for line in value.split("\n"):
        if offset > end:
            break
        stop = lines.end(offset)
        yield at, max(stop - len(line), offset)  # they end alike
        at += len(line) + 1
        offset = stop + 1


def _folded_pieces(lines: Lines, value: str, start: int, end: int) -> Iterator[TextPiece]:
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
