"""The parts of a post before its templates are run, and where their texts are written."""

from functools import partial

from runner.models import OthersPost, Poll
from runner.problems import Problem
from runner.render.media import Pictures, pictures_of
from runner.render.request import RenderRequest, Where
from runner.render.text_source import TextSource, from_template, from_text, standard, without_words
from runner.value import Value


class Draft(Value, kw_only=True):
    """One part before its words are run: where they come from, and what goes with them."""

    words: TextSource | Problem
    pictures: Pictures
    poll: Poll | None = None
    where: Where


def shared_post(request: RenderRequest) -> OthersPost | None:
    """The post of somebody else that is shared; an item's, where the post says nothing itself."""
    post = request.post
    if post.repost or post.text or post.template or post.thread or not request.item:
        return post.repost
    return request.item[1].repost


def drafts_of(request: RenderRequest) -> tuple[Draft, ...]:
    post, locale = request.post, request.locale
    if post.thread is None:
        words = _text_source(request)
        is_standard = isinstance(words, TextSource) and words.standard
        pictures = pictures_of(request, standard=is_standard)
        return (Draft(words=words, pictures=pictures, poll=post.poll, where=request.at),)
    drafts = []
    for index, part in enumerate(post.thread):
        at = partial(request.at, "thread", index)
        words = (
            from_text(part.text, locale, partial(at, "text"))
            if part.text is not None
            else from_template(request, part.template or "", partial(at, "template"))
        )
        pictures = Pictures(media=part.media, where=partial(at, "media"))
        drafts.append(Draft(words=words, pictures=pictures, poll=part.poll, where=at))
    return tuple(drafts)


def _text_source(request: RenderRequest) -> TextSource | Problem:
    """The post's own; else the standard template's, which sees what the item says; else its."""
    post, item = request.post, request.item
    if post.text is not None:
        return from_text(post.text, request.locale, partial(request.at, "text"))
    if post.template is not None:
        return from_template(request, post.template, partial(request.at, "template"))
    if found := standard(request):
        return found
    if item and item[1].text is not None:
        return from_text(item[1].text, request.locale, partial(request.at_item, "text"))
    return without_words(request)
