"""The days that a report is about."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole days, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def holds(self, moment: datetime) -> bool:
        """Whether it lies within, by the calendar of its own zone."""
        return self.since <= moment.date() <= self.until
