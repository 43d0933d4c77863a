"""What our own posts came to: the numbers of each at 48 hours, a week and four weeks.

It knows when a post is measured, what of that is kept, byte for byte, and how all of it reads as
one account. It knows neither X nor files nor the clock: a timeline comes in through `ports`, and
lines go out. Nobody else's numbers and no words are in it.
"""

from runner.measure.imports import DayOfOrders, Imported
from runner.measure.measured_account import MeasuredAccount, measured_account
from runner.measure.measurement import Counts, Measurement, PostTraits, Window

__all__ = [
    "Counts",
    "DayOfOrders",
    "Imported",
    "MeasuredAccount",
    "Measurement",
    "PostTraits",
    "Window",
    "measured_account",
]
