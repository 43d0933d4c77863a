"""What worked: posts and what X counted of them → what did better or worse, goals, money, rhythm.

It owns the fold over posts and its statistics: intervals, and a judgement of all groups together,
so that chance is not taken for a finding. Standings of the ledger, what files declare and what was
measured come in; a report goes out as a value, which `views` shows.

Its words:

measurement, window: the numbers of one of our posts at one age; that age: 48 hours, 7 days or 28
    days.
stratum: the posts that are compared with each other, of one account and month.
finding: how a group of posts does beside the others: better, worse, alike or too few to tell.
"""

from runner.report.comparing import FEWEST, Finding, GroupComparison, Interval
from runner.report.goals import AnswerTimes, GoalResult, Trend
from runner.report.groups import PostGroup
from runner.report.measured_post import MeasuredPost, Numbers
from runner.report.money import Orders, PeriodMoney, orders_of
from runner.report.numbers import AccountNumbers
from runner.report.period import Period, PostedWeek
from runner.report.rhythm import AccountRhythm, Missed, PromotionBound
from runner.report.rivals import PostingHabits, RivalMaterial, RivalReport, RivalWeek
from runner.report.sent_posts import SentPosts
from runner.report.slot_proposals import SlotProposal, slot_proposals
from runner.report.standouts import Standout, Standouts
from runner.report.summary import (
    ExportedDays,
    Followers,
    HeardInPeriod,
    PeriodReport,
    ReportMaterial,
    report_of,
)

__all__ = [
    "FEWEST",
    "AccountNumbers",
    "AccountRhythm",
    "AnswerTimes",
    "ExportedDays",
    "Finding",
    "Followers",
    "GoalResult",
    "GroupComparison",
    "HeardInPeriod",
    "Interval",
    "MeasuredPost",
    "Missed",
    "Numbers",
    "Orders",
    "Period",
    "PeriodMoney",
    "PeriodReport",
    "PostGroup",
    "PostedWeek",
    "PostingHabits",
    "PromotionBound",
    "ReportMaterial",
    "RivalMaterial",
    "RivalReport",
    "RivalWeek",
    "SentPosts",
    "SlotProposal",
    "Standout",
    "Standouts",
    "Trend",
    "orders_of",
    "report_of",
    "slot_proposals",
]
