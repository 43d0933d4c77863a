"""What the ledger's lines may say: entries of what happened, and lines of an account's journal."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from runner.ledger.key import KeyText

SCHEMA_VERSION: Final = 1


class State(StrEnum):
    """What the ledger records of a part. `pending` and `due` are derived, never written."""

    ATTEMPTING = "attempting"
    POSTED = "posted"
    RELEASED = "released"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    MISSED = "missed"
    DELETED = "deleted"


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = SCHEMA_VERSION
    key: KeyText
    part: int = Field(default=1, ge=1)
    at: AwareDatetime
    run: str
    commit: str | None = None


class Attempting(_Line):
    """On disk before the call: what is about to be sent, until when, at what cost at most."""

    state: Literal[State.ATTEMPTING] = State.ATTEMPTING
    attempt: str
    send_by: AwareDatetime
    due: AwareDatetime
    digest: str
    parts: tuple[dict[str, JsonValue], ...]
    media: tuple[str, ...] = ()
    item: str | None = None
    reply_to: str | None = None
    """The post that it answers: the part before, or what `reply-to` names."""
    cost: Decimal
    """USD: of all parts in the first part's entry, which reserves them; else of its own part."""
    costs: tuple[Decimal, ...] = ()
    """USD of each part, in the first part's entry."""


class Posted(_Line):
    """It is out: X said so, or a look at the timeline found it, or a person says so (`by`)."""

    state: Literal[State.POSTED] = State.POSTED
    attempt: str | None = None
    id: str
    url: str
    cost: Decimal
    by: str | None = None
    because: str | None = None


End = Literal[
    State.RELEASED, State.REJECTED, State.UNKNOWN, State.SKIPPED, State.MISSED, State.DELETED
]


class Closed(_Line):
    """Any other end of an attempt, or an occurrence that was never attempted (missed, skipped)."""

    state: End
    attempt: str | None = None
    because: str
    due: AwareDatetime | None = None
    digest: str | None = None
    by: str | None = None
    """The person whose word it is; it ends every attempt of its part."""
    look: Literal["absent", "unclear"] | None = None
    """What a look at the timeline showed: `released` because it is absent, which X's view of the
    day may yet belie; or `unknown` because it is unclear, so that a person was asked."""


Entry = Attempting | Posted | Closed
ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="state")])


class Sent(BaseModel):
    """A line of an account's journal: one part that went out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = SCHEMA_VERSION
    at: AwareDatetime
    key: KeyText
    part: int = Field(default=1, ge=1)
    id: str
    digest: str
    """Of the whole rendered post."""
    text: str
    """sha256 of the part's text, by which a renamed post is recognised."""
    item: str | None = None
    cost: Decimal


class Hold(BaseModel):
    """A line of the holds: publishing is stopped, or goes on again, by a person's word."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = SCHEMA_VERSION
    at: AwareDatetime
    run: str
    level: Literal["project", "account", "campaign"]
    name: str | None = None
    """The account's or the campaign's id."""
    held: bool
    by: str
    because: str

    @property
    def what(self) -> tuple[str, str | None]:
        return self.level, self.name


class Origin(BaseModel):
    """A line that says whose ledger this is; the last one counts, the first one is its birth."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = SCHEMA_VERSION
    at: AwareDatetime
    run: str
    repository: str | None = None
    """Where it is kept, as `host/path`; None for a folder."""
    users: dict[str, str] = {}
    """X's id of each account's user, by account id."""
    by: str | None = None
    """Who adopted it for this repository."""
