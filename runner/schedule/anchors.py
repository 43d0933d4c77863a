"""The anchors of a campaign: its named moments, each an instant or a whole day."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import NoReturn
from zoneinfo import ZoneInfo

from runner.models import REDRAWN, WEEKDAYS, CampaignFile, anchor_of_redraw, redraw_of
from runner.problems import InvalidValue, Place, Problem, Suggestion
from runner.schedule.moments import (
    DAY,
    Anchor,
    Awaited,
    Broken,
    Clocks,
    begin,
    instant,
    instant_or_day,
    known_names,
    last_instant,
)
from runner.when import When

DAYS = frozenset({"starts", "ends"})
"""Anchors that may be whole days."""
CLOSES, DRAWS, DRAWN, CLAIM_BY = "closes", "draws", "drawn", "claim-by"
ENDS = frozenset({CLOSES, "offer-ends"})
"""Anchors with which something ends."""
RELATIVE = frozenset(
    {
        *("now", "today", "tonight", "tomorrow", "asap", "next", "soon"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *WEEKDAYS,
    }
)
"""What people write as if the file were read on the day on which they write it."""
_GLUED = re.compile(r"(?P<anchor>.+)-(?P<count>[0-9]+)(?P<unit>[mhdw])")


def is_of_results(anchor: str | None) -> bool:
    """Whether it is known only once the results of a contest are merged."""
    return anchor == DRAWN or redraw_of(anchor) is not None


def is_redrawn_since(anchors: Mapping[str, Anchor], at: datetime) -> bool:
    """Whether somebody else has won since a moment at which a contest was drawn already."""
    drawn = anchors.get(DRAWN)
    redrawn = (value for name, value in anchors.items() if redraw_of(name))
    return isinstance(drawn, datetime) and any(
        isinstance(value, datetime) and drawn <= at < value for value in redrawn
    )


class Anchors:
    """Reads the anchors of one campaign, each once. They may stand on one another."""

    def __init__(self, file: CampaignFile, clocks: Iterable[Clocks]) -> None:
        self._file = file
        self._clocks = tuple(clocks)
        self._of_results = _anchors_of_results(file)
        self._written = {**file.campaign.anchors, **self._of_results}
        self._found: dict[str, Anchor] = {}
        self._waiting: dict[str, str] = {}
        self._broken: set[str] = set()
        self._path: list[str] = []
        self._problems: list[Problem] = []
        for name in self._written:
            try:
                self.value(name)
            except (Awaited, Broken):
                continue

    @property
    def found(self) -> Mapping[str, Anchor]:
        return MappingProxyType(self._found)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def value(self, name: str) -> Anchor:
        """The instant of an anchor. Raises Awaited when it is not known yet, Broken when a problem
        says already that it has none, InvalidValue when nobody gave it."""
        if name in self._found:
            return self._found[name]
        if name in self._waiting:
            raise Awaited(self._waiting[name])
        if name in self._broken:
            raise Broken
        if name not in self._written:
            raise InvalidValue("unknown-anchor", f"there is no anchor `{name}`", self._help(name))
        if name in self._path:
            self._report(self._cycle(name), name)
        when = self._written[name]
        if when is None:
            self._waiting[name] = name
            raise Awaited(name)
        return self._resolve(name, when)

    def where(self, name: str) -> Place:
        """Where an anchor is written."""
        if is_of_results(name) or name in self._of_results:
            number = redraw_of(name)
            results = self._file.beside(f"results/{self._file.id}.yaml")
            return Place(path=results, route=(REDRAWN, number - 1) if number else (name,))
        route = ("offer", "until") if name == "offer-ends" else (name,)
        return Place(path=self._file.path, route=route)

    def edge(self, name: str) -> datetime:
        """The instant, in UTC, of an anchor, or where its whole day begins; of `ends`, where it is
        over."""
        value = self._found[name]
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return begin(value + DAY if name == "ends" else value, self._clocks[0].zone)

    def _resolve(self, name: str, when: When) -> Anchor:
        self._path.append(name)
        try:
            found = self._anchor_at(name, when)
        except InvalidValue as invalid:
            self._report(invalid, name)
        except Awaited as awaited:
            self._waiting[name] = awaited.anchor
            raise
        except Broken:
            self._broken.add(name)
            raise
        finally:
            self._path.pop()
        self._found[name] = found
        return found

    def _anchor_at(self, name: str, when: When) -> Anchor:
        read = instant_or_day if name in DAYS else last_instant if name in ENDS else instant
        if when.slot is None:
            return read(when, self.value, self._clocks[0])
        by_account = {clocks.account: read(when, self.value, clocks) for clocks in self._clocks}
        if len({_order(value) for value in by_account.values()}) > 1:
            zone = self._clocks[0].zone
            times = " or ".join(
                f"`{_clock(value, zone)}` as on {account}"
                for account, value in sorted(by_account.items())
            )
            raise InvalidValue(
                "ambiguous-slot",
                f"`{when.slot}` is not the same moment on {' and '.join(sorted(by_account))}",
                f"write the time of day in its place, in the campaign's zone: {times}",
            )
        return by_account[self._clocks[0].account]

    def _report(self, invalid: InvalidValue, name: str) -> NoReturn:
        self._problems.append(invalid.message.at(self.where(name)))
        self._broken.add(name)
        raise Broken from invalid

    def _cycle(self, name: str) -> InvalidValue:
        cycle = [*self._path[self._path.index(name) :], name]
        return InvalidValue(
            "anchor-cycle",
            f"{' → '.join(f'`{step}`' for step in cycle)}: these anchors wait for each other",
            "give one of them a date",
        )

    def _help(self, name: str) -> str | Suggestion:
        glued = _GLUED.fullmatch(name)
        if glued and glued["anchor"] in self._written:
            return Suggestion(f"{glued['anchor']} - {glued['count']}{glued['unit']}")
        if any(name in clocks.slots for clocks in self._clocks):
            return f"`{name}` is a slot; begin with a date or an anchor: `2026-12-01 {name}`"
        if name in RELATIVE:
            return "a file says the same on every day: write the date, `2026-12-01 10:00`"
        if name in self._file.campaign.posts:
            return f"`{name}` is a post; stand on what it stands on, or write a date"
        return known_names(name, self._written) or "begin with a date: `2026-12-01 10:00`"


def _anchors_of_results(file: CampaignFile) -> Mapping[str, When | None]:
    """The anchors of a contest that its results give, or give anew."""
    if DRAWN not in file.campaign.anchors or file.draw is None:
        return {}
    draw = file.draw
    redrawn = {anchor_of_redraw(n): at for n, at in enumerate(draw.redrawn, start=1)}
    moved = {CLAIM_BY: draw.claim_by} if draw.claim_by else {}
    return {DRAWN: draw.drawn, **moved, **redrawn}


def _order(value: Anchor) -> date | float:
    return value.timestamp() if isinstance(value, datetime) else value


def _clock(value: Anchor, zone: ZoneInfo) -> str:
    """The time of day of an instant in a zone; a whole day begins at midnight."""
    return f"{value.astimezone(zone):%H:%M}" if isinstance(value, datetime) else "00:00"
