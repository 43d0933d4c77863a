"""How X gives a text back: links as t.co, entities with their places, `& < >` escaped.

X's rules: docs.x.com/x-api/fundamentals/data-dictionary (samples with `&amp;`), and
docs.x.com/fundamentals/counting-characters. Places count code points of the text as returned.
"""

import hashlib
import html
from typing import Final

from pydantic import JsonValue

from runner.text import entities, nfc
from runner.value import Value
from runner.views.html.timeline import display_url, expanded_url

_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class ShownText(Value):
    """A text as X answers it, and its entities as JSON."""

    text: str
    entities: dict[str, JsonValue]


def normal(text: str) -> str:
    """What X stores: NFC, without white space around."""
    return nfc(text).strip()


def canonical(text: str) -> str:
    """What two texts that X calls duplicates have in common."""
    return " ".join(nfc(text).split())


def shown_text(post_id: str, text: str, pictures: tuple[tuple[str, str], ...] = ()) -> ShownText:
    """A post's text as X answers it. `pictures` are (media key, link); they share one t.co."""
    written, found, at = [], _Found(), 0
    for number, entity in enumerate(entities(text)):
        written.append(_escaped_text(text[at : entity.start]))
        start, said = sum(map(len, written)), entity.text
        at = entity.end
        if entity.kind == "url":
            short = short_link(post_id, number)
            written.append(short)
            found.url(start, short, said)
        else:
            written.append(_escaped_text(said))
            found.tag(entity.kind, start, said)
    written.append(_escaped_text(text[at:]))
    whole = "".join(written)
    if pictures:
        short = short_link(post_id, -1)
        whole = f"{whole} {short}".lstrip()
        for key, link in pictures:
            found.url(len(whole) - len(short), short, link, media_key=key)
    return ShownText(whole, found.entities)


class _Found:
    def __init__(self) -> None:
        self.entities: dict[str, JsonValue] = {}

    def _add(self, kind: str, entity: dict[str, JsonValue]) -> None:
        listed = self.entities.setdefault(kind, [])
        assert isinstance(listed, list)  # noqa: S101 - only this method fills it
        listed.append(entity)

    def url(self, start: int, short: str, target: str, **more: JsonValue) -> None:
        place: dict[str, JsonValue] = {"start": start, "end": start + len(short)}
        links = {
            "url": short,
            "expanded_url": expanded_url(target),
            "display_url": display_url(target),
        }
        self._add("urls", {**place, **links, **more})

    def tag(self, kind: str, start: int, said: str) -> None:
        name = "username" if kind == "mention" else "tag"
        self._add(f"{kind}s", {"start": start, "end": start + len(said), name: said[1:]})


def short_link(post_id: str, number: int) -> str:
    """A t.co link; always the same for a post and a place in it."""
    value = int.from_bytes(hashlib.sha256(f"{post_id}/{number}".encode()).digest()[:8])
    letters = []
    for _ in range(10):
        value, rest = divmod(value, 62)
        letters.append(_BASE62[rest])
    return f"https://t.co/{''.join(letters)}"


def _escaped_text(text: str) -> str:
    return html.escape(text, quote=False)
