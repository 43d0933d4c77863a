"""What is kept of mentions, without words, and without who: each of them, and what one run
has heard, as a line of JSON."""

from decimal import Decimal
from typing import Annotated, Final

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter
from pydantic.dataclasses import dataclass

from runner.inbox.labels import Label
from runner.ledger import Id, PostId, Said, Usd, UtcInstant
from runner.reading import BadReadings

_CONFIG: Final = ConfigDict(extra="forbid", defer_build=True)
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z-]{2,12}$")]
PostNumber = Annotated[int, Field(ge=0, lt=2**63)]
"""An id of a post as a number, so that it says what is older."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Mention:
    """A post of somebody else that mentions us, or answers one of our posts. When it was posted
    follows from its id."""

    post: PostId
    """The id of its first version."""
    newest: PostId
    """That of the version that was read."""
    conversation: PostId
    """The id of the post that its conversation began with."""
    answers: PostId | None = None
    """The id of the post that it answers."""
    answers_us: bool = False
    """Whether that is one of ours."""
    language: LanguageTag = "und"
    labels: tuple[Label, ...] = ()
    names: tuple[Id, ...] = ()
    """Accounts of ours that it names beside the one that has heard it: X lets these answer."""

    @property
    def ids(self) -> tuple[str, str]:
        """The ids of its first version and of its newest one."""
        return self.post, self.newest


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class OwnReply:
    """A post of ours that answers another, whoever has sent it, and however."""

    post: PostId
    answers: PostId


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class HeardStretch:
    """A part of a list that was read: from the post `since` up to the post `until`, that one not
    included."""

    since: PostNumber
    until: PostNumber


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class KeptIssue:
    """The issue of a conversation, as the runner has left it."""

    began: PostId
    """The mention that the conversation began with."""
    number: Annotated[int, Field(ge=1)]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class SkippedMention:
    """A mention that a person has said nobody is to answer, and why."""

    post: PostId
    by: Said
    because: Said


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class InboxRecord:
    """What is kept at once: what is new since the last one, and where was looked for it."""

    at: UtcInstant
    usd: Usd = Decimal(0)
    mentions_read: tuple[HeardStretch, ...] = ()
    replies_read: tuple[HeardStretch, ...] = ()
    unseen: tuple[HeardStretch, ...] = ()
    """Parts of which X did not show all mentions any more."""
    has_looked: bool = False
    """Whether X was asked which of those that wait are gone."""
    mentions: tuple[Mention, ...] = ()
    replies: tuple[OwnReply, ...] = ()
    gone: tuple[PostId, ...] = ()
    """Mentions that X shows no more."""
    issues: tuple[KeptIssue, ...] = ()
    told: tuple[PostId, ...] = ()
    """Versions of mentions whose words stand in a comment."""
    untold: tuple[PostId, ...] = ()
    """Those of which the comment is deleted."""
    dismissed: tuple[PostId, ...] = ()
    """Mentions whose issue a person has closed, so that nobody is to answer them."""
    skipped: tuple[SkippedMention, ...] = ()
    hidden: tuple[PostId, ...] = ()
    """Those of them that were hidden on X."""


_RECORD: Final = TypeAdapter(InboxRecord)


def record_as_bytes(record: InboxRecord) -> bytes:
    """The line of a record; what is not told is left out."""
    return _RECORD.dump_json(record, exclude_defaults=True) + b"\n"


def read_record(line: bytes) -> InboxRecord:
    """The record that `as_bytes` has made this line of. Raises BadReadings for anything else."""
    try:
        return _RECORD.validate_json(line)
    except ValueError:
        raise BadReadings("a record of mentions is none that the runner has written") from None
