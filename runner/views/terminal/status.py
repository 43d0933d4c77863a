"""Where things stand, in a terminal or a log: posts, accounts, and the ledger itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from runner.bugs import Bug, contained
from runner.durations import in_words
from runner.ledger import Facts, Key, Origin, Posted, Record, Standing, State, standings_of
from runner.models import Project
from runner.plan import Drift, Plan, Verb
from runner.publish import SHOWN_WITHIN, Forgotten, Refusal
from runner.views.decisions import hold_as_text
from runner.views.difference import drift_in_words
from runner.views.outcome import planned_and_actual, punctuality
from runner.views.phrases import count, moment, usd
from runner.views.safe_text import Paint, unhidden
from runner.x_facts import PRICES

_INDENT = " " * 11
_NAMED = 20
"""Posts that one line names at most, so that a summary can hold it."""


def standings_as_text(
    standings: Iterable[Standing],
    project: Project,
    drift: Mapping[Key, Drift],
    *,
    days: int,
    color: bool = False,
) -> str:
    """What happened in the last `days`: a line for each occurrence, in the order of their last
    entries, with how late it was and how the files differ from it by now; then how many were on
    time."""
    paint = Paint(on=color)
    standings = tuple(standings)
    ordered = sorted(standings, key=lambda standing: (standing.last.at, str(standing.key)))
    lines = [line for each in ordered for line in _contained_lines(each, project, drift, paint)]
    window = "day" if days == 1 else f"{days} days"
    head = f"The last {window}:" if lines else f"Nothing happened in the last {window}."
    share = contained("showing", "who was on time", lambda: punctuality(standings))
    return "".join(
        f"{line}\n" for line in (head, *lines, *([share] if isinstance(share, str) else []))
    )


def _contained_lines(
    standing: Standing, project: Project, drift: Mapping[Key, Drift], paint: Paint
) -> tuple[str, ...]:
    """The lines of a standing, or why it can't be shown."""
    key = standing.key
    made = contained(
        "showing", key, lambda: tuple(_standing_lines(standing, project, drift, paint))
    )
    return (f"{key} can’t be shown: {made.summary}",) if isinstance(made, Bug) else made


def _standing_lines(
    standing: Standing, project: Project, drift: Mapping[Key, Drift], paint: Paint
) -> Iterator[str]:
    state = standing.state
    color = "red" if standing.unsettled else "green" if state is State.POSTED else "dim"
    urls = " ".join(posted.url for posted in standing.posted)
    known = standing.key.account in project.accounts
    zone = project.zone_of(standing.key.account) if known else project.timezone
    when = moment(_instant(standing).astimezone(zone))
    head = f"{paint(color, f'{state.value:<10}')} {when}"
    yield "  ".join(
        filter(None, (head, str(standing.key), planned_and_actual(standing, zone), urls))
    )
    because = getattr(standing.last, "because", None)
    if because:
        part = f"part {standing.last.part}: " if standing.parts > 1 else ""
        yield f"{_INDENT}{part}{because}"
    if standing.key in drift:
        yield from (
            f"{_INDENT}{paint('yellow', each)}" for each in drift_in_words(drift[standing.key])
        )


def _instant(standing: Standing) -> datetime:
    """When it went out; when it was due, if it was missed; else when it was last written of."""
    if standing.state is State.POSTED:
        return standing.posted[0].at
    due = getattr(standing.last, "due", None) if standing.state is State.MISSED else None
    return due or standing.last.at


def accounted_as_text(accounted: Mapping[str, datetime], project: Project) -> str:
    """A line for each account: the instant up to which all that was due is recorded, as posted or
    as missed."""
    told = (
        f"{id} up to {moment(accounted[id].astimezone(project.zone_of(id)))}"
        if id in accounted
        else f"{id} not yet"
        for id in project.accounts
    )
    return f"Accounted for: {', '.join(told)}."


def hindrance_lines(plan: Plan, *, color: bool = False) -> Iterator[str]:
    """A line for each post that is still to come, and will need a person as things stand."""
    word = Paint(on=color)("yellow", "will need a person")
    for each in plan.actions:
        if each.hindrance:
            yield f"{word}  {each.key}: {each.hindrance}"


def search_lines(forgotten: Iterable[Forgotten]) -> Iterator[str]:
    """A line about posts that a run searches X for before it sends them, since they may be out
    already; none where there are no such posts."""
    keys = sorted(str(each.action.key) for each in forgotten if each.action.verb is Verb.PUBLISH)
    more = [f"{len(keys) - _NAMED} more"] if len(keys) > _NAMED else []
    if keys:
        named = ", ".join((*keys[:_NAMED], *more))
        yield f"Looked for on X first, and may need a person then: {named}."


def asking_text(account: str, parts: Sequence[Posted]) -> str:
    """A sentence about the posts that X is asked about, and what that costs."""
    cost = PRICES["read-post"] * len(parts)
    return f"Asking X about {count(len(parts), 'post')} of {account}, for {usd(cost)}."


def not_asking_text(parts: Sequence[Posted]) -> str:
    """A sentence about posts that are too new to ask X about, so that nobody takes them for
    seen."""
    keys = ", ".join(dict.fromkeys(str(part.key) for part in parts))
    return f"Not asked about, since X may show a post late for {in_words(SHOWN_WITHIN)}: {keys}."


def refusal_lines(refusals: Iterable[Refusal]) -> Iterator[str]:
    """A line for each account of which nothing could be learnt: why, and what to do about it."""
    for refusal in refusals:
        yield f"X could not be asked about {refusal.account}: {refusal.because}"
        if refusal.help:
            yield f"  = help: {refusal.help}"


def ledger_as_text(project: Project, facts: Facts, record: Record) -> str:
    """Where the ledger is, whose it is, and how much it holds; `record` is all of it."""
    settings = project.ledger
    kind = "below the branch" if settings.on_branches else "in the folder"
    where = f"{kind} {settings.place}"
    if facts.origin is None or record.origin is None:
        return f"There is no ledger {where} yet: the first run that posts begins one."
    since = moment(record.origin.at.astimezone(project.timezone))
    lines = [f"The ledger {where}, {origin_as_text(facts.origin)}, since {since}."]
    lines += _accounts(project, facts)
    standings = standings_of(record.entries).values()
    out = sum(bool(standing.posted) for standing in standings)
    lines.append(
        f"{count(len(record.entries), 'entry', 'entries')} about"
        f" {count(len(standings), 'post')}; {out} out, {len(facts.unsettled)} unsettled."
    )
    lines += [f"Notice: {notice}" for notice in facts.notices]
    lines += [f"Notice: {hold_as_text(hold)}" for hold in facts.holds]
    return "\n".join(lines)


def origin_as_text(origin: Origin) -> str:
    """`of github.com/acme/posts, adopted by Anna`."""
    whose = f"of {origin.repository}" if origin.repository else "of this machine"
    return unhidden(f"{whose}, adopted by {origin.by}" if origin.by else whose)


def _accounts(project: Project, facts: Facts) -> Iterator[str]:
    users = facts.origin.users if facts.origin else {}
    for account in sorted({*users, *facts.accounted}):
        zone = project.zone_of(account) if account in project.accounts else project.timezone
        said = [f"X's user {users[account]}"] if account in users else []
        if account in facts.accounted:
            said.append(f"accounted for up to {moment(facts.accounted[account].astimezone(zone))}")
        yield f"  {account}: {', '.join(said)}"
