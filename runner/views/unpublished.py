"""What a run leaves: what is still due and why it did not go out, or what comes next."""

from datetime import timedelta

from runner.durations import in_words
from runner.plan import Plan, Verb
from runner.publish import Outcome
from runner.publish.run import NEAR
from runner.views.phrases import count, moment


def rest_of(outcome: Outcome, plan: Plan) -> str:
    """What a run leaves, in one line; `plan` is what it left."""
    stopped = {each.account: each.because for each in outcome.refusals}
    stopped |= {each.key.account: each.because for each in outcome.results if each.stops}
    for account, because in stopped.items():
        plan = plan.without({account}, because)
    return next_of(plan, ahead=NEAR)


def next_of(plan: Plan, *, ahead: timedelta | None = None) -> str:
    """What is due, what is due but waits and why, or what comes next; `ahead` is how far the plan
    looks, where that is not to the end."""
    if plan.unplanned:
        return "Nothing goes out."
    due = [str(action.key) for action in plan.of(Verb.PUBLISH)]
    stopped = (*plan.of(Verb.WAIT), *plan.of(Verb.HOLD))
    late = [each for each in stopped if each.occurrence.due <= plan.now <= each.occurrence.until]
    told = [f"Due now: {', '.join(due)}."] if due else []
    if late:
        waits = (f"{action.key} ({action.because})" for action in late)
        told.append(f"Still due: {'; '.join(waits)}.")
    if due:
        return " ".join(told)
    if plan.next is None:
        planned = f"in the next {count(ahead.days, 'day')}" if ahead else "planned"
        told.append(f"Nothing else {planned}." if told else f"Nothing due, and nothing {planned}.")
    else:
        at = plan.next.occurrence.due
        told = told or ["Nothing due."]
        told.append(f"Next: {plan.next.key}, {moment(at)} (in {in_words(at - plan.now)}).")
    return " ".join(told)
