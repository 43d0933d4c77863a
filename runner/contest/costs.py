"""What collecting the entries of a contest costs: what it will, and the tally of each reading.

A tally is numbers that stand in the open before the sealed reading: nobody needs the key for them.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from runner.ledger import Instant, Usd
from runner.reading import BadReadings, expect_whole
from runner.value import Value
from runner.x_facts import PRICES

BY_MENTION: Final = ("mention", "reply")
"""The ways whose entries stand among the account's mentions."""
_REACH: Final = 800
"""Mentions that X still shows after the end."""


class CollectingCost(Value, kw_only=True):
    """USD, where each entry is read on another day than the end."""

    collecting: Decimal
    again: Decimal
    """USD for looking at each entry once more after the end."""


def collecting_cost(how: str, entries: int, *, owned: bool) -> CollectingCost:
    """What it costs to collect so many entries; `owned` says whether the account's user owns the
    app."""
    dear = PRICES["read-post"]
    cheap = PRICES["read-owned"] if owned and how in BY_MENTION else dear
    near = min(entries, _REACH)
    return CollectingCost(collecting=entries * cheap, again=near * cheap + (entries - near) * dear)


END: Final = b"\n"
"""What ends the line that stands in the open."""


_Posts = Annotated[int, Field(ge=0)]
_Minute = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$")
]


class Tally(BaseModel):
    """What a reading has cost, and how much was seen by then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Instant
    """When it was read."""
    usd: Usd
    seen: _Posts
    """How many posts were seen by then, those included that do not count."""
    counted: _Posts | None
    """How many there are by X's own count, where it tells."""
    is_whole: bool
    """Whether nothing is missing by then."""
    gaps: tuple[_Minute, ...] = ()
    """From when on entries may be missing that X shows no more, as `accept-missing` names it."""
    is_walking: bool = False
    """Whether more was still to be read."""

    def is_whole_but_for(self, accepted: Collection[str]) -> bool:
        """Whether nothing is missing by then but what is left out from these times on."""
        is_left_out = bool(self.gaps) and set(self.gaps) <= set(accepted)
        return self.is_whole or (is_left_out and not self.is_walking)

    def is_in_month_of(self, moment: datetime) -> bool:
        """Whether it was read in that calendar month (UTC)."""
        return (self.at.year, self.at.month) == (moment.year, moment.month)


def tallies(files: Mapping[str, bytes]) -> tuple[Tally, ...]:
    """The line of each reading, oldest first; nobody has checked that they are ours. Raises
    BadReadings for what can't be read."""
    expect_whole(files)
    try:
        return tuple(Tally.model_validate_json(data.partition(END)[0]) for data in files.values())
    except ValueError:
        raise BadReadings("a reading does not begin with its numbers") from None
