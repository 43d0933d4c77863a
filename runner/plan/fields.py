"""What differs between two versions of a post, field by field: by what its files declare, by what X
would get, and, for people alone, of what went out from what the files say today."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest
from zoneinfo import ZoneInfo

from runner.durations import as_written, in_words
from runner.ledger import Key, Standing
from runner.models import CampaignFile, Model
from runner.render import RenderedMedia, RenderedPart, RenderedPoll, RenderedPost, part_labels
from runner.value import Value

FieldValue = str | Decimal | datetime | None
"""What a field holds; None where there is nothing. A Decimal is USD."""
TEXT_FIELD, ITEM_FIELD, REPLY_TO_FIELD = "text", "item", "reply-to"
_NOT_SAID = ("at", "every", "items")
_NO_PART = RenderedPart(text="", weight=0, cost=Decimal(0))


def flat(value: object, key: str = "", *, with_defaults: bool = True) -> Iterator[tuple[str, str]]:
    """Each key that says something, such as `budget.usd-per-month`, with its value. What is empty,
    or is off as it would be by itself, has none; what is left out has its default, or none."""
    match value:
        case Model():
            for name, field in type(value).model_fields.items():
                inner = getattr(value, name)
                is_default = inner == field.default
                if not is_default or (with_defaults and inner is not False):
                    below = _below(key, field.alias or name)
                    yield from flat(inner, below, with_defaults=with_defaults)
        case Mapping():
            for name, inner in value.items():
                yield from flat(inner, _below(key, str(name)), with_defaults=with_defaults)
        case None | ():
            return
        case _:
            yield key, _text(value)


def _below(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value.normalize():f}"
        case timedelta():
            return as_written(value)
        case time():
            return f"{value:%H:%M}"
        case tuple() if not any(isinstance(each, Model | Mapping) for each in value):
            return ", ".join(map(_text, value))
        case tuple():
            pairs = (", ".join(f"{key} {said}" for key, said in flat(each)) for each in value)
            return "; ".join(pairs)
        case _:
            return str(value)


class Field(Value, kw_only=True):
    """One field's old and new value. `part` is that of a thread, from 1; 0 is the post."""

    name: str
    old: FieldValue
    new: FieldValue
    part: int = 0


def rendered_fields(old: RenderedPost, new: RenderedPost) -> Iterator[Field]:
    """What X would get, compared."""
    yield from part_fields(old.parts, new.parts)
    old_reply, new_reply = (post.reply_to.short if post.reply_to else None for post in (old, new))
    if old_reply != new_reply:
        yield Field(name=REPLY_TO_FIELD, old=old_reply, new=new_reply)
    if old.item != new.item:
        yield Field(name=ITEM_FIELD, old=old.item, new=new.item)
    if old.locale != new.locale:
        yield Field(name="locale", old=old.locale, new=new.locale)


def part_fields(old: tuple[RenderedPart, ...], new: tuple[RenderedPart, ...]) -> Iterator[Field]:
    """What X would get, compared part by part, without what the whole post has."""
    several = max(len(old), len(new)) > 1
    for number, before, after in _aligned_parts(old, new):
        for name, was, becomes in _of_part(before, after):
            if was != becomes:
                yield Field(name=name, old=was, new=becomes, part=number if several else 0)


def _aligned_parts(
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


def _of_part(old: RenderedPart, new: RenderedPart) -> Iterator[tuple[str, FieldValue, FieldValue]]:
    yield TEXT_FIELD, old.text or None, new.text or None
    yield "repost", old.repost, new.repost
    yield "quote", old.quote, new.quote
    if [each.digest for each in old.media] != [each.digest for each in new.media]:
        yield "media", _files(old.media), _files(new.media)
    alts = {name: each.alt for each in old.media for name in (each.digest, each.path)}
    for each in new.media:
        before = alts.get(each.path, alts.get(each.digest, each.alt))
        yield f"alt of {each.path}", before, each.alt
    yield "poll", _poll(old.poll), _poll(new.poll)
    yield "reply-settings", old.reply_settings or "everyone", new.reply_settings or "everyone"
    for was, becomes in zip(part_labels(old), part_labels(new), strict=True):
        yield was.key, was.value, becomes.value


def _files(media: tuple[RenderedMedia, ...]) -> str | None:
    return ", ".join(f"{each.path} (sha256 {each.digest[:8]})" for each in media) or None


def _poll(poll: RenderedPoll | None) -> str | None:
    if poll is None:
        return None
    return f"{' / '.join(poll.options)}, open for {in_words(timedelta(minutes=poll.minutes))}"


def declared_fields(
    old: CampaignFile | None, new: CampaignFile | None, post: str
) -> Iterator[Field]:
    """What is written of a post, compared: for one that has no time yet, or is out."""
    before, after = (_declared_values(file, post) if file else {} for file in (old, new))
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield Field(name=name, old=before.get(name), new=after.get(name))


def _declared_values(file: CampaignFile, post: str) -> dict[str, str]:
    """Key by key, without the time, which is a field of its own."""
    written = {
        key: value
        for key, value in flat(file.campaign.posts[post], with_defaults=False)
        if key.partition(".")[0] not in _NOT_SAID
    }
    if post in file.items:
        items = file.items[post].items
        written["items"] = "\n".join(", ".join(map(" ".join, flat(item))) for item in items)
    return written


class Drift(Value, kw_only=True):
    """What came to differ after one post went out."""

    standing: Standing
    zone: ZoneInfo
    """In which people read its times."""
    edited: Field | None = None
    """The first thing that it would say otherwise now."""
    moved_to: datetime | None = None
    """When it would be due now."""
    is_redrawn: bool = False
    """Whether that is because somebody else has won since, and no file was edited for it."""
    removed: str | None = None
    """Why no file leads to it any more."""

    @property
    def key(self) -> Key:
        return self.standing.key

    @property
    def was_due(self) -> datetime:
        """When it was due as it went out; as it went out, where only a person's word is known."""
        opening = self.standing.opening
        due = opening.due if opening else self.standing.posted[0].at
        return due.astimezone(self.zone)
