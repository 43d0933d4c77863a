"""The sums above the page: how many posts, what is next, what it costs, what is wrong."""

from collections.abc import Iterable

from runner.durations import in_words
from runner.plan import ChangeKind, Comparison, Plan, Verb
from runner.value import Value
from runner.views.change_listing import renames_of
from runner.views.decisions import hold_as_text
from runner.views.html.problems import ShownProblem
from runner.views.phrases import count, moment, usd
from runner.views.problems import problem_count
from runner.views.sums import doubts, nothing, open_question

DOT = "\N{NO-BREAK SPACE}· "
"""What stands between two sums; no line begins with it."""


class Tile(Value, kw_only=True):
    """One sum: what it is, its value, and a line about it. `alarms` where a person has to act."""

    label: str
    value: str
    about: str
    alarms: bool = False


class Sums(Value, kw_only=True):
    """`share` of the month's budget in percent, without these posts; None without a budget."""

    tiles: tuple[Tile, ...]
    share: int | None
    asks: tuple[str, ...]
    """What a person has to settle though no post of the page shows it."""
    notices: tuple[str, ...]


def sums_of(plan: Plan, problems: Iterable[ShownProblem], comparison: Comparison | None) -> Sums:
    wrong = _problems(plan, tuple(problems))
    tiles: tuple[Tile, ...] = (_posts(plan), _next(plan), _money(plan), wrong)
    if plan.unplanned:
        why = nothing(plan.unplanned)
        tiles = (Tile(label="Planned", value="nothing", about=why, alarms=True), wrong)
    elif comparison:
        tiles = (*tiles, _changes(comparison))
    return Sums(
        tiles=tiles,
        share=_share(plan),
        asks=tuple(open_question(standing) for standing in plan.unanswered),
        notices=(
            *plan.notices,
            *map(hold_as_text, plan.holds),
            *doubts(plan),
            *(renames_of(comparison) if comparison else ()),
        ),
    )


def _posts(plan: Plan) -> Tile:
    due, later = plan.of(Verb.PUBLISH), plan.later
    out = [action for action in plan.actions if action.out]
    held = len(plan.of(Verb.HOLD))
    over = sum(action.over for action in plan.actions)
    about = [f"{len(due)} due now", f"{len(later)} later", f"{len(out)} already out"]
    return Tile(
        label="Planned",
        value=count(len(due) + len(later), "post"),
        about=DOT.join(
            [
                *about,
                *([f"{held} on hold"] if held else []),
                *([f"{over} in the past, not sent"] if over else []),
            ]
        ),
    )


def _next(plan: Plan) -> Tile:
    if due := plan.of(Verb.PUBLISH):
        names = f"{due[0].key.short} on {due[0].key.account}"
        more = f" and {len(due) - 1} more" if len(due) > 1 else ""
        return Tile(label="Next", value="now", about=names + more)
    if plan.next is None:
        return Tile(label="Next", value="nothing", about="no post is planned")
    at, key = plan.next.occurrence.due, plan.next.key
    return Tile(
        label="Next",
        value=f"in {in_words(at - plan.now)}",
        about=f"{key.campaign} on {key.account}, {moment(at)}",
    )


def _money(plan: Plan) -> Tile:
    budget = f" of {usd(plan.budget)}" if plan.budget is not None else ""
    return Tile(
        label="Cost of these",
        value=usd(plan.cost_of_all),
        about=f"{plan.now:%B} so far (UTC): {usd(plan.spent)}{budget}",
        alarms=plan.budget is not None and plan.spent > plan.budget,
    )


def _problems(plan: Plan, problems: tuple[ShownProblem, ...]) -> Tile:
    errors = any(shown.is_error for shown in problems)
    return Tile(
        label="Problems",
        value=problem_count(shown.problem for shown in problems) if problems else "none",
        about=f"{count(plan.asks, 'post needs', 'posts need')} a person",
        alarms=bool(plan.asks) or errors,
    )


def _changes(comparison: Comparison) -> Tile:
    kinds = [(kind, len(comparison.of(kind))) for kind in ChangeKind]
    before, after = usd(comparison.cost_before), usd(comparison.cost_after)
    return Tile(
        label="This change",
        value=count(len(comparison.changes), "post"),
        about=DOT.join(
            [*(f"{number} {kind}" for kind, number in kinds if number), f"cost {before} → {after}"]
        ),
    )


def _share(plan: Plan) -> int | None:
    if not plan.budget:
        return None
    return min(int(100 * plan.spent / plan.budget), 100)
