"""A post line by line: its text, or what differs between the old one and the new one."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from difflib import SequenceMatcher

from runner.durations import in_words
from runner.plan import (
    ITEM_FIELD,
    TEXT_FIELD,
    TIME_FIELD,
    Change,
    ChangeKind,
    Drift,
    Field,
    FieldValue,
)
from runner.render import RenderedPart, RenderedPost, shown_labels
from runner.value import Value
from runner.views.phrases import excerpts, moment, usd
from runner.x_facts import post_address

SHORT = 80
"""Old and new value of a field fit into one line up to here."""


class Line(Value, kw_only=True):
    """One line. `sign` is `@` for what the next lines are about, `-` or `+` for what is taken away
    or added, a space for what is."""

    sign: str
    text: str


def text_blocks(post: RenderedPost) -> Iterator[tuple[Line, ...]]:
    """The text of each part."""
    for part in post.parts:
        yield tuple(Line(sign=" ", text=line) for line in lines_of(part))


def lines_of(part: RenderedPart) -> list[str]:
    """A part as lines of text: what is said, the poll, the pictures with what they show."""
    if part.repost:
        return [f"reposts {post_address(part.repost)}"]
    lines = part.text.split("\n")
    if part.quote:
        lines.append(f"quotes {post_address(part.quote)}")
    if part.poll:
        lines += [f"( ) {option}" for option in part.poll.options]
        lines.append(f"    open for {in_words(timedelta(minutes=part.poll.minutes))}")
    for media in part.media:
        lines.append(f"[{media.path}: {media.alt or 'no alt text'}]")
    if labels := shown_labels(part):
        lines.append(f"label: {', '.join(labels)}")
    return lines


def difference(change: Change) -> Iterator[Line]:
    """Each changed field, or the whole of what is added or removed. Old and new time are not in it
    where both are known: they stand beside the post's name."""
    for field in change.fields:
        if field.name != TIME_FIELD or change.kind is not ChangeKind.MOVED:
            yield from _of_field(field)
    if change.before and change.after:
        return
    sign = "+" if change.after else "-"
    post = change.snapshot.post
    for number, part in enumerate(post.parts if post else (), start=1):
        if number > 1:
            yield Line(sign="@", text=f"part {number}")
        yield from (Line(sign=sign, text=line) for line in lines_of(part))


def _of_field(field: Field) -> Iterator[Line]:
    if _fits(field) and field.name != TEXT_FIELD:
        yield Line(sign="@", text=field_in_one_line(field))
        return
    is_cut = field.old and field.new and not _fits(field)
    yield Line(sign="@", text=field_in_one_line(field) if is_cut else _name(field))
    yield from _difference(field.old, field.new)


def field_in_one_line(field: Field) -> str:
    """`part 2, text: “…the hard part” → “…the easy part”`, `poll: none → yes / no, open for 1 h`:
    texts, and what is long, are cut to where they begin to differ."""
    old, new = _value_in_words(field.old), _value_in_words(field.new)
    if field.name == TEXT_FIELD or not _fits(field):
        cut = excerpts(
            *("" if each is None else _value_in_words(each) for each in (field.old, field.new))
        )
        old, new = (old if field.old is None else cut[0]), (new if field.new is None else cut[1])
    return f"{_name(field)}: {old} → {new}"


def drift_in_words(drift: Drift) -> Iterator[str]:
    """A line each: `edited since: text: “…” → “…”` or `redrawn since: …`, `moved since: … → …`,
    `removed since: …`."""
    if drift.edited and drift.edited.name == ITEM_FIELD:
        item, _ = excerpts(str(drift.edited.old or ""), "")
        yield f"edited since: its item is gone, or says something else: {item}"
    elif drift.edited:
        what = "redrawn" if drift.is_redrawn else "edited"
        yield f"{what} since: {field_in_one_line(drift.edited)}"
    if drift.moved_to:
        yield f"moved since: {moment(drift.was_due)} → {moment(drift.moved_to)}"
    if drift.removed:
        yield f"removed since: {drift.removed}"


def _name(field: Field) -> str:
    return f"part {field.part}, {field.name}" if field.part else field.name


def _fits(field: Field) -> bool:
    both = _value_in_words(field.old) + _value_in_words(field.new)
    return len(both) <= SHORT and "\n" not in both


def _difference(old: FieldValue, new: FieldValue) -> Iterator[Line]:
    """Line by line; what stays the same stands between what changes."""
    before, after = (
        _value_in_words(each).split("\n") if each is not None else [] for each in (old, new)
    )
    matched = SequenceMatcher(a=before, b=after)
    for tag, start, end, new_start, new_end in matched.get_opcodes():
        if tag == "equal":
            yield from (Line(sign=" ", text=line) for line in before[start:end])
        else:
            yield from (Line(sign="-", text=line) for line in before[start:end])
            yield from (Line(sign="+", text=line) for line in after[new_start:new_end])


def _value_in_words(value: FieldValue) -> str:
    """A value in our own English."""
    match value:
        case None:
            return "none"
        case datetime():
            return moment(value)
        case Decimal():
            return usd(value)
        case str():
            return value
