"""The verdict on what is in doubt: wait for a look, send it once more, or ask a person."""

from datetime import datetime, timedelta

from runner.ledger import Attempting, Closed, Standing, State
from runner.plan.action import THREAD_GRACE, Action, Verb
from runner.plan.cases import Case
from runner.reconcile import ABSENT_AFTER, READS_APART, is_fenced_by_x, look_at, may_look

LAST_LOOK = timedelta(hours=24)
"""How long after its first attempt a post that can't be sent any more is looked for: X's view of a
timeline may lag by hours, and what is called missed stays so."""


def by_doubt(case: Case, standing: Standing, now: datetime) -> Action | None:
    """What a doubt makes of it: wait for a look, or ask a person; None where nothing speaks against
    sending it, once more and byte for byte."""
    if isinstance(standing.last, Attempting) and not may_look(standing, now):
        because = "a run is sending it, or ended while it did; it is looked for on X"
        return case.act(Verb.WAIT, because, again_at=look_at(standing))
    if standing.asked:
        return case.act(Verb.ASK, f"{_what_happened(standing)}; look on X, then `runner resolve`")
    waiting = standing.open(standing.next_part)
    if any(attempt.attempt not in case.absent for attempt in waiting):
        because = f"{_what_happened(standing)}; it is looked for on X"
        return case.act(Verb.WAIT, because, again_at=_next_look(standing, now))
    if waiting and not is_fenced_by_x(standing):
        because = "it may be out, and X would not refuse a second copy"
        return case.act(Verb.ASK, because, binding=True)
    opening = standing.opening
    is_reworded = opening and case.post and opening.digest != case.post.digest
    if is_reworded and not standing.said_absent:
        because = "it may be out, and the file has changed since"
        return case.act(Verb.ASK, because, binding=bool(waiting))
    if standing.posted:
        late = opening is not None and now > opening.at + THREAD_GRACE
        why = "half of the thread is out, since more than a day"
        return case.act(Verb.ASK, why) if late else None
    return _when_over(case, standing, now)


def _when_over(case: Case, standing: Standing, now: datetime) -> Action | None:
    """The action of waiting for a last look, where a doubtful post is over; None before that, and
    once that look has not found it, so that it may be called missed."""
    if now <= case.occurrence.until and not case.superseded:
        return None
    suspects = standing.suspects(standing.next_part)
    last_look = suspects[0].at + LAST_LOOK
    if now >= last_look and all(each.attempt in case.absent for each in suspects):
        return None
    because = "its time is over, and X does not show it so far; it is looked for until"
    return case.act(Verb.WAIT, f"{because} {last_look:%Y-%m-%d %H:%M} UTC", again_at=last_look)


def is_lost(standing: Standing, absent: frozenset[str], now: datetime) -> bool:
    """Whether what no file declares any more was never out, as far as X shows."""
    return standing.is_absent(absent, now - LAST_LOOK)


def _next_look(standing: Standing, now: datetime) -> datetime:
    """When to look on X next: as soon as the post may be seen there, and after that when not seeing
    it tells something."""
    waiting = standing.open(standing.next_part)
    tells = max(attempt.send_by for attempt in waiting) + ABSENT_AFTER - READS_APART
    return max(look_at(standing) if now < look_at(standing) else tells, now)


def _what_happened(standing: Standing) -> str:
    if isinstance(standing.last, Closed) and standing.last.look == "unclear":
        return f"it may be out: {standing.last.because}"
    if standing.state is State.ATTEMPTING:
        return "a run is sending it, or ended while it did"
    return "sent, but X gave no answer that tells whether it is out"
