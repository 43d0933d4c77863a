"""post.yml as teams copy it, run against a bare remote and a local X."""

from datetime import timedelta

from runner.sandbox.server import Sandbox
from tests.workflows.acting import Machine
from tests.workflows.conftest import campaign

DUE, FAR = timedelta(minutes=-1), timedelta(days=2)


def test_a_tick_with_something_due_publishes_it(machine: Machine, sandbox: Sandbox) -> None:
    machine.hub.commit({"campaigns/hello.yaml": campaign("Hello, world", due=DUE)})
    run = machine.run("post.yml", "schedule")
    assert run.jobs == {"accounts": "success", "post-shop": "success"}, str(run)
    assert [post.text for post in sandbox.timeline()] == ["Hello, world"]


def test_a_tick_with_nothing_due_starts_no_job_that_sees_secrets(
    machine: Machine, sandbox: Sandbox
) -> None:
    run = machine.run("post.yml", "schedule")
    assert run.jobs == {"accounts": "success"}, str(run)
    assert sandbox.requests() == {}
