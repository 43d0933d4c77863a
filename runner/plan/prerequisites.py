"""Posts that depend on another one: they wait while it may still come, else a person decides.

The supplement of a list depends on the closing post: it ends in time for the round to which that
one has led, since a later supplement would end the proof of its draw.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from runner.bugs import Bug, contained
from runner.ledger import Facts, Key, State
from runner.plan.action import Action, Verb
from runner.schedule import (
    QUICKNET_CLOCK,
    Anchor,
    Occurrence,
    Once,
    Timetable,
    latest_supplement,
    round_of_draw,
)
from runner.value import Value, replace
from runner.x_facts import instant

_OVER = (State.MISSED, State.SKIPPED, State.DELETED)
_NEVER = (*_OVER, State.REJECTED)
_SOON = timedelta(minutes=1)
_LATER = timedelta(minutes=5)
TOO_LATE: Final = "a supplement is closed six hours before the round, or not at all"
_TO_SEND: Final = timedelta(minutes=5)
"""Between the last moment at which it is sent and the last that X may say."""


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


class _Hopes(Value, kw_only=True):
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


def is_supplement(occurrence: Occurrence) -> bool:
    """Whether it closes the supplement of a list that decides a draw."""
    contest = occurrence.campaign.contest
    return (
        contest is not None and contest.has_key and occurrence.key.post == contest.supplement_post
    )


def tells_its_time(occurrence: Occurrence) -> bool:
    """Whether it closes a list of which there is a supplement: when it went out says until when."""
    contest, posts = occurrence.campaign.contest, occurrence.campaign.posts
    return (
        contest is not None
        and contest.supplement_post in posts
        and occurrence.key.post == contest.closing_post
    )


def before_its_round(
    occurrence: Occurrence, anchors: Mapping[str, Anchor], facts: Facts
) -> Occurrence:
    """The same occurrence; that of a supplement has a grace that ends in time for the round to
    which the closing post has led."""
    contest, draws = occurrence.campaign.contest, anchors.get("draws")
    if contest is None or not is_supplement(occurrence):
        return occurrence
    closing = facts.standings.get(replace(occurrence.key, post=contest.closing_post))
    if closing is None or not closing.posted or not isinstance(draws, datetime):
        return occurrence
    closed = instant(closing.posted[0].id)
    decides = round_of_draw(QUICKNET_CLOCK, int(draws.timestamp()), closed)
    if decides is None:
        return occurrence  # nothing is proven any more
    ends = latest_supplement(QUICKNET_CLOCK.instant(decides.number)) - _TO_SEND
    until = min(occurrence.until, ends.astimezone(occurrence.zone), key=datetime.timestamp)
    return replace(occurrence, until=until)
