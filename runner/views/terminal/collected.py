"""What was collected of a contest: numbers, and never who."""

from collections.abc import Collection, Iterator
from datetime import UTC
from typing import Final

from runner.contest.collecting_run import Collected
from runner.contest.eligibility import Entrants
from runner.value import Value
from runner.views.phrases import count, usd

_UNCOUNTED: Final = {
    "mention": "X tells nobody how many mentions there are.",
    "hashtag": "X tells nobody how many posts carry a hashtag.",
}
_GAP: Final = """\
  Entries may be missing from {since} until {until} UTC: X did not show that time any more. Collect
  more often. No list is made past it unless the contest's file says, below `entry`:
    accept-missing: {{"{since}": why they are left out}}"""

_LEFT_OUT: Final = (
    "  Entries from {since} until {until} UTC are left out, as the contest's file says."
)


class CollectedContest(Value, kw_only=True):
    """What is told of a contest beside its readings: its id, how people enter, and the gaps that
    its file accepts."""

    id: str
    how: str
    accepts: Collection[str]
    """Times from which entries are missing and left out, by its file."""


def collected_as_text(contest: CollectedContest, found: Collected, judged: Entrants) -> str:
    """How many there are, how many do not count and why, and whether all were seen."""
    return "\n".join(_lines(contest, found, judged))


def _lines(contest: CollectedContest, found: Collected, judged: Entrants) -> Iterator[str]:
    if found.is_complete and not found.read:
        yield f"{contest.id}: all is read; nothing more is collected."
    else:
        yield (
            f"{contest.id}: {count(found.read, 'post')} read, {found.new} of them new "
            f"({usd(found.usd)})."
        )
    yield f"  {count(len(judged.entries), 'person has', 'people have')} entered so far."
    yield from (f"  {number} × {why}" for why, number in sorted(judged.excluded.items()))
    yield from _coverage(contest, found)


def _coverage(contest: CollectedContest, found: Collected) -> Iterator[str]:
    """What X counts against what was seen, and of which time nothing may have been seen."""
    readings, how = found.readings, contest.how
    if readings.counted is not None:
        kind = ("reply", "replies") if how == "reply" else ("repost",)
        counted = count(readings.counted, *kind)
        yield f"  X counts {counted}; {count(readings.seen_count, 'was', 'were')} seen."
    elif how in _UNCOUNTED:
        yield f"  {_UNCOUNTED[how]} {count(readings.seen_count, 'was', 'were')} seen."
    for gap in readings.gaps:
        told = _LEFT_OUT if gap.minute in contest.accepts else _GAP
        yield told.format(since=gap.minute, until=f"{gap.until.astimezone(UTC):%Y-%m-%d %H:%M}")
    if readings.is_walking:
        yield "  Not all is read yet: the next run goes on where this one ended."
    elif not readings.gaps:
        yield "  All was read that X shows since the contest has opened."
