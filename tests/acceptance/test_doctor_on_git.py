"""The doctor with a ledger on branches of the remote: what would stop a run, and what to do."""

from pathlib import Path

import pytest

from runner.cli.commands.hold import hold
from runner.cli.commands.hold_scope import Scope
from runner.cli.contests import KEYS
from tests.acceptance.clones import cloned, git
from tests.acceptance.test_doctor import examined
from tests.unit.contest.building import KEY
from tests.workflows.hub import BRANCH, NAME, READS, Hub, listening

pytestmark = pytest.mark.sampled(4)
REFUSES = """\
#!/bin/sh
case "$1" in refs/runner/doctor-*) echo "GH013: Repository rule violations" >&2; exit 1;; esac
"""


@pytest.fixture
def on_git(desktop, tmp_path_factory):
    desktop.environ["USER"] = "anna"
    text = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", text.replace("store: files", "store: git"))
    cloned(desktop, tmp_path_factory.mktemp("hub") / "posts.git")
    return desktop


def remote_of(desktop) -> str:
    return git(desktop.root, "remote", "get-url", "origin").strip()


def test_a_remote_that_takes_pushes_is_well_and_left_as_it_was(on_git):
    before = git(on_git.root, "ls-remote", "origin")
    code, told = examined(on_git)
    assert code == 0, told
    assert "this machine may push: refs/runner/doctor-" in told
    assert "a ruleset on all branches has to exclude `runner-ledgers/*`" in told
    assert git(on_git.root, "ls-remote", "origin") == before

    hold(on_git.outside(), Scope(), because="the price is wrong")
    assert "ruleset" not in examined(on_git)[1]


def test_on_github_it_looks_at_the_rules_and_a_lack_is_a_note(on_git, tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("api"), rules={BRANCH: ["pull_request"]})
    summary = hub.folder / "summary.md"
    on_git.environ |= {"GITHUB_REPOSITORY": NAME, "GITHUB_TOKEN": READS}
    on_git.environ |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    with listening(hub):
        on_git.environ["GITHUB_API_URL"] = hub.api
        code, told = examined(on_git)
    assert code == 0, told
    assert "note   who may push can delete or rewrite the ledger" in told
    assert f"well   `{BRANCH}` is protected" in told
    assert "- **To look at:** who may push can delete or rewrite the ledger" in summary.read_text()


def test_on_github_a_contest_that_nobody_reads_or_could_check_is_a_note(on_git, tmp_path_factory):
    key = f'key: {{fingerprint: {KEY.fingerprint}, user-id: "1"}}\n'
    file = on_git.root / "campaigns/winter-lois.yaml"
    file.write_text(
        file.read_text().replace("closed: {at:", "closed: {reply-to: announce, at:") + key
    )
    on_git.environ |= {"GITHUB_REPOSITORY": NAME, "GITHUB_TOKEN": READS, KEYS: KEY.secret.hex()}
    on_git.clock.set("2027-03-02T12:00+02:00")
    hub = Hub(tmp_path_factory.mktemp("api"), is_private=True)
    with listening(hub):
        on_git.environ["GITHUB_API_URL"] = hub.api
        told = examined(on_git)[1]
        assert "note   no workflow here reads the entries of `winter-lois`" in told
        assert "note   the repository is private, so that nobody who lost" in told
        on_git.write(".github/workflows/mine.yml", "  uses: a/b/.github/workflows/listen.yml@v1")
        told = examined(on_git)[1]
        assert "when mine.yml last read entries could not be asked" in told
        on_git.write(".github/workflows/listen.yml", "name: Listen")
        assert "note   listen.yml has never succeeded, and a contest is open" in examined(on_git)[1]
        hub.runs.append({"run_started_at": "2027-03-02T08:30:00Z"})
        file.write_text(file.read_text() + "copy-at: https://acme.example/contests\n")
        told = examined(on_git)[1]
    assert "well   listen.yml last read entries 1 hour 30 minutes ago" in told
    assert "the repository is private" not in told


def test_a_repository_without_a_remote_is_told(on_git):
    git(on_git.root, "remote", "remove", "origin")
    code, told = examined(on_git)
    assert code == 5
    assert "git remote add origin URL" in told


def test_a_remote_that_forbids_the_push_is_told(on_git):
    hook = Path(remote_of(on_git)) / "hooks/update"
    hook.write_text(REFUSES)
    hook.chmod(0o755)
    code, told = examined(on_git)
    assert code == 5
    assert "the ledger can't be pushed (refs/runner/doctor-" in told
    assert "a rule of the repository forbids the push" in told


def test_a_ledger_that_was_cut_back_is_told(on_git):
    hold(on_git.outside(), Scope(), because="the price is wrong")
    git(remote_of(on_git), "update-ref", "-d", "refs/heads/runner-ledgers/_project")
    code, told = examined(on_git)
    assert code == 5
    assert "the ledger was cut back" in told
    assert "git push --force origin" in told


def test_the_ledger_of_another_repository_is_told(on_git, tmp_path_factory):
    hold(on_git.outside(), Scope(), because="the price is wrong")
    copy = tmp_path_factory.mktemp("fork") / "copy.git"
    git(copy.parent, "clone", "-q", "--mirror", remote_of(on_git), str(copy))
    git(on_git.root, "remote", "set-url", "origin", str(copy))
    code, told = examined(on_git)
    assert code == 5
    assert "runner ledger adopt" in told


def test_whether_what_is_here_is_what_goes_out_is_told(on_git):
    code, told = examined(on_git)
    assert "well   what is committed here is what goes out (" in told
    git(on_git.root, "rm", "-q", "campaigns/winter-lois.yaml")
    git(on_git.root, "commit", "-q", "-m", "Draft")
    code, told = examined(on_git)
    assert code == 0
    assert "note   what goes out is what the default branch says (" in told


def test_g12_a_remote_without_a_default_branch_is_told(on_git):
    git(remote_of(on_git), "symbolic-ref", "HEAD", "refs/heads/master")
    code, told = examined(on_git)
    assert code == 5
    assert "HEAD of the remote `origin` leads to no branch" in told
    assert "choose a default branch" in told


def test_g12_git_that_is_not_there_is_told(on_git, tmp_path_factory):
    on_git.environ["PATH"] = str(tmp_path_factory.mktemp("empty"))
    code, told = examined(on_git)
    assert code == 5
    assert "git can't be started" in told
    assert "= help: install git" in told


def test_g12_a_commit_by_hand_on_a_branch_of_the_ledger_is_told(on_git):
    hold(on_git.outside(), Scope(), because="the price is wrong")
    ref = "refs/heads/runner-ledgers/_project"
    made = git(remote_of(on_git), "commit-tree", f"{ref}^{{tree}}", "-p", ref, "-m", "Mend a typo")
    git(remote_of(on_git), "update-ref", ref, made.strip())
    code, told = examined(on_git)
    assert code == 5
    assert "somebody has committed to runner-ledgers/_project by hand" in told
    assert "--force" not in told
