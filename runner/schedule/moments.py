"""From a moment as it is written to the instant or the whole day that it means; and from what a
zone's clocks show to instants.

Python compares two times of one zone by what their clocks show, not by which of them comes first.
So whatever is compared or counted in this package is in UTC, and only results are in a zone.
"""

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from runner.models import LAST_MINUTE, Campaign, Project, times_in
from runner.problems import InvalidValue, Suggestion, suggest
from runner.schedule.occurrence import Shift
from runner.value import Value
from runner.when import When, offset_text, written_in

Anchor = datetime | date
"""What an anchor comes to: an instant, aware, or a whole day. A datetime is a date to Python, so
ask for the datetime."""


MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MIDNIGHT = time(0)


class Awaited(Exception):
    """The moment stands on an anchor that is not known yet."""

    def __init__(self, anchor: str) -> None:
        super().__init__(anchor)
        self.anchor = anchor


class Broken(Exception):
    """The moment stands on an anchor that has a problem of its own."""


class Clocks(Value, kw_only=True):
    """The clocks by which a moment is read: the campaign's for times of day, the account's for
    slots."""

    zone: ZoneInfo
    account: str
    account_zone: ZoneInfo
    slots: Mapping[str, time]

    @classmethod
    def of(cls, account: str, campaign: Campaign, project: Project) -> "Clocks":
        """The clocks of a campaign on one of its accounts."""
        return cls(
            zone=campaign.timezone or project.timezone,
            account=account,
            account_zone=project.zone_of(account),
            slots={**project.slots, **project.accounts[account].slots, **campaign.slots},
        )

    def slot(self, name: str) -> time:
        """The time of the account's slot of this name. Raises InvalidValue where it has none."""
        if name in self.slots:
            return self.slots[name]
        raise InvalidValue(
            "unknown-slot",
            f"account `{self.account}` has no slot `{name}`",
            known_names(name, self.slots) or f'add it under `slots`: {name}: "09:00"',
        )


def known_names(name: str, known: Mapping[str, object]) -> Suggestion | str | None:
    """The help for a name that nobody gave: the one that it was meant to be, or all there are."""
    listed = ", ".join(f"`{each}`" for each in sorted(known))
    return suggest(name, known) or (f"known: {listed}" if known else None)


def _within(moment: When, name: str, invalid: InvalidValue) -> InvalidValue:
    """The error with a whole moment as its suggestion, so that nothing else of it is lost."""
    rule, text, near = invalid.message.rule, invalid.message.text, invalid.message.help
    if isinstance(near, Suggestion):
        near = Suggestion(near.name.join(str(moment).rsplit(name, 1)))
    return InvalidValue(rule, text, near)


def instant_or_day(when: When, anchor: Callable[[str], Anchor], clocks: Clocks) -> Anchor:
    """What a moment comes to. A slot of an anchor that is an instant falls on the day which that
    instant has in the campaign's zone: the day that people read there.

    Raises InvalidValue, and what `anchor` raises."""
    slot = _slot_of(when, clocks)  # first, since it is known even where the anchor is not yet
    try:
        base = anchor(when.base) if isinstance(when.base, str) else when.base
    except InvalidValue as invalid:
        raise _within(when, str(when.base), invalid) from None
    clock: time | None = None
    if isinstance(base, datetime):
        if not when.days and when.clock is None:
            return (base.astimezone(UTC) + when.elapsed).astimezone(clocks.zone)
        wall = base.astimezone(clocks.zone)
        base, clock = wall.date(), wall.time().replace(fold=0)
    elif when.elapsed:
        raise InvalidValue(
            "missing-time",
            f"`{when.base}` is a whole day, from which no hours or minutes can be counted",
            f"write a time of day: {_examples(str(when.base), clocks)}",
        )
    day = base + timedelta(days=when.days)
    if slot is not None:
        return _exact(day, slot, clocks.account_zone, None, clocks.zone)
    clock = when.clock if isinstance(when.clock, time) else clock
    return day if clock is None else _exact(day, clock, clocks.zone, when.offset, clocks.zone)


def _slot_of(when: When, clocks: Clocks) -> time | None:
    """The time of the slot that a moment names, if it names one. Raises InvalidValue."""
    if when.slot is None:
        return None
    try:
        return clocks.slot(when.slot)
    except InvalidValue as invalid:
        found = _within(when, when.slot, invalid).message
        if not isinstance(found.help, Suggestion) and (times := times_in(str(when))):
            help = f"write {' or '.join(f'`{time}`' for time in times)}"
            raise InvalidValue(found.rule, found.text, help) from None
        raise InvalidValue(found.rule, found.text, found.help) from None


def instant(when: When, anchor: Callable[[str], Anchor], clocks: Clocks) -> datetime:
    """The instant of a moment, where a whole day is too little. Raises as `instant_or_day`."""
    return _instant(when, anchor, clocks, lambda: f"add it: {_examples(str(when), clocks)}")


def last_instant(when: When, anchor: Callable[[str], Anchor], clocks: Clocks) -> datetime:
    """The instant of something that ends then, with the last minute of a day as the help."""
    return _instant(
        when, anchor, clocks, lambda: f"write `{when} {LAST_MINUTE}` where all of that day counts"
    )


def _instant(
    when: When, anchor: Callable[[str], Anchor], clocks: Clocks, help: Callable[[], str]
) -> datetime:
    found = instant_or_day(when, anchor, clocks)
    if isinstance(found, datetime):
        return found
    message = f"`{when}` is a whole day; its time of day is missing"
    raise InvalidValue("missing-time", message, help())


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
    valid: Iterable[datetime] = found or edges_of_jump(day, clock, zone)
    if found and offset is not None and not fitting:  # what was written is a moment all the same
        valid = [datetime.combine(day, clock, timezone(offset))]
    shown = " or ".join(f"`{written_in(campaign_zone, moment)}`" for moment in valid)
    raise InvalidValue(rule, message, f"write {shown}")


def _offset(moment: datetime) -> str:
    return offset_text(moment.utcoffset() or timedelta(0))


@lru_cache(maxsize=10_000)
def instants(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants at which the clocks of a zone show this day and time: one; none where they jump
    over it; two, the earlier one first, where they are put back. The fold of `clock` is 0.

    Cached, since campaigns share days and times of day.
    """
    first = datetime.combine(day, clock, zone)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return (first,)
    return tuple(found for found in (first, second) if _is_shown(found))


def edges_of_jump(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The minute before the clocks jump over a time, and the instant after it."""
    wall = datetime.combine(day, clock)
    low, high = sorted(int(wall.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    jump = low + bisect(
        range(low, high), wall, key=lambda s: datetime.fromtimestamp(s, zone).replace(tzinfo=None)
    )
    after = datetime.fromtimestamp(jump, UTC)
    return (after - MINUTE).astimezone(zone), after.astimezone(zone)


def resolve_local_time(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, Shift | None]:
    """The one instant of a recurring time: the next valid one where the clocks jump over it, the
    first of two where they are put back."""
    found = instants(day, clock, zone)
    if not found:
        return edges_of_jump(day, clock, zone)[1], Shift.SKIPPED
    return found[0], Shift.REPEATED if len(found) > 1 else None


def begin(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day, in UTC."""
    return resolve_local_time(day, MIDNIGHT, zone)[0].astimezone(UTC)


def _is_shown(moment: datetime) -> bool:
    shown = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return shown.replace(tzinfo=None) == moment.replace(tzinfo=None)
