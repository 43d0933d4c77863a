"""A report for programs: `schemas/report.schema.json` is made of these models."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BeforeValidator, TypeAdapter

from runner.views.json import Instant, JsonRecord, Usd
from runner.views.json.comparisons import (
    Day,
    GroupRecord,
    IntervalRecord,
    NumbersRecord,
    RivalRecord,
)
from runner.views.json.long_documents import document

if TYPE_CHECKING:  # its room imports numpy, which who writes the schemas starts without
    from runner.report import PeriodReport

VERSION: Final = 1
"""It changes when a key goes, or changes its meaning; new keys leave it."""
KeyName = Annotated[str | None, BeforeValidator(lambda key: None if key is None else str(key))]


class PeriodRecord(JsonRecord):
    """Whole days, both included."""

    since: Day
    until: Day


class ReportedPostRecord(JsonRecord):
    """A post that went out. Its key is null where the runner did not make it."""

    key: KeyName
    id: str
    url: str
    account: str
    campaign: str | None
    kind: str | None
    slot: str | None
    language: str | None
    at: Instant
    due: Instant | None
    has_picture: bool
    has_link: bool
    hashtags: tuple[str, ...]
    parts: int
    is_promotional: bool | None
    is_boosted: bool
    is_deleted: bool
    cost: Usd
    numbers: Mapping[Literal["48h", "7d", "28d"], NumbersRecord]
    newest: NumbersRecord | None


class GoalRecord(JsonRecord):
    """A goal of runner.yaml."""

    name: str
    target: float
    value: float | None
    interval: tuple[float, float] | None
    is_met: bool | None
    may_be_chance: bool
    trend: str


class WeekRecord(JsonRecord):
    """A week from Monday on."""

    monday: Day
    posts: int
    early: NumbersRecord
    cost: Usd


class MissedRecord(JsonRecord):
    """What was due and never went out."""

    key: KeyName
    due: Instant


class RhythmRecord(JsonRecord):
    """The rhythm of an account."""

    account: str
    posts: int
    per_day: float
    silent_days: int
    timed: int
    on_time: int
    missed: tuple[MissedRecord, ...]
    promotional: int
    judged: int
    passed: int


class MoneyRecord(JsonRecord):
    """USD, and what came of it."""

    posts: Usd
    answers: Usd
    """To what others have said."""
    reading: Usd
    spent: Usd
    """All of these."""
    engagements: int
    clicks: int | None
    orders: int | None
    revenue: Mapping[str, Usd]
    """What was taken, by currency."""


class FollowersRecord(JsonRecord):
    """The followers of an account, on the first and the last day on which they were counted."""

    account: str
    first: tuple[Day, int]
    last: tuple[Day, int]


class ExportedDaysRecord(JsonRecord):
    """What X's own export of an account's days says of the period; of no posts."""

    follows: int
    unfollows: int
    profile_visits: int


class HeardRecord(JsonRecord):
    """What others have said to an account in the period, and what became of it."""

    account: str
    answered: int
    skipped: Mapping[str, int]
    """By why nobody is to answer."""
    open: int
    deleted: int


class StandoutRecord(JsonRecord):
    """A post that surely differs from what is usual of its account."""

    post: ReportedPostRecord
    ratio: IntervalRecord


class StandoutsRecord(JsonRecord):
    """The best and the worst."""

    best: tuple[StandoutRecord, ...]
    worst: tuple[StandoutRecord, ...]
    compared: int


class ReportRecord(JsonRecord):
    """All of a report."""

    version: Literal[1] = VERSION
    period: PeriodRecord
    goals: tuple[GoalRecord, ...]
    money: MoneyRecord
    heard: tuple[HeardRecord, ...]
    followers: tuple[FollowersRecord, ...]
    exported: ExportedDaysRecord | None
    """Null where no day of the period was imported, or there are several accounts."""
    standouts: StandoutsRecord
    groups: tuple[GroupRecord, ...]
    weeks: tuple[WeekRecord, ...]
    rhythms: tuple[RhythmRecord, ...]
    rivals: tuple[RivalRecord, ...]
    posts: tuple[ReportedPostRecord, ...]
    notices: tuple[str, ...]


REPORT = TypeAdapter(ReportRecord)


def report_as_json(report: "PeriodReport") -> Iterator[str]:
    """The report as `schemas/report.schema.json` describes it, one or many lines at a time."""
    return document(ReportRecord, report)
