"""The media and the poll of a post, as X gets them."""

from collections.abc import Sequence
from functools import partial
from posixpath import dirname, join, normpath

from runner.models import Media, Poll, Words
from runner.problems import Message, Place, Problem
from runner.render.rendered import RenderedMedia, RenderedPoll
from runner.render.request import RenderRequest, Where
from runner.render.text_source import plain
from runner.text import nfc
from runner.value import Value


class Pictures(Value, kw_only=True):
    """Media as they are declared, and where."""

    media: Sequence[Media]
    where: Where


def pictures_of(request: RenderRequest, *, standard: bool) -> Pictures:
    """The media of a post that is no thread: its own, else its item's; else, where a standard
    template speaks and nothing else is shown, the product's."""
    post = request.post
    if post.media is not None:
        return Pictures(media=post.media, where=partial(request.at, "media"))
    if request.item and request.item[1].media:
        return Pictures(media=request.item[1].media, where=partial(request.at_item, "media"))
    product = getattr(request.file.campaign, "product", None)
    quote = post.quote or (request.item and request.item[1].quote)
    if standard and product and not post.poll and not quote:
        return Pictures(media=product.media, where=partial(request.at_root, "product", "media"))
    return Pictures(media=(), where=partial(request.at, "media"))


def media_of(
    request: RenderRequest, pictures: Pictures
) -> tuple[tuple[RenderedMedia, ...], list[Problem]]:
    """The files of a post with their facts, and a problem for each of which there are none."""
    shown, problems = [], []
    for index, media in enumerate(pictures.media):
        place = _within(pictures.where(), index)
        path = normpath(join(dirname(place.path), media.file))
        facts = request.assets.media.get(path)
        alt = (
            _text_in_locale(media.alt, request.locale, _within(place, "alt")) if media.alt else None
        )
        if isinstance(alt, Problem):
            problems.append(alt)
        elif facts is None:
            problems.append(_missing(media.file, _within(place, "file")))
        else:
            shown.append(
                RenderedMedia(
                    path=path, digest=facts.digest, type=facts.type, size=facts.size, alt=alt
                )
            )
    return tuple(shown), problems


def poll_of(request: RenderRequest, poll: Poll, place: Place) -> tuple[RenderedPoll, list[Problem]]:
    """The poll in the locale."""
    options = [
        _text_in_locale(option, request.locale, _within(place, "options", index))
        for index, option in enumerate(poll.options)
    ]
    return (
        RenderedPoll(
            options=tuple(option for option in options if isinstance(option, str)),
            minutes=int(poll.open.total_seconds() // 60),
        ),
        [option for option in options if isinstance(option, Problem)],
    )


def _text_in_locale(words: Words, locale: str, place: Place) -> str | Problem:
    found = plain(words, locale, lambda: place)
    return nfc(found.strip()) if isinstance(found, str) else found


def _missing(file: str, place: Place) -> Problem:
    help = "add the file, or correct its path, which is relative to this file"
    return Message("missing-media", f"there is no picture or film `{file}`", help).at(place)


def _within(place: Place, *route: str | int) -> Place:
    return Place(path=place.path, route=(*place.route, *route))
