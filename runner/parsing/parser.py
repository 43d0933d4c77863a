"""Parsing our dialect of YAML: `parse`, and what it gives back.

Nearly every file has nothing about which anything is to be said. It is read quickly, as plain data
without places; where things stand is looked up once somebody asks, in `source_map`. At whatever the
reader may have a word for, the quick one gives up, and the file is read again in `diagnosis`.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
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

from runner.parsing.data import DEEPEST, MOST, PLAIN, TOPS, Data, Parsed, Top, extent, plain_value
from runner.parsing.diagnosis import read_with_places
from runner.parsing.source_map import source_map
from runner.parsing.syntax_errors.intended_text import HASHTAG
from runner.problems import Message, Place, Problem, Span
from runner.sources import Lines, Source
from runner.text import invisible_characters

LARGEST: Final = 256 * 1024
# What YAML does not call printable, the ends of lines that only YAML 1.1 knows, byte order marks.
FORBIDDEN: Final = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
NAMES_OF_FORBIDDEN: Final = {
    "\0": "a NUL byte",
    "\x85": "a next-line character",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\ufeff": "a byte order mark",
}
LINE_ENDS: Final = "\x0b\x0c\x85\u2028\u2029"
"""What ends a line elsewhere."""
COMMENT: Final = re.compile("#.*")


def parse(path: str, data: bytes, *, top: Top = "mapping") -> Parsed:
    """Read a file in our dialect. Never raises, whatever the bytes.

    `top` is what the file has to be as a whole. After an error of syntax the rest can't be read, so
    there is one of them at most; all other problems are gathered.
    """
    text, refused = decode(path, data)
    if refused:
        return Parsed(data=None, source=Source(path=path, text=text), problems=(refused,))
    quick = read_quickly(text)
    if quick and isinstance(quick.data, TOPS[top]):
        source = Source(path=path, text=text, make_map=partial(source_map, text))
        return Parsed(data=quick.data, source=source, problems=(), written=quick.written)
    return read_with_places(path, text, top)


def decode(path: str, data: bytes) -> tuple[str, Problem | None]:
    """The text, with `\\n` at every line's end and without a byte order mark; and why it can't be
    read.

    With a problem the text is only good for showing the line.
    """
    start = Place(path=path, span=Span(line=1, column=1, end_line=1, end_column=2))
    if len(data) > LARGEST:
        text = f"the file has more than {LARGEST // 1024} KiB"
        return "", Message("too-large", text, "divide it into several files").at(start)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        help = "save it as UTF-8 (not as UTF-16 or “Unicode”)"
        return "", Message("not-utf-8", "the file is written in UTF-16", help).at(start)
    data = data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error)
    found = FORBIDDEN.search(text)
    return text, _forbidden(path, text, found) if found else None


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> tuple[str, Problem]:
    at = len(data[: error.start].decode())
    text = data.decode(errors="replace")
    fault = f"the byte 0x{data[error.start]:02x} is not UTF-8"
    help = "save the file as UTF-8, then look at this character again"
    place = Place(path=path, span=Lines(text).span(at, at + 1))
    return text, Message("not-utf-8", fault, help).at(place)


def _forbidden(path: str, text: str, found: re.Match[str]) -> Problem:
    name = NAMES_OF_FORBIDDEN.get(found[0], "a control character")
    fault = f"{name} (U+{ord(found[0]):04X}) can't stand in a file"
    ends_line = found[0] in LINE_ENDS
    help = "delete it, and begin a new line in its place" if ends_line else "delete it"
    place = Place(path=path, span=Lines(text).span(*found.span()))
    return Message("control-character", fault, help).at(place)


class NeedsReader(Exception):
    """The reader may have something to say."""


def read_quickly(text: str) -> "QuickReader | None":
    """What the reader would read; None where it has to do so itself."""
    if invisible_characters(text):
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
        if event.style == '"' and invisible_characters(text):
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
