"""What one run has measured and not kept yet."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from runner.measure.measurement import Measurement, Window
from runner.measure.record import MeasuredStretch, MeasuringHead, MeasuringRecord


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
