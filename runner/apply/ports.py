"""What applying a plan needs of the world. The edges satisfy these; so do the tests' fakes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from runner.ledger import Facts, Need, Record
from runner.render.rendered import RenderedMedia, RenderedPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose credentials these are, and what X's clock said when it told so."""

    user_id: str
    handle: str
    server_time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """Media that X has processed: the id for the create call, the key for recognising it."""

    id: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """It is out. `at` is X's instant, from the id."""

    id: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """It is provably not out: no byte was sent, or X refused before making anything.

    `stop` ends the account's run (credentials, credit, suspension). `retry_at` is when X will take
    requests again, after a 429.
    """

    because: str
    stop: bool = False
    retry_at: datetime | None = None
    help: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """X refused this very post, in a known way; the same words would be refused again.

    `duplicate`: because the account has said the same before, which may be this very post.
    """

    because: str
    help: str | None = None
    duplicate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Sent, and no answer that tells: it may be out. Never sent again without looking."""

    because: str


Answer = Receipt | Release | Rejection | Doubt


class Publisher(Protocol):
    """A network, as one account. No method raises for what the network does: answers are values."""

    def identify(self) -> Identity | Release:
        """Whose account this is; free of charge."""
        ...

    def upload(self, media: RenderedMedia, data: bytes) -> Uploaded | Release | Rejection:
        """Uploads one file with its alt text and waits until X has processed it."""
        ...

    def create(
        self, part: RenderedPart, *, media: tuple[Uploaded, ...], reply_to: str | None
    ) -> Answer:
        """One create call, ended within 30 seconds as a whole."""
        ...

    def repost(self, post_id: str) -> Answer:
        """Reposts; idempotent on X. `already reposted` is a receipt."""
        ...


class Ledger(Protocol):
    """A store of the ledger. Both methods raise LedgerUnusable rather than guess."""

    def read(self, need: Need) -> Facts: ...

    def record(self, record: Record) -> None:
        """On stable storage when it returns."""
        ...


class Clock(Protocol):
    """Time as an argument."""

    def now(self) -> datetime:
        """The wall clock, in UTC."""
        ...

    def boot(self) -> float:
        """Seconds since the machine started, counting sleep; never goes back."""
        ...

    def sleep(self, seconds: float) -> None: ...


PublisherFor = Callable[[str], Publisher]
"""The publisher of an account id; raises Refused when its credentials are missing or incomplete."""

ReadMedia = Callable[[str], bytes]
"""The bytes of a media file by its path from the root, read anew right before they are uploaded.
Raises OSError."""
