"""From a moment as it was written to the instant, or the whole day, that it comes to."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from runner.models import Campaign
from runner.models.moment_context import LAST
from runner.models.project import Project
from runner.problems import Place, Problem, closest
from runner.schedule.local_time import around, instants
from runner.when import When, offset_text

Anchor = datetime | date
"""What an anchor comes to: an instant, aware, or a whole day. A datetime is a date to Python, so
ask for the datetime."""


_NEAR = re.compile("did you mean `([^`]+)`\\?")


class Unplaced(Exception):
    """The moment comes to nothing, and here is why."""

    def __init__(self, rule: str, message: str, help: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.help = help

    def within(self, moment: str, name: str) -> "Unplaced":
        """The same of a whole moment with a wrong name, so that nothing else of it is lost."""
        near = _NEAR.fullmatch(self.help)
        if near:
            self.help = f"did you mean `{near[1].join(moment.rsplit(name, 1))}`?"
        return self

    def at(self, place: Place) -> Problem:
        return Problem(rule=self.rule, message=self.message, place=place, help=self.help)


class Awaited(Exception):
    """The moment stands on an anchor that is not known yet."""

    def __init__(self, anchor: str) -> None:
        super().__init__(anchor)
        self.anchor = anchor


class Broken(Exception):
    """The moment stands on an anchor that has a problem of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The clocks by which a moment is read: the campaign's for times of day, the account's for
    slots."""

    zone: ZoneInfo
    account: str
    account_zone: ZoneInfo
    slots: Mapping[str, time]

    @classmethod
    def of(cls, account: str, campaign: Campaign, project: Project) -> "Clocks":
        return cls(
            zone=campaign.timezone or project.timezone,
            account=account,
            account_zone=project.zone_of(account),
            slots={**project.slots, **project.accounts[account].slots, **campaign.slots},
        )

    def slot(self, name: str) -> time:
        """Raises Unplaced."""
        if name in self.slots:
            return self.slots[name]
        raise Unplaced(
            "unknown-slot",
            f"account `{self.account}` has no slot `{name}`",
            meant(name, self.slots) or f'add it under `slots`: {name}: "09:00"',
        )


def meant(name: str, known: Mapping[str, object]) -> str | None:
    """The help for a name that nobody gave: the one that it was meant to be, or all there are."""
    near = closest(name, known)
    if near:
        return f"did you mean `{near}`?"
    return "known: " + ", ".join(f"`{each}`" for each in sorted(known)) if known else None


def place(when: When, anchor: Callable[[str], Anchor], clocks: Clocks) -> Anchor:
    """What a moment comes to. A slot of an anchor that is an instant falls on the day which that
    instant has in the campaign's zone: the day that people read there.

    Raises Unplaced, and what `anchor` raises."""
    try:
        base = anchor(when.base) if isinstance(when.base, str) else when.base
    except Unplaced as unplaced:
        raise unplaced.within(str(when), str(when.base)) from None
    clock: time | str | None = None
    if isinstance(base, datetime):
        if not when.days and when.clock is None:
            return (base.astimezone(UTC) + when.elapsed).astimezone(clocks.zone)
        wall = base.astimezone(clocks.zone)
        base, clock = wall.date(), wall.time().replace(fold=0)
    elif when.elapsed:
        raise Unplaced(
            "missing-time",
            f"`{when.base}` is a whole day, from which no hours or minutes can be counted",
            f"write a time of day: {_examples(str(when.base), clocks)}",
        )
    day = base + timedelta(days=when.days)
    clock = clock if when.clock is None else when.clock
    if clock is None:
        return day
    if isinstance(clock, str):
        try:
            clock = clocks.slot(clock)
        except Unplaced as unplaced:
            raise unplaced.within(str(when), str(when.slot)) from None
        return _exact(day, clock, clocks.account_zone, None, clocks.zone)
    return _exact(day, clock, clocks.zone, when.offset, clocks.zone)


def instant(when: When, anchor: Callable[[str], Anchor], clocks: Clocks) -> datetime:
    """The same where a whole day is too little. Raises as `place`."""
    return _instant(when, anchor, clocks, f"add it: {_examples(str(when), clocks)}")


def last_instant(when: When, anchor: Callable[[str], Anchor], clocks: Clocks) -> datetime:
    """The same of something that ends then, with the last minute of a day as the help."""
    help = f"write `{when} {LAST}` where all of that day counts"
    return _instant(when, anchor, clocks, help)


def _instant(when: When, anchor: Callable[[str], Anchor], clocks: Clocks, help: str) -> datetime:
    found = place(when, anchor, clocks)
    if isinstance(found, datetime):
        return found
    message = f"`{when}` is a whole day; its time of day is missing"
    raise Unplaced("missing-time", message, help)


def _examples(moment: str, clocks: Clocks) -> str:
    slot = next(iter(clocks.slots), None)
    return f"`{moment} 10:00`" + (f" or `{moment} {slot}`" if slot else "")


def _exact(
    day: date, clock: time, zone: ZoneInfo, offset: timedelta | None, campaign_zone: ZoneInfo
) -> datetime:
    """The one instant at which the clocks of `zone` show this, with this offset if one is given."""
    found = instants(day, clock, zone)
    fitting = [moment for moment in found if offset in (None, moment.utcoffset())]
    if len(fitting) == 1:
        return fitting[0]
    shown = f"{day} {clock:%H:%M}"
    if not found:
        rule, message = "skipped-time", f"the clocks of {zone.key} jump over {shown}"
    elif fitting:
        rule, message = "repeated-time", f"the clocks of {zone.key} show {shown} twice"
    else:
        offsets = " or ".join(_offset(moment) for moment in found)
        rule, message = "wrong-offset", f"{zone.key} is at {offsets} on {shown}"
    valid: Iterable[datetime] = found or around(day, clock, zone)
    if found and offset is not None and not fitting:  # what was written is a moment all the same
        valid = [datetime.combine(day, clock, timezone(offset))]
    shown = " or ".join(_written(moment, campaign_zone) for moment in valid)
    raise Unplaced(rule, message, f"write {shown}")


def _written(moment: datetime, zone: ZoneInfo) -> str:
    """As a campaign in this zone says it; with its offset where the clocks show it twice."""
    local = moment.astimezone(zone)
    twice = len(instants(local.date(), local.time().replace(fold=0), zone)) > 1
    return f"`{local:%Y-%m-%d %H:%M}{' ' + _offset(local) if twice else ''}`"


def _offset(moment: datetime) -> str:
    return offset_text(moment.utcoffset() or timedelta(0))
