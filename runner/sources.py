"""A file as it was read: where its keys and values stand, and its offsets as lines and columns."""

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property

from runner.problems import Place, Route, Span
from runner.value import Value, field


class TextSegment(Value, kw_only=True):
    """A run of characters that stand in the file one by one as in the text: from `text_line` and
    `text_column` of the text on, and from `line` and `column` of the file on; all count from 1."""

    text_line: int
    text_column: int
    line: int
    column: int


class SourceMap(Value, kw_only=True):
    """Where the keys and the values of a file stand, by route."""

    keys: Mapping[Route, Span] = field(default_factory=dict)
    values: Mapping[Route, Span] = field(default_factory=dict)
    texts: Mapping[Route, Callable[[], tuple[TextSegment, ...]]] = field(default_factory=dict)
    """Of each text, to be called: where its characters stand, in the order of the text."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Source:
    """A file as it was read.

    Lines end in `\\n`; a `\\r` before it is not part of the line.
    """

    path: str
    text: str
    make_map: Callable[[], SourceMap] = dataclasses.field(default=SourceMap, compare=False)
    """Called when the first place is asked for, which of most files nobody does."""

    @cached_property
    def map(self) -> SourceMap:
        return self.make_map()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.removesuffix("\r") for line in self.text.split("\n"))

    def line(self, number: int) -> str:
        """The source line, without its end; empty past the end of the file."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def locate(self, place: Place) -> Span:
        """The span of a place; the nearest enclosing one when the place itself is not written."""
        if place.span:
            return place.span
        route = place.route
        if place.inside and (written := self._text_at(route)):
            return self._inside(written, *place.inside)
        if place.on_key and route in self.map.keys:
            return self.map.keys[route]
        while route not in self.map.values and route:
            route = route[:-1]
            if route in self.map.keys:
                return self.map.keys[route]
        return self.map.values.get(route, Span(line=1, column=1, end_line=1, end_column=2))

    def _text_at(self, route: Route) -> tuple[TextSegment, ...]:
        """The text at a route, or the text that stands for it: a part of a thread may be bare."""
        longest_first = (route[:length] for length in range(len(route), 0, -1))
        texts = self.map.texts
        written = (texts[each]() for each in longest_first if each in texts)
        return next(filter(None, written), ())

    def _inside(self, segments: tuple[TextSegment, ...], line: int, column: int) -> Span:
        place = (line, max(column, 1))
        after = bisect_right(segments, place, key=lambda s: (s.text_line, s.text_column))
        segment = segments[max(after - 1, 0)]
        past = place[1] - segment.text_column if segment.text_line == line else 0
        start = segment.column + max(past, 0)
        end = start + 1
        if column == 0:
            end = max(end, len(self.line(segment.line).rstrip()) + 1)
        return Span(line=segment.line, column=start, end_line=segment.line, end_column=end)


class Lines(Value, dict=True):
    """A text whose lines end in `\\n`. Offsets count code points from 0, lines and columns from
    1."""

    text: str

    @cached_property
    def starts(self) -> list[int]:
        starts = [0]
        found = self.text.find("\n")
        while found >= 0:
            starts.append(found + 1)
            found = self.text.find("\n", found + 1)
        return starts

    def number(self, offset: int) -> int:
        """The line that an offset stands on."""
        return bisect_right(self.starts, offset)

    def column(self, offset: int) -> int:
        return offset - self.starts[self.number(offset) - 1] + 1

    def start(self, offset: int) -> int:
        """The offset at which the line of an offset begins."""
        return self.starts[self.number(offset) - 1]

    def end(self, offset: int) -> int:
        """The offset at which the line of an offset ends; its newline is not part of it."""
        number = self.number(offset)
        return self.starts[number] - 1 if number < len(self.starts) else len(self.text)

    def before(self, offset: int) -> str:
        """What stands on the line before an offset."""
        return self.text[self.start(offset) : offset]

    def span(self, start: int, end: int) -> Span:
        line = self.number(start)
        same = line == len(self.starts) or end < self.starts[line]
        end_line = line if same else self.number(end)
        return Span(
            line=line,
            column=start - self.starts[line - 1] + 1,
            end_line=end_line,
            end_column=end - self.starts[end_line - 1] + 1,
        )
