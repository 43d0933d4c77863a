"""The days that a report is about."""

from datetime import date, datetime

from runner.value import Value


class Period(Value, kw_only=True):
    """Whole days, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def holds(self, moment: datetime) -> bool:
        """Whether it lies within, by the calendar of its own zone."""
        return self.since <= moment.date() <= self.until
