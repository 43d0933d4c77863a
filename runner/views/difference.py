"""What differs in one post: old and new, line by line, for a terminal or a fence of Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from difflib import SequenceMatcher

from runner.plan.change import TIME, Change, ChangeKind
from runner.plan.fields import TEXT, Field, Value
from runner.views.phrases import excerpts, moment, usd
from runner.views.plan_listing import lines_of

SHORT = 80
"""Old and new value of a field fit into one line up to here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. `sign` is `@` for what the next lines are about, else `-`, `+` or a space."""

    sign: str
    text: str


def difference(change: Change) -> Iterator[Line]:
    """Each changed field, or the whole of what is added or removed. Old and new time are not in it
    where both are known: they stand beside the post's name."""
    for field in change.fields:
        if field.name != TIME or change.kind is not ChangeKind.MOVED:
            yield from _of_field(field)
    if change.before and change.after:
        return
    sign = "+" if change.after else "-"
    post = change.snapshot.action.post if change.snapshot.action else None
    for number, part in enumerate(post.parts if post else (), start=1):
        if number > 1:
            yield Line(sign="@", text=f"part {number}")
        yield from (Line(sign=sign, text=line) for line in lines_of(part))


def _of_field(field: Field) -> Iterator[Line]:
    old, new = _said(field.old), _said(field.new)
    name = f"part {field.part}, {field.name}" if field.part else field.name
    is_short = len(old) + len(new) <= SHORT and "\n" not in old + new
    if is_short and field.name != TEXT:
        yield Line(sign="@", text=f"{name}: {old} → {new}")
        return
    if field.old and field.new and not is_short:
        name = f"{name}: {' → '.join(excerpts(old, new))}"
    yield Line(sign="@", text=name)
    yield from _difference(field.old, field.new)


def _difference(old: Value, new: Value) -> Iterator[Line]:
    """Line by line; what stays the same stands between what changes."""
    before, after = (_said(each).split("\n") if each is not None else [] for each in (old, new))
    matched = SequenceMatcher(a=before, b=after)
    for tag, start, end, new_start, new_end in matched.get_opcodes():
        if tag == "equal":
            yield from (Line(sign=" ", text=line) for line in before[start:end])
        else:
            yield from (Line(sign="-", text=line) for line in before[start:end])
            yield from (Line(sign="+", text=line) for line in after[new_start:new_end])


def _said(value: Value) -> str:
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
