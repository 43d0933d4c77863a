"""draw.yml as teams copy it: what it proposes for a closed contest, and the check of that."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from runner.cli.commands.collect import collect
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.contests import KEYS
from runner.cli.context import CommandContext
from runner.local_x.server import Sandbox
from tests.acceptance.contests import CONTEST
from tests.unit.contest.building import KEY
from tests.workflows.acting import Acted, Machine
from tests.workflows.hub import BRANCH

ID = "winter-lois"
BRANCH_OF_LIST = f"runner-results/{ID}-list"


@dataclass
class Past:
    """A clock that stands days ago."""

    sandbox: Sandbox
    at: datetime

    def set(self, at: datetime) -> None:
        self.at = at
        self.sandbox.set_clock(at)

    def now(self) -> datetime:
        return self.at

    def boot(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        self.set(self.at + timedelta(seconds=seconds))


def closed_contest(machine: Machine, sandbox: Sandbox) -> None:
    """It was announced two days ago, closed an hour ago, and two people have entered."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    opens, closes = now - timedelta(days=2), now - timedelta(hours=1)
    text = CONTEST.format(key=KEY.fingerprint, user=sandbox.account("shop").person.user_id)
    text = text.replace("2023-09-10 10:00", f"{opens:%Y-%m-%d %H:%M}")
    text = text.replace("2023-09-13 11:00", f"{closes:%Y-%m-%d %H:%M}")
    machine.hub.commit({f"campaigns/{ID}.yaml": text})
    clock = Past(sandbox, opens)
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(machine.hub.folder), **machine.hub.git_config}
    environ |= {**sandbox.environment(), KEYS: KEY.secret.hex()}
    context = CommandContext(root=machine.hub.work, environ=environ, clock=clock)
    clock.set(opens + timedelta(minutes=1))
    assert post(context, PostOptions()) == 0
    for handle in ("anna", "karlis"):
        clock.sleep(60)
        sandbox.seed(handle, "@acme_lv #ZiemasLois")
    clock.set(now - timedelta(minutes=40))
    assert collect(context, ID) == 0


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
