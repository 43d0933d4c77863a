"""The parser's events into plain data, with the place of everything in it.

Nothing is built by the parser itself: its own constructor follows nesting on the C stack and loads
whatever tags ask for. Here depth is counted, and what the dialect lacks is refused where it stands.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from runner.document.lines import Lines
from runner.document.scalars import meaning
from runner.document.stretches import stretches
from runner.document.traps import comments, eaten, intended, quoted
from runner.problems import Place, Problem, Route, Span, Stretch

Data: TypeAlias = "str | int | Decimal | bool | list[Data] | dict[str, Data] | None"
DEEPEST: Final = 32
PLAIN: Final = (None, "")


@dataclass(slots=True, kw_only=True)
class Level:
    """A list or mapping that is being read. Without a route it is read and thrown away."""

    into: "list[Data] | dict[str, Data]"
    route: Route | None
    start: int
    column: int
    flow: bool
    key: str | None = None
    """The key whose value comes next; None when that value is thrown away."""
    awaits_value: bool = False

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.into, dict) and not self.awaits_value

    def take(self, value: Data) -> Route | None:
        """Put a value in its place. Returns its route, or None where it is not kept."""
        if isinstance(self.into, list):
            self.into.append(value)
            return None if self.route is None else (*self.route, len(self.into) - 1)
        self.awaits_value = False
        if self.route is None or self.key is None:
            return None
        self.into[self.key] = value
        return (*self.route, self.key)


@dataclass(slots=True, kw_only=True)
class Tree:
    """What has been read of one file so far."""

    path: str
    lines: Lines
    data: Data = None
    keys: dict[Route, Span] = field(default_factory=dict)
    values: dict[Route, Span] = field(default_factory=dict)
    texts: dict[Route, tuple[Stretch, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    scalars: list[tuple[int, int]] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    documents: int = 0
    end: int = 0
    """Where the last thing ended that is not white space."""

    @property
    def opener(self) -> int | None:
        """The innermost bracket that is open."""
        return self.levels[-1].start if self.levels and self.levels[-1].flow else None

    def read(self) -> bool:
        """Read the whole file; False where it can't be read to its end. Raises yaml.YAMLError."""
        for event in yaml.parse(self.lines.text, Loader=yaml.CLoader):
            match event:
                case DocumentStartEvent() | DocumentEndEvent():
                    if not self._document(event):
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
        self._comments()
        return True

    def complain(
        self, rule: str, message: str, span: tuple[int, int], help: str, route: Route = ()
    ) -> None:
        place = Place(path=self.path, route=route, span=self.lines.span(*span))
        self.problems.append(Problem(rule=rule, message=message, place=place, help=help))

    def _document(self, event: Event) -> bool:
        start, end = extent(event)
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            more = self.documents > 1
        else:
            rest = (line.strip() for line in self.lines.text[end:].split("\n"))
            more = self.lines.text[start:end].startswith("...") and any(
                line and line[0] != "#" for line in rest
            )
        if more:
            mark = self.lines.text[start:end].strip()
            help = "one file is one campaign: move what follows into a file of its own"
            self.complain(
                "yaml-documents", f"`{mark}` begins a second document", (start, end), help
            )
        return not more

    def _scalar(self, event: ScalarEvent) -> None:
        start, end = extent(event)
        end = self._end_of(event, start, end)
        self.scalars.append(extent(event))
        self.end = max(self.end, end)
        level = self.levels[-1] if self.levels else None
        if level and level.awaits_key:
            self._key(level, event, (start, end))
            return
        plain = event.style in PLAIN
        value = meaning(event.value) if plain else str(event.value)
        route = self._put(value)
        if route is None:
            return
        self._undecorated(event, route)
        self.values[route] = self.lines.span(start, end)
        if isinstance(value, str):
            self.texts[route] = stretches(self.lines, value, event.style, start, end)
        if plain:
            self._cut(level, (start, end), route)

    def _end_of(self, event: ScalarEvent, start: int, end: int) -> int:
        """The end of a scalar; the parser counts the empty lines below a block text to it."""
        block = event.style in ("|", ">")
        return start + len(self.lines.text[start:end].rstrip()) if block else end

    def _cut(self, level: Level | None, span: tuple[int, int], route: Route) -> None:
        start, end = span
        indent = level.column if level and not level.flow and end > start else None
        cut = eaten(self.lines, end, indent)
        if not cut:
            return
        text = self.lines.text
        whole = " ".join(text[start if end > start else cut[0] : cut[1]].split())
        self._put_again(whole, route)
        self.complain(
            "hash-cut",
            f"`{text[cut[0] : cut[1]].rstrip()}` is read as a comment, so it is cut off the text",
            cut,
            f"quote the text: {quoted(whole)}, or put a space after the # of a comment",
            route,
        )

    def _put_again(self, value: Data, route: Route) -> None:
        """Replace the value just put, so that what is checked later is what was meant."""
        if not self.levels:
            self.data = value
        elif isinstance(into := self.levels[-1].into, list):
            into[-1] = value
        else:
            into[str(route[-1])] = value

    def _key(self, level: Level, event: ScalarEvent, span: tuple[int, int]) -> None:
        level.awaits_value, level.key = True, None
        if level.route is None:
            return
        name, plain = str(event.value), event.style in PLAIN
        route = (*level.route, name)
        self._undecorated(event, route)
        if plain and name == "<<":
            help = "write the keys out where they belong"
            self.complain("yaml-merge", "`<<` merges mappings, which campaigns can't", span, help)
            return
        if name in level.into:
            first = self.keys[route].line
            message = f"the key `{name}` is written twice, first on line {first}"
            self.complain("duplicate-key", message, span, "keep one of the two", route)
            return
        if plain and not isinstance(meaning(name), str):
            message = (
                f"the key `{name}` is not a text" if name else "a key is missing before the `:`"
            )
            help = f"quote the key: {quoted(name)}" if name else "write `key: value`"
            self.complain("non-text-key", message, span, help, route)
        level.key = name
        self.keys[route] = self.lines.span(*span)

    def _alias(self, event: AliasEvent) -> None:
        start, end = extent(event)
        self.end = end
        level = self.levels[-1] if self.levels else None
        if level and level.awaits_key:
            level.awaits_value, level.key = True, None
            route = level.route
        else:
            route = self._put(None)
        if route is not None:
            self._refuse_mark("yaml-alias", "an alias", (start, end), route)

    def _undecorated(self, event: NodeEvent, route: Route) -> None:
        """Refuse an anchor or a tag before a value."""
        start = extent(event)[0]
        word = self.lines.text[start : self.lines.end(start)].split(None, 1)[:1]
        span = start, start + len(word[0] if word else "")
        if event.anchor is not None:
            self._refuse_mark("yaml-alias", "an anchor", span, route)
        elif isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            self._refuse_mark("yaml-tag", "a tag", span, route)

    def _refuse_mark(self, rule: str, noun: str, span: tuple[int, int], route: Route) -> None:
        mark = self.lines.text[slice(*span)]
        whole = self.lines.text[slice(*intended(self.lines, span[0], flow=self.opener is not None))]
        self.complain(
            rule,
            f"`{mark}` is {noun} of YAML, which campaigns don't have",
            span,
            f"if it is text, quote it: {quoted(whole)}; else write the value itself",
            route,
        )

    def _put(self, value: Data) -> Route | None:
        if self.levels:
            return self.levels[-1].take(value)
        self.data = value
        return ()

    def _open(self, event: CollectionStartEvent) -> bool:
        start = extent(event)[0]
        if len(self.levels) >= DEEPEST:
            message = f"more than {DEEPEST} levels of nesting"
            self.complain("too-deep", message, (start, start + 1), "nest it less deeply")
            return False
        into: list[Data] | dict[str, Data] = {} if isinstance(event, MappingStartEvent) else []
        column = self.lines.column(start) - 1
        flow = bool(event.flow_style)
        route = self._begin(into, event)
        if route is not None:
            self._undecorated(event, route)
        self.levels.append(Level(into=into, route=route, start=start, column=column, flow=flow))
        return True

    def _begin(self, into: "list[Data] | dict[str, Data]", event: Event) -> Route | None:
        """Put a list or mapping in its place; None where what it holds is not kept."""
        start = extent(event)[0]
        template = isinstance(into, dict) and self.lines.text.startswith("{{", start)
        level = self.levels[-1] if self.levels else None
        if level and level.awaits_key:
            level.awaits_value, level.key = True, None
            if level.route is not None and not template:
                help = "write `key: value`, with a text as the key"
                span = start, start + 1
                self.complain("yaml-complex-key", "a list or mapping can't be a key", span, help)
        elif not template:
            return self._put(into)
        kept = level is None or level.route is not None
        if template and kept:
            self._template(start)
        return None

    def _template(self, start: int) -> None:
        """`{{ name }}` without quotes is a mapping in a mapping; put what was meant there."""
        span = intended(self.lines, start, flow=self.opener is not None)
        text = self.lines.text[slice(*span)]
        is_key = bool(self.levels) and self.levels[-1].awaits_value and self.levels[-1].key is None
        route = None if is_key else self._put(text)
        message = "a text that begins with `{{` needs quotes"
        self.complain(
            "unquoted-text", message, span, f"quote the text: {quoted(text)}", route or ()
        )

    def _close(self, event: Event) -> None:
        level = self.levels.pop()
        if level.flow:
            self.end = extent(event)[1]
        if level.route is not None:
            self.values[level.route] = self.lines.span(level.start, max(self.end, level.start))

    def _comments(self) -> None:
        told = {p.place.span.line for p in self.problems if p.place.span}
        for start, end in comments(self.lines, self.scalars):
            if self.lines.number(start) in told:
                continue
            word = self.lines.text[start:end].split()[0].rstrip(",]}")
            message = f"`{word}` is read as a comment, with the rest of its line"
            help = f"quote it if it is text: {quoted(word)}; put a space after the # of a comment"
            self.complain("hash-cut", message, (start, end), help)


def extent(event: Event) -> tuple[int, int]:
    """Where an event's text begins and ends. Marks count code points."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)
