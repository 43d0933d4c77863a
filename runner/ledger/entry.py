"""What the ledger's lines may say: entries of what happened, and lines of an account's journal.
Addresses of posts are made anew, since whoever can write to it could write anything into them."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    TypeAdapter,
    model_validator,
)
from pydantic.dataclasses import dataclass

from runner.ledger.fields import (
    Digest,
    Instant,
    Name,
    PostId,
    Said,
    Usd,
    UtcInstant,
)
from runner.ledger.key import Id, Key, KeyText
from runner.x_facts import post_address

SCHEMA_VERSION: Final = 1
MOST_PARTS: Final = 1000
"""Of a thread."""
_POST_ID: Final = re.compile(r"[0-9]{1,19}")
_ADDRESS: Final = re.compile(r"https://x\.com/([0-9A-Za-z_]{1,15})/status/([0-9]{1,19})")
_CONFIG: Final = ConfigDict(extra="forbid", defer_build=True)


def address(handle: str | None, id: str) -> str:
    """The address of a post on X; without a handle one that leads to the post, whoever wrote it."""
    return post_address(id, handle or "i/web")


def handle_in(url: str, id: str) -> str | None:
    """The handle in the address of the post with this id; None where it is no such address."""
    match = _ADDRESS.fullmatch(url)
    return match[1] if match and match[2] == id else None


def expect_part(part: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The same part. Raises ValueError where its words or the posts that it names are none."""
    for name, is_id in (("text", False), ("repost", True), ("quote", True)):
        value = part.get(name)
        fits = isinstance(value, str) and (not is_id or _POST_ID.fullmatch(value))
        if value is not None and not fits:
            raise ValueError(f"the `{name}` of a part is not one")
    return part


Part = Annotated[dict[str, JsonValue], AfterValidator(expect_part)]
"""A part of a post as it was about to be sent."""


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
    model_config = ConfigDict(**_CONFIG, frozen=True)

    v: Literal[1] = SCHEMA_VERSION
    key: KeyText
    part: int = Field(default=1, ge=1, le=MOST_PARTS)
    at: Instant
    run: Name
    commit: Name | None = None


class Attempting(_Line):
    """The entry before a request: what is about to be sent, until when, and for how much at
    most."""

    state: Literal[State.ATTEMPTING] = State.ATTEMPTING
    attempt: Name
    send_by: Instant
    due: Instant
    digest: Digest
    parts: tuple[Part, ...]
    media: tuple[Name, ...] = ()
    item: Name | None = None
    reply_to: PostId | None = None
    """The post that it answers: the part before, or what `reply-to` names."""
    cost: Usd
    """USD: of all parts in the first part's entry, which reserves them; else of its own part."""
    costs: tuple[Usd, ...] = ()
    """USD of each part, in the first part's entry."""
    promise: Name | None = None
    """The code of what a contest promises, in the first part's entry of its announcement."""

    @model_validator(mode="after")
    def _costs_fit(self) -> Self:
        if self.costs and len(self.costs) != len(self.parts):
            raise ValueError("each part has its cost")
        return self

    def says(self, words: str) -> bool:
        """Whether these words stand in one of its parts."""
        return any(words in str(part.get("text")) for part in self.parts)

    def cost_of(self, part: int) -> Decimal:
        """USD of one part, by the first part's entry."""
        return self.costs[part - 1] if part <= len(self.costs) else self.cost


class Posted(_Line):
    """The entry of a post that is out: X said so, a look at the timeline found it, or a person says
    so (`by`)."""

    state: Literal[State.POSTED] = State.POSTED
    attempt: Name | None = None
    id: PostId
    url: str
    """Its address, made anew of the handle in it and the id: nothing else of it is believed."""
    cost: Usd
    by: Said | None = None
    because: Said | None = None

    @model_validator(mode="before")
    @classmethod
    def _address(cls, given: object) -> object:
        if not isinstance(given, dict) or not isinstance(id := given.get("id"), str):
            return given
        return {**given, "url": address(handle_in(str(given.get("url")), id), id)}

    @property
    def handle(self) -> str | None:
        """The handle of the account as it posted; None for a repost, since its link is another's
        post."""
        return handle_in(self.url, self.id)


End = Literal[
    State.RELEASED, State.REJECTED, State.UNKNOWN, State.SKIPPED, State.MISSED, State.DELETED
]


class Closed(_Line):
    """Any other end of an attempt, or an occurrence that was never attempted (missed, skipped)."""

    state: End
    attempt: Name | None = None
    because: Said
    due: Instant | None = None
    digest: Digest | None = None
    by: Said | None = None
    """The person whose word it is; it ends every attempt of its part, unless it rests on a look."""
    look: Literal["absent", "unclear"] | None = None
    """What a look at the timeline showed: `released` because it is absent, which X's view of the
    day may yet belie; or `unknown` because it is unclear, so that a person was asked."""


Entry = Attempting | Posted | Closed
ENTRY: TypeAdapter[Entry] = TypeAdapter(
    Annotated[Entry, Field(discriminator="state")], config=ConfigDict(defer_build=True)
)


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Sent:
    """A line of an account's journal: one part that went out. There may be very many of them."""

    v: Literal[1] = SCHEMA_VERSION
    at: UtcInstant
    key: KeyText
    part: int = Field(default=1, ge=1, le=MOST_PARTS)
    id: PostId
    digest: Digest
    """Of the whole rendered post."""
    text: Digest
    """sha256 of the part's text, by which a renamed post is recognised."""
    due: UtcInstant | None = None
    """When the post was due, by which it is recognised in other words."""
    item: Name | None = None
    cost: Usd


class Hold(BaseModel):
    """A line of the holds: publishing is stopped, or goes on again, by a person's word."""

    model_config = ConfigDict(**_CONFIG, frozen=True)

    v: Literal[1] = SCHEMA_VERSION
    at: Instant
    run: Name
    level: Literal["project", "account", "campaign"]
    name: Id | None = None
    """The account's or the campaign's id."""
    held: bool
    by: Said
    because: Said

    @property
    def what(self) -> tuple[str, str | None]:
        """The level, and the id of what is held on it."""
        return self.level, self.name

    def stops(self, key: Key) -> bool:
        """Whether it is about this occurrence."""
        names = {"project": None, "account": key.account, "campaign": key.campaign}
        return self.name == names[self.level]


class Origin(BaseModel):
    """A line that says whose ledger this is; the last one counts, the first one is its birth."""

    model_config = ConfigDict(**_CONFIG, frozen=True)

    v: Literal[1] = SCHEMA_VERSION
    at: Instant
    run: Name
    repository: Said | None = None
    """Where it is kept, as `host/path`; None for a folder."""
    users: dict[Id, Name] = {}
    """X's id of each account's user, by account id."""
    accounts: tuple[Id, ...] = ()
    """Those whose own ledgers began with this record."""
    by: Said | None = None
    """Who adopted it for this repository."""
    lost: int | None = Field(default=None, ge=1)
    """Lines of the project that accounts know of, and who adopts it did not find."""
