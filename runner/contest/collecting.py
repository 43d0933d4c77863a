"""Collecting the entries of a contest: one reading of X, sealed and kept."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from runner.charter import Charter
from runner.contest.ports import ContestFiles, MentionReader, NotRead
from runner.contest.readings import Reading, Readings, as_bytes, read_reading, seen_in
from runner.contest.sealing import seal, unseal
from runner.contest.tickets import ContestKey

COLLECTED_WAYS: Final = ("mention", "reply")
"""Those of which all entries mention the account."""


class BadReadings(Exception):
    """What was kept of a contest can't be read; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a reading came to: how many posts X showed, and all that is kept by now."""

    readings: Readings
    reading: Reading
    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """Collects for one contest."""

    key: ContestKey
    charter: Charter
    files: ContestFiles
    new_salt: Callable[[], bytes]

    def kept(self) -> Readings:
        """What was collected so far. Raises BadReadings, and LedgerUnusable."""
        return self._open(self.files.read())

    def collect(
        self, reader: MentionReader, now: datetime, announcement: str | None
    ) -> Collected | NotRead:
        """Reads once more, and keeps what is new. `announcement` is what entries answer, where they
        have to. Raises BadReadings, ContestRaced and LedgerUnusable."""
        files = self.files.read()
        before = self._open(files)
        since = before.next_since(datetime.fromtimestamp(self.charter.opens, UTC))
        found = reader.mentions(since)
        if isinstance(found, NotRead):
            return found
        seen = seen_in(found.mentions, json.loads(self.charter.phrase), announcement)
        reading = Reading(
            since=since, began=now.astimezone(UTC), is_whole=found.is_whole, seen=before.new(seen)
        )
        name = f"{len(files) + 1:06}"
        contest = self.charter.contest
        data = seal(self.key, contest, name, as_bytes(reading), salt=self.new_salt())
        self.files.add(name, data)
        after = Readings(readings=(*before.readings, reading))
        return Collected(readings=after, reading=reading, read=len(found.mentions))

    def _open(self, files: Mapping[str, bytes]) -> Readings:
        """Raises BadReadings for a file that was changed, and where one is missing."""
        if list(files) != [f"{number:06}" for number in range(1, len(files) + 1)]:
            raise BadReadings("a reading is missing")
        contest = self.charter.contest
        try:
            plain = [unseal(self.key, contest, name, data) for name, data in files.items()]
            return Readings(readings=tuple(read_reading(each) for each in plain))
        except ValueError as error:
            raise BadReadings(str(error)) from None
