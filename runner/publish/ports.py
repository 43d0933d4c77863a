"""What applying a plan needs of the world. The edges satisfy these; so do the tests' fakes."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

from runner.ledger import Ask, Facts, Need, Origin, Record
from runner.reconcile import TimelinePost
from runner.render import RenderedMedia, RenderedPart
from runner.value import Value


class Identity(Value, kw_only=True):
    """Whose credentials these are, and what X's clock said when it told so."""

    user_id: str
    handle: str
    server_time: datetime


class Uploaded(Value, kw_only=True):
    """Media that X has processed: the id for the create call, the key for recognising it."""

    id: str
    key: str


class Receipt(Value, kw_only=True):
    """The answer that a post is out. `at` is X's instant, from the id."""

    id: str
    url: str
    at: datetime


class Release(Value, kw_only=True):
    """It is provably not out: no byte was sent, or X refused before making anything.

    `stop` ends the account's run (credentials, credit, suspension). `retry_at` is when X will take
    requests again, after a 429.
    """

    because: str
    stop: bool = False
    retry_at: datetime | None = None
    help: str | None = None
    anew: bool = False
    """The plan does not hold any more, for what others have done."""


class Rejection(Value, kw_only=True):
    """X refused this very post, in a known way; the same words would be refused again.

    `duplicate`: because the account has said the same before, which may be this very post.
    `unsaid`: X does not say why, so that it may be the account and not the post.
    """

    because: str
    help: str | None = None
    duplicate: bool = False
    unsaid: bool = False


class Doubt(Value, kw_only=True):
    """Sent, and no answer that tells: it may be out. Never sent again without looking."""

    because: str


AnswerOfX = Receipt | Release | Rejection | Doubt


class Unreadable(Value, kw_only=True):
    """A timeline that could not be read whole. `stop` and `retry_at` as in Release."""

    because: str
    help: str | None = None
    stop: bool = False
    retry_at: datetime | None = None


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
    ) -> AnswerOfX:
        """One create call, ended within 30 seconds as a whole."""
        ...

    def repost(self, post_id: str) -> AnswerOfX:
        """Reposts; idempotent on X. `already reposted` is a receipt."""
        ...

    def timeline(self, since: datetime) -> tuple[TimelinePost, ...] | Unreadable:
        """Everything that the account shows since then, all pages, nothing excluded."""
        ...

    def deleted_ids(self, ids: Collection[str]) -> frozenset[str] | Unreadable:
        """Which of these posts X says are not there any more."""
        ...


class Raced(Exception):
    """Somebody else wrote the ledger since it was read: plan anew."""


class Ledger(Protocol):
    """A store of the ledger: one for each account, and what holds of the project beside them. Every
    method raises LedgerUnusable rather than guess."""

    def read(self, need: Need | Ask) -> Facts:
        """The newest state. What is claimed next is claimed against it."""
        ...

    def claim(self, record: Record) -> None:
        """Writes the record, whole or not at all. Raises Raced, and writes nothing, where somebody
        else has written as one of its accounts since `read`, or since this object last wrote. Who
        claims what comes of the files asks before whether they are `stale`; whether an attempt is
        there, `confirm` tells afterwards."""
        ...

    def confirm(self, need: Need) -> Facts:
        """What stands now beside the last claim: holds, whether the files are stale, and what is
        needed. Whatever anybody has written before an answer that shows the claim is in it."""
        ...

    def record(self, record: Record) -> None:
        """What happened, whoever wrote meanwhile: on stable storage when it returns."""
        ...

    def stale(self) -> bool:
        """Whether the default branch has moved on from the files, so that nothing is sent from them
        any more; cheap."""
        ...

    def everything(self) -> Record:
        """All that was ever recorded. What is claimed next is claimed against it."""
        ...

    def origin(self) -> Origin | None:
        """The origin that the ledger names, even if it is another project's; None before its first
        record."""
        ...


class Clock(Protocol):
    """Time as an argument."""

    def now(self) -> datetime:
        """The wall clock, in UTC."""
        ...

    def boot(self) -> float:
        """Seconds since the machine started, counting sleep; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """May end early when a signal asks the run to end."""
        ...


PublisherFor = Callable[[str], Publisher]
"""The publisher of an account id; raises Refused when its credentials are missing or incomplete."""

ReadMedia = Callable[[str], bytes]
"""The bytes of a media file by its path from the root, read anew right before they are uploaded.
Raises OSError."""
