"""What a run did, as a job summary: planned against actual, links, money, what a person must do."""

from collections.abc import Iterator

from runner.ledger import Key, State
from runner.plan import Plan, Verb
from runner.problems import Stop
from runner.publish import Outcome, Result
from runner.views.markdown.escaping import plain
from runner.views.outcome import how_late, rest_of, to_fill_in
from runner.views.phrases import clock, count, moment, usd
from runner.views.sums import open_question


def outcome_as_markdown(outcome: Outcome, plan: Plan, *, form: str | None = None) -> str:
    """The sums, what a person has to do, and a row for each post that was tried or missed. `form`
    is the address of the form that takes a person's word."""
    heading = f"Sent {count(len(outcome.sent), 'post')} for {usd(outcome.cost)}"
    lines = [f"## {heading}", "", *_person(outcome, plan, form), *_table(outcome)]
    lines += [f"- Found on X, and recorded: {posted.url}" for posted in outcome.found]
    budget = f" of {usd(plan.budget)}" if plan.budget is not None else ""
    lines.append(f"- {usd(plan.spent)}{budget} spent this month.")
    lines += [f"- {plain(notice)}" for notice in plan.notices]
    lines.append(f"- {plain(rest_of(outcome, plan))}")
    return "\n".join(lines) + "\n"


def stop_as_markdown(stop: Stop) -> str:
    """Why a run ended before its end, and what to do."""
    return f"## The run stopped\n\n- {plain(stop.message)}.{_todo(stop.help)}\n"


def decision_as_markdown(said: str) -> str:
    """What a person's decision came to, line by line."""
    return "## Decided\n\n" + "".join(f"- {plain(line)}\n" for line in said.splitlines())


def _todo(help: str | None) -> str:
    return f" {plain(help[:1].upper() + help[1:])}." if help else ""


def _person(outcome: Outcome, plan: Plan, form: str | None) -> Iterator[str]:
    asks = {ask.key: ask for ask in plan.of(Verb.ASK)}
    failed = {each.key: each for each in outcome.results if each.needs_a_person or each.stops}
    if not (outcome.refusals or failed or asks or plan.unsettled):
        return
    yield "### A person has to look"
    yield ""
    for refusal in outcome.refusals:
        yield f"- `account {refusal.account}`: {plain(refusal.because)}.{_todo(refusal.help)}"
    for key, result in failed.items():
        whether_out = key in asks and asks[key].asks_whether_out
        decides = _decides(form, key, whether_out=whether_out) if result.needs_a_person else ""
        yield f"- `{key}`: {plain(result.because)}.{_todo(result.help)}{decides}"
    for key, ask in asks.items():
        if key not in failed:
            decides = _decides(form, key, whether_out=ask.asks_whether_out)
            yield f"- `{key}`: {plain(ask.because)}.{decides}"
    for each in plan.unsettled:
        decides = (
            "" if plan.looks_for(each) else _decides(form, each.key, whether_out=each.doubtful)
        )
        yield f"- {plain(open_question(each))}.{decides}"
    yield ""


def _decides(form: str | None, key: Key, *, whether_out: bool) -> str:
    return f" [Decide]({form}): {to_fill_in(key, whether_out=whether_out)}." if form else ""


def _table(outcome: Outcome) -> Iterator[str]:
    if not outcome.results and not outcome.missed:
        return
    yield "| post | planned | went out | cost | |"
    yield "|---|---|---|---|---|"
    for result in outcome.results:
        due = moment(result.action.occurrence.due)
        links = " ".join(f"[{n}]({url})" for n, url in enumerate(result.urls, start=1))
        cost = usd(result.cost) if result.urls else ""
        yield f"| `{result.key}` | {due} | {_actual(result)} | {cost} | {links} |"
    for action in outcome.missed:
        due = moment(action.occurrence.due)
        yield f"| `{action.key}` | {due} | **missed** | | {plain(action.because)} |"
    yield ""


def _actual(result: Result) -> str:
    if result.state is not State.POSTED:
        return f"**{result.state.value if result.state else 'not sent'}**"
    at = result.at.astimezone(result.action.occurrence.zone)
    return f"{clock(at)}, {how_late(result.late)}"
