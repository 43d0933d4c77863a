"""What has happened: the entries of the ledger, and where each occurrence stands by them.

Pure: reading and writing the files is the stores' part.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
)

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


_ID = r"[a-z0-9][a-z0-9-]{0,63}"
_KEY = re.compile(rf"({_ID})/({_ID})/({_ID})(?:@(\d{{4}}-\d\d-\d\d\.{_ID}))?")


def is_id(text: str) -> bool:
    """Whether it can name an account, a campaign, a post, a slot."""
    return re.fullmatch(_ID, text) is not None


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """The identity of an occurrence: `account/campaign/post`, plus `@2026-12-01.morning` (local
    date and slot name) when it recurs. Nominal: moving a slot's hour changes no key."""

    account: str
    campaign: str
    post: str
    nominal: str | None = None

    def __str__(self) -> str:
        base = f"{self.account}/{self.campaign}/{self.post}"
        return f"{base}@{self.nominal}" if self.nominal else base

    @property
    def short(self) -> str:
        """What people see: the post, and its date and slot when it recurs."""
        return f"{self.post}@{self.nominal}" if self.nominal else self.post

    @property
    def shelf(self) -> str:
        """The file in the campaign's folder: `once`, or the nominal month `2026-12`."""
        return self.nominal[:7] if self.nominal else "once"

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Raises ValueError when `text` is no key."""
        match = _KEY.fullmatch(text)
        if not match:
            raise ValueError(f"`{text}` is not the key of an occurrence")
        return cls(*match.groups())


KeyText = Annotated[
    Key,
    PlainValidator(lambda value: value if isinstance(value, Key) else Key.parse(str(value))),
    PlainSerializer(str),
]


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
    cost: Decimal
    """USD: of all parts in the first part's entry, which reserves them; else of its own part."""


class Posted(_Line):
    """It is out."""

    state: Literal[State.POSTED] = State.POSTED
    attempt: str | None = None
    id: str
    url: str
    cost: Decimal


class Closed(_Line):
    """Any other end of an attempt, or an occurrence that was never attempted (missed, skipped)."""

    state: Literal[
        State.RELEASED,
        State.REJECTED,
        State.UNKNOWN,
        State.SKIPPED,
        State.MISSED,
        State.DELETED,
    ]
    attempt: str | None = None
    because: str
    due: AwareDatetime | None = None
    digest: str | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one occurrence stands: its entries folded, in the order they were written."""

    key: Key
    entries: tuple[Entry, ...]

    @property
    def last(self) -> Entry:
        return self.entries[-1]

    @property
    def opening(self) -> Attempting | None:
        """The newest attempt of the first part: it froze all parts and reserved their cost."""
        found = None
        for entry in self.entries:
            if isinstance(entry, Attempting) and entry.part == 1:
                found = entry
        return found

    @property
    def posted(self) -> tuple[Posted, ...]:
        """The parts that are out, first to last."""
        return tuple(entry for entry in self.entries if isinstance(entry, Posted))

    @property
    def parts(self) -> int:
        """How many parts it has; 1 when nothing was ever attempted."""
        return len(self.opening.parts) if self.opening else 1

    @property
    def state(self) -> State:
        """The state of the whole. A thread is `posted` when its last part is out; a half thread
        whose next part was released, or never attempted, is `attempting`."""
        last = self.last
        if isinstance(last, Posted):
            return State.POSTED if last.part >= self.parts else State.ATTEMPTING
        if last.state is State.RELEASED and self.posted:
            return State.ATTEMPTING
        return last.state

    @property
    def half(self) -> bool:
        """A thread that has begun, whose next part is certainly not out."""
        settled = isinstance(self.last, Posted) or self.last.state is State.RELEASED
        return bool(self.posted) and len(self.posted) < self.parts and settled

    @property
    def unsettled(self) -> bool:
        return self.state in UNSETTLED

    @property
    def reserved(self) -> Decimal:
        """USD that it may still cost: of what was attempted and is not known to be out."""
        if self.state not in (State.ATTEMPTING, State.UNKNOWN) or not self.opening:
            return Decimal(0)
        return self.opening.cost - sum((entry.cost for entry in self.posted), Decimal(0))


UNSETTLED = frozenset({State.ATTEMPTING, State.UNKNOWN, State.REJECTED})


def stand(entries: Iterable[Entry]) -> dict[Key, Standing]:
    """Each occurrence's standing, from entries in the order they were written."""
    by_key: dict[Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_key[entry.key].append(entry)
    return {key: Standing(key=key, entries=tuple(found)) for key, found in by_key.items()}


def still_open(before: Iterable[Entry], new: Iterable[Entry]) -> tuple[Entry, ...]:
    """What `open.jsonl` holds after `new` was recorded: all entries of everything unsettled."""
    standings = stand((*before, *new))
    return tuple(
        entry
        for _, standing in sorted(standings.items(), key=lambda pair: str(pair[0]))
        if standing.unsettled
        for entry in standing.entries
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a run has to read. `open.jsonl` is always read, first."""

    shelves: frozenset[tuple[str, str]] = frozenset()
    """(campaign, shelf) of what is due."""
    newest: frozenset[str] = frozenset()
    """Campaigns whose newest month is wanted, for the place of a ring of items."""
    whole: frozenset[str] = frozenset()
    """Campaigns of which everything is wanted, for their budgets."""
    months: frozenset[tuple[str, str]] = frozenset()
    """(account, month) of the journals: this month's of all accounts, last month's of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a run has read of the ledger."""

    standings: Mapping[Key, Standing] = field(default_factory=dict)
    journal: tuple[Sent, ...] = ()
    """Of all accounts read, by instant."""
    accounted: Mapping[str, datetime] = field(default_factory=dict)
    """Up to when each account is accounted for: every earlier miss is recorded."""

    @property
    def unsettled(self) -> tuple[Standing, ...]:
        return tuple(
            self.standings[key]
            for key in sorted(self.standings, key=str)
            if self.standings[key].unsettled
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A commit's worth of truth: written whole, or not at all."""

    entries: tuple[Entry, ...] = ()
    sent: tuple[Sent, ...] = ()
    accounted: Mapping[str, datetime] = field(default_factory=dict)
