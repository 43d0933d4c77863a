"""A run: looks for what is in doubt, plans, does the plan, and waits for what is next."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from runner.bugs import Bug, contained
from runner.ledger import Facts
from runner.plan import Plan, PlanInputs
from runner.publish.accounts import apply
from runner.publish.backfill import recall
from runner.publish.forgotten import Forgotten
from runner.publish.outcome import Outcome, Rest, resting, rests_after
from runner.publish.reconciling import Reconciliation, reconcile, sum_by_account
from runner.publish.run_plan import plan_of, read_facts, reviewed
from runner.publish.run_ports import RunPorts
from runner.publish.sending import PLAN_HOLDS
from runner.value import Value, field, replace

Begin = Callable[[], tuple[PlanInputs, RunPorts]]
"""Reads the files anew, and gives what the run does things with."""
GLANCE = timedelta(minutes=5)
"""How long a run that waits sleeps at most before it sees whether the files have moved on."""
_ROUNDS = 50
"""Rounds after which a run leaves the rest to the next one."""


class RunReport(Value, kw_only=True):
    """What a run did, and what its last look at the files and the ledger left to do."""

    outcome: Outcome
    last: Outcome
    """Of its last look: what it was not able to send then is still due."""
    plan: Plan
    rests: Mapping[str, Rest] = field(default_factory=dict)
    """Accounts that X has put off."""
    moved: bool = False
    """It ended while it waited, because the default branch has moved on."""
    would_search: tuple[Forgotten, ...] = ()
    """Of a dry run: what a run would first look for on X."""


def run(
    begin: Begin,
    *,
    wait: timedelta = timedelta(0),
    whole: bool = True,
    told: Callable[[str], object] = lambda _: None,
) -> RunReport:
    """Does everything due now, and with `wait` what falls due while it stays.

    After each sleep files, ledger and clock are read anew. `whole`: all campaigns of
    the accounts are there, so that they can be accounted for. Raises LedgerUnusable.
    """
    inputs, ports = begin()
    stay_until = ports.clock.now() + wait
    ran = once(inputs, ports, {}, whole=whole)
    while (pause := _pause(ran, ports, stay_until)) is not None:
        told(f"Waiting {pause:.0f} seconds for what is next.")
        if not _is_rested(pause, ports):
            return replace(ran, moved=not ports.stopped())
        more = contained(
            "going on", "after a sleep", partial(_begin, begin, ran.rests, whole=whole)
        )
        if isinstance(more, Bug):
            return ran
        ports, again = more
        ran = replace(again, outcome=ran.outcome.and_then(again.outcome))
    return ran


def _begin(begin: Begin, rests: Mapping[str, Rest], *, whole: bool) -> tuple[RunPorts, RunReport]:
    inputs, ports = begin()
    return ports, once(inputs, ports, rests, whole=whole)


def once(
    inputs: PlanInputs, ports: RunPorts, rests: Mapping[str, Rest], *, whole: bool
) -> RunReport:
    """Everything that is due now, until another look would find nothing more, but for what X has
    put off."""
    ran = _once(inputs, ports, resting(rests, ports.clock.now()), whole=whole)
    return replace(ran, rests=rests_after(rests, ran.outcome, ports.clock.now()))


def _once(
    inputs: PlanInputs, ports: RunPorts, resting: frozenset[str], *, whole: bool
) -> RunReport:
    accounts = inputs.accounts if whole else ()
    facts, looked, planned = _after_look(inputs, ports, resting)
    done = did = Outcome()
    for number in range(1, _ROUNDS + 1):
        if not planned.changes_something:
            break
        did = apply(
            planned,
            facts,
            project=inputs.project,
            ports=ports,
            accounts=accounts,
            paid=looked.paid,
            # with more patience each time, so that looks and uploads that take long come to an end
            holds=PLAN_HOLDS * number,
        )
        done = done.and_then(did)
        planned = planned.past({result.key for result in did.results})
        looked = _after_doing(looked, did)
        again = contained("looking", "again", partial(_again, inputs, ports, facts, looked, did))
        if isinstance(again, Bug):
            break
        facts, looked, planned, goes_on = again
        if not goes_on:
            break
    outcome, last = looked.outcome.and_then(done), looked.outcome.and_then(did)
    return RunReport(outcome=outcome, last=last, plan=planned)


def _after_doing(looked: Reconciliation, did: Outcome) -> Reconciliation:
    """The looks so far, after something was done. What was recorded and is planned once more was
    forgotten since, with a ledger that had just been begun: it is searched for again."""
    recorded = {each.key for each in did.results if each.recorded}
    return replace(
        looked.and_then(Reconciliation(barred=did.broken_off)),
        paid={name: usd for name, usd in looked.paid.items() if name not in did.paid_for},
        searched=frozenset(each for each in looked.searched if each[0] not in recorded),
    )


def _again(
    inputs: PlanInputs, ports: RunPorts, before: Facts, looked: Reconciliation, did: Outcome
) -> tuple[Facts, Reconciliation, Plan, bool]:
    """The facts after something was done, what is left to do, and whether to do it."""
    now, facts = _facts_now(inputs, ports)
    # what went out may be what another post has waited for
    goes_on = did.goes_on and (not did.raced or ports.pause(ports.jitter()))
    if not goes_on:
        return facts, looked, plan_of(inputs, facts, now, looked), False
    if _is_another(facts, before, did):
        # somebody has deleted a ledger meanwhile: it knows nothing of what went out
        facts, anew, planned = _after_look(inputs, ports, looked.resting)
        outcome = replace(looked.outcome, refusals=()).and_then(anew.outcome)
        paid = sum_by_account(looked.paid, anew.paid)
        return facts, replace(anew, outcome=outcome, paid=paid), planned, True
    if did.raced:
        looked = replace(looked, searched=frozenset())
    return *_after_recall(inputs, ports, now, facts, looked), True


def _is_another(facts: Facts, before: Facts, did: Outcome) -> bool:
    """Whether an account's ledger is not the one of before, or was begun by somebody else."""
    foreign = did.raced and facts.born.keys() != before.born.keys()
    return _is_begun_anew(facts, before) or foreign or not facts.born


def _is_begun_anew(facts: Facts, before: Facts) -> bool:
    """Whether an account's ledger was deleted since, so that it has forgotten more."""
    return any(facts.born.get(account) != at for account, at in before.born.items())


def _facts_now(inputs: PlanInputs, ports: RunPorts) -> tuple[datetime, Facts]:
    """The facts, and the moment that they were read for: what falls due later was not asked for,
    so that no later moment may be planned from them."""
    now = ports.clock.now()
    return now, read_facts(inputs, ports.ledger, now)


def _after_look(
    inputs: PlanInputs, ports: RunPorts, resting: frozenset[str]
) -> tuple[Facts, Reconciliation, Plan]:
    """The facts of now after a look at X for all that is in doubt, and the plan that they make."""
    now, facts = _facts_now(inputs, ports)
    awake = inputs.accounts - resting
    looked = reconcile(facts, project=inputs.project, ports=ports, accounts=awake)
    looked = looked.and_then(Reconciliation(resting=resting))
    if looked.wrote:
        now, facts = _facts_now(inputs, ports)
    return _after_recall(inputs, ports, now, facts, looked)


def _after_recall(
    inputs: PlanInputs, ports: RunPorts, now: datetime, facts: Facts, looked: Reconciliation
) -> tuple[Facts, Reconciliation, Plan]:
    """The same after a look for what the ledger may have forgotten."""
    while True:
        planned = reviewed(plan_of(inputs, facts, now, looked), ports)
        more = recall(planned, facts, looked, inputs=inputs, ports=ports)
        if more.barred and not more.wrote:
            # what nobody has explained may be what another run has sent since the ledger was read
            now, newer = _facts_now(inputs, ports)
            if newer != facts:
                looked = _without_what_is_forgotten(looked, newer, facts)
                facts = newer
                continue
        looked = looked.and_then(more)
        if more.wrote:
            # what was found may be what the text of another post has waited for
            now, newer = _facts_now(inputs, ports)
            looked = _without_what_is_forgotten(looked, newer, facts)
            facts = newer
        elif not more.barred:
            # else time has passed, and another post may have its turn or its money
            plain = more == Reconciliation(searched=more.searched, paid=more.paid)
            if not plain:
                planned = reviewed(plan_of(inputs, facts, now, looked), ports)
            return facts, looked, planned


def _without_what_is_forgotten(
    looked: Reconciliation, facts: Facts, before: Facts
) -> Reconciliation:
    """The looks so far; of a ledger that was begun anew what they have searched counts no more,
    since a post may be out in any form then."""
    return replace(looked, searched=frozenset()) if _is_begun_anew(facts, before) else looked


def _is_rested(seconds: float, ports: RunPorts) -> bool:
    """False when the run was stopped, or the files have moved on, so that a new run takes over."""
    end = ports.clock.boot() + seconds
    while (left := end - ports.clock.boot()) > 0:
        if not ports.pause(min(left, GLANCE.total_seconds())) or ports.ledger.stale():
            return False
    return True


def _pause(ran: RunReport, ports: RunPorts, stay_until: datetime) -> float | None:
    """Seconds until the next look; None when nothing falls due while the run stays."""
    moments = (ran.plan.next_look(), *(rest.until for rest in ran.rests.values()))
    # a moment that is over would make a loop without a pause, which X would see as hammering
    looks = [each for each in moments if each and each > ran.plan.now]
    ends = ran.last.refused or ran.last.stale or ports.stopped()
    if ends or not looks or min(looks) > stay_until:
        return None
    return max((min(looks) - ports.clock.now()).total_seconds(), 0.0)
