"""What one run has measured, as it is kept: a line of where it has looked, then one a post; and as
it grows while the run goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from runner.ledger import ZonedMoment, are_keys, are_plausible, are_post_ids, is_usd
from runner.measure.measurement import Count, Measurement, Window
from runner.reading import BadReadings
from runner.value import Value

PostNumber = Annotated[int, Meta(ge=0, le=2**63 - 1)]
"""An id of a post as a number, so that it says what is older."""


class MeasuredStretch(Value, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of the timeline of which all posts were measured at one age: from the post `since` up
    to the post `until`, that one not included."""

    window: Window
    since: PostNumber
    until: PostNumber


class MeasuringHead(Value, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """When a run has measured, and what that has cost."""

    at: ZonedMoment
    usd: Decimal = Decimal(0)
    stretches: tuple[MeasuredStretch, ...] = ()
    followers: Count | None = None
    """How many the account had; once a day."""


class MeasuringRecord(Value, kw_only=True):
    """What is kept at once."""

    head: MeasuringHead
    measurements: tuple[Measurement, ...] = ()


_HEAD: Final = msgspec.json.Decoder(MeasuringHead)
_MEASUREMENTS: Final = msgspec.json.Decoder(Measurement)
_ENCODER: Final = msgspec.json.Encoder()


def as_bytes(record: MeasuringRecord) -> bytes:
    """The lines of a record; what is not told is left out. Raises BadReadings where it says what
    could not be read again."""
    lines = _ENCODER.encode_lines([record.head, *record.measurements])
    read_record(lines)
    return lines


def read_record(lines: bytes) -> MeasuringRecord:
    """The record that `as_bytes` has made these lines of. Raises BadReadings for anything else."""
    if not lines.endswith(b"\n"):
        raise BadReadings("a record of measurements is cut off")
    head, _, rest = lines.partition(b"\n")
    try:
        record = MeasuringRecord(
            head=_HEAD.decode(head), measurements=tuple(_MEASUREMENTS.decode_lines(rest))
        )
    except (msgspec.DecodeError, UnicodeDecodeError):
        record = None
    if record is None or not _is_ours(record.head, record.measurements):
        raise BadReadings("a line of the measurements is none that the runner has written")
    return record


def _is_ours(head: MeasuringHead, measurements: Sequence[Measurement]) -> bool:
    """Whether a record says what the runner may have written, as far as types don't tell."""
    posts = [each.post for each in measurements] + [each.root for each in measurements]
    return (
        is_usd(head.usd)
        and are_plausible([head.at, *(each.at for each in measurements)], in_utc=True)
        and are_post_ids([*posts, *(a for each in measurements if (a := each.answers) is not None)])
        and are_keys([each.key for each in measurements if each.key is not None])
    )


@dataclass(kw_only=True)
class PendingMeasurements:
    """A record that still grows."""

    measurements: list[Measurement] = field(default_factory=list)
    stretches: list[MeasuredStretch] = field(default_factory=list)
    followers: int | None = None
    usd: Decimal = Decimal(0)

    @property
    def has_news(self) -> bool:
        """Whether it holds more than where nothing was found."""
        return bool(self.measurements or self.usd) or self.followers is not None

    def stretch(self, window: Window, since: int, until: int) -> None:
        """Notes that a part was measured, as one with that above it."""
        above = self.stretches[-1] if self.stretches else None
        if above and (above.window, above.since) == (window, until):
            self.stretches.pop()
            until = above.until
        self.stretches.append(MeasuredStretch(window=window, since=since, until=until))

    def record(self, at: datetime) -> MeasuringRecord:
        """What is kept of it."""
        head = MeasuringHead(
            at=at, usd=self.usd, stretches=tuple(self.stretches), followers=self.followers
        )
        return MeasuringRecord(head=head, measurements=tuple(self.measurements))
