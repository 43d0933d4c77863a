"""How each account kept its rhythm: how often, how regularly, how punctually, what share sold."""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from runner.durations import LATE_FROM, apart
from runner.ledger import Key
from runner.report.measured_post import MeasuredPost
from runner.report.period import Period
from runner.value import Value


class Missed(Value, kw_only=True):
    """What was due and never went out."""

    key: Key
    due: datetime


class PromotionBound(Value, kw_only=True):
    """How much of what an account says may be promotion: in percent, of its last posts."""

    at_most: int
    of_last: int


class AccountRhythm(Value, kw_only=True):
    """The rhythm of one account in a period."""

    account: str
    posts: int
    per_day: float
    silent_days: int
    longest_silence: timedelta
    """Between two of its posts; nothing where there are none."""
    timed: int
    """Posts whose time is known, of which `on_time` were on time."""
    on_time: int
    latest: MeasuredPost | None
    missed: tuple[Missed, ...]
    promotional: int
    judged: int
    """Posts of which the files tell whether they are promotion."""
    passed: int
    """Posts with which the bound of promotion was passed."""


def rhythms(
    posts: Sequence[MeasuredPost],
    missed: Iterable[Missed],
    accounts: Iterable[str],
    period: Period,
    bound: PromotionBound,
) -> tuple[AccountRhythm, ...]:
    """The rhythm of each of these accounts in the period."""
    missed = tuple(missed)
    return tuple(
        _rhythm(
            account,
            sorted(
                (post for post in posts if post.account == account),
                key=lambda post: post.at.timestamp(),
            ),
            tuple(each for each in missed if each.key.account == account),
            period,
            bound,
        )
        for account in accounts
    )


def _rhythm(
    account: str,
    posts: Sequence[MeasuredPost],
    missed: tuple[Missed, ...],
    period: Period,
    bound: PromotionBound,
) -> AccountRhythm:
    timed = [(post.late, post) for post in posts if post.late is not None]
    latest = max(timed, key=lambda each: each[0], default=None)
    promotion = [post.is_promotional for post in posts if post.is_promotional is not None]
    gaps = (apart(before.at, after.at) for before, after in pairwise(posts))
    return AccountRhythm(
        account=account,
        posts=len(posts),
        per_day=len(posts) / period.days,
        silent_days=period.days - len({post.at.date() for post in posts}),
        longest_silence=max(gaps, default=timedelta(0)),
        timed=len(timed),
        on_time=sum(late < LATE_FROM for late, _ in timed),
        latest=latest[1] if latest and latest[0] >= LATE_FROM else None,
        missed=missed,
        promotional=sum(promotion),
        judged=len(promotion),
        passed=_excess_count(promotion, bound),
    )


def _excess_count(promotional: Iterable[bool], bound: PromotionBound) -> int:
    """How many posts made the share of the last ones too large."""
    last: deque[bool] = deque(maxlen=bound.of_last)
    found = 0
    for each in promotional:
        last.append(each)
        is_too_large = 100 * sum(last) > bound.at_most * len(last)
        found += each and len(last) == bound.of_last and is_too_large
    return found
