"""What lies behind: posts that were due before any run looks back, and what became of them.

Finished campaigns stay in the repository, and nobody wants to read of them. But a date with last
year's number must not make a post vanish: it is shown wherever people look at its file anyway.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from runner.ledger import Facts
from runner.plan.action import Action, Plan
from runner.plan.case import Case
from runner.plan.inputs import Desk
from runner.plan.verdict import verdict
from runner.rules.context import is_draft
from runner.rules.moments import apart, roughly
from runner.schedule import Occurrence, Timetable
from runner.schedule.recurrence import Once, Rhythm
from runner.schedule.timetable import EARLIEST


def behind(desk: Desk, *, now: datetime, whole: Collection[str]) -> tuple[Occurrence, ...]:
    """Of campaigns that are wanted as a `whole` or have posts to come, what was due: each post that
    is due once, and the last occurrence of a rhythm that has ended."""
    now = now.astimezone(UTC)
    return tuple(
        occurrence
        for table in desk.timetables
        if table.file.id in whole or _is_to_come(table, now)
        for entry in table.entries
        if entry.key.account in desk.accounts
        for occurrence in _last(entry, now)
    )


def with_what_lies_behind(
    plan: Plan, desk: Desk, past: tuple[Occurrence, ...], facts: Facts, *, whole: Collection[str]
) -> tuple[Plan, tuple[Occurrence, ...]]:
    """The plan with those of `past` that it lacks, none of which goes out; and which they are. Of
    campaigns that are not wanted as a `whole` only those that nothing explains."""
    shown = {action.key for action in plan.actions} | {each.key for each in plan.unsettled}
    lacking = tuple(
        each
        for each in past
        if each.key not in shown and (each.file.id in whole or _is_unexplained(each, facts))
    )
    more = (_action(each, desk, facts, plan.now) for each in lacking)
    actions = sorted((*plan.actions, *more), key=lambda action: action.order)
    return replace(plan, actions=tuple(actions)), lacking


def _is_to_come(table: Timetable, now: datetime) -> bool:
    ahead = (each.due if isinstance(each, Once) else each.end for each in table.entries)
    return bool(table.waiting) or any(moment > now for moment in ahead)


def _last(entry: Once | Rhythm, now: datetime) -> Iterator[Occurrence]:
    if isinstance(entry, Once) or entry.end <= now:
        yield from tuple(entry.between(EARLIEST, now))[-1:]


def _is_unexplained(occurrence: Occurrence, facts: Facts) -> bool:
    return occurrence.key not in facts.standings and not is_draft(occurrence)


def _action(occurrence: Occurrence, desk: Desk, facts: Facts, now: datetime) -> Action:
    standing = facts.standings.get(occurrence.key)
    case = Case(occurrence=occurrence, post=None, problems=(), standing=standing, superseded=False)
    action = verdict(case, project=desk.project, facts=facts, now=now)
    if not action.over:
        return action
    back = roughly(apart(occurrence.until, now))
    return replace(action, because=f"it lies {back} back", misses=False)
