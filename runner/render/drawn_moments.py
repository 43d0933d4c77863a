"""Which moments of a campaign come of a draw, so that no text may depend on them."""

from datetime import UTC, date, datetime
from typing import Final

from runner.models import Campaign
from runner.render.request import RenderRequest
from runner.templating.values import OpaqueMoment

_SOME_MOMENT: Final = datetime(2028, 9, 27, 22, 58, tzinfo=UTC)
"""Of those that are not known yet: a Wednesday in September, which is long in most languages."""


def comes_of_a_draw(name: str, campaign: Campaign) -> bool:
    """Whether an anchor is `drawn`, or stands on it."""
    if None not in campaign.own_anchors.values():
        return False
    known = campaign.anchors
    passed: list[str] = []
    while name in known and name not in passed:
        if (when := known[name]) is None:
            return True
        passed.append(name)
        name = when.anchor or ""
    return False


def opaque(name: str, moment: date | None, request: RenderRequest) -> OpaqueMoment:
    """A moment that no template may look at; None where it is not known yet."""
    some = _SOME_MOMENT.astimezone(request.zone)
    return OpaqueMoment(name, some if moment is None else moment, known=moment is not None)


def opaque_due(request: RenderRequest) -> OpaqueMoment | None:
    """When a post is due, where that comes of a draw: before it is held, and after."""
    campaign, post = request.file.campaign, request.post
    stands_on = (post.at.anchor or "",) if post.at else ("starts", campaign.opening_anchor, "ends")
    if not any(comes_of_a_draw(name, campaign) for name in stands_on):
        return None
    due = request.occurrence.due.astimezone(request.zone)
    return opaque("at", None if request.occurrence.awaits else due, request)
