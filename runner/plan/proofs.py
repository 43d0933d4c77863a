"""Proofs of everything that the files declare, whatever the day."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from runner.compile import Rehearsal, rehearsals
from runner.ledger import Facts
from runner.plan.action import Plan, Verb
from runner.plan.inputs import Desk
from runner.plan.unknown_users import strangers
from runner.problems import Problem
from runner.rules import Proof, Scene, Today
from runner.schedule import Occurrence

T = TypeVar("T")


class Watch(Protocol):
    """Gives the same work, and may show how far it is."""

    def __call__(self, work: Sequence[T], what: str) -> Iterable[T]: ...


def unwatched(work: Sequence[T], what: str) -> Iterable[T]:  # noqa: ARG001 — satisfies Watch
    return work


def scene_of_files(desk: Desk, watch: Watch = unwatched) -> tuple[Scene, tuple[Problem, ...]]:
    """Everything that is declared, and what is wrong in the templates."""
    rehearsals = tuple(_rehearsed(desk, watch))
    scene = _scene(
        desk,
        tuple(proof for each in rehearsals for proof in each.proofs),
        None,
        others=tuple(proof for each in rehearsals for proof in each.others),
    )
    problems = dict.fromkeys(problem for each in rehearsals for problem in each.problems)
    return scene, tuple(problems)


def scene_of_plan(
    desk: Desk,
    plan: Plan,
    facts: Facts,
    occurrences: tuple[Occurrence, ...],
    behind: tuple[Occurrence, ...] = (),
) -> Scene:
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
            if action.renamed.why or desk.declared.lacks(action.renamed.former)
        },
        campaigns=frozenset(desk.declared.tables).union(desk.declared.unread),
        strangers=strangers(desk.project, facts),
    )
    return _scene(desk, found, today)


def _scene(
    desk: Desk, found: tuple[Proof, ...], today: Today | None, others: tuple[Proof, ...] = ()
) -> Scene:
    return Scene(
        project=desk.project,
        files=tuple(table.file for table in desk.timetables),
        proofs=found,
        others=others,
        media=desk.workshop.media,
        templates=desk.workshop.templates,
        own_templates=desk.workshop.own_templates,
        today=today,
    )


def _rehearsed(desk: Desk, watch: Watch) -> Iterator[Rehearsal]:
    """Each post on each account."""
    work = desk.workshop.work
    work.begin_round()
    for campaign in watch(tuple(desk.campaigns.values()), "rendering"):
        if not work.is_over(campaign.file.path):
            yield from rehearsals(campaign)
