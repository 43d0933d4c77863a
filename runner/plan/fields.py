"""What differs between two versions of a post, field by field."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest

from runner.campaign import CampaignFile, ItemList
from runner.render.rendered import RenderedMedia, RenderedPart, RenderedPoll, RenderedPost

Value = str | Decimal | datetime | None
"""What a field holds; None where there is nothing. A Decimal is USD."""
TEXT = "text"
_NO_PART = RenderedPart(text="", weight=0, cost=Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field's old and new value. `part` is that of a thread, from 1; 0 is the post."""

    name: str
    old: Value
    new: Value
    part: int = 0


def rendered_fields(old: RenderedPost, new: RenderedPost) -> Iterator[Field]:
    """What X would get, compared."""
    several = max(len(old.parts), len(new.parts)) > 1
    for number, before, after in _aligned(old.parts, new.parts):
        for name, was, becomes in _of_part(before, after):
            if was != becomes:
                yield Field(name=name, old=was, new=becomes, part=number if several else 0)
    answers = [post.reply_to.short if post.reply_to else None for post in (old, new)]
    for name, was, becomes in (
        ("reply-to", *answers),
        ("item", old.item, new.item),
        ("locale", old.locale, new.locale),
    ):
        if was != becomes:
            yield Field(name=name, old=was, new=becomes)


def _aligned(
    old: tuple[RenderedPart, ...], new: tuple[RenderedPart, ...]
) -> Iterator[tuple[int, RenderedPart, RenderedPart]]:
    """Parts that belong together, so that one put in between is not a change of all after it."""
    matched = SequenceMatcher(
        a=[part.text_digest for part in old],
        b=[part.text_digest for part in new],
        autojunk=False,
    )
    for _, start, end, new_start, new_end in matched.get_opcodes():
        pairs = zip_longest(old[start:end], new[new_start:new_end], fillvalue=_NO_PART)
        for index, (before, after) in enumerate(pairs):
            first = start if after is _NO_PART else new_start
            yield first + index + 1, before, after


def _of_part(old: RenderedPart, new: RenderedPart) -> Iterator[tuple[str, Value, Value]]:
    yield TEXT, old.text or None, new.text or None
    yield "repost", old.repost, new.repost
    yield "quote", old.quote, new.quote
    if [each.digest for each in old.media] != [each.digest for each in new.media]:
        yield "media", _files(old.media), _files(new.media)
    alts = {each.path: each.alt for each in old.media}
    for each in new.media:
        if each.path in alts:
            yield f"alt of {each.path}", alts[each.path], each.alt
    yield "poll", _poll(old.poll), _poll(new.poll)
    yield "reply-settings", old.reply_settings or "everyone", new.reply_settings or "everyone"
    yield "paid-partnership", _yes(old.paid_partnership), _yes(new.paid_partnership)
    yield "made-with-ai", _yes(old.made_with_ai), _yes(new.made_with_ai)


def _files(media: tuple[RenderedMedia, ...]) -> str | None:
    return ", ".join(f"{each.path} (sha256 {each.digest[:8]})" for each in media) or None


def _poll(poll: RenderedPoll | None) -> str | None:
    return f"{' / '.join(poll.options)}, open for {poll.minutes / 60:g} h" if poll else None


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def declared_fields(old: CampaignFile, new: CampaignFile, post: str) -> Iterator[Field]:
    """What is written of a post, compared: for one that has no time yet, or is out."""
    before, after = (
        file.campaign.posts[post].model_dump(mode="json", by_alias=True, exclude_defaults=True)
        for file in (old, new)
    )
    for name in {**before, **after}:
        if name not in ("at", "every", "items"):
            was, becomes = _written(before.get(name)), _written(after.get(name))
            if was != becomes:
                yield Field(name=name, old=was, new=becomes)
    lists = [_items(file.items.get(post)) for file in (old, new)]
    if lists[0] != lists[1]:
        yield Field(name="items", old=lists[0], new=lists[1])


def _written(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _items(listed: ItemList | None) -> str | None:
    if listed is None:
        return None
    items = (item.model_dump(mode="json", exclude_defaults=True) for item in listed.items)
    return "\n".join(json.dumps(item, ensure_ascii=False) for item in items)
