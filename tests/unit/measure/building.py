"""What the tests of measuring build."""

from datetime import UTC, datetime, timedelta

from runner.measure import Counts, Measurement, Window
from runner.measure.record import MeasuredStretch, MeasuringHead, MeasuringRecord
from runner.snowflakes import snowflake

POSTED = datetime(2026, 11, 2, 9, tzinfo=UTC)


def post_of(at: datetime) -> str:
    """The id of a post of that moment."""
    return str(snowflake(at))


def measurement(
    posted: datetime = POSTED,
    window: Window = Window.TWO_DAYS,
    *,
    after: timedelta | None = None,
    **more,
) -> Measurement:
    """A post, measured as soon as it was old enough unless said otherwise."""
    post = post_of(posted)
    given = {"root": post, "public": Counts(impressions=100, likes=3), **more}
    return Measurement(post=post, window=window, at=posted + (after or window.age), **given)


def record(*measurements: Measurement, at: datetime = POSTED, stretches=(), **head):
    kept = tuple(
        MeasuredStretch(window=w, since=since, until=until) for w, since, until in stretches
    )
    return MeasuringRecord(
        head=MeasuringHead(at=at, stretches=kept, **head), measurements=measurements
    )
