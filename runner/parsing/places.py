"""Where everything stands in a file of which nothing is to be said, once somebody asks for it."""

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

from runner.parsing.lines import Lines
from runner.parsing.scalars import PLAIN, plain_value
from runner.parsing.source_map import map_text
from runner.problems import Route, Span
from runner.sources import SourceMap, Stretch

Point = tuple[int, int]
"""A line and a column, from 1."""
BLOCKS: Final = ("|", ">")


def source_map(text: str) -> SourceMap:
    """The same that the reader makes; the text is one that the quick reader has read."""
    events = iter(yaml.CBaseLoader(text).get_event, None)
    places = _Places(lines=Lines(text), events=events)
    _, _, value = next(events), next(events), next(events)
    places.add(value, ())
    return SourceMap(keys=places.keys, values=places.values, texts=places.texts)


def extent(event: Event) -> tuple[int, int]:
    """Where an event's text begins and ends. Marks count code points."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)


def extent_of_scalar(event: ScalarEvent, lines: Lines) -> tuple[int, int]:
    """The same without the empty lines below a block, which the parser counts to it."""
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
    texts: dict[Route, Callable[[], tuple[Stretch, ...]]] = field(default_factory=dict)

    def add(self, event: Event, route: Route) -> Point:
        """Add the value that begins with an event; returns where it ends."""
        start, end = self._points(event)
        if isinstance(event, ScalarEvent):
            self._add_text(event, route)
        elif isinstance(event, CollectionStartEvent):
            end = self._add_entries(event, route)
        self.values[route] = _span(start, end)
        return end

    def _add_text(self, event: ScalarEvent, route: Route) -> None:
        if event.style not in PLAIN or isinstance(plain_value(event.value), str):
            text = self.lines, event.value, event.style, *extent_of_scalar(event, self.lines)
            self.texts[route] = partial(map_text, *text)

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
