"""What a contest needs of the world. The edges satisfy these; so do the tests' fakes."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from runner.reading import NotRead
from runner.value import Value


class SourceKind(StrEnum):
    """Lists of X that hold entries."""

    MENTIONS = "mentions"
    """What mentions a user, by id: the newest 800, and no more."""
    SEARCH = "search"
    """What a query finds of the last seven days."""
    REPOSTS = "reposts"
    """The reposts of a post, by id."""


class EntrySource(NamedTuple):
    """One list of X: its kind, and the user id, the query or the post id that it is about."""

    kind: SourceKind
    about: str


def cursor_below(post: str) -> str:
    """The cursor that goes on with what is older than a post."""
    return f"below:{post}"


class EntryPost(Value, kw_only=True):
    """A post that may be an entry, in its newest version."""

    post: str
    user: str
    handle: str
    text: str
    conversation: str
    """The id of the post that its conversation began with."""
    first: str
    """The id of its first version."""


class EntriesPage(Value, kw_only=True):
    """A page of a list, newest first. `following` is the cursor of the next one; None at the end of
    all that X shows."""

    posts: tuple[EntryPost, ...]
    following: str | None


class StandingPosts(Value, kw_only=True):
    """Which of the posts that were asked about X shows, each in its newest version; the others are
    deleted, or their authors are protected or suspended."""

    posts: tuple[EntryPost, ...]
    gone: frozenset[str]


class EntryReader(Protocol):
    """X as one account. Never raises for what the network does."""

    def page(
        self, source: EntrySource, since: datetime, cursor: str | None
    ) -> EntriesPage | NotRead:
        """One page of the posts that the list shows since then; the newest one without a cursor."""
        ...

    def still_shown(self, ids: Sequence[str]) -> StandingPosts | NotRead:
        """Which of these posts X still shows, 100 at most."""
        ...

    def answers(self, ids: Sequence[str]) -> int | NotRead:
        """How many posts answer these, by X's own count."""
        ...

    def reposts(self, ids: Sequence[str]) -> int | NotRead:
        """How often these were reposted, by X's own count."""
        ...


class ShownPost(Value, kw_only=True):
    """A post as X shows it to anybody: whose it is, by handle, and what it says."""

    author: str
    text: str


class NotShown(Value):
    """X shows no such post to anybody: it is gone, or its account is, or is protected."""


class PostReader(Protocol):
    """X as anybody sees it. Never raises for what the network does."""

    def show(self, id: str) -> ShownPost | NotShown | NotRead:
        """The post of this id."""
        ...


class Beacon(Protocol):
    """A public source of randomness, over its hosts. Never raises for what the network does."""

    def signatures(self, round: int) -> tuple[bytes, ...] | NotRead:
        """What each host that answers says is the round's signature; nobody has checked it."""
        ...
