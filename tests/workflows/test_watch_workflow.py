"""watch.yml as teams copy it, and the command under it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.workflows.acting import Acted, Machine

pytestmark = pytest.mark.sampled(1)


def watched(machine: Machine, *, ago: timedelta | None) -> Acted:
    """With the last success of post.yml so long ago."""
    if ago is not None:
        began = (datetime.now(UTC) - ago).strftime("%Y-%m-%dT%H:%M:%SZ")
        machine.hub.runs.append({"run_started_at": began})
    return machine.run("watch.yml", "schedule")


def test_all_is_well_while_posting_succeeds_and_github_is_told_so(machine: Machine) -> None:
    run = watched(machine, ago=timedelta(hours=3, minutes=30))
    assert run.jobs == {"watch": "success"}, str(run)
    assert run.summary == "post.yml last succeeded 3 hours 30 minutes ago.\n"
    assert machine.hub.enabled == ["post.yml", "watch.yml"]


@pytest.mark.parametrize("ago", [timedelta(hours=13), None])
def test_the_alarm_goes_off_where_nothing_has_succeeded_for_too_long(
    machine: Machine, ago: timedelta | None
) -> None:
    run = watched(machine, ago=ago)
    assert run.jobs == {"watch": "failure"}, str(run)
    assert "start" in run.summary
    assert machine.hub.enabled == ["post.yml", "watch.yml"]
