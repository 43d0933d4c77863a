"""What the rules of a plan look at: all that may still go out, and what is known today."""

from functools import partial

from runner.ledger import Facts
from runner.models import CampaignFile
from runner.plan.action import Plan, Verb
from runner.plan.inputs import PlanInputs
from runner.plan.unknown_users import strangers
from runner.rules import PlanContext, PlannedPost, Today
from runner.schedule import Occurrence


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
