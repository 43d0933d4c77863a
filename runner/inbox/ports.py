"""What listening needs of the world. X satisfies it, and so do the tests' fakes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from runner.inbox.record import OwnReply
from runner.reading import NotRead
from runner.value import Value


class SpokenMention(Value, kw_only=True):
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


class MentionsPage(Value, kw_only=True):
    """The newest mentions of a part of the list. All that X shows of that part from `since` on are
    on it."""

    mentions: tuple[SpokenMention, ...]
    since: int


class RepliesPage(Value, kw_only=True):
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
        """The newest posts of our own timeline, bounded as `mentions` are."""
        ...

    def words(self, ids: Sequence[str]) -> Mapping[str, str] | NotRead:
        """What those of these posts say that X still shows, 100 at most, by id."""
        ...

    def gone(self, ids: Sequence[str]) -> frozenset[str] | NotRead:
        """Which of these posts X shows no more, 100 at most."""
        ...


class ReplyHider(Protocol):
    """X as one account. Never raises for what the network does."""

    def greet(self) -> datetime | NotRead:
        """X's clock, once X has said that it is this account who asks."""
        ...

    def hide(self, post: str) -> NotRead | None:
        """Hides a reply in a conversation of ours, where it may be hidden already; why not, if X
        has not said that it is."""
        ...


class FoundIssue(Value, kw_only=True):
    """An issue of ours, as it is now."""

    number: int
    is_open: bool


class Board(Protocol):
    """Where people see conversations, one an issue. What is made has a name, and is found by it
    again, so that nothing is made twice; where GitHub itself has made it twice, both are found.
    Methods raise Refused."""

    def issues(self, since: datetime | None) -> Mapping[str, Sequence[FoundIssue]]:
        """The issues that are open, or were made or changed since then, by name, oldest first."""
        ...

    def was_closed_by_a_person(self, number: int) -> bool:
        """Whether it was not the runner itself that has closed an issue, or deleted it."""
        ...

    def open(self, name: str, title: str, text: str, labels: Sequence[str]) -> int:
        """Makes one; its number."""
        ...

    def label(self, number: int, labels: Sequence[str]) -> None:
        """Adds labels to one, as the repository has them; it gets those that it lacks."""
        ...

    def comments(self, number: int) -> Mapping[str, Sequence[int]] | None:
        """The comments of ours on an issue, by name, oldest first; None where somebody has deleted
        it."""
        ...

    def comment(self, number: int, name: str, text: str, *, over: int | None) -> None:
        """Adds a comment, or writes `over` the one of this id."""
        ...

    def remove_comment(self, id: int) -> None: ...

    def close(self, number: int) -> None: ...

    def reopen(self, number: int) -> None: ...


class PersonsComment(Value, kw_only=True):
    """A comment on an issue, as it is now, by somebody who is no app."""

    id: int
    author: str
    """Their name on GitHub, as GitHub says it."""
    at: datetime
    text: str


class AnswerDesk(Protocol):
    """Where people have conversations answered: by comments on the issue of each. Methods raise
    Refused."""

    def name(self, number: int) -> str | None:
        """The name of an issue of ours; None for any other, and for one that is gone."""
        ...

    def comments(self, number: int) -> Sequence[PersonsComment]:
        """What people have written below an issue, oldest first."""
        ...

    def may_write(self, author: str) -> bool:
        """Whether the repository lets this person write into it now."""
        ...

    def has_replied(self, number: int, name: str) -> bool:
        """Whether something of this name was said below an issue."""
        ...

    def reply(self, number: int, name: str, text: str) -> None:
        """Says something below an issue, in place of what stands there by this name."""
        ...
