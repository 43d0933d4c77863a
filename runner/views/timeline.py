"""Posts as X shows them, as HTML: one post by itself, or a whole timeline as a page.

The page loads nothing: its style is in it. Times are shown in the zone that they come in.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

from runner.text import entities
from runner.views.phrases import moment

if TYPE_CHECKING:
    import jinja2

_HUES: Final = 6
_SHOWN_URL: Final = 27
_OPEN: Final = re.compile("(⟦[^⟧]*⟧)")
_WHO_REPLIES: Final = {
    "following": "Accounts that @{handle} follows can reply",
    "mentionedUsers": "Only mentioned accounts can reply",
    "subscribers": "Only subscribers can reply",
    "verified": "Only verified accounts can reply",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain, a link, or `open`: ⟦a value that is not known yet⟧."""

    text: str
    href: str | None = None
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo, GIF or video. `src` is a URL or a `data:` URL; without it a box stands there."""

    kind: Literal["photo", "gif", "video"] = "photo"
    src: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollCard:
    """A poll. `footer` says how long it is open."""

    options: tuple[str, ...]
    footer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCard:
    """All that is to be seen of one post. `text` is as it was written, with its links in full.

    `joined_above` and `joined_below` draw the line between the parts of a thread; `reposted_by`
    is the name above a post that is shared, `replying_to` the handle whose post is answered.
    `anchor` becomes the element's id.
    """

    name: str
    handle: str
    text: str
    at: datetime | None = None
    pictures: tuple[Picture, ...] = ()
    poll: PollCard | None = None
    reposted_by: str | None = None
    replying_to: str | None = None
    paid_partnership: bool = False
    made_with_ai: bool = False
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
        notes = (
            self.paid_partnership and "Paid partnership",
            self.made_with_ai and "Made with AI",
            replies,
        )
        return tuple(note for note in notes if note)

    @property
    def initial(self) -> str:
        return next((letter for letter in self.name if letter.isalnum()), "@").upper()

    @property
    def hue(self) -> int:
        return sum((self.handle or self.name).lower().encode()) % _HUES


@dataclass(frozen=True, slots=True)
class Tab:
    """A link at the head of the page."""

    label: str
    href: str
    current: bool = False


def timeline_page(
    cards: Sequence[PostCard], *, title: str, lead: str = "", tabs: Sequence[Tab] = ()
) -> str:
    """A page of its own with these posts, in this order."""
    return (
        _templates()
        .get_template("timeline.html")
        .render(cards=cards, title=title, lead=lead, tabs=tabs, css=_style())
    )


def post_html(card: PostCard) -> str:
    """One post as an `<article>`, for a page that has `post_style()`."""
    template = _templates().get_template("post.html")
    component = template.make_module().post  # type: ignore[attr-defined]
    return str(component(card))


def post_style() -> str:
    """The CSS that posts and the page need."""
    return str(_style())


def displayed(url: str) -> str:
    """A link as X shows it: without scheme and `www.`, cut after 26 characters."""
    bare = re.sub(r"^(https?://)?(www\.)?", "", url, flags=re.IGNORECASE)
    return bare if len(bare) <= _SHOWN_URL else f"{bare[: _SHOWN_URL - 1]}…"


def expanded(url: str) -> str:
    """A link as X resolves it: one without a scheme gets `http://`."""
    return url if re.match(r"https?://", url, re.IGNORECASE) else f"http://{url}"


def pieces(text: str) -> tuple[Piece, ...]:
    """A text taken apart as X links it."""
    text = unicodedata.normalize("NFC", text)
    found: list[Piece] = []
    at = 0
    for entity in entities(text):
        found += _plain(text[at : entity.start])
        found.append(_linked(entity.kind, entity.text))
        at = entity.end
    return (*found, *_plain(text[at:]))


def _plain(text: str) -> Iterator[Piece]:
    for part in _OPEN.split(text):
        if part:
            yield Piece(part, open=part.startswith("⟦"))


def _linked(kind: str, said: str) -> Piece:
    name = quote(said[1:])
    match kind:
        case "url":
            return Piece(displayed(said), expanded(said))
        case "hashtag":
            return Piece(said, f"https://x.com/hashtag/{name}")
        case "cashtag":
            return Piece(said, f"https://x.com/search?q=%24{name}")
        case _:
            return Piece(said, f"https://x.com/{name}")


@cache
def _templates() -> "jinja2.Environment":
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("runner.views", "page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = moment
    return environment


@cache
def _style() -> str:
    from markupsafe import Markup

    templates = _templates()
    assert templates.loader  # noqa: S101 - given above
    source, _, _ = templates.loader.get_source(templates, "page.css")
    return Markup(source)  # noqa: S704 - our own file, and no value goes into it
