"""The plan: every occurrence of a window judged, account by account, within its bounds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from runner.ledger import Facts, Key, Standing, State
from runner.plan.action import Plan
from runner.plan.bounds import bounded, spent_in
from runner.plan.need import LOOK_BACK
from runner.plan.turns import Turns, turns
from runner.plan.verdict import Case, verdict
from runner.project import Project
from runner.render import PostedLink, Workshop, render
from runner.schedule import Occurrence, Timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that was read of the files: what is declared, when it is due, and how it is rendered."""

    project: Project
    timetables: tuple[Timetable, ...]
    workshop: Workshop
    accounts: frozenset[str]
    """Those that are looked at."""

    def occurrences(self, *, now: datetime, until: datetime) -> tuple[Occurrence, ...]:
        """What may still go out, and what is due up to `until`; in order of (due, key)."""
        found = [
            occurrence
            for timetable in self.timetables
            for occurrence in timetable.occurrences(now - LOOK_BACK, until)
            if occurrence.key.account in self.accounts
        ]
        return tuple(sorted(found, key=lambda occurrence: (occurrence.due, str(occurrence.key))))


def plan(desk: Desk, occurrences: tuple[Occurrence, ...], facts: Facts, *, now: datetime) -> Plan:
    """What would happen now to these occurrences, which `Desk.occurrences` gave."""
    cases = _cases(desk, occurrences, facts, now)
    actions = bounded(
        (verdict(case, project=desk.project, facts=facts, now=now) for case in cases),
        project=desk.project,
        facts=facts,
        now=now,
    )
    planned = {action.key for action in actions}
    return Plan(
        now=now,
        actions=actions,
        waiting={key: what for each in desk.timetables for key, what in each.waiting.items()},
        unsettled=tuple(s for s in facts.unsettled if s.key not in planned),
        spent=spent_in(facts, now),
        budget=desk.project.monthly_budget,
    )


def _cases(
    desk: Desk, occurrences: tuple[Occurrence, ...], facts: Facts, now: datetime
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
        post, problems = None, ()
        if _alive(occurrence, facts, now) and key not in superseded:
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
        )


def _alive(occurrence: Occurrence, facts: Facts, now: datetime) -> bool:
    """Whether it may still go out, so that its text matters."""
    standing = facts.standings.get(occurrence.key)
    if standing is not None and _tried(standing):
        return standing.unsettled
    return occurrence.until >= now


def _superseded(occurrences: Iterable[Occurrence], facts: Facts, now: datetime) -> frozenset[Key]:
    """Of a recurring post, all that are due but the newest; a gap is not made up for in a burst."""
    due: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for occurrence in occurrences:
        key = occurrence.key
        if key.nominal and occurrence.due <= now <= occurrence.until:
            due[key.account, key.campaign, key.post].append(key)
    older = (key for keys in due.values() for key in keys[:-1])
    return frozenset(key for key in older if not _tried(facts.standings.get(key)))


def _tried(standing: Standing | None) -> bool:
    return standing is not None and standing.state is not State.RELEASED


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
        if standing.posted and key.nominal is None:
            first = standing.posted[0]
            out[key.account, key.campaign][key.post] = PostedLink(id=first.id, url=first.url)
    return out
