"""The order of a campaign's anchors: what begins before it ends, and not too long before."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from runner.models import Campaign, CampaignFile
from runner.problems import InvalidValue, Message, Problem
from runner.schedule.anchors import Anchors
from runner.schedule.moments import Anchor, Broken

LONGEST = 366
"""Days of a rhythm, from its first to its last."""
LEAST_BEFORE_DRAW = timedelta(hours=18)
"""The list of entries is fixed soon after the end, and lies open for half a day before the draw."""
PAIRS = (
    ("starts", "ends", "ends-before-start"),
    ("opens", "ends", "ends-before-start"),
    ("launches", "ends", "ends-before-start"),
    ("opens", "closes", "closes-before-opens"),
    ("closes", "drawn", "drawn-before-closes"),
    ("drawn", "claim-by", "claim-by-before-drawn"),
)
PROVEN = (("draws", "drawn", "drawn-before-draws"),)
"""Of a draw that anyone can check: before that its round has not come."""


def span(campaign: Campaign, anchors: Anchors) -> tuple[Anchor, Anchor]:
    """The anchors from which and to which a rhythm runs. Raises Awaited, Broken, or InvalidValue
    without start."""
    opening = "starts" if campaign.starts else campaign.opening_anchor
    if opening not in campaign.anchors:
        raise InvalidValue(
            "missing-start",
            "what recurs needs a first day, and the campaign has no `starts`",
            "add it to the campaign: `starts: 2026-12-01`",
        )
    start, end = anchors.value(opening), anchors.value("ends")
    if anchors.edge("ends") <= anchors.edge(opening) or _days(start, end) > LONGEST:
        raise Broken
    return start, end


def order_problems(file: CampaignFile, anchors: Anchors) -> Iterator[Problem]:
    """What ends before it begins, and a rhythm that lasts too long."""
    is_proven = file.draw is not None and file.draw.proof is not None
    for first, second, rule in PAIRS + PROVEN if is_proven else PAIRS:
        if {first, second} <= anchors.found.keys() and anchors.edge(second) <= anchors.edge(first):
            later, earlier = _anchor_text(second, anchors), _anchor_text(first, anchors)
            help = f"move one of the two, so that `{first}` comes first"
            message = Message(rule, f"{later} is not after {earlier}", help)
            yield message.at(anchors.where(second))
            return
    yield from _drawn_too_soon(anchors)
    yield from _too_long(file.campaign, anchors)


def _drawn_too_soon(anchors: Anchors) -> Iterator[Problem]:
    """A draw that leaves no time between the list of entries and the round that decides."""
    if not {"closes", "draws"} <= anchors.found.keys():
        return
    if anchors.edge("draws") - anchors.edge("closes") < LEAST_BEFORE_DRAW:
        later, earlier = _anchor_text("draws", anchors), _anchor_text("closes", anchors)
        text = f"{later} is less than 18 hours after {earlier}"
        message = Message("draws-too-soon", text, "write `closes + 2d`")
        yield message.at(anchors.where("draws"))


def _too_long(campaign: Campaign, anchors: Anchors) -> Iterator[Problem]:
    opening = "starts" if campaign.starts else campaign.opening_anchor
    if not {opening, "ends"} <= anchors.found.keys():
        return
    days = _days(anchors.found[opening], anchors.found["ends"])
    recurring = [name for name, post in campaign.posts.items() if post.every]
    if recurring and days > LONGEST:
        yield Problem(
            rule="too-long-rhythm",
            message=f"`{recurring[0]}` recurs for {days} days; {LONGEST} is the most",
            place=anchors.where("ends"),
            help="end it sooner, and go on in a new file next year",
        )


def _days(start: Anchor, end: Anchor) -> int:
    first, last = (value.date() if isinstance(value, datetime) else value for value in (start, end))
    return (last - first).days


def _anchor_text(name: str, anchors: Anchors) -> str:
    value = anchors.found[name]
    return (
        f"`{name}` ({value:%Y-%m-%d %H:%M})"
        if isinstance(value, datetime)
        else f"`{name}` ({value})"
    )
