"""Occurrence in, rendered post out: the words run, the media shown, weighed and priced."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from runner.bugs import Bug, contained
from runner.ledger import Key
from runner.models import Item, OthersPost, Poll
from runner.prices import cost_of
from runner.problems import Message, Place, Problem, suggest
from runner.render.media import Pictures, ask, pictures_of, show
from runner.render.post_renderer import Speech
from runner.render.rendered import (
    RenderedMedia,
    RenderedPart,
    RenderedPoll,
    RenderedPost,
    Rendering,
    ReplySettings,
)
from runner.render.request import Order, PostedLink, Workshop
from runner.render.siblings import key_of
from runner.render.text_source import Wording, from_template, from_text, standard
from runner.schedule.occurrence import Occurrence
from runner.templating.values import Spoken, greatest_in, shown_in, split_at
from runner.text import LIMIT, PREMIUM_LIMIT, links, weigh

REPLY_SETTINGS: Final[Mapping[str, ReplySettings]] = {
    "following": "following",
    "mentioned-users": "mentionedUsers",
    "subscribers": "subscribers",
    "verified": "verified",
}
MOST_PARTS: Final = 25
"""Posts of a thread."""
_NEXT_PART: Final = re.compile(r"\n+---\n+")
"""A line of three hyphens in a template file: what follows is the next part of a thread."""
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """One part before its words are run: where they come from, and what goes with them."""

    words: Wording | Problem
    pictures: Pictures
    poll: Poll | None = None
    place: Place


def rendering(
    occurrence: Occurrence,
    *,
    workshop: Workshop,
    item: tuple[str, Item] | None = None,
    anchors: Mapping[str, datetime | date] = _NOTHING,  # type: ignore[assignment]
    posted: Mapping[str, PostedLink] = _NOTHING,  # type: ignore[assignment]
) -> Rendering:
    """The post exactly as X gets it. A bug is what is wrong with it, too.

    `anchors` are those of the timetable; `posted` are the posts of this campaign that are out on
    this account, by id.
    """
    named = occurrence.file.campaign.partner
    if named is not None and named not in workshop.project.partners:
        return Rendering()  # `unknown-partner` is the one mistake; all that lacks it only follows
    order = Order(
        occurrence=occurrence, workshop=workshop, item=item, anchors=anchors, posted=posted
    )
    made = contained("rendering", occurrence.key, lambda: _rendered(order))
    return Rendering(problems=(made.problem(order.at()),)) if isinstance(made, Bug) else made


def _rendered(order: Order) -> Rendering:
    occurrence = order.occurrence
    speech = Speech(order)
    problems: list[Problem] = []
    parts = _parts(order, speech, problems)
    reply_to, reply_to_id = _answered(order, speech, problems)
    problems += speech.scene.problems
    timed = speech.scene.timed
    characters = sum(len(each.text) for each in parts)
    order.workshop.work.render(occurrence.file.path, speech.steps, characters)
    if problems:
        return Rendering(problems=tuple(dict.fromkeys(problems)), timed=timed)
    post = RenderedPost(
        key=occurrence.key,
        due=occurrence.due,
        locale=order.locale,
        limit=_limit(order),
        parts=parts,
        reply_to=reply_to,
        reply_to_id=reply_to_id,
        item=order.item[0] if order.item else None,
        awaits=tuple(speech.scene.awaits),
        lacks=tuple(speech.scene.lacks),
    )
    return Rendering(post=post, timed=timed, shape=_shape(parts, speech) if timed else ())


def _shape(parts: tuple[RenderedPart, ...], speech: Speech) -> tuple[str, ...]:
    """The texts without the moments that they tell, the longest first: one may be in another."""
    told = sorted(speech.scene.told, key=len, reverse=True)
    if not told:
        return tuple(part.text for part in parts)
    moments = re.compile("|".join(map(re.escape, told)))
    return tuple(moments.sub("⟦⟧", part.text) for part in parts)


def _parts(order: Order, speech: Speech, problems: list[Problem]) -> tuple[RenderedPart, ...]:
    if repost := _repost(order):
        return (_shared(repost),)
    parts = [part for draft in _drafts(order) for part in _parts_of(order, speech, draft, problems)]
    if len(parts) > MOST_PARTS:
        text = f"this is a thread of {len(parts)} posts, and one has at most {MOST_PARTS}"
        help = "say it in fewer, with a `text` or a template of your own"
        problems.append(Message("out-of-range", text, help).at(order.at()))
    _set_first(order, parts, problems)
    return tuple(parts)


def _repost(order: Order) -> OthersPost | None:
    """The post of somebody else that is shared; an item's, where the post says nothing itself."""
    post = order.occurrence.post
    if post.repost or post.text or post.template or post.thread or not order.item:
        return post.repost
    return order.item[1].repost


def _shared(repost: OthersPost) -> RenderedPart:
    return RenderedPart(
        text="",
        weight=0,
        cost=cost_of(link=False, media=0, alts=0, repost=True),
        repost=repost.id,
    )


def _drafts(order: Order) -> tuple[_Draft, ...]:
    post, locale = order.occurrence.post, order.locale
    if post.thread is None:
        words = _words(order)
        is_standard = isinstance(words, Wording) and words.standard
        pictures = pictures_of(order, standard=is_standard)
        return (_Draft(words=words, pictures=pictures, poll=post.poll, place=order.at()),)
    drafts = []
    for index, part in enumerate(post.thread):
        place = order.at("thread", index)
        words = (
            from_text(part.text, locale, order.at("thread", index, "text"))
            if part.text is not None
            else from_template(order, part.template or "", order.at("thread", index, "template"))
        )
        pictures = Pictures(media=part.media, place=order.at("thread", index, "media"))
        drafts.append(_Draft(words=words, pictures=pictures, poll=part.poll, place=place))
    return tuple(drafts)


def _words(order: Order) -> Wording | Problem:
    """The post's own; else the standard template's, which sees what the item says; else its."""
    post, item = order.occurrence.post, order.item
    if post.text is not None:
        return from_text(post.text, order.locale, order.at("text"))
    if post.template is not None:
        return from_template(order, post.template, order.at("template"))
    found = standard(order)
    if isinstance(found, Problem) and item and item[1].text is not None:
        return from_text(item[1].text, order.locale, order.at_item("text"))
    return found


def _parts_of(
    order: Order, speech: Speech, draft: _Draft, problems: list[Problem]
) -> Iterator[RenderedPart]:
    """One part, or the parts that a template has set apart; what is wrong goes to the problems."""
    said: tuple[Spoken, ...] = ("",)
    poll = None
    if isinstance(draft.words, Problem):
        problems.append(draft.words)
    else:
        text = speech.say(draft.words)
        whole = order.occurrence.post.thread is None and draft.words.template is not None
        said = split_at(_NEXT_PART, text) if whole else (text,)
    media, wrong = show(order, draft.pictures)
    problems += wrong
    if draft.poll:
        place = replace(draft.place, route=(*draft.place.route, "poll"))
        poll, wrong = ask(order, draft.poll, place)
        problems += wrong
    yield _part(order, said[0], media, poll)
    for more in said[1:]:
        yield _part(order, more)


def _part(
    order: Order,
    said: Spoken,
    media: tuple[RenderedMedia, ...] = (),
    poll: RenderedPoll | None = None,
) -> RenderedPart:
    """A part of a post."""
    weighed = greatest_in(said)
    post, partner = order.occurrence.post, order.partner
    gives = partner is not None and partner.relationship != "none"
    return RenderedPart(
        text=shown_in(said),
        weight=weigh(weighed),
        cost=cost_of(
            link=bool(links(weighed)),
            media=len(media),
            alts=sum(1 for one in media if one.alt),
        ),
        media=media,
        poll=poll,
        paid_partnership=gives if post.paid_partnership is None else post.paid_partnership,
        made_with_ai=post.made_with_ai,
    )


def _set_first(order: Order, parts: list[RenderedPart], problems: list[Problem]) -> None:
    """What is said once, by the post that begins the conversation: who may reply, the quote."""
    post = order.occurrence.post
    quote = post.quote or (order.item[1].quote if order.item else None)
    settings = REPLY_SETTINGS[post.reply_settings] if post.reply_settings else None
    if quote and (parts[0].media or parts[0].poll):
        place = order.at("quote") if post.quote else order.at_item("quote")
        text = "X takes a quote or media or a poll"
        problems.append(Message("media-or-quote", text, "keep one of them").at(place))
    parts[0] = replace(parts[0], reply_settings=settings, quote=quote.id if quote else None)


def _answered(
    order: Order, speech: Speech, problems: list[Problem]
) -> tuple[Key | None, str | None]:
    """The post that this one answers, and its id once it is out."""
    name = order.occurrence.post.reply_to
    if name is None:
        return None, None
    place = order.at("reply-to")
    posts = order.occurrence.file.campaign.posts
    if name not in posts:
        help = suggest(name, posts) or f"there are {', '.join(posts)}"
        message = Message("unknown-post", f"this campaign has no post `{name}`", help)
        problems.append(message.at(place))
        return None, None
    key = key_of(order, name)
    if isinstance(key, str):
        help = "answer a post that goes out once, before this one"
        problems.append(Message("no-link", key, help).at(place))
        return None, None
    out = order.posted.get(name)
    if out is None:
        speech.scene.awaits[key] = None
    return key, out.id if out else None


def _limit(order: Order) -> int:
    account = order.workshop.project.accounts[order.occurrence.key.account]
    return PREMIUM_LIMIT if account.premium else LIMIT
