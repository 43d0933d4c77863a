"""What a person's word came to: where the post stands now, and what happens next."""

from datetime import datetime

from runner.ledger import Standing, State
from runner.plan import Action, Verb
from runner.plan.action import THREAD_GRACE
from runner.views.phrases import moment

_SETTLED = (State.POSTED, State.MISSED, State.SKIPPED, State.DELETED)


def resolution_as_text(standing: Standing, action: Action | None) -> str:
    """Two lines. `action` is the plan's; None where no file leads to the post any more."""
    return f"{_now(standing)}\n{_next(standing, action)}"


def _now(standing: Standing) -> str:
    last = standing.last
    name = f"part {last.part} of {standing.key}" if standing.parts > 1 else f"{standing.key}"
    who = getattr(last, "by", None)
    by = f", says {who}" if who else ""
    if standing.state in (State.MISSED, State.SKIPPED, State.DELETED):
        return f"{standing.key} is {standing.state}{by}."
    if standing.posted and standing.posted[-1] is last:
        return f"{name} is out{by}: {standing.posted[-1].url}"
    return f"{name} is not out{by}."


def _next(standing: Standing, action: Action | None) -> str:
    if standing.state in _SETTLED:
        return "Nothing more of it goes out."
    what = "The rest of it" if standing.half else "It"
    if action is None:
        return f"{what} goes out with no run: no file says when."
    match action.verb:
        case Verb.PUBLISH:
            return f"{what} goes out with the next run, until {moment(_until(standing, action))}."
        case Verb.ASK:
            return f"{what} still needs a person: {action.because}."
        case Verb.SKIP:
            return f"{what} never goes out: {action.because}."
        case Verb.WAIT | Verb.HOLD:
            due = action.occurrence.due
            return f"{what} is kept back: {action.because}. It was planned for {moment(due)}."


def _until(standing: Standing, action: Action) -> datetime:
    """The end of its grace; of a thread that has begun, the end of the day that it has."""
    if standing.half and standing.opening:
        return (standing.opening.at + THREAD_GRACE).astimezone(action.occurrence.zone)
    return action.occurrence.until
