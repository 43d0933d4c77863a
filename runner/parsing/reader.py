"""The parser's events into plain data, with the place of everything in it.

Nothing is built by the parser itself: its own constructor follows nesting on the C stack and loads
whatever tags ask for. Here depth is counted, and what the dialect lacks is refused where it stands.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from runner.parsing.data import DEEPEST, MOST, PLAIN, Data, Level, extent, plain_value
from runner.parsing.source_map import extent_of_scalar, map_text
from runner.parsing.syntax_errors.intended_text import intended_span
from runner.parsing.syntax_errors.report import Report
from runner.problems import Route, Span
from runner.sources import Lines, SourceMap, TextSegment


@dataclass(slots=True, kw_only=True)
class Reader:
    """What has been read of one file so far."""

    lines: Lines
    report: Report
    data: Data = None
    keys: dict[Route, Span] = field(default_factory=dict)
    values: dict[Route, Span] = field(default_factory=dict)
    texts: dict[Route, Callable[[], tuple[TextSegment, ...]]] = field(default_factory=dict)
    scalars: list[tuple[int, int]] = field(default_factory=list)
    escaped: list[tuple[int, int, str, Route]] = field(default_factory=list)
    """Keys and values with escapes in them: where they are written, what they say."""
    levels: list[Level] = field(default_factory=list)
    cuts: dict[Route, str | None] = field(default_factory=dict)
    """Keys that may be the rest of a text: of the first one the whole text, else None."""
    documents: int = 0
    end: int = 0
    """Where the last thing ended that is not white space."""

    @property
    def level(self) -> Level | None:
        return self.levels[-1] if self.levels else None

    @property
    def opener(self) -> int | None:
        """The innermost bracket that is open."""
        return self.level.start if self.level and self.level.flow else None

    @property
    def bracket(self) -> str:
        """The innermost bracket itself; empty outside of brackets."""
        if not self.level or not self.level.flow:
            return ""
        return "{" if isinstance(self.level.into, dict) else "["

    def source_map(self) -> SourceMap:
        return SourceMap(keys=self.keys, values=self.values, texts=self.texts)

    def read(self) -> bool:
        """Read the whole file; False where it can't be read to its end. Raises yaml.YAMLError."""
        for count, event in enumerate(yaml.parse(self.lines.text, Loader=yaml.CLoader)):
            if count > MOST or self.report.full:
                return self._too_much(event)
            match event:
                case DocumentStartEvent() | DocumentEndEvent():
                    if self._is_second_document(event):
                        return False
                case ScalarEvent():
                    self._scalar(event)
                case AliasEvent():
                    self._alias(event)
                case CollectionStartEvent():
                    if not self._open(event):
                        return False
                case CollectionEndEvent():
                    self._close(event)
        self.report.comments(self.scalars)
        return True

    def _too_much(self, event: Event) -> bool:
        if not self.report.full:
            self.report.too_large(extent(event))
        return False

    def _is_second_document(self, event: Event) -> bool:
        start, end = extent(event)
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            more = self.documents > 1
        else:
            # what follows is not parsed: its directives would take long
            closed = self.lines.text.startswith("...", start)
            rest = (line.strip() for line in self.lines.text[end:].split("\n"))
            more = closed and any(line and line[0] != "#" for line in rest)
        if more:
            self.report.document(start, end)
        return more

    def _scalar(self, event: ScalarEvent) -> None:
        self.scalars.append(extent(event))
        start, end = extent_of_scalar(event, self.lines)
        self.end = max(self.end, end)
        level, plain = self.level, event.style in PLAIN
        if level and level.awaits_key:
            self._key(level, event, (start, end))
            return
        value = plain_value(event.value) if plain else str(event.value)
        route = self._put(value)
        if level and level.flow:
            self._rest(level, event, route)
        if route is None:
            return
        self._refuse_marks(event, route)
        self._keep_escaped(event, route)
        self.values[route] = self.lines.span(start, end)
        if isinstance(value, str):
            self.texts[route] = partial(map_text, self.lines, value, event.style, start, end)
        indent = level.column if level and not level.flow else None
        bracket = self.bracket
        whole = self.report.cut((start, end), indent, route, bracket=bracket) if plain else None
        if whole and level:
            level.correct(whole)

    def _rest(self, level: Level, event: ScalarEvent, route: Route | None) -> None:
        """A key within brackets without colon and value is the rest of a text that has a comma."""
        start, end = extent(event)
        if start < end or event.style not in PLAIN or not isinstance(level.into, dict):
            level.note_scalar(str(event.value), end)
            return
        if level.last_text is None:
            return
        text, stop = level.last_text
        rest = self.lines.text[stop:start]
        if rest.rstrip().endswith(":"):
            level.last_text = None
        elif route is not None:
            level.last_text = text + rest, start
            self.cuts[route] = None
            level.cut = level.cut or route
            self.cuts[level.cut] = text + rest

    def _key(self, level: Level, event: ScalarEvent, span: tuple[int, int]) -> None:
        level.begin(None)
        if level.route is None:
            return
        name, plain = str(event.value), event.style in PLAIN
        route = (*level.route, name)
        self._refuse_marks(event, route)
        self._keep_escaped(event, route)
        if plain and name == "<<":
            self.report.merge(span)
        elif name in level.into:
            self.report.duplicate(name, span, route, self.keys[route].line)
        else:
            if plain and not isinstance(plain_value(name), str):
                self.report.key(name, span, route)
            level.begin(name)
            self.keys[route] = self.lines.span(*span)

    def _alias(self, event: AliasEvent) -> None:
        start, self.end = extent(event)
        level = self.level
        if level and level.awaits_key:
            level.begin(None)
            route = level.route
        else:
            route = self._put(None)
        if route is not None:
            self.report.alias(start, route, bracket=self.bracket)

    def _refuse_marks(self, event: ScalarEvent | CollectionStartEvent, route: Route) -> None:
        """Refuse an anchor or a tag before a value."""
        start, _ = extent(event)
        if event.anchor is not None:
            self.report.anchor(start, route, bracket=self.bracket)
        elif event.tag is not None:
            self.report.tag(start, route, bracket=self.bracket)

    def _keep_escaped(self, event: ScalarEvent, route: Route) -> None:
        start, end = extent(event)
        if event.style == '"' and self.lines.text.find("\\", start, end) >= 0:
            self.escaped.append((start, end, str(event.value), route))

    def _put(self, value: Data) -> Route | None:
        if self.level:
            return self.level.take(value)
        self.data = value
        return ()

    def _open(self, event: CollectionStartEvent) -> bool:
        start, _ = extent(event)
        if len(self.levels) >= DEEPEST:
            self.report.too_deep(start, DEEPEST)
            return False
        into: list[Data] | dict[str, Data] = {} if isinstance(event, MappingStartEvent) else []
        if isinstance(event, MappingStartEvent) and self.lines.text.startswith("{{", start):
            self._template(start)
            route = None
        else:
            route = self._begin(into, start)
        if route is not None:
            self._refuse_marks(event, route)
        column, flow = self.lines.column(start) - 1, bool(event.flow_style)
        self.levels.append(Level(into=into, route=route, start=start, column=column, flow=flow))
        return True

    def _begin(self, into: "list[Data] | dict[str, Data]", start: int) -> Route | None:
        """Put a list or mapping in its place; None where what it holds is not kept."""
        level = self.level
        if level:
            level.last_text = None
        if not level or not level.awaits_key:
            return self._put(into)
        level.begin(None)
        if level.route is not None:
            self.report.complex_key(start)
        return None

    def _template(self, start: int) -> None:
        """`{{ name }}` without quotes is a mapping in a mapping; put what was meant there."""
        level = self.level
        kept = level is None or level.route is not None
        if level and level.awaits_key:
            level.begin(None)
            route = None
        else:
            route = self._put(
                self.lines.text[slice(*intended_span(self.lines, start, bracket=self.bracket))]
            )
        if kept:
            self.report.template(start, route or (), bracket=self.bracket)

    def _close(self, event: Event) -> None:
        level = self.levels.pop()
        if level.flow:
            self.end = extent(event)[1]
        if level.route is not None:
            self.values[level.route] = self.lines.span(level.start, max(self.end, level.start))
