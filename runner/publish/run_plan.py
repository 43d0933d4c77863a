"""What a run reads of the ledger, and what it plans to do by that."""

from datetime import datetime, timedelta
from functools import partial

from runner.bugs import Bug, contained
from runner.ledger import Facts, Need, tellable
from runner.plan import Action, Plan, PlanInputs, Verb, need_of, plan, tells_its_time
from runner.publish.ports import Ledger
from runner.publish.reconciling import Reconciliation
from runner.publish.run_ports import RunPorts
from runner.schedule import Occurrence
from runner.value import replace

LOOKS_AHEAD = timedelta(days=7)
"""How far ahead a run looks, to say what is next."""
NOTHING = Reconciliation()


def read_facts(inputs: PlanInputs, ledger: Ledger, now: datetime) -> Facts:
    """What a run has to know of the ledger: what is due or in doubt, and nothing else."""

    def ask(glance: Facts) -> Need:
        glance = tellable(glance)
        due = [
            each
            for each in inputs.occurrences(now=now, until=now, accounted=glance.accounted)
            if _matters(each, glance, now)
        ]
        # beside what is out an earlier one is over, so that a campaign is read whole or not at all
        busy = {
            each.key.campaign
            for each in due
            if each.key not in glance.lately_out or tells_its_time(each)
        }
        due = [each for each in due if each.key.campaign in busy]
        return need_of(due, glance, budgeted=inputs.project.monthly_budget is not None, now=now)

    return tellable(ledger.read(ask))


def _matters(occurrence: Occurrence, glance: Facts, now: datetime) -> bool:
    """Whether it may still go out, or be called missed; whatever a clock that went back says."""
    accounted = glance.accounted.get(occurrence.key.account)
    return accounted is None or occurrence.until >= min(now, accounted)


def plan_of(
    inputs: PlanInputs, facts: Facts, now: datetime, looked: Reconciliation = NOTHING
) -> Plan:
    """The plan of what is due now and soon."""
    occurrences = inputs.occurrences(now=now, until=now + LOOKS_AHEAD, accounted=facts.accounted)
    planned = plan(inputs, occurrences, facts, now=now, texts="due", absent=looked.absent)
    because = "it has to be looked for on X first"
    blinded = planned.without(looked.blind, because, keys=looked.unseen)
    rested = blinded.without(looked.resting, "X takes no more requests of its account for now")
    return rested.asking(looked.barred)


def reviewed(planned: Plan, ports: RunPorts) -> Plan:
    """The plan after a last look at each post that would go out."""

    def reviewed_one(action: Action) -> Action:
        if action.verb is not Verb.PUBLISH:
            return action
        found = contained("reviewing", action.key, partial(ports.review, action))
        return action.asking(found.summary) if isinstance(found, Bug) else found

    return replace(planned, actions=tuple(map(reviewed_one, planned.actions)))
