"""What all views of a run say: how late posts were, what is left, and what a person fills in."""

from collections.abc import Iterable
from datetime import timedelta, tzinfo

from runner.durations import LATE_FROM, in_words
from runner.ledger import Key, Standing, State
from runner.plan import Plan
from runner.publish import LOOKS_AHEAD, Outcome
from runner.views.phrases import clock_beside, count
from runner.views.sums import next_of


def how_late(late: timedelta) -> str:
    """`on time`, `5 minutes late`."""
    return "on time" if late < LATE_FROM else f"{in_words(late)} late"


def planned_and_actual(standing: Standing, zone: tzinfo) -> str:
    """`on time`; `5 minutes late, due 10:00 +02:00`. Empty of what is not out or
    went out by hand."""
    late, opening = _late(standing), standing.opening
    if late is None or opening is None or late < LATE_FROM:
        return "" if late is None else how_late(late)
    out, due = (at.astimezone(zone) for at in (standing.posted[0].at, opening.due))
    return f"{how_late(late)}, due {clock_beside(due, out)}"


def punctuality(standings: Iterable[Standing]) -> str | None:
    """How many of those that went out did so on time, and how late the latest was."""
    lates = {each.key: late for each in standings if (late := _late(each)) is not None}
    if not lates:
        return None
    on_time = sum(late < LATE_FROM for late in lates.values())
    share = f"{on_time} of {count(len(lates), 'post')} ({100 * on_time // len(lates)} %)"
    latest = max(lates, key=lambda key: lates[key])
    if on_time == len(lates):
        return f"On time: {share}."
    return f"On time: {share}; the latest was {latest}, {how_late(lates[latest])}."


def _late(standing: Standing) -> timedelta | None:
    """How late it went out, by its first part: that decides when people see it."""
    if standing.state is not State.POSTED or standing.opening is None:
        return None
    return standing.posted[0].at - standing.opening.due


def rest_of(outcome: Outcome, plan: Plan) -> str:
    """What a run leaves, in one line; `plan` is what it left."""
    stopped = {each.account: each.because for each in outcome.refusals}
    stopped |= {each.key.account: each.because for each in outcome.results if each.stops}
    for account, because in stopped.items():
        plan = plan.without({account}, because)
    return next_of(plan, ahead=LOOKS_AHEAD)


def to_fill_in(key: Key, *, whether_out: bool) -> str:
    """What to fill in on the form of decide.yml: what settles whether a post is out; else only that
    nothing more of it goes out, since all else is mended in the files."""
    choice = "`skip`, if nothing of it is to go out any more"
    if whether_out:
        choice = f"`posted` (with its Link), `not posted` (with Account `{key.account}`) or `skip`"
    return f"Decision {choice}; Post `{key}`"
