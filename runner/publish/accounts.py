"""Doing a plan: account by account, in order, through ports."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial

from runner.bugs import Bug, contained
from runner.ledger import Closed, Facts, Key, Record, State
from runner.models.project import Project
from runner.plan import Action, Plan, Verb
from runner.publish.account_entry import enter
from runner.publish.outcome import Outcome, Refusal, Result
from runner.publish.ports import Raced, Stale
from runner.publish.progress import Progress
from runner.publish.run_ports import RunPorts
from runner.publish.sending import Sender

LOST = "no file declares it, and X does not show it"


def apply(
    plan: Plan, facts: Facts, *, project: Project, ports: RunPorts, accounts: Collection[str]
) -> Outcome:
    """Publishes what the plan says, and records what it calls missed.

    `facts` are those that the plan was made from; `accounts` those that it looked at as a whole, so
    that they can be accounted for. Raises LedgerUnusable; then nothing more is sent.
    """
    outcome = Outcome()
    publish = plan.of(Verb.PUBLISH)
    for account in sorted({action.key.account for action in publish}):
        mine = tuple(action for action in publish if action.key.account == account)
        outcome = outcome.and_then(_publish(mine, account, facts, project, ports))
        if outcome.raced or outcome.stale:
            return outcome
    wrong = _wrong_clock(plan, facts, project, ports)
    if wrong:
        return outcome.and_then(Outcome(refusals=(wrong,)))
    return outcome.and_then(_account_for(plan, outcome, ports, accounts))


def _wrong_clock(plan: Plan, facts: Facts, project: Project, ports: RunPorts) -> Refusal | None:
    """What is recorded as missed is so for good: first X has to agree with what time it is."""
    if not plan.lost and not any(action.misses for action in plan.of(Verb.SKIP)):
        return None
    refusal = None
    for account in sorted(project.accounts):
        entered = enter(account, facts=facts, project=project, ports=ports)
        if not isinstance(entered, Refusal):
            return None
        refusal = refusal or entered
    return refusal


def _account_for(
    plan: Plan, outcome: Outcome, ports: RunPorts, accounts: Collection[str]
) -> Outcome:
    """Records what was missed; only what nobody else has taken up since the plan was made."""
    missed = tuple(action for action in plan.of(Verb.SKIP) if action.misses)
    late = {action.key: (action.occurrence.due, action.because) for action in missed}
    lost = {each.key: (each.last.at, LOST) for each in plan.lost}
    entries, whole = _missed({**late, **lost}, ports)
    entries = (*entries, *_asked(plan, ports))
    if not entries and not any(result.recorded for result in outcome.results):
        return Outcome()
    # what could not be written down is missed again by the next run
    record = Record(entries=entries, accounted=dict.fromkeys(accounts if whole else (), plan.now))
    did = contained("recording", "what was missed", lambda: _claimed(record, ports))
    if not isinstance(did, Outcome) or did.raced or did.stale:
        return Outcome() if isinstance(did, Bug) else did
    written = {entry.key for entry in entries}
    return Outcome(missed=tuple(action for action in missed if action.key in written))


def _asked(plan: Plan, ports: RunPorts) -> tuple[Closed, ...]:
    """What is in doubt and a person is asked about."""
    return tuple(
        ports.writer.looked(attempt, State.UNKNOWN, "unclear", action.because)
        for action in plan.actions
        if action.binding and action.standing
        for attempt in action.standing.open(action.standing.next_part)
    )


def _claimed(record: Record, ports: RunPorts) -> Outcome:
    try:
        ports.ledger.claim(record)
    except Raced:
        return Outcome(raced=True)
    except Stale:
        return Outcome(stale=True)
    return Outcome()


def _missed(
    found: Mapping[Key, tuple[datetime, str]], ports: RunPorts
) -> tuple[tuple[Closed, ...], bool]:
    """An entry for each that was due then and missed, and whether all of them could be made."""
    writer = ports.writer
    made = [
        contained("recording", key, partial(writer.missed, key, due, because))
        for key, (due, because) in found.items()
    ]
    entries = tuple(each for each in made if not isinstance(each, Bug))
    return entries, len(entries) == len(made)


def _publish(
    actions: tuple[Action, ...], account: str, facts: Facts, project: Project, ports: RunPorts
) -> Outcome:
    entered = enter(account, facts=facts, project=project, ports=ports)
    if isinstance(entered, Refusal):
        return Outcome(refusals=(entered,))
    sender = Sender(
        publisher=entered.publisher,
        ledger=ports.ledger,
        clock=ports.clock,
        read_media=ports.read_media,
        writer=ports.writer,
        deadline=ports.deadline,
        stopped=ports.stopped,
        alone=len(actions) == 1,
        origin=entered.origin,
    )
    results: list[Result] = []
    for action in actions:
        in_time = contained("timing", action.key, sender.has_time)
        if in_time is False:
            break
        if isinstance(in_time, Bug):
            result = sender.broken_off(action, in_time, Progress())
        else:
            result = sender.send(action)
        results.append(result)
        if result.urls or not result.raced:
            contained("telling of", action.key, partial(ports.watch, result))
        if result.ends_the_account:
            break
    return Outcome(
        results=tuple(results),
        raced=any(result.raced for result in results),
        stale=any(result.stale for result in results),
    )
