"""report.yml as teams copy it: the issue of the month, the page, and better hours."""

import io
import re
from datetime import date, time

import pytest

from runner.cli.commands.report_slots import tell_proposals
from runner.cli.context import CommandContext
from runner.cli.opened_project import open_project
from runner.report import SlotProposal
from runner.report.slot_proposals import HourReach
from tests.workflows.acting import ROOT, Acted, Machine
from tests.workflows.hub import BRANCH, NAME, RUNNER, WRITES


def reported(machine: Machine) -> Acted:
    run = machine.run("report.yml", "schedule")
    assert run.jobs == {"report": "success"}, str(run)
    return run


def test_the_report_is_a_page_and_an_issue_of_the_month(machine: Machine) -> None:
    foreign = {"number": 3, "user": {"login": "eve"}, "body": "<!-- campaign-runner: report -->"}
    machine.hub.issues.append(dict(foreign))
    run = reported(machine)
    assert "Worth it?" in run.summary
    untouched, issue = machine.hub.issues
    assert untouched == foreign
    assert issue["title"].startswith("What worked in ")
    assert "**Worth it?**" in issue["body"]
    assert [each.name for each in machine.hub.artifacts.iterdir()] == ["report.html"]


@pytest.mark.slow
def test_the_issue_of_a_month_is_kept_and_not_made_anew(machine: Machine) -> None:
    for _ in range(2):
        reported(machine)
    assert len(machine.hub.issues) == 1


@pytest.mark.slow
def test_a_repository_of_campaigns_alone_calls_it_as_the_page_says(machine: Machine) -> None:
    page = (ROOT / "docs/how-to/work-as-a-team.md").read_text(encoding="utf-8")
    (caller,) = re.findall(r"```text\n(name: Report\n.*?)```", page, re.DOTALL)
    caller = caller.replace("OWNER/campaign-runner", RUNNER).replace("COMMIT", "ab" * 20)
    machine.hub.part()
    machine.hub.commit({".github/workflows/report.yml": caller})
    assert "Worth it?" in reported(machine).summary


def test_better_hours_are_proposed_once_in_a_pull_request(machine: Machine) -> None:
    hub, out = machine.hub, io.StringIO()
    environ = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(hub.folder),
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": hub.api,
        "GITHUB_REPOSITORY": NAME,
        "GITHUB_TOKEN": WRITES,
        **hub.git_config,
    }
    settings = (hub.work / "runner.yaml").read_text(encoding="utf-8")
    hub.commit({"runner.yaml": f"{settings}slots: {{morning: 09:00}}   # early\n"})
    context = CommandContext(root=hub.work, environ=environ, out=out, talk=out)
    opened = open_project(context)
    assert opened.project
    hour = HourReach(hour=8, at=time(8, 15), posts=20, mean=1, error=0.1)
    found = [
        SlotProposal(account=name, slot="morning", now=time(9), posts=20, better=hour)
        for name in opened.project.accounts
    ]
    for _ in range(2):
        assert tell_proposals(context, opened, found, date(2026, 6, 30)) == 0
    (pull,) = hub.proposed
    branch = "runner-slots/2026-06-30"
    before, after = (hub.files(ref)["runner.yaml"] for ref in (BRANCH, branch))
    assert after == before.replace("morning: 09:00", "morning: 08:15") != before
    assert pull["title"] == "Move slots to better hours"
    assert "| 08:15 | 20 |" in pull["body"]
    assert hub.dispatched == [
        ("preview.yml", {"ref": branch, "inputs": {"pull": str(pull["number"])}})
    ]
    assert f"{branch} was proposed before." in out.getvalue()
