"""The whole way of a post on GitHub: template, secrets, pull request, preview, merge, tick.

Each step is a workflow of this repository, run as it stands, in a copy of what `Use this template`
copies. The pages tell the same in the same order: docs/how-to/publish-from-github.md.
"""

import shutil
import subprocess
from datetime import timedelta

import pytest

from runner.github import MARKER
from runner.local_x.server import Sandbox
from tests.workflows.acting import ROOT, Machine
from tests.workflows.conftest import PROJECT, campaign
from tests.workflows.hub import BRANCH, NAME, Hub

FIRST = "campaigns/first.yaml"
NOT_COPIED = ("runner/", "tests/", "docs/")
"""Code and pages: the tests run the code from where it is."""


def use_template(hub: Hub) -> None:
    """A copy of all that git has of this repository, and one commit of it."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=True
    ).stdout
    for name in listed.splitlines():
        if not name.startswith(NOT_COPIED) and (ROOT / name).is_file():
            (hub.work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, hub.work / name)
    hub.commit({})


def set_up(machine: Machine) -> None:
    """What a person does before the first pull request, as the page says."""
    secrets, machine.secrets = machine.secrets, {}
    use_template(machine.hub)
    run = machine.run("post.yml", "schedule")
    assert set(run.jobs.values()) == {"success"}, str(run)  # nothing is set up, and nothing red

    (machine.hub.work / ".github/workflows/ci.yml").unlink()
    shutil.rmtree(machine.hub.work / "campaigns")
    machine.hub.commit({"runner.yaml": PROJECT})
    assert machine.run("post.yml", "schedule").jobs == {"accounts": "success"}

    machine.secrets = secrets
    run = machine.run("post.yml", "workflow_dispatch", {"inputs": {"dry-run": "true"}})
    assert run.jobs == {"accounts": "success", "post-shop": "success"}, str(run)
    assert "`shop` posts as @acme_lv" in run.log


def propose(machine: Machine) -> None:
    """A pull request, and what it gets."""
    machine.hub.commit({FIRST: campaign("Our first post", due=timedelta(days=2))}, branch="first")
    machine.hub.open_pull("first")
    head = {"ref": "first", "repo": {"full_name": NAME}, "sha": machine.hub.pulls[7]}
    pull = {"number": 7, "head": head}
    run = machine.run("preview.yml", "pull_request", {"number": 7, "pull_request": pull})
    assert run.jobs == {"preview": "success", "comment": "success"}, str(run)
    assert run.of("error") == run.of("warning") == []
    (comment,) = machine.hub.comments
    assert comment["body"].startswith(f"{MARKER}\n## Change: 1 added.")
    for shown in (comment["body"], (machine.artifacts / "preview.html").read_text()):
        assert "Our first post" in shown


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_from_the_template_to_a_post_that_is_out(machine: Machine, sandbox: Sandbox) -> None:
    set_up(machine)
    propose(machine)

    machine.hub.merge("first")
    run = machine.run("post.yml", "push", {"ref": f"refs/heads/{BRANCH}"})
    assert run.jobs == {"accounts": "success"}, str(run)
    assert run.summary.startswith("Nothing due. Next: shop/first/hello")
    assert sandbox.timeline() == []

    # the clock can't be moved two days ahead, but the post can be moved two days back
    machine.hub.commit({FIRST: campaign("Our first post", due=timedelta(minutes=-2))})
    run = machine.run("post.yml", "schedule")
    assert run.jobs == {"accounts": "success", "post-shop": "success"}, str(run)
    (post,) = sandbox.timeline()
    assert post.text == "Our first post"
    assert "## Sent 1 post for $0.015" in run.summary
    assert f"(https://x.com/acme_lv/status/{post.id})" in run.summary
    assert " min late" in run.summary
    assert post.id in machine.hub.files("runner-ledgers/shop")["campaigns/first/once.jsonl"]

    commits = machine.hub.count("runner-ledgers/shop")
    run = machine.run("post.yml", "schedule")
    assert run.jobs == {"accounts": "success"}, str(run)
    assert len(sandbox.timeline()) == 1
    assert machine.hub.count("runner-ledgers/shop") == commits
