"""watch.yml as teams copy it, and the command under it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from runner.cli.commands.inbox import inbox
from runner.local_x.server import Sandbox
from runner.x_facts import snowflake
from tests.workflows.acting import ROOT, Acted, Machine
from tests.workflows.conftest import PROJECT
from tests.workflows.hub import RUNNER
from tests.workflows.test_answer_workflow import context_of

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


@pytest.mark.slow
def test_the_alarm_goes_off_where_somebody_waits_for_longer_than_the_goal(
    machine: Machine, sandbox: Sandbox
) -> None:
    machine.hub.is_private = True
    project = f"{PROJECT}inbox: {{}}\ngoals: {{answered-within: 4h}}\n"
    machine.hub.commit({"runner.yaml": project})
    asked = str(snowflake(datetime.now(UTC) - timedelta(hours=5)))
    sandbox.seed("karlis", "@acme_lv Mine are broken", id=asked)
    assert inbox(context_of(machine, sandbox)) == 0
    run = watched(machine, ago=timedelta(hours=3))
    assert run.jobs == {"watch": "failure"}, str(run)
    assert "shop: 1 mention waits for longer than 4 hours, up to 5 hours." in run.summary


@pytest.mark.slow
def test_a_repository_of_the_inbox_alone_watches_as_the_page_says(
    machine: Machine,
) -> None:
    page = (ROOT / "docs/how-to/set-the-inbox-up.md").read_text(encoding="utf-8")
    (project,) = re.findall(r"```text\n(timezone:.*?)```", page, re.DOTALL)
    (watch,) = re.findall(r"```text\n(name: Watch\n.*?)```", page, re.DOTALL)
    watch = watch.replace("OWNER/campaign-runner", RUNNER).replace("COMMIT", "ab" * 20)
    machine.hub.part()
    machine.hub.is_private = True
    (machine.hub.work / "campaigns/hello.yaml").unlink()
    machine.hub.commit({".github/workflows/watch.yml": watch, "runner.yaml": project})
    run = watched(machine, ago=timedelta(hours=3))
    assert run.jobs == {"watch": "success"}, str(run)
    assert run.summary == "listen.yml last succeeded 3 hours ago.\n"
    assert machine.hub.enabled == ["listen.yml", "watch.yml"]
