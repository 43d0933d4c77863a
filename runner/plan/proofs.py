"""What the rules of a plan look at: all that may still go out, and what is known today."""

from runner.ledger import Facts
from runner.plan.action import Plan, Verb
from runner.plan.inputs import PlanInputs
from runner.plan.unknown_users import strangers
from runner.rules import Proof, RuleContext, Today
from runner.schedule import Occurrence


def context_of_plan(
    inputs: PlanInputs,
    plan: Plan,
    facts: Facts,
    occurrences: tuple[Occurrence, ...],
    behind: tuple[Occurrence, ...] = (),
) -> RuleContext:
    """What may still go out, and what is known today, with what lies `behind`."""
    found = tuple(
        Proof(occurrence=action.occurrence, post=action.post)
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
    return RuleContext(
        project=inputs.project,
        files=tuple(table.file for table in inputs.timetables),
        proofs=found,
        anchors=inputs.anchors,
        media=inputs.assets.media,
        own_templates=inputs.assets.own_templates,
        today=today,
    )
