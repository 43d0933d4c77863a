"""What was read of a contest, reading after reading, and what all of them say together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pydantic import TypeAdapter

from runner.contest.ports import Mention

OVERLAP: Final = timedelta(minutes=15)
"""X shows some posts late, so each reading goes back behind the last one."""


class SeenEntry(NamedTuple):
    """A post that may be an entry, as it was read: of an edited one, that version."""

    user: str
    post: str
    handle: str
    counts: bool
    """Whether it says what an entry has to say, where it has to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading: from when to when it saw all, unless there is a gap, and what was new."""

    since: datetime
    began: datetime
    is_whole: bool
    seen: tuple[SeenEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """All readings of a contest."""

    readings: tuple[Reading, ...] = ()

    @property
    def seen(self) -> dict[str, SeenEntry]:
        """What was seen, by post; what was read twice is there once."""
        return {each.post: each for reading in self.readings for each in reading.seen}

    @property
    def gaps(self) -> tuple[Reading, ...]:
        """The readings before which posts may lie that nobody saw."""
        return tuple(reading for reading in self.readings if not reading.is_whole)

    @property
    def last(self) -> datetime | None:
        """When the last one began."""
        return self.readings[-1].began if self.readings else None

    def next_since(self, opens: datetime) -> datetime:
        """The instant from which on the next one has to read."""
        return max(opens, self.last - OVERLAP) if self.last else opens

    def up_to_each(self) -> Iterator["Readings"]:
        """As they were after each reading, the last one first."""
        for number in range(len(self.readings), 0, -1):
            yield Readings(readings=self.readings[:number])

    def new(self, seen: Iterable[SeenEntry]) -> tuple[SeenEntry, ...]:
        """The entries that are not known yet."""
        known = self.seen
        return tuple(each for each in seen if known.get(each.post) != each)


_READING: Final = TypeAdapter(Reading)


def as_bytes(reading: Reading) -> bytes:
    """The bytes of a reading, as it is sealed."""
    return _READING.dump_json(reading)


def read_reading(plain: bytes) -> Reading:
    """The reading that `as_bytes` has made these bytes of. Raises ValueError for anything else."""
    return _READING.validate_json(plain)


def seen_in(mentions: Iterable[Mention], phrase: str, conversation: str | None) -> list[SeenEntry]:
    """Mentions as entries: they carry the phrase; with `conversation` they also answer that."""
    wanted = phrase.casefold()
    return [
        SeenEntry(
            user=each.user,
            post=each.post,
            handle=each.handle,
            counts=wanted in each.text.casefold()
            and (conversation is None or each.conversation == conversation),
        )
        for each in mentions
    ]
