"""report.yml as teams copy it: the issue of the month, and the page."""

import pytest

from tests.workflows.acting import Acted, Machine


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
