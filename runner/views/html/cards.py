"""A rendered post as X will show it: its account, its pictures, and a card for each part."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Final

from runner.durations import in_words
from runner.media import MediaKind, kind_of
from runner.models import Project
from runner.render import RenderedMedia, RenderedPart, RenderedPoll, RenderedPost, shown_labels
from runner.text import links
from runner.value import Value
from runner.views.html.templates import HUES
from runner.views.html.timeline import Length, Picture, PollCard, PostCard
from runner.x_facts import post_address

LONGEST_SIDE: Final = 720
"""Pixels: a post's column on a phone, at twice its density."""
ROOM: Final = 3_000_000
"""Characters that the `data:` URLs of all pictures of a page have together at most."""
Read = Callable[[str], bytes]
"""Gives the bytes of the media file at a path. May raise OSError."""


class ShownAccount(Value, kw_only=True):
    """An account. `hue` is the number of its colour: accounts take them in runner.yaml's order."""

    id: str
    handle: str
    hue: int

    @property
    def initials(self) -> str:
        """Two letters that stand for the account: AL for `acme_lv`."""
        words: list[str] = re.findall("[A-Za-z0-9]+", self.handle) or ["@"]
        letters = words[0][:1] + words[-1][:1] if len(words) > 1 else words[0][:2]
        return letters.upper()


def shown_accounts(project: Project) -> Mapping[str, ShownAccount]:
    """The project's accounts by id, each with its colour."""
    return {
        id: ShownAccount(id=id, handle=each.handle, hue=number % len(HUES))
        for number, (id, each) in enumerate(project.accounts.items())
    }


class Album:
    """The pictures of one page; what comes when the page is full is left out, and counted."""

    def __init__(self, read: Read, *, room: int = ROOM) -> None:
        self._made = cache(lambda path: _data_url(read, path))
        self._room = room
        self.left_out = 0

    def src(self, media: RenderedMedia) -> str | None:
        """The picture's `data:` URL; None for films, for files that are no picture, and when the
        page is full."""
        if kind_of(media.type) is MediaKind.VIDEO:
            return None
        url = self._made(media.path)
        if url and len(url) > self._room:
            self.left_out += 1
            return None
        self._room -= len(url or "")
        return url


def _data_url(read: Read, path: str) -> str | None:
    """A small copy of the picture as a `data:` URL; None where it can't be read."""
    from PIL import Image, ImageOps

    made = BytesIO()
    try:
        with Image.open(BytesIO(read(path)), formats=("JPEG", "PNG", "WEBP", "GIF")) as image:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(image).convert("RGBA")
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            picture.save(made, "WEBP", quality=72)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return None  # the problems of the file say what is wrong with it
    return f"data:image/webp;base64,{b64encode(made.getvalue()).decode()}"


def cards(
    post: RenderedPost, account: ShownAccount, album: Album, *, at: datetime
) -> tuple[PostCard, ...]:
    """The parts, first to last, joined by the line of a thread."""
    return tuple(_cards(post, account, album, at))


def _cards(
    post: RenderedPost, account: ShownAccount, album: Album, at: datetime
) -> Iterator[PostCard]:
    last = len(post.parts) - 1
    for index, part in enumerate(post.parts):
        if part.repost:
            yield _repost_card(part.repost, account)
            continue
        yield PostCard(
            name=account.id,
            handle=account.handle,
            initials=account.initials,
            hue=account.hue,
            text=part.text,
            lang=post.locale,
            at=at,
            stamp=f"{at.day} {at:%b}",
            length=Length(part.weight, post.limit),
            quoted=post_address(part.quote) if part.quote else None,
            pictures=tuple(_picture(media, album) for media in part.media),
            poll=_poll(part.poll) if part.poll else None,
            replying_to=account.handle if index == 0 and _is_reply(post) else None,
            labels=shown_labels(part),
            reply_settings=part.reply_settings,
            joined_above=index > 0,
            joined_below=index < last,
        )


def _repost_card(id: str, account: ShownAccount) -> PostCard:
    return PostCard(name="A post on X", handle="", text=post_address(id), reposted_by=account.id)


def _is_reply(post: RenderedPost) -> bool:
    return bool(post.reply_to or post.reply_to_id)


def _picture(media: RenderedMedia, album: Album) -> Picture:
    return Picture(kind=kind_of(media.type).value, src=album.src(media), alt=media.alt)


def _poll(poll: RenderedPoll) -> PollCard:
    return PollCard(
        options=poll.options, footer=f"Open for {in_words(timedelta(minutes=poll.minutes))}"
    )


def links_of(part: RenderedPart) -> tuple[str, ...]:
    """The links of a text in full; X shows them short."""
    return tuple(link.text for link in links(part.text))
