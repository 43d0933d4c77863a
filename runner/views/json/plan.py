"""A plan for programs: everything that is known of each post, in a stable order; and a change, with
old and new for each field."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from runner.plan import Action, Change, Comparison, Drift, Field, FieldValue, FileChange, Plan
from runner.problems import Problem
from runner.render import RenderedPart
from runner.sources import Source
from runner.text import links
from runner.views.decisions import hold_as_text
from runner.views.difference import drift_in_words
from runner.views.json.plan_record import (
    PLAN,
    VERSION,
    ChangeRecord,
    ComparisonRecord,
    FieldRecord,
    FileRecord,
    PartRecord,
    PlanRecord,
    PostRecord,
    ProblemRecord,
    SettingRecord,
    UndatedRecord,
)
from runner.views.plan_listing import row_of
from runner.views.problems import span_of
from runner.views.sums import open_question


def plan_as_json(
    plan: Plan,
    problems: Iterable[Problem],
    sources: Mapping[str, Source],
    comparison: Comparison | None = None,
) -> str:
    """The plan as `schemas/plan.schema.json` describes it. `problems` are those of the files."""
    planned = {action.key for action in plan.actions}
    record = PlanRecord(
        version=VERSION,
        now=plan.now,
        change=comparison_record(comparison) if comparison else None,
        unplanned=plan.unplanned,
        next=str(plan.next.key) if plan.next else None,
        cost_usd=plan.cost_of_all,
        spent_usd=plan.spent,
        budget_usd=plan.budget,
        posts=tuple(_post(action, plan.drift.get(action.key), sources) for action in plan.actions),
        waiting={str(key): anchor for key, anchor in sorted(plan.waiting.items())},
        undated=tuple(_undated_record(action, sources) for action in plan.undated),
        unsettled=tuple(open_question(standing) for standing in plan.unsettled),
        notices=(*plan.notices, *map(hold_as_text, plan.holds)),
        gone={
            str(key): tuple(drift_in_words(drift))
            for key, drift in sorted(plan.drift.items())
            if key not in planned
        },
        problems=tuple(_problem(problem, sources) for problem in problems),
    )
    return PLAN.dump_json(record, by_alias=True, indent=2, ensure_ascii=True).decode() + "\n"


def _post(action: Action, drift: Drift | None, sources: Mapping[str, Source]) -> PostRecord:
    key, occurrence, post, standing = action.key, action.occurrence, action.post, action.standing
    row = row_of(action, several=False, drift=drift)
    answered = post and (post.reply_to_id or post.reply_to)
    return PostRecord(
        key=str(key),
        account=key.account,
        campaign=key.campaign,
        post=key.post,
        path=occurrence.path,
        verb=action.verb.value,
        over=action.over,
        ignored=dict(occurrence.post.ignore),
        symbol=row.symbol,
        because=action.because,
        due=occurrence.due,
        until=occurrence.until,
        zone=str(occurrence.zone),
        shift=occurrence.shift.value if occurrence.shift else None,
        locale=post.locale if post else None,
        limit=post.limit if post else None,
        digest=post.digest if post else None,
        item=post.item if post else None,
        reply_to=str(answered) if answered else None,
        awaits=tuple(map(str, post.awaits)) if post else (),
        parts=tuple(map(_part, post.parts)) if post else (),
        cost_usd=action.cost,
        state=standing.state.value if standing else None,
        urls=tuple(posted.url for posted in standing.posted) if standing else (),
        notes=row.notes,
        drift=row.drift,
        problems=tuple(_problem(problem, sources) for problem in action.problems),
    )


def _undated_record(action: Action, sources: Mapping[str, Source]) -> UndatedRecord:
    post = action.post
    return UndatedRecord(
        key=str(action.key),
        item=post.item if post else None,
        locale=post.locale if post else None,
        limit=post.limit if post else None,
        parts=tuple(map(_part, post.parts)) if post else (),
        cost_usd=action.cost,
        notes=row_of(action, several=False).notes,
        problems=tuple(_problem(problem, sources) for problem in action.problems),
    )


def _part(part: RenderedPart) -> PartRecord:
    same = {name: getattr(part, name) for name in PartRecord.model_fields if hasattr(part, name)}
    own = {"cost_usd": part.cost, "links": tuple(link.text for link in links(part.text))}
    return PartRecord.model_validate({**same, **own})


def _problem(problem: Problem, sources: Mapping[str, Source]) -> ProblemRecord:
    place, span = problem.place, span_of(problem, sources)
    return ProblemRecord(
        rule=problem.rule,
        severity=problem.severity.value,
        message=problem.message,
        help=problem.help,
        path=place.path,
        line=span and span.line,
        column=span and span.column,
        end_line=span and span.end_line,
        end_column=span and span.end_column,
        route=place.route,
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


def _text(value: FieldValue) -> str | None:
    match value:
        case datetime():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return value
