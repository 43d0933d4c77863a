"""What the page has of each occurrence: the post, its time, its cost, what is wrong, and
what a pull request does to it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from runner.durations import apart
from runner.ledger import Key
from runner.models import key_for
from runner.plan import Action, Change, ChangeKind, Comparison, Plan
from runner.sources import Source
from runner.text import URL_WEIGHT
from runner.value import Value
from runner.views.change_listing import what_changes
from runner.views.difference import Line, difference
from runner.views.html.cards import Album, ShownAccount, cards, links_of
from runner.views.html.problems import ProblemsOfPosts, ShownProblem, shown_problems
from runner.views.html.timeline import PostCard
from runner.views.listing import Row
from runner.views.phrases import moment, usd
from runner.views.plan_listing import ShownContent, content_of, row_of, symbol_of

STATES: Final = {
    "+": "goes out",
    "=": "is out",
    "-": "does not go out",
    "!": "needs a person",
    "~": "changed",
}


class Fact(NamedTuple):
    """A line about a post; `about` is small print."""

    name: str
    value: str
    about: str = ""


class Revision(Value, kw_only=True):
    """What changes of one post: in a few words, and line by line where there is an old one."""

    key: Key
    kind: ChangeKind
    what: str
    lines: tuple[Line, ...]


class OccurrenceCard(Value, kw_only=True):
    """One occurrence. `anchor` is its id in the page, the same in every preview."""

    action: Action
    row: Row
    account: ShownAccount
    parts: tuple[PostCard, ...]
    problems: tuple[ShownProblem, ...]
    revision: Revision | None = None

    @property
    def anchor(self) -> str:
        return str(self.action.key).replace("/", ".").replace("@", ".")

    @property
    def campaign(self) -> str:
        return self.action.key.campaign

    @property
    def alarms(self) -> bool:
        """Whether a person has to act."""
        return self.row.symbol == "!"

    @property
    def state(self) -> str:
        return STATES.get(self.row.symbol, "")

    @property
    def manner(self) -> str:
        """The class of style for what becomes of it: `goes-out`."""
        return self.state.replace(" ", "-")

    @property
    def at(self) -> datetime:
        """When it is due, in the zone in which people read its time."""
        return self.action.occurrence.due

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def time(self) -> str:
        return f"{self.at:%H:%M}"

    @property
    def utc(self) -> str:
        at = self.at.astimezone(UTC)
        other_day = "" if at.date() == self.day else f"{at:%a} {at.day} {at:%b} "
        return f"{other_day}{at:%H:%M} UTC"

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(self._facts())

    def _facts(self) -> Iterator[Fact]:
        zone = self.action.occurrence.zone
        yield Fact("when", self.row.when, f"{zone} · {self.utc}")
        # what is wrong with it stands beside it in full
        beside = {shown.problem.message for shown in self.problems}
        for note in self.row.notes[self.action.hindrance in beside :]:
            is_until = note.startswith("until ")
            yield Fact("until", note[6:]) if is_until else Fact("note", note)
        for note in self.row.ignored:
            yield Fact("note", note)
        for note in self.row.drift:
            yield Fact("drift", note)
        post = self.action.post
        if not post:
            return
        yield Fact("cost", usd(post.cost))
        for text in (text for part in post.parts for text in links_of(part)):
            yield Fact("link", text, f"{len(text)} characters, counts {URL_WEIGHT}")
        if self.why:
            yield Fact("why", self.why)

    @property
    def url(self) -> str | None:
        """Where it is on X."""
        url = self.row.url
        return url if url and url.startswith("https://") else None

    @property
    def why(self) -> str | None:
        """Why an item is shared, for the reviewer."""
        post = self.action.post
        if not post:
            return None
        because = self.action.occurrence.post.because.get(post.item or "")
        if because is None or isinstance(because, str):
            return because
        written = key_for(because, post.locale)
        return because[written] if written else None


class OccurrenceCards(Value, kw_only=True):
    """Makes the cards of one page. `problems` are those of the files."""

    plan: Plan
    accounts: Mapping[str, ShownAccount]
    album: Album
    problems: tuple[ShownProblem, ...]
    sources: Mapping[str, Source]
    revisions: Mapping[Key, Revision]

    def of(self, actions: Iterable[Action]) -> tuple[OccurrenceCard, ...]:
        """A card for each action, in the same order."""
        beside = ProblemsOfPosts(self.problems)
        return tuple(self._card(action, beside) for action in actions)

    def _card(self, action: Action, beside: ProblemsOfPosts) -> OccurrenceCard:
        key, due = action.key, action.occurrence.due
        account = self.accounts.get(key.account) or ShownAccount(
            id=key.account, handle=key.account, hue=0
        )
        row = row_of(action, several=False, drift=self.plan.drift.get(key))
        own = shown_problems(action.problems, self.sources)
        return OccurrenceCard(
            action=action,
            row=row,
            account=account,
            parts=cards(action.post, account, self.album, at=due) if action.post else (),
            problems=tuple(dict.fromkeys((*own, *beside.take(action)))),
            revision=self.revisions.get(key),
        )


def revisions(comparison: Comparison | None) -> Mapping[Key, Revision]:
    """The revisions by post; empty where nothing is compared. What is added has no lines: it is
    shown whole."""
    found = {}
    for change in comparison.changes if comparison else ():
        was = change.before.due if change.kind is ChangeKind.MOVED and change.before else None
        found[change.snapshot.key] = Revision(
            key=change.snapshot.key,
            kind=change.kind,
            what="".join(
                (what_changes(change), f", was {moment(was)}" if was else "", _why_broken(change))
            ),
            lines=() if change.kind is ChangeKind.ADDED else tuple(difference(change)),
        )
    return found


def _why_broken(change: Change) -> str:
    return f": {change.broken}" if change.broken else ""


def shown_of(plan: Plan, *, most: int | None, changed: Collection[Key] = ()) -> tuple[Action, ...]:
    """The `most` actions that are nearest to now; of the others, as many again that change, need a
    person, or are occurrences that say what no nearer one says. In order of time."""
    if most is None or len(plan.actions) <= most:
        return plan.actions
    by_distance = sorted(plan.actions, key=lambda each: abs(apart(plan.now, each.occurrence.due)))
    near, far = by_distance[:most], by_distance[most:]
    urgent = dict.fromkeys(
        each.key for each in far if each.key in changed or symbol_of(each) == "!"
    )
    wanted = [
        *urgent,
        *(each.key for each in _first_of_each_text(near, far) if each.key not in urgent),
    ]
    shown = {*(each.key for each in near), *wanted[:most]}
    return tuple(each for each in plan.actions if each.key in shown)


def _first_of_each_text(near: Iterable[Action], far: Iterable[Action]) -> Iterator[Action]:
    """The first of each text that a recurring post says far away only."""
    said = {_identity(action) for action in near}
    for action in far:
        if action.key.nominal is not None and _identity(action) not in said:
            said.add(_identity(action))
            yield action


def _identity(action: Action) -> tuple[str, str, str, ShownContent]:
    key = action.key
    return key.account, key.campaign, key.post, content_of(action)
