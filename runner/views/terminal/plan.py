"""A plan in a terminal."""

from collections.abc import Iterator
from datetime import timedelta

from runner.ledger import Standing
from runner.plan import Plan, Verb
from runner.views.phrases import count, usd
from runner.views.plan_listing import LEGEND, Group, Row, groups, lines_of
from runner.views.safe_text import safe
from runner.views.terminal.ansi import Paint
from runner.views.terminal.holds import hold_as_text
from runner.views.unpublished import next_of

_COLORS = {"+": "green", "=": "dim", "-": "dim", "!": "red"}


def plan_as_text(
    plan: Plan,
    *,
    texts: bool = True,
    everything: bool = False,
    ahead: timedelta | None = None,
    color: bool = False,
) -> str:
    """Each campaign's posts with time, length, cost and text; then the sums and what is next.
    `ahead` as in closing."""
    paint = Paint(on=color)
    lines: list[str] = []
    for group in groups(plan, everything=everything):
        lines += [*_group(group, texts=texts, paint=paint), ""]
    if lines:
        lines.append(paint("dim", LEGEND))
    lines += closing(plan, ahead=ahead)
    return "\n".join(lines) + "\n"


def _group(group: Group, *, texts: bool, paint: Paint) -> Iterator[str]:
    yield f"{paint('bold', group.path)}   {group.heading}"
    width = max((len(row.name) for row in group.rows), default=0)
    for row in group.rows:
        yield from _row(row, width=width, texts=texts, paint=paint)
    for note in (*group.folded, *group.waiting):
        yield f"    {paint('dim', safe(note))}"


def _row(row: Row, *, width: int, texts: bool, paint: Paint) -> Iterator[str]:
    color = _COLORS[row.symbol]
    head = f"  {row.symbol} {row.name:<{width}}  {row.when}"
    tail = safe("   ".join([*row.facts, *row.notes, *row.ignored]))
    yield f"{paint(color, head)}   {tail}".rstrip()
    if row.url:
        yield f"      {row.url}"
    yield from (f"      {paint('yellow', safe(note))}" for note in row.drift)
    if texts and row.post and row.symbol in "+!":
        for number, part in enumerate(row.post.parts, start=1):
            if number > 1:
                yield f"      {paint('dim', f'· part {number}')}"
            yield from (
                f"      {paint('dim', '│')} {safe(line)}".rstrip() for line in lines_of(part)
            )


def closing(plan: Plan, *, ahead: timedelta | None = None) -> list[str]:
    """The last lines of a plan: how many, how much, what needs a person, what is next. `ahead` is
    how far it looks, in whole days, where that is not to the end."""
    if plan.unplanned:
        return [f"Plan: {nothing(plan.unplanned)}.", *(f"Notice: {each}" for each in plan.notices)]
    due, later, asks = plan.of(Verb.PUBLISH), plan.later, plan.asks
    out = {action.key for action in plan.actions if action.out} | plan.drift.keys()
    later_is = f"in the next {count(ahead.days, 'day')}" if ahead else "later"
    lines = [
        f"Plan: {count(len(due), 'post')} due now, {len(later)} {later_is}; {len(out)} already out"
        + lies_behind(sum(action.over for action in plan.actions))
        + (f"; {count(asks, 'post needs', 'posts need')} a person." if asks else ".")
    ]
    budget = f" of {usd(plan.budget)}" if plan.budget is not None else ""
    lines.append(
        f"Cost: {usd(plan.cost_of_all)} for these; {usd(plan.spent)}{budget} this month so far."
    )
    lines += [f"Notice: {notice}" for notice in plan.notices]
    lines += [f"Notice: {hold_as_text(hold)}" for hold in plan.holds]
    lines += [f"! {unsettled(standing)}" for standing in plan.unsettled]
    lines.append(next_of(plan, ahead=ahead))
    return lines


def nothing(why: str) -> str:
    """What is said where there is no plan."""
    return f"{why}, so nothing can be told of any post, and nothing goes out"


def lies_behind(count: int) -> str:
    """How many posts never go out, as the rest of a sentence; empty where there is none."""
    what = "lies in the past and does" if count == 1 else "lie in the past and do"
    return f"; {count} {what} not go out" if count else ""


def unsettled(standing: Standing) -> str:
    """What is open about an occurrence, in one line."""
    why = getattr(standing.last, "because", "a run ended while it was being sent")
    return f"{standing.key}: {standing.state} ({why})"
