"""Which mentions wait, were answered or are skipped, by what was read of both sides.

Who speaks is not known, and need not be: what answers a mention, what answers that answer and so on
make up one conversation. An answer of ours settles all that was said in it before. What names
several accounts of ours waits at the first of them that has heard it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from statistics import median_low
from typing import Final

from runner.inbox.account_inbox import AccountInbox
from runner.inbox.labels import Label
from runner.inbox.ports import SpokenMention
from runner.inbox.record import Mention
from runner.text import Phrase
from runner.value import Value, field
from runner.x_facts import instant


class MentionState(StrEnum):
    """Where a mention stands."""

    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    """Nobody is to answer it."""
    GONE = "gone"
    """X shows it no more, and nobody has answered it."""


class SkipCause(StrEnum):
    """Why nobody is to answer a mention."""

    ENTRY = "entries of contests"
    DO_NOT_FEED = "not to be answered"
    PERSON = "by a person"
    SIBLING = "kept by another account"


_UNANSWERED: Final = {Label.DO_NOT_FEED: SkipCause.DO_NOT_FEED, Label.ENTRY: SkipCause.ENTRY}


class HeardMention(Value, kw_only=True):
    """A mention, and where it stands."""

    mention: Mention
    state: MentionState
    began: str
    """The mention that its conversation with us began with, by id."""
    answered_at: datetime | None = None
    skipped: SkipCause | None = None
    """Why nobody is to answer it, where that is so."""

    @property
    def at(self) -> datetime:
        """When the mention was posted."""
        return instant(self.mention.post)

    @property
    def is_of_a_sibling(self) -> bool:
        """Whether another account of ours keeps it."""
        return self.skipped is SkipCause.SIBLING

    @property
    def waited(self) -> timedelta | None:
        """How long it took to be answered."""
        return self.answered_at - self.at if self.answered_at else None

    def is_in_time(self, within: timedelta, now: datetime) -> bool | None:
        """Whether it was answered within so long; None where it need not be, or may yet be."""
        if self.waited is not None:
            return self.waited <= within
        return False if self.state is MentionState.OPEN and now - self.at > within else None


class Conversations(Value, kw_only=True, dict=True):
    """The mentions of an account, judged by its own replies and those of `others`."""

    inbox: AccountInbox
    others: Mapping[str, AccountInbox] = field(default_factory=dict)
    """Those of siblings: of who answers for this account, and of whom some mention names, too."""
    before: frozenset[str] = frozenset()
    """The siblings that come before this account, where somebody has named both."""

    @cached_property
    def heard(self) -> tuple[HeardMention, ...]:
        """All of them, oldest first."""
        mentions = sorted(self.inbox.mentions.values(), key=lambda each: int(each.post))
        return tuple(self._judged(each) for each in mentions)

    def of(self, state: MentionState) -> tuple[HeardMention, ...]:
        """The mentions in this state, oldest first."""
        return tuple(each for each in self.heard if each.state is state)

    @property
    def waiting(self) -> tuple[HeardMention, ...]:
        """The mentions that wait for an answer: complaints first, then questions, then praise, each
        oldest first."""
        return tuple(sorted(self.of(MentionState.OPEN), key=_rank))

    @property
    def threads(self) -> tuple[tuple[HeardMention, ...], ...]:
        """The mentions of each conversation, oldest first; in the order of what waits, then what
        does not wait."""
        found: dict[str, list[HeardMention]] = {each.began: [] for each in self.waiting}
        for each in self.heard:
            found.setdefault(each.began, []).append(each)
        return tuple(map(tuple, found.values()))

    def late(self, within: timedelta, now: datetime) -> tuple[HeardMention, ...]:
        """The mentions that have waited for longer than `within`, in the order of `waiting`."""
        return tuple(each for each in self.waiting if now - each.at > within)

    @staticmethod
    def skipped(heard: Iterable[HeardMention]) -> Mapping[str, int]:
        """How many of these nobody is to answer, by why not."""
        causes = Counter(each.skipped for each in heard)
        return {str(cause): causes[cause] for cause in SkipCause if causes[cause]}

    def median_wait(self, since: datetime) -> timedelta | None:
        """Within how much time half of what was answered since then was answered."""
        waits = [
            each.waited
            for each in self.heard
            if each.waited is not None and each.answered_at and each.answered_at >= since
        ]
        return median_low(waits) if waits else None

    def _judged(self, mention: Mention) -> HeardMention:
        began = self._began(mention.post)
        answers = (reply for reply in self._answers.get(began, ()) if reply > int(mention.newest))
        answered_at = instant(str(first)) if (first := min(answers, default=0)) else None
        settled = self._settled(mention, is_answered=answered_at is not None)
        skipped = None if settled else self._cause(mention)
        return HeardMention(
            mention=mention,
            state=settled or (MentionState.SKIPPED if skipped else MentionState.OPEN),
            began=began,
            answered_at=answered_at,
            skipped=skipped,
        )

    def _settled(self, mention: Mention, *, is_answered: bool) -> MentionState | None:
        if is_answered:
            return MentionState.ANSWERED
        return MentionState.GONE if mention.post in self.inbox.gone else None

    def _cause(self, mention: Mention) -> SkipCause | None:
        """Why nobody is to answer it; None where it waits for an answer."""
        of_labels = (_UNANSWERED[label] for label in mention.labels if label in _UNANSWERED)
        if cause := next(of_labels, None):
            return cause
        if mention.post in self.inbox.dismissed:
            return SkipCause.PERSON
        before = (self.others[name] for name in mention.names if name in self.before)
        is_kept = any(mention.post in each.mentions for each in before)
        return SkipCause.SIBLING if is_kept else None

    @cached_property
    def _answers(self) -> dict[str, list[int]]:
        """Our replies within each conversation, by the mention that it began with."""
        found: dict[str, list[int]] = {}
        for post in self._parents:
            if post not in self._firsts and (began := self._began(post)):
                found.setdefault(began, []).append(int(post))
        return found

    def _began(self, post: str) -> str:
        """The oldest mention that leads to a post from answer to answer; empty without one."""
        found = ""
        while post in self._parents:
            post = self._firsts.get(post, post)
            found = post if post in self.inbox.mentions else found
            parent = self._parents[post]
            if parent is None or int(parent) >= int(post):  # nothing answers what comes after it
                break
            post = parent
        return found

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        """What each mention, in each of its versions, and each reply of ours answers."""
        replies = (each.replies.values() for each in (self.inbox, *self.others.values()))
        own = {reply.post: reply.answers for listed in replies for reply in listed}
        versions = {id: self.inbox.mentions[first].answers for id, first in self._firsts.items()}
        return {**own, **versions}

    @cached_property
    def _firsts(self) -> dict[str, str]:
        """The first version of each mention of this account, by each version that any of them has
        heard: a sibling may have answered one that this account was too late to hear."""
        heard = (each.firsts.items() for each in (*self.others.values(), self.inbox))
        mine = self.inbox.mentions
        return {id: first for listed in heard for id, first in listed if first in mine}


def _rank(heard: HeardMention) -> tuple[int, datetime]:
    """Complaints before questions before praise before all others; the oldest first."""
    order = list(Label)
    first = min((order.index(label) for label in heard.mention.labels), default=len(order))
    return first, heard.at


class Siblings(Value, kw_only=True):
    """The other accounts of ours, seen from one of them; by default it has none."""

    helper: str | None = None
    """The one that answers for this account, whoever was named."""
    before: frozenset[str] = frozenset()
    """Those that come before this account, where somebody has named both."""
    inbox_of: Callable[[str], AccountInbox] = lambda _: AccountInbox()
    """The inbox of one of them; an empty one of what is no account any more."""

    def conversations_in(self, inbox: AccountInbox) -> Conversations:
        """The conversations of this account, whose inbox that is."""
        asked = {name for each in inbox.mentions.values() for name in each.names}
        if self.helper:
            asked.add(self.helper)
        others = {name: self.inbox_of(name) for name in sorted(asked)}
        return Conversations(inbox=inbox, others=others, before=self.before)


class EnteredByMention(Value, kw_only=True):
    """A contest that people may enter by what they say to us."""

    opens: datetime
    closes: datetime
    phrase: Phrase | None
    """What an entry has to say; where that is nothing, whatever answers the announcement is one."""
    announced: Collection[str]
    """The posts of the announcement, by id."""

    def takes(self, spoken: SpokenMention) -> bool:
        """Whether a mention is an entry, or meant as one."""
        if not self.opens <= instant(spoken.post) < self.closes:
            return False
        if self.phrase is None:
            return spoken.answers in self.announced
        return self.phrase.is_in(spoken.text)
