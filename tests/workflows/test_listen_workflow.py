"""listen.yml as teams copy it: what it reads of our own posts and of an open contest, and what of
that is seen."""

import re
from datetime import timedelta

import pytest

from runner.cli.contests import KEYS
from runner.local_x.accounts import user_id
from runner.local_x.crowd import brand_acts
from runner.local_x.server import Sandbox
from tests.acceptance.test_whole_contest import everything_in
from tests.unit.contest.building import KEY
from tests.workflows.acting import ROOT, Acted, Machine
from tests.workflows.conftest import PROJECT
from tests.workflows.contests import ID, a_minute, announced_contest
from tests.workflows.hostile import HOSTILE, MARK, nothing_of_it_was_done
from tests.workflows.hub import RUNNER


def listened(machine: Machine, sandbox: Sandbox) -> Acted:
    sandbox.set_clock(a_minute() - timedelta(days=3))
    sandbox.post_by_hand("shop", "We are open")
    opens = a_minute() - timedelta(days=1)
    announced_contest(machine, sandbox, opens=opens, closes=opens + timedelta(days=3))
    sandbox.set_clock(None)
    machine.secrets |= {KEYS: KEY.secret.hex()}
    return machine.run("listen.yml", "schedule")


@pytest.mark.sampled(1)
def test_the_entries_of_an_open_contest_are_read_and_only_numbers_are_seen(
    machine: Machine, sandbox: Sandbox
) -> None:
    run = listened(machine, sandbox)
    assert run.jobs == {"accounts": "success", "listen-shop": "success"}, str(run)
    assert f"{ID}: 2 posts read, 2 of them new" in run.summary
    assert "shop: 1 post measured" in run.summary
    assert "The run stopped" not in run.summary
    for branch in (f"runner-entries/{ID}", "runner-measurements/shop"):
        assert machine.hub.git("rev-parse", f"refs/heads/{branch}")
    for secret in (KEY.secret.hex(), "karlis", user_id("karlis")):
        assert secret not in str(run)


@pytest.mark.sampled(1)
def test_of_rivals_only_sums_and_addresses_are_in_what_is_pushed_said_and_left(
    machine: Machine, sandbox: Sandbox
) -> None:
    rivals = "rivals: [{handle: otherjeans, name: Other Jeans}]\n"
    machine.hub.commit({"runner.yaml": PROJECT + rivals})
    now = a_minute()
    monday = now.replace(hour=0, minute=0) - timedelta(days=now.weekday() + 14)
    sandbox.play(brand_acts("otherjeans", since=monday, days=7))
    runs = (listened(machine, sandbox), machine.run("report.yml", "schedule"))
    assert runs[0].jobs == {"accounts": "success", "listen-shop": "success"}, str(runs[0])
    assert runs[1].jobs == {"report": "success"}, str(runs[1])
    assert re.search("otherjeans.*: 20 posts of the week from ", runs[0].summary), runs[0].summary
    (page,) = (each.read_text() for each in machine.hub.artifacts.iterdir())
    assert all(told in page for told in ("Other Jeans", "#denim", "#newin"))
    rival, fan = user_id("otherjeans"), user_id("otherjeans_fan")
    words = {each.text for each in sandbox.timeline() if each.author in (rival, fan)} - {""}
    assert len(words) > 20
    pushed = everything_in(machine.hub.bare)
    assert b"otherjeans" in pushed
    said = (*map(str, runs), *(run.summary for run in runs), page)
    everything = pushed + str((said, machine.hub.issues, machine.hub.calls)).encode()
    secrets = ("jeans are here", "I love @", "Thank you!", "otherjeans_fan", fan, *words)
    assert [each for each in secrets if each.encode() in everything] == []


@pytest.mark.slow
def test_a_repository_of_campaigns_alone_calls_it_as_the_page_says(
    machine: Machine, sandbox: Sandbox
) -> None:
    page = (ROOT / "docs/how-to/work-as-a-team.md").read_text(encoding="utf-8")
    (caller,) = re.findall(r"```text\n(name: Listen\n.*?)```", page, re.DOTALL)
    caller = caller.replace("OWNER/campaign-runner", RUNNER).replace("COMMIT", "ab" * 20)
    machine.hub.part()
    machine.hub.commit({".github/workflows/listen.yml": caller})
    run = listened(machine, sandbox)
    assert run.jobs == {"accounts": "success", "listen-shop": "success"}, str(run)
    assert f"{ID}: 2 posts read, 2 of them new" in run.summary


@pytest.mark.slow
def test_nothing_is_read_of_an_account_that_has_never_posted(
    machine: Machine, sandbox: Sandbox
) -> None:
    run = machine.run("listen.yml", "schedule")
    assert run.jobs == {"accounts": "success"}, str(run)
    assert not sandbox.requests()


@pytest.mark.slow
@pytest.mark.parametrize("has_secrets", [True, False])
def test_an_inbox_beside_the_campaigns_is_heard_from_the_first_run_on_once_it_has_secrets(
    machine: Machine, sandbox: Sandbox, has_secrets: bool
) -> None:
    (machine.hub.work / "campaigns/hello.yaml").unlink()
    machine.hub.is_private = True
    machine.hub.commit({"runner.yaml": f"{PROJECT}inbox: {{}}\n"})
    sandbox.seed("karlis", "@acme_lv Mine are broken")
    if not has_secrets:
        machine.secrets.clear()
    run = machine.run("listen.yml", "schedule")
    assert run.jobs == {"accounts": "success", "listen-shop": "success"}, str(run)
    assert len(machine.hub.issues) == has_secrets
    assert ("it has no credentials" in run.summary) != has_secrets


@pytest.mark.slow
def test_what_strangers_write_is_text_within_a_fence_of_a_comment_and_nothing_else(
    machine: Machine, sandbox: Sandbox
) -> None:
    (machine.hub.work / "campaigns/hello.yaml").unlink()
    machine.hub.is_private = True
    machine.hub.commit({"runner.yaml": f"{PROJECT}inbox: {{}}\n"})
    for number, text in enumerate(HOSTILE):
        sandbox.seed(f"stranger_{number}", f"@acme_lv {text} broken")
    run = machine.run("listen.yml", "schedule")
    assert run.jobs == {"accounts": "success", "listen-shop": "success"}, str(run)
    nothing_of_it_was_done(machine, run)
    assert len(machine.hub.issues) == len(machine.hub.comments) == len(HOSTILE)
    shown = [str((issue["title"], issue["body"])) for issue in machine.hub.issues]
    assert not [each for each in shown if MARK in each or "octocat" in each]
    for comment in machine.hub.comments:
        before, _, said = comment["body"].partition("\n```text\n")
        assert "stranger" not in before
        assert MARK not in before
        assert said.startswith("@acme_lv ")
        assert said.partition("\n```")[2] in ("", "\n\nThe rest stands on X.")
