"""Proofs of everything that the files declare, whatever the day."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from runner.compile import Rehearsal, rehearsals
from runner.ledger import Facts
from runner.plan.action import Plan, Verb
from runner.plan.inputs import PlanInputs
from runner.plan.unknown_users import strangers
from runner.problems import Problem
from runner.rules import Proof, RuleContext, Today
from runner.schedule import Occurrence

T = TypeVar("T")


class Watch(Protocol):
    """Gives the same work, and may show how far it is."""

    def __call__(self, work: Sequence[T], what: str) -> Iterable[T]: ...


def unwatched(work: Sequence[T], what: str) -> Iterable[T]:  # noqa: ARG001 — satisfies Watch
    return work


def context_of_files(
    inputs: PlanInputs, watch: Watch = unwatched
) -> tuple[RuleContext, tuple[Problem, ...]]:
    """Everything that is declared, and what is wrong in the templates."""
    rehearsals = tuple(_rehearsed(inputs, watch))
    context = _context(
        inputs,
        tuple(proof for each in rehearsals for proof in each.proofs),
        None,
        others=tuple(proof for each in rehearsals for proof in each.others),
    )
    problems = dict.fromkeys(problem for each in rehearsals for problem in each.problems)
    return context, tuple(problems)


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
    return _context(inputs, found, today)


def _context(
    inputs: PlanInputs,
    found: tuple[Proof, ...],
    today: Today | None,
    others: tuple[Proof, ...] = (),
) -> RuleContext:
    return RuleContext(
        project=inputs.project,
        files=tuple(table.file for table in inputs.timetables),
        proofs=found,
        others=others,
        media=inputs.assets.media,
        templates=inputs.assets.templates,
        own_templates=inputs.assets.own_templates,
        today=today,
    )


def _rehearsed(inputs: PlanInputs, watch: Watch) -> Iterator[Rehearsal]:
    """Each post on each account."""
    work = inputs.assets.work
    work.begin_round()
    for campaign in watch(tuple(inputs.campaigns.values()), "rendering"):
        if not work.is_over(campaign.file.path):
            yield from rehearsals(campaign)
