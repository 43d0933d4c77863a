"""A whole report: everything that is told of a period."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from runner.models import Goals
from runner.report.comparing import Finding
from runner.report.goals import AnswerTimes, GoalJudge, GoalResult
from runner.report.groups import PostGroup, groups_of
from runner.report.measured_post import MeasuredPost
from runner.report.money import Orders, PeriodMoney, money_of
from runner.report.period import Period, PostedWeek, weeks_of
from runner.report.rhythm import AccountRhythm, Missed, PromotionBound, rhythms
from runner.report.rivals import RivalMaterial, RivalReport, rival_reports
from runner.report.standouts import Standouts, standouts, usual_rates
from runner.value import Value


class Followers(Value, kw_only=True):
    """The followers of an account, on the first and the last day of a period on which they were
    counted."""

    account: str
    first: tuple[date, int]
    last: tuple[date, int]


class ExportedDays(Value, kw_only=True):
    """What X's own export of an account's days says of a period; of no posts."""

    follows: int
    unfollows: int
    profile_visits: int


class HeardInPeriod(Value, kw_only=True):
    """What others have said to an account in a period, and what became of it."""

    account: str
    answered: int
    skipped: Mapping[str, int]
    """By why nobody is to answer."""
    open: int
    deleted: int


class ReportMaterial(Value, kw_only=True):
    """What a report is made of. `orders` are None where none were imported."""

    period: Period
    accounts: tuple[str, ...]
    posts: tuple[MeasuredPost, ...]
    """Those that went out in the period, oldest first."""
    missed: tuple[Missed, ...] = ()
    bound: PromotionBound
    goals: Goals | None = None
    reading: Decimal = Decimal(0)
    """USD that reading X has cost in the period."""
    answering: Decimal = Decimal(0)
    """USD that answers to what others have said have cost in it."""
    orders: Orders | None = None
    answers: AnswerTimes | None = None
    heard: tuple[HeardInPeriod, ...] = ()
    followers: tuple[Followers, ...] = ()
    exported: ExportedDays | None = None
    """None where no day of the period was imported."""
    rivals: tuple[RivalMaterial, ...] = ()
    notices: tuple[str, ...] = ()


class PeriodReport(Value, kw_only=True):
    """What is told of a period."""

    period: Period
    posts: tuple[MeasuredPost, ...]
    standouts: Standouts
    groups: tuple[PostGroup, ...]
    goals: tuple[GoalResult, ...]
    weeks: tuple[PostedWeek, ...]
    rhythms: tuple[AccountRhythm, ...]
    bound: PromotionBound
    money: PeriodMoney
    heard: tuple[HeardInPeriod, ...]
    followers: tuple[Followers, ...]
    exported: ExportedDays | None
    rivals: tuple[RivalReport, ...]
    notices: tuple[str, ...]

    def found(self, finding: Finding) -> tuple[PostGroup, ...]:
        """The groups that surely did so, those with the greatest difference first; of two that are
        the same posts, the first."""
        groups = (each for each in self.groups if each.comparison.finding is finding)
        once = {(each.posts, each.cost, each.early): each for each in reversed(tuple(groups))}
        sign = -1 if finding is Finding.BETTER else 1
        return tuple(sorted(once.values(), key=lambda each: (sign * each.ratio, each.label)))


def report_of(material: ReportMaterial) -> PeriodReport:
    """The report of a period."""
    posts, period = material.posts, material.period
    orders, usual = material.orders, usual_rates(posts)
    judge = material.goals and GoalJudge(
        goals=material.goals,
        posts=posts,
        period=period,
        orders=orders,
        answers=material.answers,
    )
    return PeriodReport(
        period=period,
        posts=posts,
        standouts=standouts(posts, usual),
        groups=groups_of(posts, usual),
        goals=judge.results() if judge else (),
        weeks=weeks_of(posts, period),
        rhythms=rhythms(posts, material.missed, material.accounts, period, material.bound),
        bound=material.bound,
        money=money_of(posts, reading=material.reading, answers=material.answering, orders=orders),
        heard=material.heard,
        followers=material.followers,
        exported=material.exported,
        rivals=rival_reports(material.rivals, posts, period),
        notices=material.notices,
    )
