"""A change in a terminal."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from runner.plan import Plan, Verb
from runner.plan.change import ChangeKind, Comparison
from runner.views.change_listing import (
    LEGEND,
    ChangeGroup,
    ChangeRow,
    change_groups,
)
from runner.views.phrases import count, moment, usd
from runner.views.safe_text import safe
from runner.views.terminal.ansi import Paint
from runner.views.terminal.plan import lies_behind, nothing
from runner.views.unpublished import next_of

_COLORS = {"+": "green", "~": "yellow", ">": "yellow", "-": "red", "=": "dim", "!": "red"}
_PAINTS = {"@": "bold", " ": "dim", "-": "red", "+": "green"}
_SIGNS = {"@": "", " ": "│ ", "-": "- ", "+": "+ "}


def change_as_text(
    comparison: Comparison, plan: Plan, *, everything: bool = False, color: bool = False
) -> str:
    """Each campaign's changes, old and new; then the sums and what is next. The foreword stands by
    itself."""
    paint = Paint(on=color)
    lines: list[str] = []
    for group in change_groups(comparison, plan, everything=everything):
        lines += [*_group(group, paint), ""]
    if lines:
        lines.append(paint("dim", LEGEND))
    lines += [*(safe(line) for line in change_closing(comparison, plan)), next_of(plan)]
    return "\n".join(lines) + "\n"


def _group(group: ChangeGroup, paint: Paint) -> Iterator[str]:
    was = f" (was {group.was})" if group.was else ""
    yield f"{paint('bold', f'{safe(group.path + was)}')}   {group.heading}"
    width = max((len(row.name) for row in group.rows), default=0)
    for row in group.rows:
        yield from _row(row, width, paint)
    for note in group.notes:
        yield f"    {paint('dim', safe(note))}"


def _row(row: ChangeRow, width: int, paint: Paint) -> Iterator[str]:
    when = f"{moment(row.at)}   " if row.at else ""
    was = f", was {moment(row.was)}" if row.was else ""
    head = f"  {row.symbol} {row.name:<{width}}  {when}{row.what}{was}"
    yield f"{paint(_COLORS[row.symbol], head)}   {safe('   '.join(row.facts + row.notes))}"
    if row.url:
        yield f"      {row.url}"
    for line in row.lines:
        sign = _SIGNS[line.sign]
        yield f"      {paint(_PAINTS[line.sign], f'{sign}{safe(line.text)}'.rstrip())}"


def change_closing(comparison: Comparison, plan: Plan) -> list[str]:
    """The sums: how many, how much, what else needs a person, what is next."""
    if plan.unplanned:
        return [
            f"Change: {nothing(plan.unplanned)}.",
            *(f"Notice: {each}" for each in plan.notices),
        ]
    asks = len([change for change in comparison.changes if change.asks])
    counts = [f"{len(comparison.of(kind))} {kind}" for kind in ChangeKind if comparison.of(kind)]
    if comparison.renamed:
        counts.append(count(len(comparison.renamed), "campaign") + " renamed")
    behind = lies_behind(sum(change.over for change in comparison.changes))
    person = f"; {count(asks, 'of them needs', 'of them need')} a person" if asks else ""
    lines = [
        f"Change: {', '.join(counts)}{behind}{person}." if counts else "Change: no post changes.",
        _cost(comparison, plan),
    ]
    lines += [f"Notice: {notice}" for notice in plan.notices]
    shown = {change.snapshot.key: change for change in comparison.changes}
    lines += [
        f"! {action.key}, as before: {why}"
        for action in plan.actions
        if action.key not in shown
        and (why := action.because if action.verb is Verb.ASK else action.hindrance)
    ]
    return lines


def _cost(comparison: Comparison, plan: Plan) -> str:
    more = comparison.cost_after - comparison.cost_before
    signed = f"{'-' if more < 0 else '+'}{usd(abs(more))}"
    budget = f" of {usd(plan.budget)}" if plan.budget is not None else ""
    all_of_it = "all of it that was asked for" if comparison.is_part else "all that is planned"
    to_come = "of it still to come in it" if comparison.is_part else "still to come in it"
    return (
        f"Cost: {signed} by this change, {usd(comparison.cost_after)} for {all_of_it}; "
        f"{usd(plan.spent)}{budget} this month so far, {usd(_to_come(plan))} {to_come}."
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
