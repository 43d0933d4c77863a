"""What stands around a moment in its file: the zone that it is read in, the anchors that are there.

Without it a moment can be read; but the help for one that can't would name a time of another zone,
or an anchor that nobody gave.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from runner.models.codes import ABBREVIATIONS
from runner.models.formats import NO_ZONE, zone_named
from runner.models.moment_suggestions import LONGEST, of_the_keyboard, readings
from runner.value import Value
from runner.when import When, parse_when, written_in

AROUND: Final = "around"
"""Under which a validation's context has it."""
EXAMPLES: Final = {
    "opens": "opens + 2h",
    "closes": "closes - 1d 09:00",
    "launches": "launches - 7d 09:00",
    "starts": "starts 10:00",
    "ends": "ends - 1d 09:00",
}
"""How to stand on an anchor."""
DATE: Final = "2026-12-01 10:00"
LAST_MINUTE: Final = "23:59"
"""The last minute of a day, for what ends with it."""
_ENDS: Final = ("closes", "until")
"""Moments that are the end of something."""
_CLOCK: Final = r"[0-9]{1,2}[:.][0-9]{2}"
_ZONED: Final = re.compile(
    rf"(?i)(?P<moment>.*(?:{_CLOCK}(?::[0-9]{{2}}(?:\.[0-9]+)?)?|[0-9])"
    r"(?: ?[ap]\.?m\.?(?![a-z/]))?)\s*"
    r"\(?(?P<zone>z|(?:utc|gmt)? ?[+-][0-9]{1,2}(?::?[0-9]{2})?|[a-z]+(?:/[a-z0-9_+-]+)+"
    r"|[a-z]{2,5}|[a-z]{3}[0-9][a-z]{3}|[a-z]+(?: [a-z]+){0,2}?(?: time)?)\)?"
)
_RANGE: Final = re.compile(
    rf"(?P<before>.*?)(?P<first>{_CLOCK})\s*(?P<to>-|[–—]|to|till|until|līdz|hasta|до|a)\s*"
    rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\s+)?(?P<last>{_CLOCK})"
)
_FROM: Final = re.compile(r"\b(?:from|no|de|с)\s+$")


class MomentContext(Value, kw_only=True):
    """`zone` is the campaign's; None where nobody said one that is. `anchors` are those given."""

    zone: ZoneInfo | None = None
    anchors: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: object, zone: ZoneInfo | None) -> "MomentContext":
        """Of a campaign as it is written, in a project of this zone."""
        if not isinstance(data, Mapping):
            return cls(zone=zone)
        own = data.get("timezone")
        anchors = tuple(name for name in EXAMPLES if isinstance(data.get(name), str))
        return cls(zone=_place(own) if own else zone, anchors=anchors)

    def examples(self, field: str) -> str:
        """How a moment is written in a field; an anchor may not wait for another one."""
        anchors = self.anchors if field == "at" else ()
        samples = (DATE, *(EXAMPLES[name] for name in anchors))
        *most, last = (f"`{each}`" for each in samples)
        return f"{', '.join(most)} or {last}" if most else last

    def help_for(self, text: str, field: str) -> str | None:
        """The help for a moment that was written in another way; None where nobody can guess."""
        if len(text) > LONGEST:
            return None
        text = of_the_keyboard(text)
        found = _RANGE.fullmatch(text)
        if found:
            return self._one_of_two(found)
        zoned = _ZONED.fullmatch(text)
        there = zone_of(zoned["zone"]) if zoned else None
        if zoned and there:
            converted = self._converted_moment(zoned["moment"], there, zoned["zone"])
            if converted:
                return converted
        meant = [self._whole(each, field) for each in readings(text, parse_when)]
        return f"write {' or '.join(f'`{each}`' for each in meant)}" if meant else None

    def _whole(self, moment: str, field: str) -> str:
        """The end of something is the last minute of a day that has no time."""
        is_day = parse_when(moment).clock is None and moment[:1].isdigit()
        return f"{moment} {LAST_MINUTE}" if is_day and field in _ENDS else moment

    def _one_of_two(self, found: re.Match[str]) -> str | None:
        """Of a stretch of time, where it begins; or the moment whose offset the end may be."""
        begin = _FROM.sub("", found["before"]) + found["first"]
        begins = next(iter(readings(begin, parse_when)), "")
        first, last = (found[each].replace(".", ":").zfill(5) for each in ("first", "last"))
        there = zone_of(f"-{last}") if found["to"] == "-" and not found["day"] else None
        offset = self._converted_moment(begins, there, f"-{last}") if begins and there else None
        if not begins or (offset and last <= first):
            return offset
        doubt = f"; if -{last} is its offset, {offset}" if offset and last < "12:00" else ""
        return f"a post goes out at one moment: write `{begins}`{doubt}"

    def _converted_moment(self, moment: str, there: tzinfo, name: str) -> str | None:
        without = f"write it in the campaign's zone, without `{name.strip()}`"
        whens = [parse_when(each) for each in readings(moment, parse_when)]
        found = [local(when, there, self.zone) for when in whens if self.zone]
        if not found or None in found:
            return without if whens else None
        return f"write {' or '.join(f'`{each}`' for each in found)}, which it is in {self.zone}"


def local(when: When, there: tzinfo, zone: ZoneInfo | None) -> str | None:
    """A date and time of day of one zone as a file of another writes it; None for any other."""
    if zone is None or isinstance(when.base, str) or not isinstance(when.clock, time):
        return None
    day = when.base + timedelta(days=when.days)
    return written_in(zone, datetime.combine(day, when.clock, there))


def zone_of(name: str) -> tzinfo | None:
    """What people write behind a time: `Z`, `+03:00`, `EET`, `Europe/Riga`, `Riga time`."""
    offset = re.fullmatch(r"(?:UTC|GMT)? ?([+-])([0-9]{1,2})(?::?([0-9]{2}))?", name.upper())
    if name.upper() in ("Z", "UTC", "GMT"):
        return UTC
    if not offset:
        return _place(ABBREVIATIONS.get(name.upper()) or _zones().get(_plain(name)))
    length = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    if length > timedelta(hours=14):
        return None
    return timezone(-length if offset[1] == "-" else length)


@cache
def _zones() -> Mapping[str, str]:
    """The names of all zones, by themselves and by their last part, in plain letters."""
    zones = sorted(available_timezones())
    cities = {_plain(zone.rpartition("/")[2]): zone for zone in zones if zone.count("/") == 1}
    return {**cities, **{_plain(zone): zone for zone in zones}}


def _plain(name: str) -> str:
    return name.lower().removesuffix(" time").replace(" ", "_")


def _place(name: object) -> ZoneInfo | None:
    """A zone by its name, as campaigns have it."""
    with suppress(*NO_ZONE):
        return zone_named(str(name)) if name == "UTC" or "/" in str(name) else None
    return None
