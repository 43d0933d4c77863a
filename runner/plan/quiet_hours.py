"""Quiet hours: what is late waits until they are over."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from runner.models.project import Project
from runner.schedule import Occurrence

JUST_DUE = timedelta(hours=1)
"""So long after its time a post may go out whatever the hour, as its grace says."""


def quiet_until(occurrence: Occurrence, project: Project, now: datetime) -> datetime | None:
    """The end of the quiet hours that it has to wait for; None when it may go out.

    What is due within quiet hours was put there by somebody who meant it.
    """
    quiet = project.rules.quiet_hours
    due = occurrence.due.astimezone(UTC)
    if quiet is None or now <= due + JUST_DUE:
        return None
    zone = project.zone_of(occurrence.key.account)
    local = now.astimezone(zone)
    if not _within(local.time(), quiet) or _within(due.astimezone(zone).time(), quiet):
        return None
    return _next(quiet[1], local, zone)


def _within(clock: time, quiet: tuple[time, time]) -> bool:
    start, end = quiet
    return start <= clock < end if start <= end else clock >= start or clock < end


def _next(clock: time, local: datetime, zone: ZoneInfo) -> datetime:
    day = local.date() if local.time() < clock else local.date() + timedelta(days=1)
    return datetime.combine(day, clock, zone)
