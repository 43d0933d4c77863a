"""Posts as X shows them, as HTML: what is to be seen of one, and a timeline as a page.

The page loads nothing: its style is in it. Times are shown in the zone that they come in.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, Literal
from urllib.parse import quote

from runner.text import entities, invisible_characters, nfc
from runner.value import Value
from runner.views.html.templates import HUES, environment, style

_SHOWN_URL: Final = 27
_NEAR: Final = 20
"""So much below the limit X begins to count down."""
_OPEN: Final = re.compile("⟦[^⟧]*⟧")
_WHO_REPLIES: Final = {
    "following": "Accounts that @{handle} follows can reply",
    "mentionedUsers": "Only mentioned accounts can reply",
    "subscribers": "Only subscribers can reply",
    "verified": "Only verified accounts can reply",
}


class Piece(Value):
    """A stretch of a text: plain, a link, `open`: ⟦a value that is not known yet⟧, or `hidden`: one
    character that nobody would see."""

    text: str
    href: str | None = None
    open: bool = False
    hidden: bool = False


class Picture(Value, kw_only=True):
    """A photo, GIF or video. `src` is a URL or a `data:` URL; without it a box stands there."""

    kind: Literal["photo", "gif", "video"] = "photo"
    src: str | None = None
    alt: str | None = None


class PollCard(Value, kw_only=True):
    """A poll. `footer` says how long it is open."""

    options: tuple[str, ...]
    footer: str


class Length(Value):
    """How long a text is as X counts it, and how long it may be."""

    weight: int
    limit: int

    @property
    def percent(self) -> int:
        """The share of the limit, in percent; 100 at most."""
        return min(100 * self.weight // self.limit, 100)

    @property
    def level(self) -> Literal["fits", "near", "over"]:
        if self.weight > self.limit:
            return "over"
        return "near" if self.limit - self.weight <= _NEAR else "fits"


class PostCard(Value, kw_only=True):
    """All that is to be seen of one post. `text` is as it was written, with its links in full, in
    the language `lang`. `hue` is the number of a colour; without one the handle gives it.

    `joined_above` and `joined_below` draw the line between the parts of a thread; `reposted_by`
    is the name above a post that is shared, `replying_to` the handle whose post is answered.
    `anchor` becomes the element's id.
    """

    name: str
    handle: str
    text: str
    at: datetime | None = None
    stamp: str | None = None
    """What stands in place of `at` in full: X shows a day, or how long ago."""
    lang: str | None = None
    initials: str | None = None
    hue: int | None = None
    length: Length | None = None
    quoted: str | None = None
    """The address of the post that is shown below the text."""
    pictures: tuple[Picture, ...] = ()
    poll: PollCard | None = None
    reposted_by: str | None = None
    replying_to: str | None = None
    labels: tuple[str, ...] = ()
    """What X shows in small print, but for who may reply."""
    reply_settings: str | None = None
    joined_above: bool = False
    joined_below: bool = False
    anchor: str | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces(self.text)

    @property
    def notes(self) -> tuple[str, ...]:
        """The small print under a post."""
        replies = _WHO_REPLIES.get(self.reply_settings or "", "").format(handle=self.handle)
        return tuple(f"{note[0].upper()}{note[1:]}" for note in (*self.labels, replies) if note)

    @property
    def initial(self) -> str:
        first = next((letter for letter in self.name if letter.isalnum()), "@").upper()
        return self.initials or first

    @property
    def color(self) -> int:
        chosen = sum((self.handle or self.name).lower().encode()) if self.hue is None else self.hue
        return chosen % len(HUES)


class Tab(Value):
    """A link at the head of the page."""

    label: str
    href: str
    current: bool = False


def timeline_page(
    cards: Sequence[PostCard], *, title: str, lead: str = "", tabs: Sequence[Tab] = ()
) -> str:
    """A page of its own with these posts, in this order."""
    template = environment().get_template("timeline.html")
    return template.render(cards=cards, title=title, lead=lead, tabs=tabs, css=style())


def display_url(url: str) -> str:
    """A link as X shows it: without scheme and `www.`, cut after 26 characters."""
    bare = re.sub(r"^(https?://)?(www\.)?", "", url, flags=re.IGNORECASE)
    return bare if len(bare) <= _SHOWN_URL else f"{bare[: _SHOWN_URL - 1]}…"


def expanded_url(url: str) -> str:
    """A link as X resolves it: one without a scheme gets `http://`."""
    return url if re.match(r"https?://", url, re.IGNORECASE) else f"http://{url}"


def pieces(text: str) -> tuple[Piece, ...]:
    """A text taken apart as X links it."""
    text = nfc(text)
    hidden = invisible_characters(text)
    found: list[Piece] = []
    at = 0
    for entity in entities(text):
        found += _plain(text, at, entity.start, hidden)
        found.append(_link_piece(entity.kind, entity.text))
        at = entity.end
    return (*found, *_plain(text, at, len(text), hidden))


def _plain(text: str, start: int, end: int, hidden: tuple[int, ...]) -> Iterator[Piece]:
    """A stretch without links; `hidden` is where the invisible characters of the text stand."""
    spans = [each.span() for each in _OPEN.finditer(text, start, end)]
    inside = {at for first, last in spans for at in range(first, last)}
    spans += [(at, at + 1) for at in hidden if start <= at < end and at not in inside]
    for first, last in sorted(spans):
        if start < first:
            yield Piece(text[start:first])
        is_open = text[first] == "⟦"
        yield Piece(text[first:last], open=is_open, hidden=not is_open)
        start = last
    if start < end:
        yield Piece(text[start:end])


def _link_piece(kind: str, said: str) -> Piece:
    name = quote(said[1:])
    match kind:
        case "url":
            return Piece(display_url(said), expanded_url(said))
        case "hashtag":
            return Piece(said, f"https://x.com/hashtag/{name}")
        case "cashtag":
            return Piece(said, f"https://x.com/search?q=%24{name}")
        case _:
            return Piece(said, f"https://x.com/{name}")
