"""Proofs of everything that the files declare, whatever the day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from runner.ledger import Facts
from runner.plan.action import Plan
from runner.plan.planning import Desk
from runner.plan.turns import turns
from runner.problems import Problem
from runner.render import render
from runner.rules import Proof, Scene, Today
from runner.schedule import Occurrence, Timetable

T = TypeVar("T")


class Watch(Protocol):
    """Gives the same work, and may show how far it is."""

    def __call__(self, work: Sequence[T], what: str) -> Iterable[T]: ...


def unwatched(work: Sequence[T], what: str) -> Iterable[T]:  # noqa: ARG001 — satisfies Watch
    return work


def scene_of_files(desk: Desk, watch: Watch = unwatched) -> tuple[Scene, tuple[Problem, ...]]:
    """Everything that is declared, and what is wrong in the templates."""
    found, problems = proofs(desk, watch)
    return _scene(desk, found, None), problems


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
        now=plan.now, facts=facts, spent=plan.spent, occurrences=occurrences, behind=behind
    )
    return _scene(desk, found, today)


def _scene(desk: Desk, found: tuple[Proof, ...], today: Today | None) -> Scene:
    return Scene(
        project=desk.project,
        files=tuple(table.file for table in desk.timetables),
        proofs=found,
        media=desk.workshop.media,
        templates=desk.workshop.templates,
        own_templates=desk.workshop.own_templates,
        today=today,
    )


def proofs(desk: Desk, watch: Watch) -> tuple[tuple[Proof, ...], tuple[Problem, ...]]:
    """Each occurrence with its rendered post, and what is wrong in the templates.

    A recurring post is rendered once for each item that it carries; its other occurrences share it.
    """
    found: list[Proof] = []
    problems: list[Problem] = []
    work = desk.workshop.work
    work.begin_round()
    for timetable in watch(desk.timetables, "rendering"):
        if work.is_over(timetable.file.path):
            continue
        by_post: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
        for occurrence in timetable.all():
            by_post[occurrence.key.account, occurrence.key.post].append(occurrence)
        for occurrences in by_post.values():
            some, wrong = _of_one_post(desk, timetable, occurrences)
            found += some
            problems += wrong
    return tuple(found), tuple(dict.fromkeys(problems))


def _of_one_post(
    desk: Desk, timetable: Timetable, occurrences: list[Occurrence]
) -> tuple[list[Proof], list[Problem]]:
    first = occurrences[0]
    has_items = first.key.post in first.file.items
    turn_of = turns(occurrences, Facts()) if has_items else {}
    rendered: dict[str | None, Proof | None] = {}
    found: list[Proof] = []
    problems: list[Problem] = []
    work, path = desk.workshop.work, first.file.path
    costs: dict[str | None, int] = {}
    for occurrence in occurrences:
        if work.is_over(path):
            break
        turn = turn_of.get(occurrence.key)
        name = turn[0] if turn else None
        if name in rendered:
            work.take(path, costs[name])  # the plan renders each by itself
        else:
            before = work.used(path)
            post, wrong = render(
                occurrence, workshop=desk.workshop, item=turn, anchors=timetable.anchors, posted={}
            )
            problems += wrong
            costs[name] = work.used(path) - before
            rendered[name] = Proof(occurrence=occurrence, post=post) if post else None
        proof = rendered[name]
        if proof:
            post = replace(proof.post, key=occurrence.key, due=occurrence.due)
            found.append(Proof(occurrence=occurrence, post=post))
    return found, problems
