"""The plan: every occurrence of a window judged, account by account, within its bounds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Literal

from runner.ledger import Facts, Key, Standing, State
from runner.plan.action import Plan
from runner.plan.awaits import after_what_they_need
from runner.plan.bounds import bounded, spent_in
from runner.plan.case import THREAD_GRACE, Case, half
from runner.plan.doubtful import is_lost
from runner.plan.turns import Turns, turns
from runner.plan.verdict import verdict
from runner.project import Project
from runner.render import PostedLink, RenderedPost, Workshop, render
from runner.rules import Proof, Scene, breaches
from runner.schedule import Occurrence, Timetable

LOOK_BACK = timedelta(days=7)
"""How far back a first look goes, for what was missed; and every look, for what went out."""
_NOBODY: Mapping[str, datetime] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that was read of the files: what is declared, when it is due, and how it is rendered."""

    project: Project
    timetables: tuple[Timetable, ...]
    workshop: Workshop
    accounts: frozenset[str]
    """Those that are looked at."""

    def occurrences(
        self, *, now: datetime, until: datetime, accounted: Mapping[str, datetime] = _NOBODY
    ) -> tuple[Occurrence, ...]:
        """What may still go out, what may have been missed since the accounts were `accounted` for,
        and what is due up to `until`; in order of (due, key)."""
        last_looks = [accounted[account] for account in self.accounts if account in accounted]
        found = [
            occurrence
            for table in self.timetables
            for occurrence in table.occurrences(_since(table, now, last_looks), until)
            if occurrence.key.account in self.accounts
        ]
        # as instants: Python compares two times of one zone by what their clocks show
        return tuple(sorted(found, key=lambda each: (each.due.timestamp(), str(each.key))))


def _since(table: Timetable, now: datetime, last_looks: Iterable[datetime]) -> datetime:
    """Before the due time of whatever the last look may have left."""
    grace = table.longest_grace + timedelta(seconds=1)
    earliest = now - max(LOOK_BACK, grace + THREAD_GRACE)
    return min((earliest, *(last - grace for last in last_looks)))


def plan(
    desk: Desk,
    occurrences: tuple[Occurrence, ...],
    facts: Facts,
    *,
    now: datetime,
    texts: Literal["all", "due"] = "all",
    absent: frozenset[str] = frozenset(),
) -> Plan:
    """What would happen now to these occurrences, which `Desk.occurrences` gave.

    Rendering is most of the work; a run that only publishes needs the texts of what is due.
    `absent` are attempts that a look, a moment ago, did not find on the timeline.
    """
    now = now.astimezone(UTC)
    desk.workshop.work.begin_round(times=2)
    verdicts = tuple(
        verdict(case, project=desk.project, facts=facts, now=now)
        for case in _checked(desk, tuple(_cases(desk, occurrences, facts, now, texts, absent)))
    )
    actions = bounded(
        after_what_they_need(verdicts, timetables=desk.timetables, facts=facts, now=now),
        project=desk.project,
        facts=facts,
        now=now,
    )
    unsettled = _without_occurrence(desk, facts, {action.key for action in actions})
    return Plan(
        now=now,
        actions=actions,
        waiting=_waiting(desk),
        unsettled=unsettled,
        lost=tuple(each for each in unsettled if is_lost(each, absent, now)),
        holds=facts.holds,
        spent=spent_in(facts, now),
        budget=desk.project.monthly_budget,
        notices=facts.notices,
    )


def _without_occurrence(desk: Desk, facts: Facts, planned: set[Key]) -> tuple[Standing, ...]:
    """What is open, and no occurrence of today's files leads to."""
    return tuple(
        standing
        for standing in facts.unsettled
        if standing.key not in planned and _concerns(desk, standing.key)
    )


def _checked(desk: Desk, cases: tuple[Case, ...]) -> Iterator[Case]:
    """With the rules that what is rendered breaks: no error of the files goes out."""
    rendered = tuple(
        Proof(occurrence=case.occurrence, post=case.post) for case in cases if case.post
    )
    files = {proof.file.path: proof.file for proof in rendered}
    wrong = breaches(
        Scene(
            project=desk.project,
            files=tuple(files.values()),
            proofs=rendered,
            media=desk.workshop.media,
        )
    )
    for case in cases:
        found = wrong.get(case.occurrence.key, ())
        yield replace(case, problems=(*case.problems, *found)) if found else case


def _waiting(desk: Desk) -> dict[Key, str]:
    found = {key: anchor for table in desk.timetables for key, anchor in table.waiting.items()}
    return {key: anchor for key, anchor in found.items() if key.account in desk.accounts}


def _concerns(desk: Desk, key: Key) -> bool:
    """Nobody else looks at an account that runner.yaml no longer has."""
    return key.account in desk.accounts or key.account not in desk.project.accounts


def _cases(
    desk: Desk,
    occurrences: tuple[Occurrence, ...],
    facts: Facts,
    now: datetime,
    texts: Literal["all", "due"],
    absent: frozenset[str],
) -> Iterator[Case]:
    superseded = _superseded(occurrences, facts, now)
    turn_of = _turns(
        [each for each in occurrences if each.key not in superseded and _alive(each, facts, now)],
        facts,
    )
    out = _published(facts)
    anchors = {table.file.id: table.anchors for table in desk.timetables}
    for occurrence in occurrences:
        key = occurrence.key
        standing = facts.standings.get(key)
        post: RenderedPost | None = None
        begun = standing is not None and half(standing, absent)
        wanted = begun or texts == "all" or occurrence.due <= now
        wanted = wanted and key not in superseded and _alive(occurrence, facts, now)
        problems = desk.workshop.work.refusals(occurrence.file.path) if wanted else ()
        if wanted and not problems:
            post, problems = render(
                occurrence,
                workshop=desk.workshop,
                item=turn_of.get(key),
                anchors=anchors[key.campaign],
                posted=out[key.account, key.campaign],
            )
        yield Case(
            occurrence=occurrence,
            post=post,
            problems=problems,
            standing=standing,
            superseded=key in superseded,
            absent=absent,
        )


def _alive(occurrence: Occurrence, facts: Facts, now: datetime) -> bool:
    """Whether it may still go out, so that its text matters."""
    standing = facts.standings.get(occurrence.key)
    if standing is None or _may_come(standing):
        return occurrence.until >= now
    return standing.unsettled


def _superseded(occurrences: Iterable[Occurrence], facts: Facts, now: datetime) -> frozenset[Key]:
    """Of a recurring post, all that are due but the newest; a gap is not made up for in a burst."""
    due: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for occurrence in occurrences:
        key = occurrence.key
        if key.nominal and occurrence.due <= now <= occurrence.until:
            due[key.account, key.campaign, key.post].append(key)
    older = (key for keys in due.values() for key in keys[:-1])
    return frozenset(
        key
        for key in older
        if (standing := facts.standings.get(key)) is None
        or _may_come(standing)
        or (standing.doubtful and not standing.posted)
    )


def _may_come(standing: Standing) -> bool:
    """Nothing of it is out, and nothing decides that nothing will be."""
    free = standing.state in (State.RELEASED, State.REJECTED)
    return free and not standing.posted and not standing.doubtful


def _turns(occurrences: Iterable[Occurrence], facts: Facts) -> Turns:
    posts: dict[tuple[str, str, str], list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        key = occurrence.key
        if key.post in occurrence.file.items:
            posts[key.account, key.campaign, key.post].append(occurrence)
    return {key: turn for group in posts.values() for key, turn in turns(group, facts).items()}


def _published(facts: Facts) -> "defaultdict[tuple[str, str], dict[str, PostedLink]]":
    """The posts that are out, by account and campaign: what other posts link to or answer."""
    out: defaultdict[tuple[str, str], dict[str, PostedLink]] = defaultdict(dict)
    for key, standing in facts.standings.items():
        if standing.posted and standing.state is not State.DELETED and key.nominal is None:
            first = standing.posted[0]
            out[key.account, key.campaign][key.post] = PostedLink(id=first.id, url=first.url)
    return out
