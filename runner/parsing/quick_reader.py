"""Plain data without places, of a file about which nothing is to be said: of nearly every file.

It gives up at whatever the reader may have a word for, which then reads the file again. Where
things stand is looked up once somebody asks, in `places`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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

from runner.parsing.data import PLAIN, Data, plain_value
from runner.parsing.reader import DEEPEST, MOST
from runner.parsing.source_map import extent
from runner.parsing.syntax_errors.intended_text import HASHTAG
from runner.text.invisible import invisible

COMMENT: Final = re.compile("#.*")


class NeedsReader(Exception):
    """The reader may have something to say."""


def read_quickly(text: str) -> "QuickReader | None":
    """What the reader would read; None where it has to do so itself."""
    events = islice(iter(yaml.CBaseLoader(text).get_event, None), MOST)
    reader = QuickReader(text=text, events=events)
    try:
        reader.read()
    except (NeedsReader, StopIteration, yaml.YAMLError):
        return None
    return reader


@dataclass(slots=True, kw_only=True)
class QuickReader:
    """What has been read of one file so far."""

    text: str
    events: Iterator[Event]
    data: Data = None
    written: int = 1
    """How many keys and values the file has; the whole is one of them."""
    hashed: list[ScalarEvent] = field(default_factory=list)
    """The scalars with a `#` in them."""

    def read(self) -> None:
        """Read the whole file. Raises NeedsReader, StopIteration or yaml.YAMLError."""
        if invisible(self.text):
            raise NeedsReader
        _, start = next(self.events), next(self.events)
        if not isinstance(start, DocumentStartEvent) or start.explicit:
            raise NeedsReader
        self.data = self._value(next(self.events), 0)
        end, last = next(self.events), next(self.events)
        if not isinstance(end, DocumentEndEvent) or end.explicit:
            raise NeedsReader
        if not isinstance(last, StreamEndEvent) or self._has_hashtag():
            raise NeedsReader

    def _has_hashtag(self) -> bool:
        """Whether something like `#launch` stands outside of all scalars."""
        at = 0
        for start, end in (*map(extent, self.hashed), (len(self.text), len(self.text))):
            comments = COMMENT.finditer(self.text, at, start)
            if any(HASHTAG.match(comment[0]) for comment in comments):
                return True
            at = end
        return False

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
