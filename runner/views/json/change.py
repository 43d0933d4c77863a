"""A change for programs: what happens to each post, with old and new for each field."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from runner.plan.change import Change, Comparison
from runner.plan.fields import Field, Value
from runner.plan.material import FileChange
from runner.views.json.plan_record import (
    ChangeRecord,
    ComparisonRecord,
    FieldRecord,
    FileRecord,
    SettingRecord,
)


def comparison_record(comparison: Comparison) -> ComparisonRecord:
    """The comparison as a record: all of it, in its order."""
    basis = comparison.basis
    return ComparisonRecord(
        program=basis.program,
        settings=tuple(map(SettingRecord.model_validate, basis.settings)),
        warnings=basis.warnings,
        files=tuple(map(_file, basis.files)),
        unread=basis.unread,
        changes=tuple(map(_change, comparison.changes)),
        renamed={id: old.id for id, old in sorted(comparison.renamed.items())},
        same=sum(map(len, comparison.same.values())),
        cost_before_usd=comparison.cost_before,
        cost_after_usd=comparison.cost_after,
    )


def _file(change: FileChange) -> FileRecord:
    posts = tuple(f"{campaign}/{post}" for campaign, post in change.posts)
    return FileRecord(path=change.path, fate=change.fate.value, posts=posts)


def _change(change: Change) -> ChangeRecord:
    snapshot, before, after = change.snapshot, change.before, change.after
    return ChangeRecord(
        key=str(snapshot.key),
        path=snapshot.campaign.path,
        kind=change.kind.value,
        was_due=before.due if before else None,
        due=after.due if after else None,
        out=change.out,
        over=change.over,
        asks=change.asks,
        fields=tuple(
            FieldRecord(
                name=field.name, part=field.part, old=_text(field.old), new=_text(field.new)
            )
            for field in (*change.fields, *_text_fields(change))
        ),
    )


def _text_fields(change: Change) -> Iterator[Field]:
    """What is added or removed says, part by part."""
    post = change.snapshot.post
    if post is None or (change.before and change.after):
        return
    for number, part in enumerate(post.parts, start=1):
        name, value = ("repost", part.repost) if part.repost else ("text", part.text)
        old, new = (None, value) if change.after else (value, None)
        yield Field(name=name, old=old, new=new, part=number if len(post.parts) > 1 else 0)


def _text(value: Value) -> str | None:
    match value:
        case datetime():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return value
