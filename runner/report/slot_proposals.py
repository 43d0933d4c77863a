"""A better hour for a slot, by how many people saw posts in their first 48 hours.

What an hour did is drawn nearer to the mean of all hours the fewer posts it rests on, and the less
hours differ beyond chance (R. DerSimonian and N. Laird, Meta-analysis in clinical trials, 1986).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from datetime import time
from typing import Final

import numpy as np
from scipy.special import ndtri

from runner.report.comparing import FALSE_FINDINGS, FEWEST, Floats, Interval, stratum
from runner.report.measured_post import MeasuredPost
from runner.value import Value, field, replace

REACH: Final = 3
"""Hours that a slot is moved at the most, so that a morning stays one."""
_NO_SCATTER: Final = 1e-9
"""Where posts differ by less, they are all the same, and what is left is how floats are rounded."""


class HourReach(Value, kw_only=True):
    """What posts of one hour of the day reached, beside all of the account and month: logarithms.
    `at` is when most of them went out."""

    hour: int
    at: time
    posts: int
    mean: float
    error: float
    """Of the mean."""
    apart: Mapping[int, float] = field(default_factory=dict)
    """The error of the difference from each hour that it can be compared with. It may be more than
    both errors tell, where a third hour is all that the two have in common."""


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
    groups = [{each.hour: each for each in shrunk(group)} for group in hours_of(posts)]
    taken = {at.hour for at in slots.values()}
    counts = Counter(post.at.hour for post in posts if post.early)
    used = {post.slot for post in posts}
    for slot, now in slots.items():
        hours = next((group for group in groups if now.hour in group), {})
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
    error = max(math.hypot(here.error, there.error), here.apart[there.hour])
    wide = float(ndtri(1 - FALSE_FINDINGS / among / 2)) * error
    effect = there.mean - here.mean
    low, value, high = (math.exp(each) for each in (effect - wide, effect, effect + wide))
    return Interval(value=value, low=low, high=high)


def hours_of(posts: Iterable[MeasuredPost]) -> tuple[tuple[HourReach, ...], ...]:
    """The hours at which enough posts went out, with what these reached, in groups of those that
    can be compared: hours of one month, or those that were each beside a third one."""
    seen = [(post, math.log(post.early.impressions + 1)) for post in posts if post.early]
    counts = Counter(post.at.hour for post, _ in seen)
    seen = [(post, reach) for post, reach in seen if counts[post.at.hour] >= FEWEST]
    linked = _linked((post.at.hour, stratum(post)) for post, _ in seen)
    return tuple(
        _hours([(post, reach) for post, reach in seen if post.at.hour in group]) for group in linked
    )


def _linked(beside: Iterable[tuple[int, Hashable]]) -> Sequence[Set[int]]:
    """The hours that are in one stratum with each other, or with others that are."""
    of_stratum: dict[Hashable, set[int]] = defaultdict(set)
    for hour, where in beside:
        of_stratum[where].add(hour)
    groups: list[set[int]] = []
    for hours in of_stratum.values():
        met = [group for group in groups if group & hours]
        groups = [group for group in groups if not group & hours]
        groups.append(hours.union(*met))
    return groups


def _hours(seen: Sequence[tuple[MeasuredPost, float]]) -> tuple[HourReach, ...]:
    """A regression on hours and strata at once, so that no hour is told as better for what else
    went out in its months. Its errors are as posts scatter (HC3, MacKinnon and White 1985), and no
    less than if all scatter alike: the only post by which two months are compared lies on the line,
    however far from its kind, and shows no scatter of its own."""
    hours = sorted({post.at.hour for post, _ in seen})
    strata = list(dict.fromkeys(stratum(post) for post, _ in seen))
    columns = {each: place for place, each in enumerate((*hours, *strata))}
    design, rows = np.zeros((len(seen), len(columns))), range(len(seen))
    design[rows, [columns[post.at.hour] for post, _ in seen]] = 1
    design[rows, [columns[stratum(post)] for post, _ in seen]] = 1
    reaches, inverse = np.array([reach for _, reach in seen]), np.linalg.pinv(design.T @ design)
    effects = inverse @ design.T @ reaches
    leverage = np.minimum(((design @ inverse) * design).sum(axis=1), 0.99)
    errors = (reaches - design @ effects) / (1 - leverage)
    spread = inverse @ (design.T * errors**2) @ design @ inverse
    freedom = max(len(seen) - len(columns) + 1, 1)
    alike = inverse * (((reaches - design @ effects) ** 2).sum() / freedom)
    beside_all = np.eye(len(hours)) - design[:, : len(hours)].mean(axis=0)
    means = (beside_all @ effects[: len(hours)]).tolist()
    among = slice(len(hours)), slice(len(hours))
    both = [beside_all @ each[among] @ beside_all.T for each in (spread, alike)]
    own = np.maximum(*(np.diag(each) for each in both))
    apart = np.sqrt(np.maximum(*(_of_differences(each) for each in both))).tolist()
    return tuple(
        HourReach(
            hour=hour,
            at=_most_common(post.at.time() for post, _ in seen if post.at.hour == hour),
            posts=sum(post.at.hour == hour for post, _ in seen),
            mean=mean,
            error=math.sqrt(max(variance, 0)),
            apart=dict(zip(hours, others, strict=True)),
        )
        for hour, mean, variance, others in zip(hours, means, own.tolist(), apart, strict=True)
    )


def _of_differences(among: Floats) -> Floats:
    """The variance of the difference of each two, from how they vary with each other."""
    own = np.diag(among)
    return np.maximum(own[:, np.newaxis] + own - 2 * among, 0)


def _most_common(times: Iterable[time]) -> time:
    """The minute at which most went out."""
    ((most, _),) = Counter(at.replace(second=0, microsecond=0) for at in times).most_common(1)
    return most


def shrunk(hours: Sequence[HourReach]) -> tuple[HourReach, ...]:
    """The hours, each nearer to the mean of all."""
    if len(hours) < 2 or any(each.error < _NO_SCATTER for each in hours):
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
    return replace(
        hour,
        mean=mean + kept * (hour.mean - mean),
        error=hour.error * math.sqrt(kept) if kept else hour.error,
    )
