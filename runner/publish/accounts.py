"""Doing a plan: account by account, in order, through ports."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from types import MappingProxyType

from runner.bugs import Bug, contained
from runner.ledger import Closed, Facts, Key, Record, State, month_of
from runner.models import Project
from runner.plan import Action, Plan, Verb
from runner.publish.account_entry import enter
from runner.publish.claiming import Claims, SideRecord
from runner.publish.outcome import Outcome, Refusal, Result
from runner.publish.ports import Raced
from runner.publish.progress import Progress
from runner.publish.run_ports import RunPorts
from runner.publish.sending import PLAN_HOLDS, Sender
from runner.value import replace

NOTHING: Mapping[str, Decimal] = MappingProxyType({})
BACK_IN_TIME = Outcome(raced=True)
"""The clock, with which X agrees by now, was ahead when the plan was made: what it called due or
over may not be."""
OUTDATED = Outcome(raced=True)
"""The plan is so old that all may have changed since: others may have sent what it calls due."""
LOST = "no file declares it, and X does not show it"


def apply(
    plan: Plan,
    facts: Facts,
    *,
    project: Project,
    ports: RunPorts,
    accounts: Collection[str],
    paid: Mapping[str, Decimal] = NOTHING,
    holds: timedelta = PLAN_HOLDS,
) -> Outcome:
    """Publishes what the plan says, and records what it calls missed.

    `facts` are those that the plan was made from; `accounts` those that it looked at as a whole, so
    that they can be accounted for; `paid` is what looks have cost before; `holds` is for how long
    the plan is acted upon. Raises LedgerUnusable; then nothing more is sent.
    """
    outcome, asides = Outcome(), _asides(plan, ports, accounts, paid)
    publish = plan.of(Verb.PUBLISH)
    for account in sorted({action.key.account for action in publish}):
        mine = tuple(action for action in publish if action.key.account == account)
        aside = asides.get(account)
        did = _publish(mine, account, facts, project, ports, aside, planned=plan.now, holds=holds)
        outcome = outcome.and_then(did)
        if outcome.raced or outcome.stale:
            return _with_asides(outcome, plan, asides)
    left = [each for each in asides.values() if each.record.entries and not each.written]
    misses = any(each.state is State.MISSED for aside in left for each in aside.record.entries)
    if misses and (wrong := _wrong_clock(facts, project, ports)):
        return _with_asides(outcome.and_then(Outcome(refusals=(wrong,))), plan, asides)
    if misses and plan.now > ports.clock.now():
        return _with_asides(outcome.and_then(BACK_IN_TIME), plan, asides)
    for aside in left:
        wrote = contained("recording", "what was missed", partial(_claim, aside, ports))
        if isinstance(wrote, Outcome) and (wrote.raced or wrote.stale):
            return _with_asides(outcome.and_then(wrote), plan, asides)
    return _with_asides(outcome, plan, asides)


def _wrong_clock(facts: Facts, project: Project, ports: RunPorts) -> Refusal | None:
    """What is recorded as missed is so for good: first X has to agree with what time it is."""
    refusal = None
    for account in sorted(project.accounts):
        entered = enter(account, facts=facts, project=project, ports=ports)
        if not isinstance(entered, Refusal):
            return None
        refusal = refusal or entered
    return refusal


def _asides(
    plan: Plan, ports: RunPorts, accounts: Collection[str], paid: Mapping[str, Decimal]
) -> dict[str, SideRecord]:
    """What was missed of each account; only what nobody else has taken up since the plan was made.
    What could not be written down is missed again by the next run."""
    missed = tuple(action for action in plan.of(Verb.SKIP) if action.misses)
    late = {action.key: (action.occurrence.due, action.because) for action in missed}
    lost = {each.key: (each.last.at, LOST) for each in plan.lost}
    found, asked, asides = {**late, **lost}, _questions(plan, ports), {}
    keys = (*found, *(each.key for each in asked))
    for account in sorted({key.account for key in keys}.union(accounts, paid)):
        mine = {key: why for key, why in found.items() if key.account == account}
        missed_ones = _missed_entries(mine, ports)
        whole = account in accounts and len(missed_ones) == len(mine)
        entries = (*missed_ones, *(each for each in asked if each.key.account == account))
        accounted = {account: plan.now} if whole else {}
        looked = {account: {month_of(plan.now): paid[account]}} if account in paid else {}
        record = Record(entries=entries, accounted=accounted, looked=looked)
        asides[account] = SideRecord(record=record)
    return asides


def _questions(plan: Plan, ports: RunPorts) -> tuple[Closed, ...]:
    """What is in doubt and a person is asked about."""
    return tuple(
        ports.writer.ended(attempt, State.UNKNOWN, action.because, "unclear")
        for action in plan.actions
        if action.binding and action.standing
        for attempt in action.standing.open(action.standing.next_part)
    )


def _with_asides(outcome: Outcome, plan: Plan, asides: Mapping[str, SideRecord]) -> Outcome:
    """The outcome with what was recorded as missed, and whose looks are paid for."""
    written = {name: aside.record for name, aside in asides.items() if aside.written}
    keys = {entry.key for record in written.values() for entry in record.entries}
    missed = tuple(action for action in plan.of(Verb.SKIP) if action.key in keys)
    return replace(outcome, missed=outcome.missed + missed, paid_for=frozenset(written))


def _claim(aside: SideRecord, ports: RunPorts) -> Outcome:
    if ports.ledger.stale():
        return Outcome(stale=True)
    try:
        ports.ledger.claim(aside.record)
    except Raced:
        return Outcome(raced=True)
    aside.written = True
    return Outcome()


def _missed_entries(
    found: Mapping[Key, tuple[datetime, str]], ports: RunPorts
) -> tuple[Closed, ...]:
    """An entry for each that was due then and missed, as far as it could be made."""
    writer = ports.writer
    made = [
        contained("recording", key, partial(writer.missed, key, due, because))
        for key, (due, because) in found.items()
    ]
    return tuple(each for each in made if not isinstance(each, Bug))


def _publish(
    actions: tuple[Action, ...],
    account: str,
    facts: Facts,
    project: Project,
    ports: RunPorts,
    aside: SideRecord | None,
    *,
    planned: datetime,
    holds: timedelta,
) -> Outcome:
    entered = enter(account, facts=facts, project=project, ports=ports)
    if isinstance(entered, Refusal):
        return Outcome(refusals=(entered,))
    if planned > ports.clock.now():
        return BACK_IN_TIME
    if ports.clock.now() - planned > holds:
        return OUTDATED
    sender = Sender(
        entered=entered,
        claims=Claims(ports=ports, aside=aside, monthly=project.monthly_budget),
        ports=ports,
        holds=holds,
        alone=len(actions) == 1,
    )
    results = _send_all(actions, sender, ports)
    return Outcome(
        results=results,
        raced=any(result.raced for result in results),
        stale=any(result.stale for result in results),
    )


def _send_all(actions: tuple[Action, ...], sender: Sender, ports: RunPorts) -> tuple[Result, ...]:
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
    return tuple(results)
