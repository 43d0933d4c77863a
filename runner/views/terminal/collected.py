"""What was collected of a contest: numbers, and never who."""

from typing import Final

from runner.contest.collecting import Collected
from runner.contest.eligibility import Entrants
from runner.prices import PRICES
from runner.views.phrases import count, usd

_GAP: Final = """\
  Entries may be missing from after {:%Y-%m-%d %H:%M} UTC: X shows no more than 800 mentions at a
  time. Collect more often."""


def collected_as_text(contest: str, found: Collected, judged: Entrants) -> str:
    """How many there are, how many do not count and why, and whether all were seen."""
    cost = usd(found.read * PRICES["read-owned"])
    new = len(found.reading.seen)
    lines = [
        f"{contest}: {count(found.read, 'post')} read, {new} of them new ({cost}).",
        f"  {count(len(judged.entries), 'person has', 'people have')} entered so far.",
        *(f"  {number} × {why}" for why, number in sorted(judged.excluded.items())),
        *(_GAP.format(gap.since) for gap in found.readings.gaps),
    ]
    if not found.readings.gaps:
        lines.append(f"  X showed all since {found.readings.readings[0].since:%Y-%m-%d %H:%M} UTC.")
    return "\n".join(lines)
