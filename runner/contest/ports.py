"""What a contest needs of the world. The edges satisfy these; so do the tests' fakes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A post that mentions the account, in its newest version."""

    post: str
    user: str
    handle: str
    text: str
    conversation: str
    """The id of the post that its conversation began with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionsRead:
    """All that X showed, oldest first; `is_whole` unless there may be older ones that it did not
    show any more."""

    mentions: tuple[Mention, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """X, or the beacon, could not be asked. Nothing is known, and nothing is lost by it."""

    because: str
    help: str | None = None


class MentionReader(Protocol):
    """X as one account. Never raises for what the network does."""

    def mentions(self, since: datetime) -> MentionsRead | NotRead:
        """What mentions the account since then."""
        ...


class ContestRaced(Exception):
    """Somebody else has written since this was read."""


class ContestFiles(Protocol):
    """Files of one contest that are added, and never changed. Methods raise LedgerUnusable."""

    @property
    def commit(self) -> str | None:
        """The commit of the files as they were read or added last, where they are in commits."""
        ...

    def read(self) -> Mapping[str, bytes]:
        """All files, by name, in order."""
        ...

    def add(self, name: str, data: bytes) -> None:
        """Adds a file; it is on stable storage when this returns. Adds nothing, and raises
        ContestRaced, where others have added to what was read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post as X shows it to anybody: whose it is, by handle, and what it says."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class NotShown:
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
