"""When the time of a supplement ends: one that came later would end the proof of its draw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from runner.ledger import Facts
from runner.schedule import Anchor, Occurrence
from runner.schedule.rounds import QUICKNET_CLOCK, latest_supplement, round_of_draw
from runner.x_facts import instant

TOO_LATE: Final = "a supplement is closed six hours before the round, or not at all"
_TO_SEND: Final = timedelta(minutes=5)
"""Between the last moment at which it is sent and the last that X may say."""


def is_supplement(occurrence: Occurrence) -> bool:
    """Whether it closes the supplement of a list that decides a draw."""
    contest = occurrence.campaign.contest
    return (
        contest is not None and contest.has_key and occurrence.key.post == contest.supplement_post
    )


def tells_its_time(occurrence: Occurrence) -> bool:
    """Whether it closes a list of which there is a supplement: when it went out says until when."""
    contest, posts = occurrence.campaign.contest, occurrence.campaign.posts
    return (
        contest is not None
        and contest.supplement_post in posts
        and occurrence.key.post == contest.closing_post
    )


def before_its_round(
    occurrence: Occurrence, anchors: Mapping[str, Anchor], facts: Facts
) -> Occurrence:
    """The same occurrence; that of a supplement has a grace that ends in time for the round to
    which the closing post has led."""
    contest, draws = occurrence.campaign.contest, anchors.get("draws")
    if contest is None or not is_supplement(occurrence):
        return occurrence
    closing = facts.standings.get(replace(occurrence.key, post=contest.closing_post))
    if closing is None or not closing.posted or not isinstance(draws, datetime):
        return occurrence
    closed = instant(closing.posted[0].id)
    decides = round_of_draw(QUICKNET_CLOCK, int(draws.timestamp()), closed)
    if decides is None:
        return occurrence  # nothing is proven any more
    ends = latest_supplement(QUICKNET_CLOCK.instant(decides.number)) - _TO_SEND
    until = min(occurrence.until, ends.astimezone(occurrence.zone), key=datetime.timestamp)
    return replace(occurrence, until=until)
