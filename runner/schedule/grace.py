"""Grace: until when something due may still go out.

Unless a post sets its own, its grace also ends at the campaign's next anchor, and in the account's
zone at the next midnight and the next start of quiet hours; but never sooner than an hour after it
was due. A post anchored at `drawn` or `redrawn` waits for approval, so none of this ends its seven
days.
"""

from bisect import bisect
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from runner.models import CampaignFile, Project
from runner.schedule.anchors import is_of_results
from runner.schedule.moments import DAY, MIDNIGHT, instants, resolve_local_time
from runner.value import Value
from runner.when import When

LEAST = timedelta(hours=1)
FOR_APPROVAL = timedelta(days=7)


class Grace(Value, kw_only=True):
    """The grace of a post on an account: its length, and what else ends it."""

    length: timedelta
    edges: tuple[datetime, ...] = ()
    """The campaign's anchors, in UTC, in order."""
    clocks: tuple[time, ...] = ()
    """The times of day at which it ends."""
    zone: ZoneInfo

    def until(self, due: datetime) -> datetime:
        """The end of the grace, in UTC; `due` is in UTC, too."""
        cuts = [_next(clock, due, self.zone) for clock in self.clocks]
        later = bisect(self.edges, due)
        if later < len(self.edges):
            cuts.append(self.edges[later])
        whole = due + self.length
        return min(whole, max(due + LEAST, min(cuts))) if cuts else whole


def usual_grace(
    account: str, file: CampaignFile, project: Project, edges: tuple[datetime, ...]
) -> Grace:
    """The grace of a campaign's posts on an account."""
    quiet = project.rules.quiet_hours
    return Grace(
        length=file.campaign.grace
        or project.grace.get(file.campaign.kind)
        or file.campaign.usual_grace,
        edges=edges,
        clocks=(MIDNIGHT, quiet[0]) if quiet else (MIDNIGHT,),
        zone=project.zone_of(account),
    )


def grace_of(own: timedelta | None, at: When | None, usual: Grace) -> Grace:
    """The grace of one post, by its own word and by when it is due, where it is not the usual one.
    A campaign's own grace does not shorten the time for approval; a post's own does."""
    if own:
        return Grace(length=own, zone=usual.zone)
    if at and is_of_results(at.anchor):
        return Grace(length=FOR_APPROVAL, zone=usual.zone)
    return usual


def _next(clock: time, after: datetime, zone: ZoneInfo) -> datetime:
    """The next instant, in UTC, at which the clocks of a zone show or jump over a time of day."""
    day = after.astimezone(zone).date()
    while True:
        for moment in instants(day, clock, zone) or (resolve_local_time(day, clock, zone)[0],):
            found = moment.astimezone(UTC)
            if found > after:
                return found
        day += DAY
