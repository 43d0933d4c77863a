"""G7: what X says of when it takes requests again holds for the whole account."""

from datetime import timedelta

from runner.publish.ports import Release
from tests.unit.plan.building import a_file, some_inputs
from tests.unit.publish.building import Machine, a_machine

TWO = some_inputs(
    a_file({"launch": {}, "later": {"at": "2026-12-01 10:06"}}, accounts=["shop", "tienda"])
)


def put_off(machine: Machine, until: timedelta, calls: list[timedelta]):
    """X refuses, and names an instant so far from now."""
    began = machine.clock.now()

    def refuses() -> Release:
        now = machine.clock.now()
        calls.append(now - began)
        return Release(because="X takes no more for now", retry_at=now + until)

    return refuses


def test_g7_a_reset_holds_for_other_posts_of_the_account_that_wake_the_run():
    machine, calls = a_machine(TWO), []
    machine.shop.script = [put_off(machine, timedelta(minutes=15), calls)] * 9
    machine.run_out(timedelta(minutes=9))
    assert calls == [timedelta(0)]
    assert machine.x["tienda"].texts == ["This is launch", "This is later"], "another account"
    assert machine.ran.rests.keys() == {"shop"}


def test_g7_who_stays_sends_it_once_the_reset_is_over():
    machine, calls = a_machine(TWO), []
    machine.shop.script = [put_off(machine, timedelta(minutes=15), calls)]
    machine.run_out(timedelta(minutes=20))
    assert machine.shop.texts == ["This is launch", "This is later"]
    assert machine.ran.rests == {}


def test_g7_a_reset_that_is_always_near_is_not_believed_for_long():
    machine, calls = a_machine(TWO), []
    machine.shop.script = [put_off(machine, timedelta(seconds=3), calls)] * 99
    machine.run_out(timedelta(hours=3))
    minutes = [call // timedelta(minutes=1) for call in calls]
    assert minutes == [0, 1, 3, 7, 15]
