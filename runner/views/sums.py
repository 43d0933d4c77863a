"""The sums of a plan, and of a change: how many posts, how much money, what needs a
person, and what comes next."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from runner.durations import in_words
from runner.ledger import Standing
from runner.plan import ChangeKind, Comparison, Plan, Verb
from runner.views.decisions import hold_as_text
from runner.views.phrases import count, moment, usd


def plan_sums(plan: Plan, *, ahead: timedelta | None = None) -> Iterator[str]:
    """The lines about a plan as a whole: how many posts, when, for how much. `ahead` is how far the
    plan looks, in whole days, where that is not to the end."""
    if plan.unplanned:
        yield f"Plan: {nothing(plan.unplanned)}."
        yield from _notices(plan)
        return
    due, later, asks = plan.of(Verb.PUBLISH), plan.later, plan.asks
    out = {action.key for action in plan.actions if action.out} | plan.drift.keys()
    later_is = f"in the next {count(ahead.days, 'day')}" if ahead else "later"
    yield (
        f"Plan: {count(len(due), 'post')} due now, {len(later)} {later_is}; {len(out)} already out"
        + lies_behind(sum(action.over for action in plan.actions))
        + (f"; {count(asks, 'post needs', 'posts need')} a person." if asks else ".")
    )
    yield f"Cost: {usd(plan.cost_of_all)} for these; {_this_month(plan)}."
    yield from _notices(plan)
    yield from (f"Notice: {hold_as_text(hold)}" for hold in plan.holds)
    yield from (f"Notice: {doubt}" for doubt in doubts(plan))
    yield from (f"! {open_question(standing)}" for standing in plan.unanswered)


def change_sums(comparison: Comparison, plan: Plan) -> Iterator[str]:
    """`plan` is that of the new files."""
    if plan.unplanned:
        yield f"Change: {nothing(plan.unplanned)}."
        yield from _notices(plan)
        return
    asks = len([change for change in comparison.changes if change.asks])
    counts = [f"{len(comparison.of(kind))} {kind}" for kind in ChangeKind if comparison.of(kind)]
    if comparison.renamed:
        counts.append(count(len(comparison.renamed), "campaign") + " renamed")
    behind = lies_behind(sum(change.over for change in comparison.changes))
    person = f"; {count(asks, 'of them needs', 'of them need')} a person" if asks else ""
    yield f"Change: {', '.join(counts)}{behind}{person}." if counts else "Change: no post changes."
    yield _cost(comparison, plan)
    yield from _notices(plan)
    shown = {change.snapshot.key for change in comparison.changes}
    for action in plan.actions:
        why = action.because if action.verb is Verb.ASK else action.hindrance
        if why and action.key not in shown:
            yield f"! {action.key}, as before: {why}"


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


def nothing(why: str) -> str:
    """What is said where there is no plan."""
    return f"{why}, so nothing can be told of any post, and nothing goes out"


def lies_behind(number: int) -> str:
    """How many posts never go out, as the rest of a sentence; empty where there is none."""
    what = "lies in the past and does" if number == 1 else "lie in the past and do"
    return f"; {number} {what} not go out" if number else ""


def open_question(standing: Standing) -> str:
    """What is open about an occurrence, in one line."""
    why = getattr(standing.last, "because", "a run ended while it was being sent")
    return f"{standing.key}: {standing.state} ({why})"


def doubts(plan: Plan) -> Iterator[str]:
    """What is open that nobody has to act about."""
    looked_for = (each for each in plan.unsettled if plan.looks_for(each))
    return (f"{open_question(each)}; the next runs look for it" for each in looked_for)


def _notices(plan: Plan) -> Iterator[str]:
    return (f"Notice: {notice}" for notice in plan.notices)


def _this_month(plan: Plan) -> str:
    budget = f" of {usd(plan.budget)}" if plan.budget is not None else ""
    return f"{usd(plan.spent)}{budget} this month so far"


def _cost(comparison: Comparison, plan: Plan) -> str:
    more = comparison.cost_after - comparison.cost_before
    signed = f"{'-' if more < 0 else '+'}{usd(abs(more))}"
    all_of_it = "all of it that was asked for" if comparison.is_part else "all that is planned"
    to_come = "of it still to come in it" if comparison.is_part else "still to come in it"
    return (
        f"Cost: {signed} by this change, {usd(comparison.cost_after)} for {all_of_it}; "
        f"{_this_month(plan)}, {usd(_to_come(plan))} {to_come}."
    )


def _to_come(plan: Plan) -> Decimal:
    """USD of this calendar month (UTC) that is planned and not spent yet."""

    def month(at: datetime) -> str:
        return f"{at.astimezone(UTC):%Y-%m}"

    costs = (
        action.cost
        for action in plan.actions
        if action.goes_out
        and (action.verb is Verb.PUBLISH or month(action.occurrence.due) == month(plan.now))
    )
    return sum(costs, Decimal(0))
