"""The rule of standard texts: each is sent while what it says is true."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from runner.models import locales_for
from runner.rules.context import Proof, RuleContext
from runner.rules.places import as_local, time_place
from runner.rules.rule import Breach, rule
from runner.schedule import Anchor
from runner.value import Value


class TruthWindow(Value):
    """From when and until when a text is true; None where there is no bound. The names say what
    the bounds are: `closes`."""

    start: datetime | None = None
    end: datetime | None = None
    start_name: str = ""
    end_name: str = ""


Windows = Callable[[Mapping[str, Anchor]], TruthWindow | None]
"""The window of a text, from the anchors of its campaign; None where they are not known."""


def between(start: str | None = None, end: str | None = None) -> Windows:
    """The windows of a text that is true from one anchor on, and before another."""

    def window(anchors: Mapping[str, Anchor]) -> TruthWindow | None:
        first, last = _moment(anchors, start), _moment(anchors, end)
        if first is None and last is None:
            return None
        return TruthWindow(first, last, start or "", end or "")

    return window


def _moment(anchors: Mapping[str, Anchor], name: str | None) -> datetime | None:
    found = anchors.get(name) if name else None
    return found if isinstance(found, datetime) else None


def _middle(anchors: Mapping[str, Anchor]) -> TruthWindow | None:
    """The middle half of a contest."""
    opens, closes = _moment(anchors, "opens"), _moment(anchors, "closes")
    if opens is None or closes is None:
        return None
    quarter = (closes - opens) / 4
    return TruthWindow(
        opens + quarter, closes - quarter, "a quarter of its time", "three quarters of its time"
    )


def _last_day(anchors: Mapping[str, Anchor]) -> TruthWindow | None:
    """The day on which an offer ends; at midnight that is the day before."""
    ends = _moment(anchors, "offer-ends")
    if ends is None:
        return between("launches")(anchors)
    day = (ends - timedelta(microseconds=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return TruthWindow(day, ends, "the day on which the offer ends", "offer-ends")


def _after_the_draw(anchors: Mapping[str, Anchor]) -> TruthWindow | None:
    return between("drawn")(anchors) or between("closes")(anchors)


WINDOWS: Final[Mapping[str, Windows]] = MappingProxyType(
    {
        "contest/announce": between("opens", "closes"),
        "contest/halfway": _middle,
        "contest/reminder": between("opens", "closes"),
        "contest/last-call": between("opens", "closes"),
        "contest/closed": between("closes"),
        "contest/winners": _after_the_draw,
        "contest/redrawn": between("redrawn"),
        "contest/thanks": _after_the_draw,
        "launch/teaser": between(None, "launches"),
        "launch/launch": between("launches", "offer-ends"),
        "launch/reminder": between("launches", "offer-ends"),
        "launch/last-day": _last_day,
        "launch/thanks": between("launches"),
    }
)
"""By the name of the standard template. What is not here is true at any time."""


@rule("standard-moment", of_one_post=True)
def standard_moment(context: RuleContext) -> Iterator[Breach]:
    """A standard text goes out while what it says is true.

    A teaser says “coming soon”, so it comes before the launch; a last call comes before the contest
    closes, and `halfway` in the middle half of it. `last-day` says “only until 8 PM today”, so it
    comes on that day.

    Move the post between the moments that the problem names, or write a `text` that is true then.
    """
    for proof in context.proofs:
        if finding := untrue(proof, context):
            yield finding


def untrue(proof: Proof, context: RuleContext) -> Breach | None:
    """What is wrong with a standard text at its time."""
    name = _standard(proof)
    made = WINDOWS.get(name or "")
    if name is None or made is None or _is_replaced(name, proof, context):
        return None
    window = made(_local(proof, context))
    return _outside(proof, name, window) if window else None


def _local(proof: Proof, context: RuleContext) -> Mapping[str, Anchor]:
    """The campaign's anchors in the zone of those who read the post."""
    zone = context.project.zone_of(proof.account)
    return {
        name: anchor.astimezone(zone) if isinstance(anchor, datetime) else anchor
        for name, anchor in context.anchors_of(proof.file).items()
    }


def _standard(proof: Proof) -> str | None:
    """The name of the standard template of a post that says nothing itself."""
    post = proof.declared
    if post.text is not None or post.thread is not None or post.repost is not None:
        return None
    return post.template or f"{proof.file.campaign.kind}/{proof.occurrence.key.post}"


def _is_replaced(name: str, proof: Proof, context: RuleContext) -> bool:
    """Whether the project has put a text of its own in the place of a standard one."""
    ways = {f"{name}.{each}.j2" for each in locales_for(proof.post.locale)} | {f"{name}.j2"}
    return not ways.isdisjoint(context.own_templates)


def _outside(proof: Proof, name: str, window: TruthWindow) -> Breach | None:
    occurrence = proof.occurrence
    if occurrence.awaits:
        return None
    due = occurrence.due.timestamp()
    early = window.start is not None and due < window.start.timestamp()
    late = window.end is not None and due >= window.end.timestamp()
    if not early and not late:
        return None
    if window.start and window.end and window.start >= window.end:
        return None  # the anchors are turned around, which is told where they stand
    bounds = []
    if window.start:
        start = window.start.astimezone(occurrence.zone)
        bounds.append(f"from {as_local(start)} ({_name_of(window.start_name)})")
    if window.end:
        end = window.end.astimezone(occurrence.zone)
        bounds.append(f"before {as_local(end)} ({_name_of(window.end_name)})")
    return standard_moment.breach(
        text=f"the standard text `{name}` is not true at {as_local(occurrence.due)}, when "
        f"`{occurrence.key.post}` is due",
        place=time_place(occurrence),
        help=f"move it: {' and '.join(bounds)}; or write a `text` of its own",
        about=(occurrence,),
        alike=name,
    )


def _name_of(name: str) -> str:
    return f"`{name}`" if " " not in name else name
