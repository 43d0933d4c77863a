"""The timetable of a campaign: when each of its posts is due, on each of its accounts; of a
contest, its times as they were announced."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from types import MappingProxyType

from runner.bugs import Bug, contained
from runner.ledger import Key
from runner.models import CampaignFile, Every, Project
from runner.problems import InvalidValue, Place, Problem
from runner.schedule.anchors import CLOSES, DRAWS, Anchors
from runner.schedule.checks import known_clocks, order_problems, rhythm_problems, span
from runner.schedule.declared import DeclaredCampaign, declared_campaign
from runner.schedule.grace import Grace, grace_of, usual_grace
from runner.schedule.moments import Anchor, Awaited, Broken, Clocks, instant
from runner.schedule.occurrence import Occurrence
from runner.schedule.recurrence import Once, Rhythm
from runner.schedule.rounds import closing_grace
from runner.value import Value, replace
from runner.when import When

MOST = 20_000
"""Occurrences of one campaign: 54 on each day of a year."""

EARLIEST_DUE = datetime(1900, 1, 1, tzinfo=UTC)
LATEST_DUE = datetime(2300, 1, 1, tzinfo=UTC)


class Timetable(Value, kw_only=True, dict=True):
    """When each post of a campaign is due, on each account."""

    campaign: DeclaredCampaign
    anchors: Mapping[str, Anchor]
    """What is known of them: instants in the campaign's zone, or whole days."""
    waiting: Mapping[Key, Occurrence]
    """Posts that have no time yet, each as it would be due when the contest closes."""
    entries: tuple[Once | Rhythm, ...]

    def occurrences(self, after: datetime, until: datetime) -> tuple[Occurrence, ...]:
        """What is due after one instant and not after another, by due time and key. Costs what the
        window holds, however long the campaign is, unless it has no end."""
        after, until = after.astimezone(UTC), until.astimezone(UTC)
        if until < LATEST_DUE:
            return self._within(after, until)
        return tuple(each for each in self._all if each.due > after)

    @cached_property
    def _entries(self) -> Mapping[tuple[str, str], Once | Rhythm]:
        return {(entry.key.account, entry.key.post): entry for entry in self.entries}

    def entry_of(self, key: Key) -> Once | Rhythm | None:
        """What says when a post is due on its account; None where nothing can be told."""
        return self._entries.get((key.account, key.post))

    @cached_property
    def _all(self) -> tuple[Occurrence, ...]:
        return self._within(EARLIEST_DUE, LATEST_DUE)

    def _within(self, after: datetime, until: datetime) -> tuple[Occurrence, ...]:
        found: list[Occurrence] = []
        for entry in self.entries:
            mine = contained("dating", entry.key, partial(_dated_occurrences, entry, after, until))
            found += () if isinstance(mine, Bug) else mine
        return tuple(sorted(found, key=lambda each: each.order))

    @property
    def most(self) -> int:
        """How many occurrences there are at most, without looking at any."""
        return sum(entry.most for entry in self.entries)

    @property
    def longest_grace(self) -> timedelta:
        """The longest grace of any post: what was due longer ago may not go out any more."""
        return max((entry.grace.length for entry in self.entries), default=timedelta(0))

    def all(self) -> tuple[Occurrence, ...]:
        """Everything: what is due once, and at most 366 days of each rhythm."""
        return self._all


def _dated_occurrences(
    entry: Once | Rhythm, after: datetime, until: datetime
) -> tuple[Occurrence, ...]:
    return tuple(entry.between(after, until))


def timetable(file: CampaignFile, project: Project) -> tuple[Timetable | None, tuple[Problem, ...]]:
    """The timetable, and what is wrong with the times of a campaign.

    A post whose time has a problem is not in it, the others are, so that one run finds all that is
    wrong. None when no account of the campaign is known.
    """
    clocks, problems = known_clocks(file, project)
    if not clocks:
        return None, problems
    anchors = Anchors(file, clocks)
    campaign = declared_campaign(file)
    edges = tuple(sorted(anchors.edge(name) for name in anchors.found))
    columns = [
        _Column(file, campaign, anchors, each, usual_grace(each.account, file, project, edges))
        for each in clocks
    ]
    entries = tuple(entry for column in columns for entry in column.entries)
    most = sum(entry.most for entry in entries)
    if most > MOST:
        return None, (*problems, _too_many(file, most))
    wrong = (
        *problems,
        *anchors.problems,
        *order_problems(file, anchors),
        *(problem for column in columns for problem in column.problems),
        *rhythm_problems(file, entries),
    )
    table = Timetable(
        campaign=campaign,
        anchors=anchors.found,
        waiting=MappingProxyType({k: v for column in columns for k, v in column.waiting.items()}),
        entries=entries,
    )
    return table, _each_once(wrong)


def _too_many(file: CampaignFile, most: int) -> Problem:
    return Problem(
        rule="too-many-occurrences",
        message=f"this campaign has up to {most:,} posts with all its days and accounts, "
        f"of {MOST:,} that one may have",
        place=Place(path=file.path),
        help="let it end sooner, or divide it into several campaigns",
    )


class _Column:
    """One account's column of a timetable, drawn up post by post."""

    def __init__(
        self,
        file: CampaignFile,
        campaign: DeclaredCampaign,
        anchors: Anchors,
        clocks: Clocks,
        usual: Grace,
    ) -> None:
        self._file = file
        self._campaign = campaign
        self._anchors = anchors
        self._clocks = clocks
        self.waiting: dict[Key, Occurrence] = {}
        self.entries: list[Once | Rhythm] = []
        self.problems: list[Problem] = []
        for name, post in file.campaign.posts.items():
            key = Key(clocks.account, file.id, name)
            grace = grace_of(post.grace, post.at, usual)
            added = contained("dating", key, partial(self._add, key, post.at or post.every, grace))
            if isinstance(added, Bug):
                self.problems.append(added.problem(self._place(key)))

    def _add(self, key: Key, due: When | Every | None, grace: Grace) -> None:
        try:
            if isinstance(due, Every):
                self.entries.append(self._rhythm(key, due, grace))
            elif due:
                self.entries.append(self._once(key, due, grace))
        except InvalidValue as invalid:
            where = "every" if isinstance(due, Every) else "at"
            self.problems.append(invalid.message.at(self._place(key, where)))
        except Awaited as awaited:
            self.waiting[key] = self._undated_occurrence(key, grace, awaited.anchor)
        except Broken:
            return

    def _once(self, key: Key, at: When, grace: Grace) -> Once:
        clocks = self._clocks
        due = instant(at, self._anchors.value, clocks).astimezone(UTC)
        return Once(
            key=key,
            campaign=self._campaign,
            grace=self._until_the_draw(key, due) or grace,
            due=due,
            zone=clocks.account_zone if at.slot else clocks.zone,
        )

    def _until_the_draw(self, key: Key, due: datetime) -> Grace | None:
        """The grace of the post that carries the list's digest, as long as it still proves it."""
        campaign = self._file.campaign
        if campaign.kind != "contest" or campaign.key is None or key.post != campaign.closing_post:
            return None
        if DRAWS not in self._anchors.found:
            return None
        return closing_grace(self._anchors.edge(DRAWS) - due, self._clocks.zone)

    def _undated_occurrence(self, key: Key, grace: Grace, awaited: str) -> Occurrence:
        known = CLOSES in self._anchors.found
        due = self._anchors.edge(CLOSES) if known else EARLIEST_DUE
        zone = self._clocks.zone
        until = grace.until(due)
        return Occurrence(
            key=key,
            campaign=self._campaign,
            due=due.astimezone(zone),
            until=until.astimezone(zone),
            zone=zone,
            awaits=awaited,
        )

    def _rhythm(self, key: Key, every: Every, grace: Grace) -> Rhythm:
        slots = {}
        for index, name in enumerate(every.slots):
            try:
                slots[name] = self._clocks.slot(name)
            except InvalidValue as invalid:
                self.problems.append(invalid.message.at(self._place(key, "every", "slots", index)))
        if len(slots) < len(set(every.slots)):
            raise Broken
        return Rhythm.of(
            every,
            span(self._file.campaign, self._anchors),
            key=key,
            campaign=self._campaign,
            grace=grace,
            slots=tuple(slots.items()),
        )

    def _place(self, key: Key, *route: str | int) -> Place:
        return Place(path=self._file.path, route=("posts", key.post, *route))


def _each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, though several accounts have it at one place."""
    first: dict[tuple[str, Place], Problem] = {}
    for problem in problems:
        first.setdefault((problem.rule, problem.place), problem)
    return tuple(first.values())


def announced_anchors(file: CampaignFile, project: Project) -> Mapping[str, Anchor] | None:
    """The anchors of a contest without what a redraw has put off; None where they can't be told."""
    draw = file.draw.model_copy(update={"claim_by": None}) if file.draw else None
    table, _ = timetable(replace(file, draw=draw), project)
    return table.anchors if table else None
