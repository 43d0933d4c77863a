"""What a run did, in a terminal or a log."""

from runner.ledger import Key, State
from runner.plan import Plan, Verb
from runner.publish import Outcome, Result
from runner.views.outcome import how_late, rest_of, to_fill_in
from runner.views.phrases import count, moment, usd
from runner.views.safe_text import Paint
from runner.views.sums import open_question


def result_as_text(result: Result, *, color: bool = False) -> str:
    """One line of what came of one post, and what to do about it."""
    paint = Paint(on=color)
    zone = result.action.occurrence.zone
    when = moment(result.at.astimezone(zone))
    if result.state is State.POSTED:
        return (
            f"{paint('green', 'posted')}  {result.key}  {when} ({how_late(result.late)})"
            f"  {usd(result.cost)}  {' '.join(result.urls)}"
        )
    word = result.state.value if result.state else "not sent"
    lines = [f"{paint('red', word)}  {result.key}  {when}  {result.because}"]
    if result.urls:
        lines.append(f"  these parts are out: {' '.join(result.urls)}")
    if result.help:
        lines.append(f"  = help: {result.help}")
    return "\n".join(lines)


def ask_lines(plan: Plan, *, form: str | None = None, color: bool = False) -> list[str]:
    """Lines about each post that needs a person now, and why. `form` is the address of the form in
    which they decide."""
    word = Paint(on=color)("red", "needs a person")
    lines = []
    for ask in plan.of(Verb.ASK):
        lines.append(f"{word}  {ask.key}: {ask.because}")
        lines += _form_lines(form, ask.key, whether_out=ask.asks_whether_out)
    for each in plan.unanswered:
        lines.append(f"{word}  {open_question(each)}")
        lines += _form_lines(form, each.key, whether_out=each.doubtful)
    return lines


def _form_lines(form: str | None, key: Key, *, whether_out: bool) -> list[str]:
    return [f"  = form: {form}: {to_fill_in(key, whether_out=whether_out)}"] if form else []


def outcome_as_text(
    outcome: Outcome, plan: Plan, *, form: str | None = None, color: bool = False
) -> str:
    """The sums of a run, after its results were shown as they came, and what `plan` leaves."""
    paint = Paint(on=color)
    lines = [
        f"{paint('yellow', 'missed')}  {action.key}"
        f"  was due {moment(action.occurrence.due)}: {action.because}"
        for action in outcome.missed
    ]
    lines += [
        f"{paint('green', 'found')}  {each.key}"
        f"  is out, as its account's timeline shows  {each.url}"
        for each in outcome.found
    ]
    for refusal in outcome.refusals:
        lines.append(f"{paint('red', 'refused')}  {refusal.account}: {refusal.because}")
        lines += [f"  = help: {refusal.help}"] if refusal.help else []
    lines += ask_lines(plan, form=form, color=color)
    lines += [
        f"{paint('red', 'in doubt')}  {open_question(each)}"
        for each in plan.unsettled
        if plan.looks_for(each)
    ]
    lines.append(f"Sent {count(len(outcome.sent), 'post')} for {usd(outcome.cost)}.")
    lines += [f"Notice: {notice}" for notice in plan.notices]
    lines.append(rest_of(outcome, plan))
    return "\n".join(lines) + "\n"
