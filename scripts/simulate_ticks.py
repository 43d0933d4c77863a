"""How late posts are on GitHub's schedule, by how often it is asked to tick and how long runs stay.

`python scripts/simulate_ticks.py` prints the table of docs/how-to/be-on-time.md. GitHub's ticks are
modelled on what was measured in public in autumn 2026: all ticks of a burst run, and between bursts
none does. Eight hourly schedules in September: 725 of 3,127 ticks ran.
"""

import math
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

DAYS = 365
DAY = 24 * 60
POSTS = (9 * 60, 13 * 60, 18 * 60 + 30)
"""When posts are due, in minutes of the day."""
GAPS = (236, 157, 91, 239, 266, 250, 187, 231, 390)
"""Minutes without a tick: four seen between bursts in September, and five by which schedules were
late around the first of November."""
BURSTS = (35, 60)
"""How many minutes a burst was seen to last, at least and at most."""
START = 1
"""Minutes from a tick to the runner's first look."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is asked of GitHub, or of a clock outside of it. All in minutes."""

    name: str
    every: int
    wait: int
    outside: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """How late each post was, in minutes, and the minutes of GitHub's machines in 30 days."""

    late: Sequence[float]
    minutes: float

    def share(self, most: float) -> str:
        return f"{sum(each <= most for each in self.late) / len(self.late):.0%}"

    def missed(self, grace: int) -> str:
        return f"{sum(each > grace for each in self.late) / len(self.late):.1%}"


SETTINGS = (
    Setting(name="twice an hour, `--wait 10m` (as it comes)", every=30, wait=10),
    Setting(name="twice an hour, `--wait 2h`", every=30, wait=120),
    Setting(name="twice an hour, `--wait 5h30m`", every=30, wait=330),
    Setting(name="a clock outside, twice an hour, `--wait 30m`", every=30, wait=30, outside=True),
    Setting(name="a clock outside, each 10 minutes, `--wait 10m`", every=10, wait=10, outside=True),
)


def ticks(setting: Setting, chance: random.Random) -> Iterator[float]:
    """The minutes at which GitHub starts a run."""
    end = DAYS * DAY
    if setting.outside:
        yield from range(0, end, setting.every)
        return
    at = 0.0
    while at < end:
        stop = at + chance.uniform(*BURSTS)
        first = math.ceil(at / setting.every) * setting.every
        yield from (float(tick) for tick in range(first, math.ceil(stop), setting.every))
        at = stop + chance.choice(GAPS)


def simulate(setting: Setting, *, seed: int = 1) -> Found:
    """A year. One run posts at a time; of those that wait for it only the last one stays."""
    due = [float(day * DAY + minute) for day in range(DAYS) for minute in POSTS]
    late: list[float] = []
    minutes, free = 0.0, 0.0
    for tick in ticks(setting, random.Random(seed)):  # noqa: S311 — a model, no secret
        minutes += 1
        begin = max(tick + START, free)
        until = begin + setting.wait
        taken = due[len(late) : bisect_right(due, until)]
        if not taken or (tick + START < free and begin > tick + setting.wait):
            continue
        late += [max(begin - at, 0.0) for at in taken]
        free = max(begin, taken[-1]) + 1
        minutes += math.ceil(free - begin)
    return Found(late=late, minutes=minutes * 30 / DAYS)


def table() -> str:
    """As Markdown."""
    heads = ("what starts runs", "within 1 min", "within 1 h", "19 of 20 within")
    heads += ("missed, grace 4 h", "missed, grace 12 h", "minutes in 30 days")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for setting in SETTINGS:
        found = simulate(setting)
        slow = quantiles(found.late, n=20)[-1]
        cells = (
            setting.name,
            found.share(1),
            found.share(60),
            f"{slow:.0f} min",
            found.missed(240),
            found.missed(720),
            f"{found.minutes:,.0f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(), end="")
