"""Goals of a report: met or not, how sure that is, where they are heading."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from runner.durations import in_words
from runner.report import Finding, GoalResult, Trend
from runner.views.report import UNKNOWN, ReportTable, number, percent

_SHARES: Final = frozenset({"engagement-rate", "answered-within"})
_A_MONTH: Final = frozenset({"profile-visits", "orders"})
_WHY_UNKNOWN: Final[Mapping[str, str]] = {
    "orders": "no orders were imported: `runner import orders`",
    "profile-visits": "X has told of none",
    "answered-within": "nobody has waited for an answer",
}


def goals_table(goals: Sequence[GoalResult]) -> ReportTable:
    return ReportTable(
        head=("goal", "declared", "reached", "between", "finding", "trend"),
        rows=tuple(_row(goal) for goal in goals),
        words=frozenset({0, 4, 5}),
    )


def goal_words(goal: GoalResult) -> str:
    """`engagement-rate: 2.3 % of 2 %, met; rising`."""
    shown = _figure_format(goal)
    if goal.value is None:
        return f"{goal.name}: {_verdict_words(goal)}"
    trend = f"; {goal.trend.value}" if goal.trend in (Trend.RISING, Trend.FALLING) else ""
    reached = f"{shown(goal.value)} of {shown(goal.target)}{_unit(goal)}"
    return f"{goal.name}: {reached}, {_verdict_words(goal)}{trend}"


def _row(goal: GoalResult) -> tuple[str, ...]:
    shown = _figure_format(goal)
    low_high = goal.interval and " to ".join(map(shown, goal.interval))
    too_few = Finding.TOO_FEW if goal.is_of_few and goal.value is not None else UNKNOWN
    return (
        goal.name,
        f"{shown(goal.target)}{_unit(goal)}",
        UNKNOWN if goal.value is None else shown(goal.value),
        low_high or too_few,
        _verdict_words(goal),
        UNKNOWN if goal.value is None else goal.trend.value,
    )


def _verdict_words(goal: GoalResult) -> str:
    if goal.is_met is None:
        return _WHY_UNKNOWN.get(goal.name, "not known: no post was measured at 48 hours")
    said = "met" if goal.is_met else "not met"
    return f"{said}, which may be chance" if goal.may_be_chance else said


def _figure_format(goal: GoalResult) -> Callable[[float], str]:
    return percent if goal.name in _SHARES else number


def _unit(goal: GoalResult) -> str:
    if goal.within is not None:
        return f" in {in_words(goal.within)}"
    return " in 30 days" if goal.name in _A_MONTH else ""
