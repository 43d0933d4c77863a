"""What was read of a contest, reading after reading: what all of them say together, and what of the
contest nobody has seen, so that no list is made before that is read or accepted."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final, Self

from msgspec.json import Decoder, encode

from runner.charter import Charter
from runner.contest.eligibility import entrants
from runner.contest.entries import PackedEntries
from runner.contest.ports import EntrySource
from runner.contest.seen_posts import SeenEntry, SeenPosts
from runner.value import Value, replace

OVERLAP: Final = timedelta(minutes=15)
"""X lists some posts late, so each walk goes back behind the last one."""


class Walk(Value, kw_only=True):
    """One way through a list, from its newest post down to what is older than `since`."""

    source: EntrySource
    since: datetime
    began: datetime
    cursor: str | None = None
    """Where it goes on; None at the top."""
    is_done: bool = False
    is_extra: bool = False
    """Whether it only looks for what another walk could not see any more."""


class Gap(Value, kw_only=True):
    """A time from which there may be posts that X did not show any more."""

    since: datetime
    until: datetime

    @property
    def minute(self) -> str:
        """When it begins, as `accept-missing` names it."""
        return f"{self.since.astimezone(UTC):%Y-%m-%d %H:%M}"


class Reading(Value, kw_only=True):
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
        """The reading, as if nobody had seen these posts."""
        return replace(
            self,
            seen=tuple(each for each in self.seen if each.first not in posts),
            again=tuple(id for id in self.again if id not in posts),
            gone=tuple(id for id in self.gone if id not in posts),
        )


class Readings:
    """All readings of a contest, folded one after the other."""

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self._posts = SeenPosts()
        self._others_today: set[str] = set()
        """What was read on the day of the last reading, and is no entry."""
        self.walks: dict[EntrySource, Walk] = {}
        self.gaps: list[Gap] = []
        """Times of which posts may be missing."""
        self.counted: int | None = None
        self.count = 0
        """How many readings there are."""
        self.last: datetime | None = None
        """When the last reading began."""
        for reading in readings:
            self.add(reading)

    def add(self, reading: Reading) -> None:
        """Takes in the next reading."""
        if self.last is None or self.last.date() != reading.began.date():
            self._others_today.clear()
        self.last = reading.began
        self.count += 1
        self._posts.take(reading.seen, reading.began)
        self._posts.look_at(reading.again, reading.began)
        self._posts.lose(reading.gone)
        self._others_today.update(id for id in reading.again if self._posts.of_post(id) is None)
        self.walks.update({walk.source: walk for walk in reading.walks})
        self.gaps += reading.gaps
        self.counted = self.counted if reading.counted is None else reading.counted

    def seen(self) -> Iterator[SeenEntry]:
        """What was seen and still stands, each in its newest version, oldest first."""
        return self._posts.still_shown()

    def entry(self, post: str) -> SeenEntry | None:
        """What was seen of a post, by the id of its newest version."""
        return self._posts.of_post(post)

    def handles(self, users: Iterable[str]) -> dict[str, str]:
        """What these people were called last, by user id; also of those who are gone."""
        return self._posts.handles(users)

    @property
    def seen_count(self) -> int:
        """How many posts were seen that are meant as entries, whether or not they still stand."""
        return self._posts.seen_count

    @property
    def deleted_count(self) -> int:
        """How many were seen, and are there no more."""
        return self._posts.deleted_count

    @property
    def is_walking(self) -> bool:
        """Whether a walk was stopped on its way."""
        return any(not walk.is_done for walk in self.walks.values())

    def has_walked_since(self, moment: datetime) -> bool:
        """Whether every list was read whole by walks that began then or later."""
        begun = [walk.began >= moment for walk in self.walks.values() if not walk.is_extra]
        return bool(begun) and all(begun) and not self.is_walking

    def looked_at_since(self, post: str, moment: datetime) -> bool:
        """Whether X was asked for it then or later."""
        return self._posts.is_looked_at_since(post, moment)

    def is_paid(self, id: str, now: datetime) -> bool:
        """Whether reading it costs nothing more: X counts each post once on a day (UTC)."""
        midnight = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
        if self.last is None or self.last < midnight:
            return False
        return id in self._others_today or self._posts.is_looked_at_since(id, midnight)

    def is_news(self, entry: SeenEntry) -> bool:
        """Whether it is not known yet, or not in this version."""
        return self._posts.of_first(entry.first) != entry


_READING: Final = Decoder(Reading)


def as_bytes(reading: Reading) -> bytes:
    """The bytes of a reading, as it is sealed."""
    return encode(reading)


def read_reading(plain: bytes) -> Reading:
    """The reading that `as_bytes` has made these bytes of. Raises ValueError for anything else."""
    return _READING.decode(plain)


def unread_since(
    readings: Readings, settled: datetime, charter: Charter, barred: Collection[str]
) -> tuple[datetime, ...]:
    """The moments after which entries may be missing, one for each gap. `settled` is such a moment,
    too, where nobody has looked since then whether the entries still stand."""
    if not readings.walks:
        return (charter.opens_at,)
    found = set(_starts(readings, settled))
    if not_looked_at(readings, settled, charter, barred):
        found.add(settled)
    return tuple(sorted(found))


def _starts(readings: Readings, settled: datetime) -> Iterator[datetime]:
    yield from (gap.since for gap in readings.gaps)
    for walk in readings.walks.values():
        if not walk.is_done:
            yield walk.since
        elif walk.began < settled and not walk.is_extra:
            yield walk.began - OVERLAP


def not_looked_at(
    readings: Readings, settled: datetime, charter: Charter, barred: Collection[str]
) -> PackedEntries:
    """The entries that X has not shown since then."""
    entries = entrants(readings.seen(), charter, barred).entries
    return PackedEntries.of(
        each for each in entries if not readings.looked_at_since(each.post, settled)
    )
