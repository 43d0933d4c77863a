"""What X makes clickable in a text: links, hashtags, mentions, cashtags; and whether a text says a
phrase, of which each hashtag has to stand whole."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final, Literal

from runner.text import tags, urls
from runner.text.characters import SCAN_LIMIT, nfc
from runner.text.emoji import current
from runner.value import Value

EntityKind = Literal["url", "hashtag", "mention", "cashtag"]
_LIKE_HANDLE: Final = re.compile(r"[@＠]([0-9A-Za-z_]{1,20})")


class Entity(Value):
    """A clickable piece of a text, which `text` repeats with its `#`, `@` or `$`.

    `start` and `end` count code points of the whole text in NFC.
    """

    kind: EntityKind
    start: int
    end: int
    text: str


def entities(text: str) -> tuple[Entity, ...]:
    """All that X makes clickable, from left to right; of two that overlap, the first.

    Nothing is looked for past `SCAN_LIMIT`.
    """
    text = nfc(text)[:SCAN_LIMIT]
    found: list[Entity] = []
    for start, end, kind in sorted(_spans(text), key=lambda span: span[0]):
        if not found or found[-1].end <= start:
            found.append(Entity(kind, start, end, text[start:end]))
    return tuple(found)


def links(text: str) -> tuple[Entity, ...]:
    """The links, which X bills: `https://…`, and bare domains such as `x.com` and `README.md`.

    They are those of X's library for JavaScript; where that for Java finds others, only the count
    of the text (`weigh`) takes both into account.
    """
    if not urls.may_link(text):
        return ()
    if not any(urls.spans(nfc(text)[:SCAN_LIMIT], current().domains)):
        return ()
    return _of_kind("url", text)


def hashtags(text: str) -> tuple[Entity, ...]:
    """The hashtags, none of which is part of a link."""
    if "#" not in text and "＃" not in text:
        return ()
    return _of_kind("hashtag", text)


def mentions(text: str) -> tuple[Entity, ...]:
    """The mentions of accounts, and of lists (`@name/list`)."""
    return _of_kind("mention", text)


def handles_like(text: str) -> frozenset[str]:
    """What may be mentioned, casefolded; quick, and never too little."""
    if "@" not in text and "＠" not in text:
        return frozenset()
    return frozenset(handle.casefold() for handle in _LIKE_HANDLE.findall(text))


def cashtags(text: str) -> tuple[Entity, ...]:
    """The cashtags: signs of shares and currencies, such as `$ABC`."""
    return _of_kind("cashtag", text)


def _of_kind(kind: EntityKind, text: str) -> tuple[Entity, ...]:
    return tuple(entity for entity in entities(text) if entity.kind == kind)


def _spans(text: str) -> Iterator[tuple[int, int, EntityKind]]:
    if urls.may_link(text):
        for start, end in urls.spans(text, current().domains):
            yield start, end, "url"
    for start, end in tags.mention_spans(text):
        yield start, end, "mention"
    for start, end in tags.hashtag_spans(text):
        yield start, end, "hashtag"
    for start, end in tags.cashtag_spans(text):
        yield start, end, "cashtag"


class Phrase(Value, dict=True):
    """A phrase. Capitals and spaces don't count, and each hashtag of it has to stand whole."""

    text: str

    def is_in(self, said: str) -> bool:
        plain = _plain(said)
        return self._plain in plain and self._tags <= {tag.text for tag in hashtags(plain)}

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self._plain.split())

    @cached_property
    def _plain(self) -> str:
        return _plain(self.text)

    @cached_property
    def _tags(self) -> frozenset[str]:
        return frozenset(tag.text for tag in hashtags(self._plain))


def _plain(text: str) -> str:
    return " ".join(nfc(text).casefold().split())
