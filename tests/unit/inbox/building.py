"""What the tests of the inbox build."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from runner.inbox import AccountInbox, Conversations, LabelWords, Siblings, account_inbox
from runner.inbox.conversations import EnteredByMention
from runner.inbox.listening import Listened, ListeningRun
from runner.inbox.ports import MentionsPage, RepliesPage, SpokenMention
from runner.inbox.record import OwnReply
from runner.reading import NotRead
from runner.value import replace
from runner.x_facts import snowflake
from tests.turns import OwnTurn
from tests.unit.measure.building import MemoryFiles

BEGINS = datetime(2026, 11, 2, 9, tzinfo=UTC)
REACH = 800


def id_at(at: datetime) -> str:
    """The id of a post of that moment."""
    return str(snowflake(at))


@dataclass
class Mentions:
    """Satisfies `MentionReader`: what people say, and what the account posts, by id."""

    clock: Callable[[], datetime]
    spoken: dict[str, SpokenMention] = field(default_factory=dict)
    own: dict[str, str | None] = field(default_factory=dict)
    """What each post of the account answers."""
    deleted: set[str] = field(default_factory=set)
    before_page: Callable[[], NotRead | None] = lambda: None
    read: int = 0
    looked_up: int = 0

    def greet(self) -> datetime:
        return self.clock()

    def mentions(self, since: int, until: int, size: int) -> MentionsPage | NotRead:
        assert 5 <= size <= 100
        if refused := self.before_page():
            return refused
        reach = sorted(map(int, self.spoken), reverse=True)[:REACH]
        there = [id for id in reach if since <= id < until]
        found, rest = there[:size], there[size:]
        self.read += len(found)
        shown = (str(id) for id in found if str(id) not in self.deleted)
        return MentionsPage(
            mentions=tuple(self.spoken[id] for id in shown), since=found[-1] if rest else since
        )

    def own_posts(self, since: int, until: int, size: int) -> RepliesPage | NotRead:
        there = [id for id in sorted(map(int, self.own), reverse=True) if since <= id < until]
        found, rest = there[:size], there[size:]
        answers = ((str(id), self.own[str(id)]) for id in found)
        return RepliesPage(
            replies=tuple(OwnReply(post=id, answers=to) for id, to in answers if to),
            shown=len(found),
            since=found[-1] if rest else since,
        )

    def words(self, ids: Sequence[str]) -> Mapping[str, str] | NotRead:
        self.looked_up += len(ids)
        spoken = (self.spoken[id] for id in ids if id not in self.deleted)
        return {each.newest: each.text for each in spoken}

    def gone(self, ids: Sequence[str]) -> frozenset[str] | NotRead:
        return frozenset(ids) & self.deleted


@dataclass
class Shop:
    """An account: what is said to it, what is kept of that, and its clock."""

    now: datetime = BEGINS
    files: MemoryFiles = field(default_factory=MemoryFiles)
    siblings: Siblings = field(default_factory=Siblings)
    others: Mapping[str, str] = field(default_factory=dict)
    contests: tuple[EnteredByMention, ...] = ()
    x: Mentions = field(init=False)

    def __post_init__(self) -> None:
        self.x = Mentions(lambda: self.now)

    def hears(
        self, text: str = "Hello", *, at: datetime | None = None, answers: str | None = None, **more
    ) -> str:
        """Somebody mentions us; the id of that post."""
        post = self._free(at or self.now)
        self.x.spoken[post] = SpokenMention(
            **{
                "post": post,
                "newest": post,
                "conversation": answers or post,
                "answers": answers,
                "answers_us": answers in self.x.own,
                "language": "en",
                "handle": "anna",
                "text": text,
                **more,
            }
        )
        return post

    def posts(self, *, answers: str | None = None) -> str:
        """We post; the id of that post."""
        post = self._free(self.now)
        self.x.own[post] = answers
        return post

    def edits(self, post: str, text: str) -> str:
        """They rewrite it; the id of its new version."""
        newest = self._free(self.now)
        self.x.spoken[newest] = replace(self.x.spoken.pop(post), newest=newest, text=text)
        return newest

    def _free(self, at: datetime) -> str:
        post = id_at(at)
        while post in self.x.spoken or post in self.x.own:
            post = str(int(post) + 1)
        return post

    def listens(self, *, left: str | None = None, waits: bool = False) -> Listened:
        run = ListeningRun(
            files=self.files,
            reader=self.x,
            words=LabelWords(more={}, do_not_feed=("Troll",)),
            contests=self.contests,
            siblings=self.siblings,
            others=self.others,
            now=lambda: self.now,
            turn=OwnTurn(waits),
            is_owned=True,
            left=Decimal(left) if left else None,
        )
        return run.run()

    def later(self, **length: float) -> None:
        self.now += timedelta(**length)

    @property
    def inbox(self) -> AccountInbox:
        return account_inbox(self.files.files)

    @property
    def conversations(self) -> Conversations:
        return self.siblings.conversations_in(self.inbox)

    def waiting(self) -> list[str]:
        """Who waits, by the id of what they say, in the order in which it is told."""
        return [each.mention.post for each in self.conversations.waiting]
