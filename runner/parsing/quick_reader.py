"""Plain data without places, of a file about which nothing is to be said: of nearly every file.

It gives up at whatever the reader may have a word for, which then reads the file again. Where
things stand is looked up once somebody asks, in `source_map`.

An unquoted scalar means what it does in the core schema of YAML 1.2, where people mean the same. A
number is what JSON calls one, without an exponent. Everything else is the text as it is written:
`12:30`, `no`, `2026-12-01`, and also `010`, `+371200`, `0x1F`, `1e5`, `1_000` and `.inf`, which the
core schema (or YAML 1.1) would turn into other numbers. Nobody writes a price in these ways, while
codes, times and telephone numbers do look like this, and a text keeps what the author sees. A field
that wants a number says so where it gets such a text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Final

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from runner.parsing.data import Data
from runner.parsing.syntax_errors.intended_text import HASHTAG
from runner.text.invisible import invisible

DEEPEST: Final = 32
"""Levels of nesting."""
MOST: Final = 30_000
"""Events of the parser in a file."""
COMMENT: Final = re.compile("#.*")
Scalar = str | int | Decimal | bool | None
PLAIN: Final = (None, "")
"""The styles of an unquoted scalar."""
# longer runs of digits are ids; int() itself gives up at 4300
INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,39})")
FRACTION: Final = re.compile(r"-?(0|[1-9][0-9]{0,39})\.[0-9]{1,40}")
NUMBERS_BEGIN_WITH: Final = "-0123456789"
WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class NeedsReader(Exception):
    """The reader may have something to say."""


def read_quickly(text: str) -> "QuickReader | None":
    """What the reader would read; None where it has to do so itself."""
    if invisible(text):
        return None
    reader = QuickReader(islice(iter(yaml.CBaseLoader(text).get_event, None), MOST))
    try:
        reader.read()
    except (NeedsReader, StopIteration, yaml.YAMLError):
        return None
    return None if has_hashtag(text, reader.hashed) else reader


@dataclass(slots=True)
class QuickReader:
    """What has been read of one file so far, by the events of its parser."""

    events: Iterator[Event]
    data: Data = None
    written: int = 1
    """How many keys and values the file has; the whole is one of them."""
    hashed: list[ScalarEvent] = field(default_factory=list)
    """The scalars with a `#` in them."""

    def read(self) -> None:
        """Read the whole file. Raises NeedsReader, StopIteration or yaml.YAMLError."""
        _, start = next(self.events), next(self.events)
        if not isinstance(start, DocumentStartEvent) or start.explicit:
            raise NeedsReader
        self.data = self._value(next(self.events), 0)
        end, last = next(self.events), next(self.events)
        if not isinstance(end, DocumentEndEvent) or end.explicit:
            raise NeedsReader
        if not isinstance(last, StreamEndEvent):
            raise NeedsReader

    def _value(self, event: Event, depth: int) -> Data:
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if not isinstance(event, CollectionStartEvent) or event.anchor is not None:
            raise NeedsReader
        if event.tag is not None or depth == DEEPEST:
            raise NeedsReader
        into_mapping = isinstance(event, MappingStartEvent)
        return self._mapping(depth + 1) if into_mapping else self._list(depth + 1)

    def _scalar(self, event: ScalarEvent) -> Data:
        if event.anchor is not None or event.tag is not None:
            raise NeedsReader
        text: str = event.value
        if "#" in text:
            self.hashed.append(event)
        if event.style in PLAIN:
            if not text:
                raise NeedsReader
            return plain_value(text)
        if event.style == '"' and invisible(text):
            raise NeedsReader
        return text

    def _list(self, depth: int) -> Data:
        entries: list[Data] = []
        while not isinstance(event := next(self.events), CollectionEndEvent):
            entries.append(self._value(event, depth))
        self.written += len(entries)
        return entries

    def _mapping(self, depth: int) -> Data:
        entries: dict[str, Data] = {}
        while not isinstance(event := next(self.events), CollectionEndEvent):
            key = self._value(event, depth)
            if not isinstance(key, str) or key in entries or key == "<<":
                raise NeedsReader
            entries[key] = self._value(next(self.events), depth)
        self.written += 2 * len(entries)
        return entries


def has_hashtag(text: str, hashed: Iterable[ScalarEvent]) -> bool:
    """Whether something like `#launch` stands outside of all scalars; `hashed` are those with a `#`
    in them."""
    at = 0
    for start, end in (*map(extent, hashed), (len(text), len(text))):
        comments = COMMENT.finditer(text, at, start)
        if any(HASHTAG.match(comment[0]) for comment in comments):
            return True
        at = end
    return False


def plain_value(plain: str) -> Scalar:
    """The value of an unquoted scalar. Fractions keep their digits: `59.90` is not `59.9`."""
    if plain in WORDS:
        return WORDS[plain]
    if plain[0] not in NUMBERS_BEGIN_WITH:
        return plain
    if INTEGER.fullmatch(plain):
        return int(plain)
    if FRACTION.fullmatch(plain):
        return Decimal(plain)
    return plain


def extent(event: Event) -> tuple[int, int]:
    """Where an event's text begins and ends. Marks count code points."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)
