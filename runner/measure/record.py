"""What one run has measured, as it is kept: a line of where it has looked, then one a post."""

from dataclasses import dataclass as plain_dataclass
from decimal import Decimal
from itertools import chain
from typing import Annotated, Final

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from runner.ledger.fields import Usd, UtcInstant
from runner.measure.measurement import Count, Measurement, Window
from runner.reading import BadReadings

_CONFIG: Final = ConfigDict(extra="forbid", defer_build=True)
_BATCH: Final = 500
"""Lines that are read at once: quicker than one by one, and not all of a long record in memory."""
PostNumber = Annotated[int, Field(ge=0, lt=2**63)]
"""An id of a post as a number, so that it says what is older."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class MeasuredStretch:
    """A part of the timeline of which all posts were measured at one age: from the post `since` up
    to the post `until`, that one not included."""

    window: Window
    since: PostNumber
    until: PostNumber


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class MeasuringHead:
    """When a run has measured, and what that has cost."""

    at: UtcInstant
    usd: Usd = Decimal(0)
    stretches: tuple[MeasuredStretch, ...] = ()
    followers: Count | None = None
    """How many the account had; once a day."""


@plain_dataclass(frozen=True, slots=True, kw_only=True)
class MeasuringRecord:
    """What is kept at once."""

    head: MeasuringHead
    measurements: tuple[Measurement, ...] = ()


_HEAD: Final = TypeAdapter(MeasuringHead)
_MEASUREMENT: Final = TypeAdapter(Measurement)
_MEASUREMENTS: Final = TypeAdapter(tuple[Measurement, ...])


def as_bytes(record: MeasuringRecord) -> bytes:
    """The lines of a record; what is not told is left out."""
    lines = [
        _HEAD.dump_json(record.head, exclude_defaults=True),
        *(_MEASUREMENT.dump_json(each, exclude_defaults=True) for each in record.measurements),
    ]
    return b"".join(line + b"\n" for line in lines)


def read_record(lines: bytes) -> MeasuringRecord:
    """The record that `as_bytes` has made these lines of. Raises BadReadings for anything else."""
    head, *rest = lines.splitlines() or [b""]
    if not lines.endswith(b"\n"):
        raise BadReadings("a record of measurements is cut off")
    batches = (rest[start : start + _BATCH] for start in range(0, len(rest), _BATCH))
    read = (_MEASUREMENTS.validate_json(b"[%b]" % b",".join(batch)) for batch in batches)
    try:
        return MeasuringRecord(
            head=_HEAD.validate_json(head), measurements=tuple(chain.from_iterable(read))
        )
    except ValueError:
        raise BadReadings(
            "a line of the measurements is none that the runner has written"
        ) from None
