"""One run that listens: it reads what mentions an account, then what the account has posted itself.

A list is read from its newest post down, and each part that was read is kept. So a run may die
anywhere: the next one goes on where nothing was read yet. X lists some mentions late, so what is
younger than a quarter of an hour counts as not read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Final

from runner.inbox.account_inbox import AccountInbox, PendingInbox, account_inbox, note
from runner.inbox.conversations import Conversations, EnteredByMention, Siblings
from runner.inbox.labels import Label, LabelWords
from runner.inbox.ports import MentionReader, SpokenMention
from runner.inbox.record import HeardStretch, Mention, record_as_bytes
from runner.reading import (
    KEPT_AT,
    PAGE,
    KeptFiles,
    NotRead,
    ReadingBudget,
    ReadingStopped,
    ReadingTurn,
    file_name,
    unread,
)
from runner.text import mentions
from runner.value import Value
from runner.x_facts import PRICES, snowflake

FIRST: Final = timedelta(days=7)
"""How far back the first run looks: who waits longer than that does not wait any more."""
OVERLAP: Final = timedelta(minutes=15)
"""X lists some mentions late, so each run goes back behind the last one."""
_AHEAD: Final = timedelta(minutes=1)
"""What X makes while a run reads."""
_SURE: Final = 700
"""Mentions that X certainly shows: it shows the newest 800, deleted ones among them."""
_MORE_THAN_ENTRIES: Final = frozenset({Label.COMPLAINT, Label.QUESTION, Label.DO_NOT_FEED})
"""What an entry may be as well, and is called then."""


class Listened(Value, kw_only=True):
    """What a run came to."""

    conversations: Conversations
    new: tuple[Mention, ...]
    words: Mapping[str, str]
    """What those say that were read, by the id of their newest version; it is nowhere kept."""
    usd: Decimal
    unseen: tuple[HeardStretch, ...]
    """Parts of which X did not show all mentions any more."""
    stopped: NotRead | None
    """Why it did not come to its end."""


@dataclass(kw_only=True)
class ListeningRun:
    """Listens as one account, once."""

    files: KeptFiles
    reader: MentionReader
    words: LabelWords
    contests: tuple[EnteredByMention, ...]
    siblings: Siblings = field(default_factory=Siblings)
    others: Mapping[str, str] = field(default_factory=dict)
    """The other accounts of ours: the id of each, by its handle in small letters."""
    now: Callable[[], datetime]
    turn: ReadingTurn
    is_owned: bool
    """Whether the account's user owns the app, which makes reading its mentions cheaper."""
    left: Decimal | None
    """USD that it may spend."""
    inbox: AccountInbox = field(init=False)

    def __post_init__(self) -> None:
        self.inbox = account_inbox(self.files.read())
        self._skew = timedelta(0)
        self._began = self._x_now()
        self._usd = Decimal(0)
        self._new: dict[str, Mention] = {}
        self._words: dict[str, str] = {}
        self._unseen: list[HeardStretch] = []
        self._pending = PendingInbox()
        self._budget = ReadingBudget(
            usd=self.left,
            spent=lambda: self._usd + self._pending.usd,
            keep=self._keep,
            turn=self.turn,
        )

    def run(self) -> Listened:
        """Raises FilesRaced and LedgerUnusable; what was kept until then stays."""
        stopped = None
        try:
            self._listen()
        except ReadingStopped as stop:
            stopped = stop.why
        self._keep()
        return Listened(
            conversations=self._conversations,
            new=tuple(self._new.values()),
            words=self._words,
            usd=self._usd,
            unseen=tuple(self._unseen),
            stopped=stopped,
        )

    def _listen(self) -> None:
        at = self._budget.ask(self.reader.greet, Decimal(0))
        self._skew = at - self.now()
        self._began = self._x_now()
        since, until = snowflake(self._began - FIRST), snowflake(self._began + _AHEAD)
        for part in list(self.inbox.unread_mentions(since, until)):
            self._read_mentions(*part)
        for part in list(self.inbox.unread_replies(since, until)):
            self._read_own_posts(*part)
        if self.inbox.looked_on != self._began.date():
            self._keep()  # what is new waits, too
            self._look()

    # What X is asked

    def _read_mentions(self, since: int, until: int) -> None:
        """Hears all mentions between two posts, the newest first."""
        oldest = until
        while since < until:
            page = self._budget.ask_page(partial(self.reader.mentions, since, until), self._price)
            oldest = min((int(each.newest) for each in page.mentions), default=oldest)
            self._pay(each.newest for each in page.mentions)
            self._take(page.mentions)
            if page.since == since and self._depth(oldest) >= _SURE:
                self._miss(since, oldest)
            note(self._pending.mentions_read, page.since, until)
            until = page.since
            self._keep_if_much()

    def _read_own_posts(self, since: int, until: int) -> None:
        """Reads all that the account has posted between two posts, the newest first."""
        while since < until:
            page = self._budget.ask_page(partial(self.reader.own_posts, since, until), self._price)
            self._pay(each.post for each in page.replies)
            self._pending.usd += self._price * (page.shown - len(page.replies))  # no replies
            self._pending.replies.update({each.post: each for each in page.replies})
            note(self._pending.replies_read, page.since, until)
            until = page.since

    def _look(self) -> None:
        """Asks X which of those that wait are gone; once a day, of a hundred at most."""
        waiting = islice(self._conversations.waiting, PAGE)
        ids = {each.mention.newest: each.mention.post for each in waiting}
        if ids:
            price = PRICES["read-post"]
            gone = self._budget.ask(partial(self.reader.gone, tuple(ids)), price * len(ids))
            today = self._began.date()
            self._pending.usd += price * sum(not self.inbox.is_paid(id, today) for id in ids)
            self._pending.gone = frozenset(ids[id] for id in gone)
        self._pending.has_looked = True

    @property
    def _price(self) -> Decimal:
        return PRICES["read-owned" if self.is_owned else "read-post"]

    def _x_now(self) -> datetime:
        """The time by X's clock, which the ids of posts follow."""
        return (self.now() + self._skew).astimezone(UTC)

    # What comes of it

    def _take(self, spoken: Iterable[SpokenMention]) -> None:
        """Notes what is new, or was edited since; of its words only what they make it."""
        for each in spoken:
            mention = self._mention(each)
            self._words[each.newest] = each.text
            if self.inbox.mentions.get(each.post) != mention:
                self._pending.mentions[each.post] = mention
            if each.post not in self.inbox.mentions:
                self._new[each.post] = mention

    def _mention(self, spoken: SpokenMention) -> Mention:
        return Mention(
            post=spoken.post,
            newest=spoken.newest,
            conversation=spoken.conversation,
            answers=spoken.answers,
            answers_us=spoken.answers_us,
            language=spoken.language,
            labels=self._labels(spoken),
            names=self._names(spoken.text),
        )

    def _names(self, text: str) -> tuple[str, ...]:
        handles = {each.text[1:].casefold() for each in mentions(text)}
        return tuple(id for handle, id in self.others.items() if handle in handles)

    def _labels(self, spoken: SpokenMention) -> tuple[Label, ...]:
        labels = self.words.labels_of(spoken.text, spoken.handle)
        is_entry = any(contest.takes(spoken) for contest in self.contests)
        return (Label.ENTRY,) if is_entry and _MORE_THAN_ENTRIES.isdisjoint(labels) else labels

    def _pay(self, ids: Iterable[str]) -> None:
        """Counts what X charges: each post once on a day (UTC)."""
        today = self._began.date()
        self._pending.usd += self._price * sum(not self.inbox.is_paid(id, today) for id in ids)

    def _miss(self, since: int, until: int) -> None:
        """Notes a part as one that X does not show, but for what was noted before."""
        told = (*self.inbox.unseen, *((each.since, each.until) for each in self._pending.unseen))
        parts = unread(told, since, until)
        self._pending.unseen += (HeardStretch(since=part[0], until=part[1]) for part in parts)

    def _depth(self, oldest: int) -> int:
        """How many mentions are known from a post on: X shows so many and no more."""
        known = {**self.inbox.mentions, **self._pending.mentions}
        return sum(int(each.newest) >= oldest for each in known.values())

    @property
    def _conversations(self) -> Conversations:
        return self.siblings.conversations_in(self.inbox)

    # What is kept

    def _keep_if_much(self) -> None:
        if len(self._pending.mentions) >= KEPT_AT:
            self._keep()

    def _keep(self) -> None:
        """Keeps what was heard since the last time, where there is anything."""
        if not self._pending.has_news:
            return
        settled = snowflake(self._began - OVERLAP)
        record = self._pending.record(self._x_now(), settled=settled)
        self.files.add(file_name(self.inbox.count + 1), record_as_bytes(record))
        self.inbox.add(record)
        self._usd += record.usd
        self._unseen += record.unseen
        self._pending = PendingInbox()
