"""When to look on X for a post in doubt, and when not seeing it means that it is not there.

X promises no instant from which a reader sees what a writer sent, so the spans are generous.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from runner.ledger import Standing
from runner.reconcile.matching import LOOKS_BACK, frozen, is_of_its_time, is_since
from runner.reconcile.timeline_post import TimelinePost

READS_APART: Final = timedelta(seconds=60)
"""The time between the two reads that tell absence."""
ABSENT_AFTER: Final = timedelta(minutes=5)
"""From the last instant at which it could be sent to the read that tells absence."""
_LOOK_AFTER: Final = timedelta(seconds=90)
"""From the last instant at which it could be sent to the first look: 30 s for the request."""


def look_from(standing: Standing) -> datetime:
    """The moment from which on the timeline has to be read to settle a standing that is in
    doubt."""
    return standing.suspects(standing.next_part)[0].at - LOOKS_BACK


def look_at(standing: Standing) -> datetime:
    """The earliest moment at which a doubt may be looked into: before that its request may still be
    under way."""
    return _sent_by(standing) + _LOOK_AFTER


def may_look(standing: Standing, now: datetime) -> bool:
    return now >= look_at(standing)


def tells_absence(standing: Standing, read: datetime) -> bool:
    """Whether a timeline that was read then, and does not show it, says that it is not out."""
    return read >= _sent_by(standing) + ABSENT_AFTER


def unexplained_posts(
    standing: Standing,
    timeline: Iterable[TimelinePost],
    *,
    known: Collection[str],
    taken: Collection[str],
) -> tuple[TimelinePost, ...]:
    """The posts from about the time of an open attempt, and later ones that were edited, which
    neither the ledger (`known`) nor a match (`taken`) explains: one of them may be it, after
    somebody has edited it. X may take its time to make a post of a request.

    Of a repost the ledger knows the id of the post that is shared.
    """
    attempts = standing.open(standing.next_part)
    explained = {*known, *taken}
    return tuple(
        one
        for one in timeline
        if any(
            is_of_its_time(attempt, one) or (one.earlier and is_since(attempt, one))
            for attempt in attempts
        )
        and explained.isdisjoint({*one.ids, one.repost_of})
    )


def is_fenced_by_x(standing: Standing) -> bool:
    """Whether X itself would refuse a second copy: it compares texts, and a repost is idempotent.

    Pictures and polls without a word have no such fence.
    """
    part = standing.next_part
    attempts = standing.suspects(part)
    contents = [frozen(standing, attempt, part) for attempt in attempts]
    return all(content.repost or content.text.strip() for content in contents)


def _sent_by(standing: Standing) -> datetime:
    return standing.suspects(standing.next_part)[-1].send_by
