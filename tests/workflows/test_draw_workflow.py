"""draw.yml as teams copy it: what it proposes for a closed contest, and the check of that."""

from datetime import timedelta

import pytest

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.draw import draw
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.contests import KEYS, contest_of
from runner.local_x.server import Sandbox
from runner.value import replace
from tests.unit.contest.building import KEY
from tests.workflows.acting import Acted, Machine
from tests.workflows.contests import ID, Past, a_minute, announced_contest
from tests.workflows.hostile import HOSTILE, nothing_of_it_was_done
from tests.workflows.hub import BRANCH

pytestmark = pytest.mark.sampled(1)
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


def drawn_contest(machine: Machine, sandbox: Sandbox) -> str:
    """It was drawn an hour ago, of two who had entered; its winner."""
    now = a_minute()
    closes = now - timedelta(days=2, hours=1)
    opened = announced_contest(machine, sandbox, opens=closes - timedelta(days=2), closes=closes)
    clock = Past(sandbox, closes)
    context = replace(opened, clock=clock)
    clock.set(closes + timedelta(minutes=20))
    assert collect(context, ID) == 0
    assert commit_entries(context, ID) == 0
    publish_results(machine)
    clock.sleep(60)
    assert post(context, PostOptions()) == 0
    clock.set(closes + timedelta(days=2, minutes=1))
    assert draw(context, ID) == 0
    publish_results(machine)
    drawn = contest_of(context, ID).file.draw
    assert drawn
    return drawn.winners[0]


def publish_results(machine: Machine) -> None:
    """A person merges what was written."""
    path = f"campaigns/results/{ID}.yaml"
    machine.hub.commit({path: (machine.hub.work / path).read_text()})


def redrawn(machine: Machine, **fields: str) -> Acted:
    """Presses `Run workflow`, with the form filled in."""
    machine.secrets = {KEYS: KEY.secret.hex()}
    inputs = {"because": "withdrawn", **fields}
    return machine.run("draw.yml", "workflow_dispatch", {"inputs": inputs})


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_who_has_the_place_of_a_winner_fall_gets_a_pull_request(
    machine: Machine, sandbox: Sandbox
) -> None:
    winner = drawn_contest(machine, sandbox)
    run = redrawn(machine, contest=ID, fallen="nobody")
    assert run.jobs == {"accounts": "success", "redraw": "failure"}, str(run)
    assert "is no winner of this draw" in run.summary
    assert machine.hub.proposed == []
    run = redrawn(machine, contest=ID, fallen=winner)
    assert run.jobs == {"accounts": "success", "redraw": "success"}, str(run)
    (pull,) = machine.hub.proposed
    assert pull["head"]["ref"] == f"runner-results/{ID}-redraw-1"
    assert KEY.secret.hex() not in str(run)


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(0, len(HOSTILE), 4))
def test_a_hostile_text_in_the_form_of_a_redraw_is_a_text(machine: Machine, turn: int) -> None:
    contest, fallen, because = (HOSTILE + HOSTILE)[turn : turn + 3]
    run = redrawn(machine, contest=contest, fallen=fallen, because=because)
    assert run.jobs == {"accounts": "failure"}, str(run)
    assert "there is no campaign" in run.log
    nothing_of_it_was_done(machine, run)
    assert machine.hub.proposed == []


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("field", "first"), [("fallen", 0), ("because", 2)])
def test_a_hostile_name_or_reason_has_no_place_fall(
    machine: Machine, sandbox: Sandbox, field: str, first: int
) -> None:
    """Of a contest that there is, so that the job with the key gets to see it."""
    winner = drawn_contest(machine, sandbox)
    for text in HOSTILE[first::3]:
        run = redrawn(machine, **{"contest": ID, "fallen": winner, field: text})
        assert run.jobs == {"accounts": "success", "redraw": "failure"}, str(run)
        nothing_of_it_was_done(machine, run)
    assert machine.hub.proposed == []
