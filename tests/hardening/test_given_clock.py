"""The clock that `--now` asks for."""

from datetime import UTC, datetime

from runner.cli.machine import clock_at


def test_who_asks_once_gets_the_very_instant_and_then_it_goes_on() -> None:
    clock = clock_at("2027-01-20T12:00+02:00")
    assert clock.now() == datetime(2027, 1, 20, 10, tzinfo=UTC)
    assert clock.now() > datetime(2027, 1, 20, 10, tzinfo=UTC)
