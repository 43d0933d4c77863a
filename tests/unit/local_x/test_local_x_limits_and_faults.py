"""How many calls are taken, and what goes wrong on purpose."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from runner.local_x.error_answers import NAMED
from runner.local_x.fault_injection import FaultInjection, InjectedFault
from runner.local_x.limits import PER_QUARTER, RateLimits

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_the_window_counts_down_and_opens_again() -> None:
    limits = RateLimits(enforce=True)
    for left in range(PER_QUARTER["me"] - 1, -1, -1):
        allowed, headers = limits.take("me", "1", "app", NOON)
        assert allowed
        assert headers["x-rate-limit-remaining"] == str(left)
    allowed, headers = limits.take("me", "1", "app", NOON + timedelta(minutes=14))
    assert not allowed
    assert headers["x-rate-limit-reset"] == str(int((NOON + timedelta(minutes=15)).timestamp()))
    assert limits.take("me", "1", "app", NOON + timedelta(minutes=15))[0]


def test_users_have_windows_of_their_own() -> None:
    limits = RateLimits(enforce=True)
    for _ in range(PER_QUARTER["me"]):
        limits.take("me", "1", "app", NOON)
    assert limits.take("me", "2", "app", NOON)[0]
    assert limits.take("timeline", "1", "app", NOON)[0]


def test_a_create_call_has_the_headers_of_its_day_too() -> None:
    _, headers = RateLimits(enforce=True).take("create", "1", "app", NOON)
    assert headers["x-user-limit-24hour-remaining"] == "2399"
    assert headers["x-app-limit-24hour-remaining"] == "9999"


def test_limits_that_are_not_enforced_only_count() -> None:
    limits = RateLimits(enforce=False)
    taken = [limits.take("repost", "1", "app", NOON) for _ in range(60)]
    assert all(allowed for allowed, _ in taken)
    assert taken[-1][1]["x-rate-limit-remaining"] == "0"


def test_a_fault_is_used_up() -> None:
    faults = FaultInjection()
    faults.add([{"route": "create", "status": 503, "times": 2}])
    assert faults.take("me") is None
    assert len(faults) == 2
    assert [faults.take("create") is not None for _ in range(3)] == [True, True, False]


def test_faults_come_in_their_order_and_a_star_fits_all() -> None:
    faults = FaultInjection()
    faults.add([{"route": "*", "status": 500}, {"route": "me", "status": 503}])
    given = [faults.take("me"), faults.take("me")]
    assert [fault.status for fault in given if fault] == [500, 503]


@pytest.mark.parametrize(
    ("fault", "applied"),
    [
        ({"delay": 1}, True),
        ({"status": 503}, False),
        ({"drop": True}, False),
        ({"drop": True, "applied": True}, True),
        ({"answer": "credits"}, False),
    ],
)
def test_a_false_answer_applies_nothing_unless_it_says_so(fault: Any, applied: bool) -> None:
    assert InjectedFault(route="create", **fault).is_applied is applied


def test_a_named_answer_is_the_real_one() -> None:
    reply = InjectedFault(route="create", answer="spend-cap", headers={"retry-after": "5"}).reply()
    assert reply
    assert reply.body == NAMED["spend-cap"].body
    assert reply.headers == {"retry-after": "5"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"route": "nowhere"},
        {"route": "create", "answer": "no such"},
        {"route": "create", "body": {}},
        {"route": "create", "stats": 503},
        {"route": "create", "status": 503, "times": 0},
        {},
    ],
)
def test_what_is_no_fault_is_refused_and_none_is_added(wrong: Any) -> None:
    faults = FaultInjection()
    with pytest.raises(ValueError, match="InjectedFault"):
        faults.add([{"route": "create", "status": 503}, wrong])
    assert len(faults) == 0
