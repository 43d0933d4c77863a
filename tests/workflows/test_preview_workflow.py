"""preview.yml as teams copy it: what a pull request gets, and what a fork's gets."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from runner.github import MARKER
from tests.workflows.acting import ROOT, Acted, Machine
from tests.workflows.conftest import campaign
from tests.workflows.hub import BRANCH, NAME, READS, RUNNER, WRITES

SOON = timedelta(days=5)
NEW = "campaigns/new.yaml"


FORK = "mallory/shop"


def opened(machine: Machine, text: str, *, fork: bool = False) -> Acted:
    """A pull request that adds a campaign, or changes the one that it added."""
    machine.hub.commit({NEW: text}, branch="new")
    machine.hub.open_pull("new")
    head = {"ref": "new", "repo": {"full_name": FORK if fork else NAME}}
    head["sha"] = machine.hub.pulls[7]
    payload = {"number": 7, "pull_request": {"number": 7, "head": head, "base": {"ref": BRANCH}}}
    return machine.run("preview.yml", "pull_request", payload, token=READS if fork else WRITES)


def test_a_pull_request_shows_what_it_would_publish(machine: Machine) -> None:
    run = opened(machine, campaign("A brand new post", due=SOON))
    assert run.jobs == {"preview": "success", "comment": "success"}, str(run)
    (comment,) = machine.hub.comments
    assert comment["body"].startswith(MARKER)
    assert "A brand new post" in run.summary
    assert "A brand new post" in comment["body"]
    assert "A brand new post" in (machine.artifacts / "preview.html").read_text()


@pytest.mark.slow
def test_a_repository_of_campaigns_alone_has_copies_as_the_page_says(machine: Machine) -> None:
    page = (ROOT / "docs/how-to/work-as-a-team.md").read_text(encoding="utf-8")
    ((given, place),) = re.findall(r"`(uses: \S+)` takes the place of `(uses: \S+)`", page)
    given = given.replace("OWNER/campaign-runner", RUNNER).replace("COMMIT", "ab" * 20)
    texts = {
        f".github/workflows/{name}": (ROOT / ".github/workflows" / name).read_text()
        for name in re.findall(r"`((?:preview|preview-comment|watch)\.yml)`", page)
    }
    assert len(texts) == 3
    machine.hub.part()
    machine.hub.commit({name: text.replace(place, given) for name, text in texts.items()})
    run = opened(machine, campaign("A brand new post", due=SOON))
    assert run.jobs == {"preview": "success", "comment": "success"}, str(run)
    assert "A brand new post" in machine.hub.comments[0]["body"]
    machine.hub.runs.append({"run_started_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")})
    assert machine.run("watch.yml", "schedule").jobs == {"watch": "success"}


@pytest.mark.slow
def test_the_comment_is_made_once_and_edited_after(machine: Machine) -> None:
    opened(machine, campaign("First words", due=SOON))
    opened(machine, campaign("Better words", due=SOON))
    (comment,) = machine.hub.comments
    assert "Better words" in comment["body"]
    assert "First words" not in comment["body"]


@pytest.mark.slow
def test_a_fork_gets_the_same_check_and_no_comment(machine: Machine) -> None:
    run = opened(machine, campaign("From a stranger", due=SOON), fork=True)
    assert run.jobs["preview"] == "success", str(run)
    assert run.jobs.get("comment") in (None, "skipped")
    assert "From a stranger" in run.summary
    assert (machine.artifacts / "preview.html").exists()
    assert machine.hub.calls == []


def after(machine: Machine, *, of: str) -> Acted:
    """What GitHub starts when Preview has ended, with this repository's own token."""
    run = {"id": 5, "event": "pull_request", "head_sha": machine.hub.pulls[7]}
    run |= {"head_repository": {"full_name": of}, "head_branch": "new"}
    return machine.run("preview-comment.yml", "workflow_run", {"workflow_run": run})


@pytest.mark.slow
def test_a_fork_gets_its_comment_from_a_run_after_its_own(machine: Machine) -> None:
    for words in ("From a stranger", "From a friend"):
        opened(machine, campaign(words, due=SOON), fork=True)
        run = after(machine, of=FORK)
        assert run.jobs == {"comment": "success"}, str(run)
    (comment,) = machine.hub.comments
    assert comment["body"].startswith(MARKER)
    assert "+ From a friend\n" in comment["body"]
    assert "stranger" not in comment["body"].partition("```text")[2]


@pytest.mark.slow
def test_a_branch_of_this_repository_gets_no_second_comment(machine: Machine) -> None:
    machine.hub.pulls[7] = "ab" * 20
    run = after(machine, of=NAME)
    assert set(run.jobs.values()) <= {"skipped"}, str(run)
    assert machine.hub.calls == []


@pytest.mark.slow
def test_a_campaign_with_a_mistake_fails_the_check_at_its_line(machine: Machine) -> None:
    run = opened(machine, "kind: series\naccount: shop\nposts: {a: {at: someday, text: Hi}}\n")
    assert run.jobs == {"preview": "failure", "comment": "success"}, str(run)
    (error,) = run.of("error")
    assert (error["kvPairs"]["file"], error["kvPairs"]["line"]) == (NEW, "3")
    (comment,) = machine.hub.comments
    assert "someday" in comment["body"]


@pytest.mark.slow
def test_a_preview_takes_what_the_default_branch_remembers_and_saves_nothing(
    machine: Machine,
) -> None:
    texts = ("One for the road", "Second helpings", "A third and last call", "Nobody counts four")
    for hours, text in enumerate(texts, 1):
        words = campaign(text, due=SOON + timedelta(hours=hours))
        machine.hub.commit({f"campaigns/{hours}.yaml": words})
    run = machine.run("remember.yml", "push", {"ref": f"refs/heads/{BRANCH}"})
    assert run.jobs == {"remember": "success"}, str(run)
    (saved,) = machine.caches.iterdir()
    kept = (saved / "campaigns").read_bytes()
    assert kept.count(b"\n") == 5
    run = opened(machine, campaign("A brand new post", due=SOON))
    assert run.jobs["preview"] == "success", str(run)
    assert f"restored {saved.name}" in run.log
    assert [*machine.caches.iterdir()] == [saved]
    assert (saved / "campaigns").read_bytes() == kept
