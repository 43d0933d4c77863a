"""A better hour for a slot, by how many people saw posts in their first 48 hours.

What an hour did is drawn nearer to the mean of all hours the fewer posts it rests on, and the less
hours differ beyond chance (R. DerSimonian and N. Laird, Meta-analysis in clinical trials, 1986).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from statistics import fmean, variance
from typing import Final

from scipy.special import ndtri

from runner.report.comparing import FALSE_FINDINGS, FEWEST, Interval, stratum
from runner.report.measured_post import MeasuredPost
from runner.value import Value, replace

REACH: Final = 3
"""Hours that a slot is moved at the most, so that a morning stays one."""


class HourReach(Value, kw_only=True):
    """What posts of one hour of the day reached, beside all of the account and month: logarithms.
    `at` is when most of them went out."""

    hour: int
    at: time
    posts: int
    mean: float
    error: float
    """Of the mean."""


class SlotProposal(Value, kw_only=True):
    """A slot, and another time for it; None where none is surely better."""

    account: str
    slot: str
    now: time
    posts: int
    """Those at the hour of the slot that have numbers."""
    is_used: bool = True
    """Whether the account posts then, as far as can be told: the key of a post that does not recur
    says nothing of a slot."""
    better: HourReach | None = None
    gain: Interval | None = None
    """How many times as many would see a post then."""
    is_told: bool = True
    """Whether there are enough posts to tell anything."""


def slot_proposals(
    posts: Sequence[MeasuredPost], slots: Mapping[str, Mapping[str, time]]
) -> tuple[SlotProposal, ...]:
    """For each slot of each account, by account."""
    return tuple(
        proposal
        for account, times in slots.items()
        for proposal in _of_account(
            account, [post for post in posts if post.account == account], times
        )
    )


def _of_account(
    account: str, posts: Sequence[MeasuredPost], slots: Mapping[str, time]
) -> Iterable[SlotProposal]:
    hours = {each.hour: each for each in shrunk(hours_of(posts))}
    taken = {at.hour for at in slots.values()}
    counts = Counter(post.at.hour for post in posts if post.early)
    used = {post.slot for post in posts}
    for slot, now in slots.items():
        here = hours.get(now.hour)
        others = [
            each
            for hour, each in hours.items()
            if abs(hour - now.hour) <= REACH and hour not in taken
        ]
        nothing = SlotProposal(
            account=account,
            slot=slot,
            now=now,
            posts=counts[now.hour],
            is_used=here is not None or slot in used,
            is_told=False,
        )
        if here is None or not others:
            yield nothing
            continue
        best = max(others, key=lambda each: each.mean)
        gain = _gain(here, best, among=len(others))
        found = (best, gain) if gain.low > 1 else (None, None)
        yield replace(nothing, better=found[0], gain=found[1], is_told=True)


def _gain(here: HourReach, there: HourReach, *, among: int) -> Interval:
    """The best of several may be so by chance: each is asked for as much less of it."""
    wide = float(ndtri(1 - FALSE_FINDINGS / among / 2)) * math.hypot(here.error, there.error)
    effect = there.mean - here.mean
    low, value, high = (math.exp(each) for each in (effect - wide, effect, effect + wide))
    return Interval(value=value, low=low, high=high)


def hours_of(posts: Iterable[MeasuredPost]) -> tuple[HourReach, ...]:
    """The hours at which enough posts went out, with what these reached."""
    seen = [(post, math.log(post.early.impressions + 1)) for post in posts if post.early]
    of_stratum: dict[object, list[float]] = defaultdict(list)
    for post, reach in seen:
        of_stratum[stratum(post)].append(reach)
    usual = {each: fmean(reaches) for each, reaches in of_stratum.items()}
    by_hour: dict[int, list[tuple[time, float]]] = defaultdict(list)
    for post, reach in seen:
        at = post.at.time().replace(second=0, microsecond=0)
        by_hour[at.hour].append((at, reach - usual[stratum(post)]))
    return tuple(
        _hour(hour, by_hour[hour]) for hour in sorted(by_hour) if len(by_hour[hour]) >= FEWEST
    )


def _hour(hour: int, found: Sequence[tuple[time, float]]) -> HourReach:
    reaches = [reach for _, reach in found]
    ((most, _),) = Counter(at for at, _ in found).most_common(1)
    error = math.sqrt(variance(reaches) / len(reaches))
    return HourReach(hour=hour, at=most, posts=len(found), mean=fmean(reaches), error=error)


def shrunk(hours: Sequence[HourReach]) -> tuple[HourReach, ...]:
    """The hours, each nearer to the mean of all."""
    if len(hours) < 2 or any(each.error == 0 for each in hours):
        return ()
    weights = [each.error**-2 for each in hours]
    whole = sum(weights)
    mean = sum(w * each.mean for w, each in zip(weights, hours, strict=True)) / whole
    beyond = sum(w * (each.mean - mean) ** 2 for w, each in zip(weights, hours, strict=True))
    scale = whole - sum(w**2 for w in weights) / whole
    between = max((beyond - (len(hours) - 1)) / scale, 0.0)
    return tuple(_drawn_near(each, mean, between) for each in hours)


def _drawn_near(hour: HourReach, mean: float, between: float) -> HourReach:
    kept = between / (between + hour.error**2)
    return HourReach(
        hour=hour.hour,
        at=hour.at,
        posts=hour.posts,
        mean=mean + kept * (hour.mean - mean),
        error=hour.error * math.sqrt(kept) if kept else hour.error,
    )
