"""What a report compares, for programs: groups of posts with the others, and rivals with us."""

from datetime import date
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema

from runner.views.json import JsonRecord, Usd

Day = Annotated[
    date,
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]


class NumbersRecord(JsonRecord):
    """What X counted; null is not known."""

    impressions: int
    replies: int
    quotes: int
    reposts: int
    likes: int
    bookmarks: int
    shares: int | None
    clicks: int | None
    profile_visits: int | None
    follows: int | None
    engagements: int


class IntervalRecord(JsonRecord):
    """An estimate, and between what the truth lies, 19 times of 20."""

    value: float
    low: float
    high: float


class GroupComparisonRecord(JsonRecord):
    """How a group did beside other posts of the same account and month."""

    posts: int
    others: int
    ratio: IntervalRecord | None
    chance: float
    finding: str


class GroupRecord(JsonRecord):
    """Posts that have something in common."""

    dimension: str
    label: str
    posts: int
    cost: Usd
    early: NumbersRecord
    comparison: GroupComparisonRecord
    is_distinct: bool
    """Whether it differs from posts that are alike in all that differs more surely, too."""


class HabitsRecord(JsonRecord):
    """How somebody posts. Of our own posts 0 quotes, replies, reposts and videos are told."""

    posts: int
    days: float
    per_day: float
    originals: int
    quotes: int
    replies: int
    reposts: int
    pictures: int
    videos: int
    links: int
    hours: tuple[int, ...]
    """Posts by the hour of the day, from 0."""
    engagement: float | None
    """The median of replies, quotes, reposts and likes, a week after a post or a little more."""
    per_thousand: float | None
    """The same for a thousand followers."""
    hashtags: tuple[str, ...]
    best: tuple[str, ...]
    """Ids of posts."""


class RivalWeekRecord(JsonRecord):
    """What a rival and we did in the week from a Monday on."""

    monday: Day
    theirs: HabitsRecord
    ours: HabitsRecord


class DeclaredRivalRecord(JsonRecord):
    """As runner.yaml declares it."""

    handle: str
    name: str | None


class RivalRecord(JsonRecord):
    """A rival beside one of our accounts."""

    rival: DeclaredRivalRecord
    account: str
    weeks: tuple[RivalWeekRecord, ...]
    theirs: HabitsRecord
    ours: HabitsRecord
    comparison: GroupComparisonRecord
    """Of theirs with ours."""
