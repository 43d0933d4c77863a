"""draw.yml as teams copy it: what it proposes for a closed contest, and the check of that."""

from dataclasses import replace
from datetime import timedelta

import pytest

from runner.cli.commands.collect import collect
from runner.cli.contests import KEYS
from runner.local_x.server import Sandbox
from tests.unit.contest.building import KEY
from tests.workflows.acting import Acted, Machine
from tests.workflows.contests import ID, Past, a_minute, announced_contest
from tests.workflows.hub import BRANCH

BRANCH_OF_LIST = f"runner-results/{ID}-list"


def closed_contest(machine: Machine, sandbox: Sandbox) -> None:
    """It was announced two days ago, closed an hour ago, and two people have entered."""
    now = a_minute()
    opens, closes = now - timedelta(days=2), now - timedelta(hours=1)
    context = announced_contest(machine, sandbox, opens=opens, closes=closes)
    sandbox.set_clock(now - timedelta(minutes=40))
    clock = Past(sandbox, now - timedelta(minutes=40))
    assert collect(replace(context, clock=clock), ID) == 0


def checked(machine: Machine, branch: str, pull: str) -> Acted:
    """Preview, as draw.yml has started it on a branch."""
    sha = machine.hub.git("rev-parse", branch).strip()
    machine.hub.git("checkout", "--quiet", "--detach", cwd=machine.hub.work)
    machine.hub.git("fetch", "--quiet", "origin", branch, cwd=machine.hub.work)
    machine.hub.git("checkout", "--quiet", "-B", branch, "FETCH_HEAD", cwd=machine.hub.work)
    machine.environ["GITHUB_SHA"] = sha
    payload = {"inputs": {"pull": pull}, "ref": f"refs/heads/{branch}"}
    return machine.run("preview.yml", "workflow_dispatch", payload)


def drawn(machine: Machine, sandbox: Sandbox) -> Acted:
    """What draw.yml does about it."""
    closed_contest(machine, sandbox)
    machine.secrets = {KEYS: KEY.secret.hex()}
    return machine.run("draw.yml", "schedule")


def test_the_list_of_a_closed_contest_becomes_a_pull_request(
    machine: Machine, sandbox: Sandbox
) -> None:
    run = drawn(machine, sandbox)
    assert run.jobs == {"accounts": "success", "draw-shop": "success"}, str(run)
    assert f"{ID}: pull request 11 is open; merge it to go on." in run.summary
    (pull,) = machine.hub.proposed
    assert (pull["head"]["ref"], pull["base"]) == (BRANCH_OF_LIST, BRANCH)
    assert KEY.secret.hex() not in str(run)


@pytest.mark.slow
def test_that_pull_request_is_checked_as_if_a_person_had_opened_it(
    machine: Machine, sandbox: Sandbox
) -> None:
    drawn(machine, sandbox)
    ((workflow, asked),) = machine.hub.dispatched
    assert workflow == "preview.yml"
    run = checked(machine, asked["ref"], asked["inputs"]["pull"])
    assert run.jobs == {"preview": "success", "comment": "success"}, str(run)
    (comment,) = machine.hub.comments
    assert "Entries: 2" in comment["body"]


def test_nothing_is_drawn_where_no_contest_is_due(machine: Machine) -> None:
    run = machine.run("draw.yml", "schedule")
    assert run.jobs == {"accounts": "success"}, str(run)
    assert machine.hub.calls == []
