"""What was collected of a contest: sealed, reading after reading, with a line of numbers before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pydantic import BaseModel, ConfigDict

from runner.charter import Charter
from runner.contest.ports import ContestFiles
from runner.contest.readings import Reading, Readings, as_bytes, read_reading
from runner.contest.sealing import seal, unseal
from runner.contest.tickets import ContestKey

_END: Final = b"\n"


class BadReadings(Exception):
    """What was kept of a contest can't be read; the text says why."""


class Tally(BaseModel):
    """What stands in the open before a sealed reading: numbers, so that money and coverage can be
    told without the key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    month: str
    """In which it was read (UTC): `2026-12`."""
    usd: Decimal
    """What this reading has cost."""
    seen: int
    """How many posts were seen by then, those included that do not count."""
    counted: int | None
    """How many there are by X's own count, where it tells."""
    is_whole: bool
    """Whether nothing is missing by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """What is kept of one contest, for who has its key."""

    key: ContestKey
    charter: Charter
    files: ContestFiles
    new_salt: Callable[[], bytes]

    def kept(self) -> Readings:
        """What was collected so far. Raises BadReadings, and LedgerUnusable."""
        files = self.files.read()
        expect_whole(files)
        return Readings(self._opened(name, data) for name, data in files.items())

    def keep(self, number: int, reading: Reading, tally: Tally) -> None:
        """Adds the reading of this number. Raises ContestRaced and LedgerUnusable."""
        name, line = f"{number:06}", tally.model_dump_json().encode()
        sealed = seal(
            self.key,
            self.charter.contest,
            name,
            as_bytes(reading),
            salt=self.new_salt(),
            openly=line,
        )
        self.files.add(name, line + _END + sealed)

    def _opened(self, name: str, data: bytes) -> Reading:
        line, _, sealed = data.partition(_END)
        try:
            plain = unseal(self.key, self.charter.contest, name, sealed, openly=line)
            return read_reading(plain)
        except ValueError as error:
            raise BadReadings(str(error)) from None


def tallies(files: Mapping[str, bytes]) -> tuple[Tally, ...]:
    """The line of each reading, oldest first; nobody has checked that they are ours. Raises
    BadReadings for what can't be read."""
    expect_whole(files)
    try:
        return tuple(Tally.model_validate_json(data.partition(_END)[0]) for data in files.values())
    except ValueError:
        raise BadReadings("a reading does not begin with its numbers") from None


def expect_whole(files: Mapping[str, bytes]) -> None:
    """Raises BadReadings where one is missing."""
    if list(files) != [f"{number:06}" for number in range(1, len(files) + 1)]:
        raise BadReadings("a reading is missing")
