"""What listening needs of the world. X satisfies it, and so do the tests' fakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from runner.inbox.mention import OwnReply
from runner.reading import NotRead


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenMention:
    """A mention as X shows it, with its words and who says them: it is read, and not kept."""

    post: str
    """The id of its first version."""
    newest: str
    conversation: str
    answers: str | None
    answers_us: bool
    language: str
    handle: str
    """Empty where X does not tell it."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionsPage:
    """The newest mentions of a part of the list. All that X shows of that part from `since` on are
    on it."""

    mentions: tuple[SpokenMention, ...]
    since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliesPage:
    """The newest posts of a part of our own timeline: those that answer others, and how many there
    were in all."""

    replies: tuple[OwnReply, ...]
    shown: int
    since: int


class MentionReader(Protocol):
    """X as one account. Never raises for what the network does."""

    def greet(self) -> datetime | NotRead:
        """X's clock, once X has said that it is this account who asks."""
        ...

    def mentions(self, since: int, until: int, size: int) -> MentionsPage | NotRead:
        """The newest mentions of those from the post `since` up to the post `until`, that one not
        included; `size` at most, of 5 to 100."""
        ...

    def own_posts(self, since: int, until: int, size: int) -> RepliesPage | NotRead:
        """The same of our own timeline."""
        ...

    def gone(self, ids: Sequence[str]) -> frozenset[str] | NotRead:
        """Which of these posts X shows no more, 100 at most."""
        ...
