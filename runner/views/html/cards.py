"""A rendered post as X will show it: a card for each part."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from runner.durations import in_words
from runner.media import MediaKind, kind_of
from runner.render import RenderedMedia, RenderedPart, RenderedPoll, RenderedPost
from runner.render.labels import shown_labels
from runner.text import links
from runner.views.html.accounts import ShownAccount
from runner.views.html.pictures import Album
from runner.views.html.timeline import Length, Picture, PollCard, PostCard


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
            quoted=_address(part.quote) if part.quote else None,
            pictures=tuple(_picture(media, album) for media in part.media),
            poll=_poll(part.poll) if part.poll else None,
            replying_to=account.handle if index == 0 and _answers(post) else None,
            labels=shown_labels(part),
            reply_settings=part.reply_settings,
            joined_above=index > 0,
            joined_below=index < last,
        )


def _repost_card(id: str, account: ShownAccount) -> PostCard:
    return PostCard(name="A post on X", handle="", text=_address(id), reposted_by=account.id)


def _address(id: str) -> str:
    return f"https://x.com/i/status/{id}"


def _answers(post: RenderedPost) -> bool:
    return bool(post.reply_to or post.reply_to_id)


def _picture(media: RenderedMedia, album: Album) -> Picture:
    src, kind = album.src(media), kind_of(media.type)
    return Picture(kind=kind.value, src=None if kind is MediaKind.VIDEO else src, alt=media.alt)


def _poll(poll: RenderedPoll) -> PollCard:
    return PollCard(
        options=poll.options, footer=f"Open for {in_words(timedelta(minutes=poll.minutes))}"
    )


def links_of(part: RenderedPart) -> tuple[str, ...]:
    """The links of a text in full; X shows them short."""
    return tuple(link.text for link in links(part.text))
