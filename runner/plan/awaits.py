"""Posts that need another one: they wait while it may still come, else a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from runner.ledger import Facts, Key, State
from runner.plan.action import Action, Verb
from runner.schedule import Timetable
from runner.schedule.rhythm import Once

_NEVER = (State.MISSED, State.REJECTED, State.SKIPPED, State.DELETED)
_SOON = timedelta(minutes=1)


def after_what_they_need(
    actions: Iterable[Action], *, timetables: Iterable[Timetable], facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """The same actions, but what would go out and needs something else waits, or asks."""
    listed = tuple(actions)
    hopes = _Hopes(
        actions={action.key: action for action in listed},
        timetables={table.file.id: table for table in timetables},
        facts=facts,
        now=now,
    )
    return tuple(_judged(action, hopes) for action in listed)


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

    def _is_to_come(self, key: Key) -> bool:
        """Of what lies outside the plan."""
        table = self.timetables[key.campaign]
        dues = (each.due for each in table.entries if isinstance(each, Once) and each.key == key)
        return key in table.waiting or any(due > self.now for due in dues)

    def look_again(self, key: Key) -> datetime:
        action = self.actions.get(key)
        soon = self.now + _SOON
        return max(soon, action.again_at or action.occurrence.due) if action else soon


def _judged(action: Action, hopes: _Hopes) -> Action:
    if action.verb is not Verb.PUBLISH or action.post is None or not action.post.awaits:
        return action
    for key in action.post.awaits:
        why = hopes.why_never(key)
        if why:
            return replace(action, verb=Verb.ASK, because=f"it needs `{key.short}`: {why}")
    first = action.post.awaits[0]
    return replace(
        action,
        verb=Verb.WAIT,
        because=f"waits for `{first.short}`",
        again_at=hopes.look_again(first),
    )
