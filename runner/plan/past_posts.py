"""Posts that were due before the time that a run looks at, and what became of them.

Finished campaigns stay in the repository, and nobody wants to read of them. But a date with last
year's number must not make a post vanish: it is shown wherever people look at its file anyway; and
a finished campaign of which the ledger knows nothing is named.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from runner.durations import apart, roughly
from runner.ledger import Facts
from runner.plan.action import Action, Plan
from runner.plan.cases import Case
from runner.plan.inputs import PlanInputs
from runner.plan.verdict import verdict
from runner.schedule import EARLIEST_DUE, Occurrence, Once, Rhythm, Timetable
from runner.value import replace

MOST_NAMED: Final = 5
"""How many finished campaigns are named of which the ledger knows nothing; the newest."""
_NEAR_ITS_END: Final = timedelta(days=8)
"""Within this time before its end nearly every rhythm has an occurrence."""
TimetableEntry = Once | Rhythm
PostOnAccount = tuple[str, str, str]
"""An account, a campaign and a post."""


def past_occurrences(
    inputs: PlanInputs, *, now: datetime, whole: Collection[str] | None
) -> tuple[Occurrence, ...]:
    """What was due of campaigns that have posts to come or are wanted as a `whole`; of all, where
    that is None: each post that is due once, and the last occurrence of each rhythm."""
    now = now.astimezone(UTC)
    return tuple(
        occurrence
        for table in inputs.timetables
        if whole is None or table.campaign.id in whole or _is_to_come(table, now)
        for entry in table.entries
        if entry.key.account in inputs.accounts
        for occurrence in _last(entry, now)
    )


def with_what_lies_behind(
    plan: Plan,
    inputs: PlanInputs,
    past: tuple[Occurrence, ...],
    facts: Facts,
    *,
    whole: Collection[str] | None,
) -> tuple[Plan, tuple[Occurrence, ...]]:
    """The plan with those of `past` that it lacks, none of which goes out; and which they are. Of
    campaigns that are not wanted as a `whole` only those that nothing explains; a finished one is
    a notice."""
    now, wanted = plan.now, frozenset(whole or ())
    known = {*facts.standings, *facts.untold}
    lived = {key.undated for key in known}
    shown = {action.key for action in plan.actions} | {each.key for each in plan.unsettled}
    in_view = wanted | {key.campaign for key in shown}
    in_view |= {table.campaign.id for table in inputs.timetables if _is_to_come(table, now)}
    lacking = tuple(
        each
        for each in _all_of(past, inputs, lived, now)
        if each.key not in shown and each.campaign.id in in_view
        if each.campaign.id in wanted or not (each.key in known or each.is_draft)
    )
    more = (_action(each, inputs, facts, now) for each in lacking)
    actions = sorted((*plan.actions, *more), key=lambda action: action.order)
    in_view |= {campaign for _, campaign, _ in lived}
    unseen = (each for each in past if each.campaign.id not in in_view and not each.is_draft)
    notices = (*plan.notices, *_forgotten_campaigns(unseen, now))
    return replace(plan, actions=tuple(actions), notices=notices), lacking


def _is_to_come(table: Timetable, now: datetime) -> bool:
    ahead = (each.due if isinstance(each, Once) else each.end for each in table.entries)
    return bool(table.waiting) or any(moment > now for moment in ahead)


def _last(entry: TimetableEntry, now: datetime) -> Iterator[Occurrence]:
    if isinstance(entry, Rhythm):
        near = tuple(entry.between(min(entry.end, now) - _NEAR_ITS_END, now))
        if near:
            yield near[-1]
            return
    yield from tuple(entry.between(EARLIEST_DUE, now))[-1:]


def _all_of(
    past: Iterable[Occurrence], inputs: PlanInputs, lived: Collection[PostOnAccount], now: datetime
) -> Iterator[Occurrence]:
    """Each of `past`; of a rhythm of which the ledger knows nothing, all that is over. Of one that
    lives, the last only where it has ended: what its slots of today lie behind is no news."""
    rhythms = {
        each.key.undated: each
        for table in inputs.timetables
        for each in table.entries
        if isinstance(each, Rhythm)
    }
    for occurrence in past:
        rhythm = rhythms.get(occurrence.key.undated) if occurrence.key.nominal else None
        if rhythm and occurrence.key.undated not in lived:
            yield from rhythm.between(EARLIEST_DUE, now)
        elif rhythm is None or rhythm.end <= now:
            yield occurrence


def _action(occurrence: Occurrence, inputs: PlanInputs, facts: Facts, now: datetime) -> Action:
    standing = facts.standings.get(occurrence.key)
    case = Case(occurrence=occurrence, post=None, problems=(), standing=standing, superseded=False)
    action = verdict(case, project=inputs.project, facts=facts, now=now)
    if not action.over:
        return action
    return replace(action, because=f"it lies {_back(occurrence, now)} back", misses=False)


def _back(occurrence: Occurrence, now: datetime) -> str:
    return roughly(apart(occurrence.until, now))


def _forgotten_campaigns(past: Iterable[Occurrence], now: datetime) -> Iterator[str]:
    """A line for each campaign, by the last of its occurrences."""
    latest: dict[str, Occurrence] = {}
    for each in sorted(past, key=lambda each: each.due.timestamp()):
        latest[each.path] = each
    newest = sorted(latest.values(), key=lambda each: each.due.timestamp(), reverse=True)
    for each in newest[:MOST_NAMED]:
        yield (
            f"{each.path} lies {_back(each, now)} back, and the ledger knows nothing of it: "
            "nothing of it goes out (is the year right?)"
        )
    if (more := len(newest) - MOST_NAMED) > 0:
        yield f"the ledger knows nothing of {more} older campaigns either"
