"""A run: looks for what is in doubt, plans, does the plan, and waits for what is next."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from runner.bugs import Bug, contained
from runner.ledger import Facts, Need, tellable
from runner.plan import Desk, Plan, need_of, plan
from runner.publish.accounts import apply
from runner.publish.backfill import recall
from runner.publish.outcome import Outcome
from runner.publish.ports import Ledger
from runner.publish.reconciling import Looked, look
from runner.publish.run_ports import World
from runner.schedule import Occurrence

Begin = Callable[[], tuple[Desk, World]]
"""Reads the files anew, and gives what the run does things with."""
NEAR = timedelta(days=7)
"""How far ahead a run looks, to say what is next."""
GLANCE = timedelta(minutes=5)
"""How long a run that waits sleeps at most before it sees whether the files have moved on."""
NOTHING = Looked()
_ROUNDS = 50
"""After so many a run leaves the rest to the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run did, and what its last look at the files and the ledger left to do."""

    outcome: Outcome
    last: Outcome
    """Of its last look: what it was not able to send then is still due."""
    plan: Plan
    moved: bool = False
    """It ended while it waited, because the default branch has moved on."""


def run(
    begin: Begin,
    *,
    wait: timedelta = timedelta(0),
    whole: bool = True,
    told: Callable[[str], None] = lambda _: None,
) -> Ran:
    """Does everything due now, and with `wait` what falls due while it stays.

    After each sleep files, ledger and clock are read anew. `whole`: the desk shows all campaigns of
    its accounts, so that they can be accounted for. Raises LedgerUnusable.
    """
    desk, world = begin()
    stay_until = world.clock.now() + wait
    ran = once(desk, world, whole=whole)
    while (pause := _pause(ran, world, stay_until)) is not None:
        told(f"Waiting {pause:.0f} seconds for what is next.")
        if not _slept(pause, world):
            return replace(ran, moved=not world.stopped())
        more = contained("going on", "after a sleep", lambda: _begun(begin, whole=whole))
        if isinstance(more, Bug):
            return ran
        world, again = more
        ran = replace(again, outcome=ran.outcome.and_then(again.outcome))
    return ran


def _begun(begin: Begin, *, whole: bool) -> tuple[World, Ran]:
    desk, world = begin()
    return world, once(desk, world, whole=whole)


def once(desk: Desk, world: World, *, whole: bool) -> Ran:
    """Everything that is due now, until another look would find nothing more."""
    accounts = desk.accounts if whole else ()
    facts, looked, planned = _looked(desk, world)
    ran = Ran(outcome=looked.outcome, last=looked.outcome, plan=planned)
    for _ in range(_ROUNDS):
        if not ran.plan.changes_something:
            break
        did = apply(ran.plan, facts, project=desk.project, world=world, accounts=accounts)
        left = ran.plan.past({result.key for result in did.results})
        outcome, last = ran.outcome.and_then(did), looked.outcome.and_then(did)
        ran = Ran(outcome=outcome, last=last, plan=left)
        looked = looked.and_then(Looked(barred=did.broken_off))
        again = contained("looking", "again", partial(_again, desk, world, facts, looked, did))
        if isinstance(again, Bug):
            break
        facts, looked, planned, goes_on = again
        ran = replace(ran, plan=planned)
        if not goes_on:
            break
    return ran


def _again(
    desk: Desk, world: World, before: Facts, looked: Looked, did: Outcome
) -> tuple[Facts, Looked, Plan, bool]:
    """The facts after something was done, what is left to do, and whether to do it."""
    now, facts = _read(desk, world)
    # what went out may be what another post has waited for
    goes_on = did.goes_on and (not did.raced or world.pause(world.jitter()))
    same = facts.born == before.born or (before.born is None and not did.raced)
    if goes_on and (facts.born is None or not same):
        # somebody has deleted the ledger meanwhile: it knows nothing of what went out
        return *_looked(desk, world), goes_on
    return facts, looked, plan_of(desk, facts, now, looked), goes_on


def _read(desk: Desk, world: World) -> tuple[datetime, Facts]:
    """The facts, and the moment that they were read for: what falls due later was not asked for,
    so that no later moment may be planned from them."""
    now = world.clock.now()
    return now, read(desk, world.ledger, now)


def _looked(desk: Desk, world: World) -> tuple[Facts, Looked, Plan]:
    """The facts of now after a look at X for all that is in doubt, and the plan that they make."""
    now, facts = _read(desk, world)
    looked = look(facts, project=desk.project, world=world, accounts=desk.accounts)
    if looked.wrote:
        now, facts = _read(desk, world)
    while True:
        planned = plan_of(desk, facts, now, looked)
        more = recall(planned, facts, desk=desk, world=world)
        looked = looked.and_then(more)
        if not more.wrote:
            return facts, looked, planned if more == NOTHING else plan_of(desk, facts, now, looked)
        # what was found may be what the text of another post has waited for
        now, facts = _read(desk, world)


def read(desk: Desk, ledger: Ledger, now: datetime) -> Facts:
    """What a run has to know of the ledger: what is due or in doubt, and nothing else."""

    def ask(glance: Facts) -> Need:
        glance = tellable(glance)
        due = [
            each
            for each in desk.occurrences(now=now, until=now, accounted=glance.accounted)
            if _matters(each, glance, now)
        ]
        return need_of(due, glance, accounts=desk.project.accounts, now=now)

    return tellable(ledger.read(ask))


def _matters(occurrence: Occurrence, glance: Facts, now: datetime) -> bool:
    """Whether it may still go out, or be called missed; whatever a clock that went back says."""
    accounted = glance.accounted.get(occurrence.key.account)
    return accounted is None or occurrence.until >= min(now, accounted)


def plan_of(desk: Desk, facts: Facts, now: datetime, looked: Looked = NOTHING) -> Plan:
    """The plan of what is due now and soon."""
    occurrences = desk.occurrences(now=now, until=now + NEAR, accounted=facts.accounted)
    planned = plan(desk, occurrences, facts, now=now, texts="due", absent=looked.absent)
    blinded = planned.without(looked.blind, "its account's timeline can't be read")
    return blinded.asking(looked.barred)


def _slept(seconds: float, world: World) -> bool:
    """False when the run was stopped, or the files have moved on, so that a new run takes over."""
    end = world.clock.boot() + seconds
    while (left := end - world.clock.boot()) > 0:
        if not world.pause(min(left, GLANCE.total_seconds())) or world.ledger.stale():
            return False
    return True


def _pause(ran: Ran, world: World, stay_until: datetime) -> float | None:
    """Seconds until the next look; None when nothing falls due while the run stays."""
    moments = (ran.plan.next_look(), ran.last.retry_at)
    # a moment that is over would make a loop without a pause, which X would see as hammering
    looks = [each for each in moments if each and each > ran.plan.now]
    ends = ran.last.refused or ran.last.stale or world.stopped()
    if ends or not looks or min(looks) > stay_until:
        return None
    return max((min(looks) - world.clock.now()).total_seconds(), 0.0)
