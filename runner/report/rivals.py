"""Rivals beside our own account: how each of them posts, and what that brings, in the same weeks.

What is compared is as alike as X lets it be: posts of the same weeks, when they are a week old, and
what people did with them for each follower of who posted them.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Final

from runner.measure import Window
from runner.models import Rival
from runner.report.comparing import GroupComparison, comparisons_of
from runner.report.measured_post import MeasuredPost
from runner.report.period import Period, monday_of
from runner.rivals import HOURS, RivalLook, WeekNumbers
from runner.value import Value

WEEK: Final = timedelta(days=7)
_THOUSAND: Final = 1000
_MOST_TAGS: Final = 5
MOST_BEST: Final = 5


class PostingHabits(Value, kw_only=True):
    """How somebody posts, over some weeks. Of what we post ourselves, replies, reposts, quotes and
    films are not told apart: they are 0."""

    posts: int
    days: float
    """That these are of."""
    originals: int
    quotes: int
    replies: int
    reposts: int
    pictures: int
    videos: int
    links: int
    hours: tuple[int, ...]
    """Posts by the hour of the day."""
    engagement: float | None
    """The median of what people did with a post."""
    per_thousand: float | None
    """The same for a thousand followers."""
    hashtags: tuple[str, ...]
    best: tuple[str, ...]
    """Ids of posts."""

    @property
    def per_day(self) -> float:
        return self.posts / self.days if self.days else 0.0


class RivalWeek(Value, kw_only=True):
    """What a rival and we did in one week."""

    monday: date
    theirs: PostingHabits
    ours: PostingHabits


class RivalReport(Value, kw_only=True):
    """A rival beside one of our accounts. The comparison is of theirs with ours."""

    rival: Rival
    account: str
    last: RivalLook | None
    """The last look at it, whenever that was."""
    weeks: tuple[RivalWeek, ...]
    theirs: PostingHabits
    ours: PostingHabits
    comparison: GroupComparison


class RivalMaterial(Value, kw_only=True):
    """What is known of a rival, and how many followed our account, by day."""

    rival: Rival
    account: str
    looks: tuple[RivalLook, ...]
    followers: Mapping[date, int]


class _SameWeek(Value, kw_only=True):
    """Numbers of one week, theirs and ours."""

    monday: date
    theirs: WeekNumbers
    ours: WeekNumbers


def rival_reports(
    materials: Sequence[RivalMaterial], posts: Sequence[MeasuredPost], period: Period
) -> tuple[RivalReport, ...]:
    """Each rival in those weeks that a period has whole."""
    by_week = _posts_by_week(posts)
    pairs = [tuple(_pairs(each, by_week, period)) for each in materials]
    comparisons = _comparisons(pairs)
    return tuple(
        RivalReport(
            rival=each.rival,
            account=each.account,
            last=each.looks[-1] if each.looks else None,
            weeks=tuple(
                RivalWeek(
                    monday=pair.monday,
                    theirs=habits_of([pair.theirs]),
                    ours=habits_of([pair.ours]),
                )
                for pair in weeks
            ),
            theirs=habits_of([pair.theirs for pair in weeks]),
            ours=habits_of([pair.ours for pair in weeks]),
            comparison=comparison,
        )
        for each, weeks, comparison in zip(materials, pairs, comparisons, strict=True)
    )


def habits_of(weeks: Sequence[WeekNumbers]) -> PostingHabits:
    """What these weeks come to together."""
    values = [value for week in weeks for value, n in week.engagements.items() for _ in range(n)]
    shares = [share for week in weeks for share in _per_follower(week)]
    tags: Counter[str] = Counter()
    for week in weeks:
        tags.update(week.hashtags)
    ranked = sorted(tags, key=lambda tag: (-tags[tag], tag))
    return PostingHabits(
        posts=sum(week.posts for week in weeks),
        days=sum(week.days for week in weeks),
        originals=sum(week.originals for week in weeks),
        quotes=sum(week.quotes for week in weeks),
        replies=sum(week.replies for week in weeks),
        reposts=sum(week.reposts for week in weeks),
        pictures=sum(week.pictures for week in weeks),
        videos=sum(week.videos for week in weeks),
        links=sum(week.links for week in weeks),
        hours=tuple(sum(week.hours[hour] for week in weeks) for hour in range(HOURS)),
        engagement=median(values) if values else None,
        per_thousand=_THOUSAND * median(shares) if shares else None,
        hashtags=tuple(ranked[:_MOST_TAGS]),
        best=_best(weeks),
    )


def _best(weeks: Sequence[WeekNumbers]) -> tuple[str, ...]:
    """The best of each week, the newest week first, then the second of each: how much each brought
    is kept of none."""
    newest = weeks[::-1]
    places = range(max((len(week.best) for week in weeks), default=0))
    ranked = [week.best[n] for n in places for week in newest if n < len(week.best)]
    return tuple(ranked[:MOST_BEST])


def _per_follower(week: WeekNumbers) -> Iterator[float]:
    if week.followers:
        for value, posts in week.engagements.items():
            yield from [value / week.followers] * posts


_PostsByWeek = Mapping[tuple[str, date], Sequence[MeasuredPost]]
"""By the account, and the Monday of the week in which they went out."""


def _posts_by_week(posts: Sequence[MeasuredPost]) -> _PostsByWeek:
    found: dict[tuple[str, date], list[MeasuredPost]] = defaultdict(list)
    for post in posts:
        found[post.account, monday_of(post.at.date())].append(post)
    return found


def _pairs(material: RivalMaterial, posts: _PostsByWeek, period: Period) -> Iterator[_SameWeek]:
    for look in material.looks:
        last = look.monday + WEEK - timedelta(days=1)
        if look.week and period.since <= look.monday and last <= period.until:
            inside = posts.get((material.account, look.monday), ())
            ours = _own_week(inside, _nearest(material.followers, last))
            yield _SameWeek(monday=look.monday, theirs=look.week, ours=ours)


def _own_week(posts: Sequence[MeasuredPost], followers: int | None) -> WeekNumbers:
    """Our own posts of a week, as those of rivals are told."""
    known = [each.numbers[Window.WEEK] for each in posts if _is_comparable(each)]
    done = Counter(each.replies + each.quotes + each.reposts + each.likes for each in known)
    hours = Counter(post.at.hour for post in posts)
    tags = Counter(tag for post in posts for tag in post.hashtags)
    return WeekNumbers(
        days=WEEK.days,
        followers=followers,
        originals=len(posts),
        pictures=sum(post.has_picture for post in posts),
        links=sum(post.has_link for post in posts),
        hours=tuple(hours[hour] for hour in range(HOURS)),
        engagements=done,
        hashtags={tag: n for tag, n in tags.items() if n > 1},
    )


def _is_comparable(post: MeasuredPost) -> bool:
    return Window.WEEK in post.numbers and not post.is_boosted


def _nearest(followers: Mapping[date, int], day: date) -> int | None:
    """How many there were on the day on which they were counted, nearest to this one."""
    near = min(followers, key=lambda each: (abs(each - day), each), default=None)
    return None if near is None else followers[near]


def _comparisons(pairs: Sequence[Sequence[_SameWeek]]) -> tuple[GroupComparison, ...]:
    """Theirs with ours, week by week, all rivals judged together."""
    values: list[float] = []
    strata: list[tuple[int, date]] = []
    groups: list[list[int]] = []
    for rival, weeks in enumerate(pairs):
        group: list[int] = []
        for pair in weeks:
            theirs, ours = _logarithms(pair.theirs), _logarithms(pair.ours)
            group += range(len(values), len(values) + len(theirs))
            values += [*theirs, *ours]
            strata += [(rival, pair.monday)] * (len(theirs) + len(ours))
        groups.append(group)
    return comparisons_of(values, strata, groups)


def _logarithms(week: WeekNumbers) -> list[float]:
    """The logarithms of what people did for each follower; one is lent to each, since there may be
    none."""
    if not week.followers:
        return []
    return [
        math.log((value + 1) / week.followers)
        for value, posts in week.engagements.items()
        for _ in range(posts)
    ]
