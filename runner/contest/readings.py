"""What was read of a contest, reading after reading, and what all of them say together."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Self

from pydantic import TypeAdapter

from runner.contest.ports import EntrySource

OVERLAP: Final = timedelta(minutes=15)
"""X lists some posts late, so each walk goes back behind the last one."""


class SeenEntry(NamedTuple):
    """A post that may be an entry, as it was read: of an edited one, that version."""

    user: str
    post: str
    handle: str
    counts: bool
    """Whether it says what an entry has to say, where it has to."""
    first: str
    """The id of its first version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One way through a list, from its newest post down to what is older than `since`."""

    source: EntrySource
    since: datetime
    began: datetime
    cursor: str | None = None
    """Where it goes on; None at the top."""
    is_done: bool = False
    is_extra: bool = False
    """Whether it only looks for what another walk could not see any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time from which there may be posts that X did not show any more."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is kept at once: the posts that are new or were changed since, and where all stands."""

    began: datetime
    seen: tuple[SeenEntry, ...] = ()
    again: tuple[str, ...] = ()
    """All other posts that were read, by id: known ones, and such as are no entries."""
    gone: tuple[str, ...] = ()
    """Known posts that X shows nobody any more, by the id of their first version."""
    walks: tuple[Walk, ...] = ()
    gaps: tuple[Gap, ...] = ()
    counted: int | None = None
    """How many entries there are by X's own count, where it tells."""

    def without(self, posts: Collection[str]) -> Self:
        """The same, as if nobody had seen these posts."""
        return replace(
            self,
            seen=tuple(each for each in self.seen if each.first not in posts),
            again=tuple(id for id in self.again if id not in posts),
            gone=tuple(id for id in self.gone if id not in posts),
        )


class Readings:
    """All readings of a contest, folded one after the other."""

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self._posts: dict[str, SeenEntry] = {}
        self._first: dict[str, str] = {}
        self._looked_at: dict[str, datetime] = {}
        self._gone: set[str] = set()
        self._read_today: set[str] = set()
        self.walks: dict[EntrySource, Walk] = {}
        self.gaps: list[Gap] = []
        """Times of which posts may be missing."""
        self.counted: int | None = None
        self._all: list[Reading] = []
        self.last: datetime | None = None
        """When the last reading began."""
        for reading in readings:
            self.add(reading)

    def add(self, reading: Reading) -> None:
        """The next one."""
        self._all.append(reading)
        if self.last is None or self.last.date() != reading.began.date():
            self._read_today.clear()
        self.last = reading.began
        for entry in reading.seen:
            self._posts[entry.first] = entry
            self._first[entry.post] = entry.first
        for id in (*(entry.post for entry in reading.seen), *reading.again):
            self._read_today.add(id)
            if id in self._first:
                self._looked_at[id] = reading.began
                self._gone.discard(self._first[id])
        self._gone.update(reading.gone)
        self.walks.update({walk.source: walk for walk in reading.walks})
        self.gaps += reading.gaps
        self.counted = self.counted if reading.counted is None else reading.counted

    @property
    def seen(self) -> dict[str, SeenEntry]:
        """What was seen and still stands, by post, each in its newest version."""
        return {each.post: each for first, each in self._posts.items() if first not in self._gone}

    def up_to_each(self) -> Iterator["Readings"]:
        """As they were after each reading, the last one first."""
        for number in range(len(self._all), 0, -1):
            yield Readings(self._all[:number])

    @property
    def count(self) -> int:
        """How many readings there are."""
        return len(self._all)

    @property
    def known(self) -> int:
        """How many posts were seen that are meant as entries, whether or not they still stand."""
        return len(self._posts)

    @property
    def gone(self) -> int:
        """How many were seen, and are there no more."""
        return len(self._gone)

    @property
    def is_walking(self) -> bool:
        """Whether a walk was stopped on its way."""
        return any(not walk.is_done for walk in self.walks.values())

    def has_walked_since(self, moment: datetime) -> bool:
        """Whether every list was read whole by walks that began then or later."""
        begun = [walk.began >= moment for walk in self.walks.values() if not walk.is_extra]
        return bool(begun) and all(begun) and not self.is_walking

    def looked_at_since(self, entry: SeenEntry, moment: datetime) -> bool:
        """Whether X has shown it then or later."""
        return self._looked_at[entry.post] >= moment

    def is_paid(self, id: str, now: datetime) -> bool:
        """Whether reading it costs nothing more: X counts each post once on a day (UTC)."""
        is_today = self.last is not None and self.last.date() == now.date()
        return is_today and id in self._read_today

    def is_news(self, entry: SeenEntry) -> bool:
        """Whether it is not known yet, or not in this version."""
        return self._posts.get(entry.first) != entry


_READING: Final = TypeAdapter(Reading)


def as_bytes(reading: Reading) -> bytes:
    """The bytes of a reading, as it is sealed."""
    return _READING.dump_json(reading)


def read_reading(plain: bytes) -> Reading:
    """The reading that `as_bytes` has made these bytes of. Raises ValueError for anything else."""
    return _READING.validate_json(plain)
