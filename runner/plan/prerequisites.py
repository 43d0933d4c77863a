"""Posts that need another one: they wait while it may still come, else a person decides."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from runner.bugs import Bug, contained
from runner.ledger import Facts, Key, State
from runner.plan.action import Action, Verb
from runner.schedule import Timetable
from runner.schedule.recurrence import Once

_OVER = (State.MISSED, State.SKIPPED, State.DELETED)
_NEVER = (*_OVER, State.REJECTED)
_SOON = timedelta(minutes=1)
_LATER = timedelta(minutes=5)


def after_what_they_need(
    actions: Iterable[Action], *, timetables: Iterable[Timetable], facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """The same actions, but what would go out and needs something else waits, or asks; and what is
    not due yet says so where it will have to ask, whatever anybody edits until then."""
    listed = tuple(actions)
    hopes = _Hopes(
        actions={action.key: action for action in listed},
        timetables={table.campaign.id: table for table in timetables},
        facts=facts,
        now=now,
    )
    return tuple(_contained_action(action, hopes) for action in listed)


def _contained_action(action: Action, hopes: "_Hopes") -> Action:
    judged = contained("judging", action.key, lambda: _judged_action(action, hopes))
    return action.asking(judged.summary) if isinstance(judged, Bug) else judged


def after_what_is_in_doubt(actions: Iterable[Action], now: datetime) -> tuple[Action, ...]:
    """The same actions, but what may be the new name of a post in doubt waits for what the looks
    say of that one."""
    return tuple(
        replace(action, verb=Verb.WAIT, because=action.renamed.because, again_at=now + _LATER)
        if action.verb is Verb.PUBLISH and action.renamed
        else action
        for action in actions
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hopes:
    actions: dict[Key, Action]
    timetables: dict[str, Timetable]
    facts: Facts
    now: datetime

    def why_never(self, key: Key) -> str | None:
        """Why it won't come; None while it may."""
        action, standing = self.actions.get(key), self.facts.standings.get(key)
        if action and action.verb in (Verb.PUBLISH, Verb.WAIT):
            return None
        if standing and standing.state in _NEVER:
            return standing.state.value
        if action:
            return action.because if action.verb in (Verb.HOLD, Verb.SKIP) else None
        return None if self._is_to_come(key) else "its time is over"

    def how_it_ended(self, key: Key) -> str | None:
        """How it ended for good, by the ledger; None while an edit may still bring it."""
        standing = self.facts.standings.get(key)
        return standing.state.value if standing and standing.state in _OVER else None

    def _is_to_come(self, key: Key) -> bool:
        """Whether what lies outside the plan is to come."""
        table = self.timetables[key.campaign]
        dues = (each.due for each in table.entries if isinstance(each, Once) and each.key == key)
        return key in table.waiting or any(due > self.now for due in dues)

    def look_again(self, key: Key) -> datetime:
        action = self.actions.get(key)
        soon = self.now + _SOON
        return max(soon, action.again_at or action.occurrence.due) if action else soon


def _judged_action(action: Action, hopes: _Hopes) -> Action:
    awaits = action.post.awaits if action.post else ()
    if not awaits or action.verb not in (Verb.PUBLISH, Verb.WAIT):
        return action
    if action.verb is Verb.WAIT:
        return replace(action, in_vain=action.in_vain or _lack(awaits, hopes.how_it_ended))
    if lack := _lack(awaits, hopes.why_never):
        return replace(action, verb=Verb.ASK, because=lack)
    first = awaits[0]
    return replace(
        action,
        verb=Verb.WAIT,
        because=f"waits for `{first.short}`",
        again_at=hopes.look_again(first),
    )


def _lack(awaits: Iterable[Key], why: Callable[[Key], str | None]) -> str | None:
    lacks = (f"it needs `{key.short}`: {found}" for key in awaits if (found := why(key)))
    return next(lacks, None)
