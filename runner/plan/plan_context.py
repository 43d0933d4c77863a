"""What the rules of a plan look at: all that may still go out, and what is known today, such as the
accounts whose user the ledger knows by another id. Nothing is sent as one of these."""

from collections.abc import Iterable
from functools import partial

from runner.ledger import Facts
from runner.models import CampaignFile, Project
from runner.plan.action import Action, Plan, Verb
from runner.plan.inputs import PlanInputs
from runner.rules import PlanContext, PlannedPost, Today, known_as
from runner.schedule import Occurrence
from runner.value import replace


def context_of_plan(
    inputs: PlanInputs,
    plan: Plan,
    facts: Facts,
    occurrences: tuple[Occurrence, ...],
    behind: tuple[Occurrence, ...] = (),
) -> PlanContext:
    """What may still go out, and what is known today, with what lies `behind`."""
    found = tuple(
        PlannedPost(occurrence=action.occurrence, post=action.post)
        for action in plan.actions
        if action.post
    )
    today = Today(
        now=plan.now,
        facts=facts,
        spent=plan.spent,
        occurrences=occurrences,
        behind=behind,
        renamed={
            action.key: (
                action.renamed.former,
                action.renamed.why or "and no file has it any more",
            )
            for action in plan.actions
            if action.renamed and action.verb is not Verb.SKIP
            if action.renamed.why or inputs.declared.lacks(action.renamed.former)
        },
        campaigns=frozenset(inputs.declared.tables).union(inputs.declared.unread),
        strangers=strangers(inputs.project, facts),
    )
    return PlanContext(
        project=inputs.project,
        today=today,
        opened=partial(_opened, inputs),
        anchors={table.campaign.path: table.anchors for table in inputs.timetables},
        files=tuple(table.campaign for table in inputs.timetables),
        proofs=found,
    )


def _opened(inputs: PlanInputs, occurrence: Occurrence) -> CampaignFile | None:
    return inputs.campaigns[occurrence.key.campaign].source()


def strangers(project: Project, facts: Facts) -> dict[str, str]:
    """Accounts of runner.yaml that never were entered, with the id under which posts went out as
    their handle."""
    known = facts.origin.users if facts.origin else {}
    handles = dict(_handles(facts))
    return {
        account: handles[handle]
        for account, declared in project.accounts.items()
        if account not in known and (handle := declared.handle.casefold()) in handles
        if handles[handle] != account
    }


def _handles(facts: Facts) -> Iterable[tuple[str, str]]:
    """The handle in the address of what went out, and the account that it went out as."""
    for standing in facts.standings.values():
        for posted in standing.posted:
            if posted.handle:
                yield posted.handle.casefold(), standing.key.account


def as_post_would(plan: Plan, project: Project, facts: Facts) -> Plan:
    """The same plan, but nothing is shown to go out as a stranger: `post` asks X whose credentials
    it has, and refuses."""
    known = strangers(project, facts)
    return replace(plan, actions=tuple(_refused_action(each, known) for each in plan.actions))


def _refused_action(action: Action, known: dict[str, str]) -> Action:
    name = known.get(action.key.account)
    if name is None or action.verb not in (Verb.PUBLISH, Verb.WAIT):
        return action
    account = action.key.account
    because = known_as(account, name)
    if action.verb is Verb.PUBLISH:
        return replace(action, verb=Verb.ASK, because=because)
    return replace(action, in_vain=because)
