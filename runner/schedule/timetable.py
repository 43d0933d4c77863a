"""The timetable of a campaign: when each of its posts is due, on each of its accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from runner.campaign import CampaignFile, Every, Post
from runner.ledger import Key
from runner.problems import Place, Problem, Route
from runner.project import Project
from runner.schedule.anchors import Anchors
from runner.schedule.checks import rhythm_problems
from runner.schedule.grace import Grace, grace
from runner.schedule.moments import Anchor, Awaited, Broken, Clocks, Unplaced, instant, meant
from runner.schedule.occurrence import Occurrence
from runner.schedule.order import order_problems, span
from runner.schedule.rhythm import Once, Rhythm
from runner.when import When

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2300, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When each post of a campaign is due, on each account."""

    file: CampaignFile
    anchors: Mapping[str, Anchor]
    """What is known of them: instants in the campaign's zone, or whole days."""
    waiting: Mapping[Key, str]
    """Posts that have no time yet, with the anchor that they wait for."""
    entries: tuple[Once | Rhythm, ...]

    def occurrences(self, after: datetime, until: datetime) -> tuple[Occurrence, ...]:
        """What is due after one instant and not after another, by due time and key. Costs what the
        window holds, however long the campaign is."""
        after, until = after.astimezone(UTC), until.astimezone(UTC)
        found = [each for entry in self.entries for each in entry.between(after, until)]
        return tuple(sorted(found, key=lambda each: (each.due.timestamp(), each.key)))

    @property
    def longest_grace(self) -> timedelta:
        """Nothing that was due longer ago may still go out."""
        return max((entry.grace.length for entry in self.entries), default=timedelta(0))

    def all(self) -> tuple[Occurrence, ...]:
        """Everything: what is due once, and at most 366 days of each rhythm."""
        return self.occurrences(EARLIEST, LATEST)


def timetable(file: CampaignFile, project: Project) -> tuple[Timetable | None, tuple[Problem, ...]]:
    """The timetable, and what is wrong with the times of a campaign.

    A post whose time has a problem is not in it, the others are, so that one run finds all that is
    wrong; what several accounts have in common is said once. None when no account of the campaign
    is known.
    """
    clocks, problems = _clocks(file, project)
    if not clocks:
        return None, problems
    anchors = Anchors(file, clocks)
    drawing = _Drawing(file=file, project=project, anchors=anchors)
    for name, post in file.campaign.posts.items():
        for account in clocks:
            drawing.add(name, post, account)
    table = Timetable(
        file=file,
        anchors=anchors.found,
        waiting=MappingProxyType(drawing.waiting),
        entries=tuple(drawing.entries),
    )
    wrong = (
        *problems,
        *anchors.problems,
        *order_problems(file, anchors),
        *drawing.problems,
        *rhythm_problems(file, table.entries),
    )
    first: dict[tuple[str, Place], Problem] = {}
    for problem in wrong:
        first.setdefault((problem.rule, problem.place), problem)
    return table, tuple(first.values())


class _Drawing:
    """A timetable being drawn up."""

    def __init__(self, *, file: CampaignFile, project: Project, anchors: Anchors) -> None:
        self._file = file
        self._project = project
        self._anchors = anchors
        self._edges = tuple(sorted(anchors.edge(name) for name in anchors.found))
        self.waiting: dict[Key, str] = {}
        self.entries: list[Once | Rhythm] = []
        self.problems: list[Problem] = []

    def add(self, name: str, post: Post, clocks: Clocks) -> None:
        key = Key(clocks.account, self._file.id, name)
        allowed = grace(post, clocks.account, self._file, self._project, self._edges)
        try:
            if post.at:
                self.entries.append(self._once(key, post.at, clocks, allowed))
            elif post.every:
                self.entries.append(self._rhythm(key, post.every, clocks, allowed))
        except Unplaced as unplaced:
            self.problems.append(unplaced.at(self._place(name, "at" if post.at else "every")))
        except Awaited as awaited:
            self.waiting[key] = awaited.anchor
        except Broken:
            return

    def _once(self, key: Key, at: When, clocks: Clocks, allowed: Grace) -> Once:
        due = instant(at, self._anchors.value, clocks)
        return Once(
            key=key,
            file=self._file,
            grace=allowed,
            due=due.astimezone(UTC),
            zone=clocks.account_zone if at.slot else clocks.zone,
        )

    def _rhythm(self, key: Key, every: Every, clocks: Clocks, allowed: Grace) -> Rhythm:
        slots = {}
        for index, name in enumerate(every.slots):
            try:
                slots[name] = clocks.slot(name)
            except Unplaced as unplaced:
                self.problems.append(unplaced.at(self._place(key.post, "every", "slots", index)))
        if len(slots) < len(set(every.slots)):
            raise Broken
        return Rhythm.of(
            every,
            span(self._file.campaign, self._anchors),
            key=key,
            file=self._file,
            grace=allowed,
            slots=tuple(slots.items()),
        )

    def _place(self, *route: str | int) -> Place:
        return Place(path=self._file.path, route=("posts", *route))


def _clocks(file: CampaignFile, project: Project) -> tuple[tuple[Clocks, ...], tuple[Problem, ...]]:
    """The clocks of the accounts that are known, and a problem for each that is not."""
    campaign = file.campaign
    known, problems = [], []
    for index, account in enumerate(campaign.on):
        if account in project.accounts:
            known.append(Clocks.of(account, campaign, project))
            continue
        route: Route = ("accounts", index) if campaign.accounts else ("account",)
        problems.append(
            Problem(
                rule="unknown-account",
                message=f"there is no account `{account}` in runner.yaml",
                place=Place(path=file.path, route=route),
                help=meant(account, project.accounts),
            )
        )
    return tuple(known), tuple(problems)
