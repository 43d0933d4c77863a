"""Decisions of people, in words: what is on hold, what became of a post, and what follows."""

from datetime import datetime

from runner.ledger import Hold, Standing, State
from runner.plan import THREAD_GRACE, Action, Verb
from runner.views.phrases import moment
from runner.views.safe_text import unhidden

HeldName = tuple[str, str | None]
"""The level of a hold, and the name of what it holds."""
_SETTLED = (State.POSTED, State.MISSED, State.SKIPPED, State.DELETED)


def hold_as_text(hold: Hold) -> str:
    """One line: what is on hold, since when, who says so and why."""
    said = f"by {hold.by}: {hold.because}"
    return f"{_name_of(hold.what)} is on hold since {moment(hold.at)}, {unhidden(said)}"


def what_a_hold_means(hold: Hold) -> str:
    """What a hold that was just written means."""
    options = f" --{hold.level} {hold.name}" if hold.name else ""
    return (
        "Nothing of it goes out until `runner release"
        f"{options}`, save for a post that a run is sending right now.\n"
        "What is due meanwhile is missed once its grace is over."
    )


def released_as_text(what: HeldName, hold: Hold | None, others: tuple[Hold, ...]) -> str:
    """What `runner release` did, and what still holds something back; `hold` is None when there was
    none to end."""
    if hold:
        said = (
            f"{_name_of(what)} is no longer on hold; it was since {moment(hold.at)}, by {hold.by}."
        )
        lines = [said, "What is due and within its grace goes out with the next run."]
    else:
        lines = [f"`runner hold` does not hold {_name_of(what)}, so nothing has changed."]
        lines += ["A `hold: true` in the files ends when it is taken out of them."]
    return "\n".join([*lines, *(f"Still: {hold_as_text(other)}." for other in others)])


def _name_of(what: HeldName) -> str:
    level, name = what
    return f"{level} `{name}`" if name else "the project"


def resolution_as_text(standing: Standing, action: Action | None) -> str:
    """Two lines. `action` is the plan's; None where no file leads to the post any more."""
    return f"{_where_it_stands(standing)}\n{_what_comes_next(standing, action)}"


def _where_it_stands(standing: Standing) -> str:
    last = standing.last
    name = f"part {last.part} of {standing.key}" if standing.parts > 1 else f"{standing.key}"
    who = getattr(last, "by", None)
    by = f", says {who}" if who else ""
    if standing.state in (State.MISSED, State.SKIPPED, State.DELETED):
        return f"{standing.key} is {standing.state}{by}."
    if standing.posted and standing.posted[-1] is last:
        return f"{name} is out{by}: {standing.posted[-1].url}"
    return f"{name} is not out{by}."


def _what_comes_next(standing: Standing, action: Action | None) -> str:
    if standing.state in _SETTLED:
        return "Nothing more of it goes out."
    what = "The rest of it" if standing.half else "It"
    if action is None:
        return f"{what} goes out with no run: no file says when."
    match action.verb:
        case Verb.PUBLISH:
            return (
                f"{what} goes out with the next run, until {moment(_open_until(standing, action))}."
            )
        case Verb.ASK:
            return f"{what} still needs a person: {action.because}."
        case Verb.SKIP:
            return f"{what} never goes out: {action.because}."
        case Verb.WAIT | Verb.HOLD:
            due = action.occurrence.due
            return f"{what} is kept back: {action.because}. It was planned for {moment(due)}."


def _open_until(standing: Standing, action: Action) -> datetime:
    """The end of its grace; of a thread that has begun, the end of the day that it has."""
    if standing.half and standing.opening:
        return (standing.opening.at + THREAD_GRACE).astimezone(action.occurrence.zone)
    return action.occurrence.until
