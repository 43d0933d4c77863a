"""Posting with the ledger on a branch: once, and only what the default branch says."""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.problems import LedgerUnusable
from tests.acceptance.clones import cloned, git

DUE = "2027-03-01T10:02+02:00"


@pytest.fixture
def clone(desktop, tmp_path_factory):
    """A project of which a post is due, whose ledger is kept on a branch."""
    text = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", text.replace("store: files", "store: git"))
    cloned(desktop, tmp_path_factory.mktemp("hub") / "posts.git")
    desktop.clock.set(DUE)
    return desktop


def sent(clone, *, code: int = 0, **asked: object) -> int:
    """How many posts X shows after one more run that ends so."""
    outside = clone.outside()
    ended = post(outside, PostOptions(**asked))
    assert ended == code, outside.out.getvalue() + outside.talk.getvalue()
    return len(clone.sandbox.timeline())


def commit(clone, path: str, text: str, *, push: bool = True) -> None:
    clone.write(path, text)
    git(clone.root, "add", path)
    git(clone.root, "commit", "-q", "-m", "Change")
    if push:
        git(clone.root, "push", "-q", "origin", "HEAD:main")


def test_a_post_goes_out_once_and_the_branch_says_so(clone):
    assert sent(clone) == 1
    assert sent(clone) == 1
    git(clone.root, "fetch", "-q", "origin", "runner-ledgers/shop")
    log = git(clone.root, "log", "--format=%s", "FETCH_HEAD").splitlines()
    assert log == [
        "Post shop/winter-lois/announce",
        "Attempt shop/winter-lois/announce",
    ]


def test_a_fresh_clone_of_any_depth_knows_what_went_out(clone, tmp_path):
    assert sent(clone) == 1
    origin = git(clone.root, "remote", "get-url", "origin").strip()
    copy = tmp_path / "copy"
    git(clone.root, "clone", "-q", "--depth=1", f"file://{origin}", str(copy))
    git(copy, "remote", "set-url", "origin", origin)
    assert sent(replace(clone, root=copy)) == 1


def test_nothing_goes_out_from_files_that_are_not_merged(clone):
    campaign = Path("campaigns/winter-lois.yaml")
    text = (clone.root / campaign).read_text()
    clone.write(str(campaign), text.replace("winners: 3", "winners: 4"))
    assert sent(clone, code=1) == 0, "edited, and not committed"
    commit(clone, str(campaign), text.replace("winners: 3", "winners: 4"), push=False)
    assert sent(clone, code=1) == 0, "committed, and not merged"
    git(clone.root, "push", "-q", "origin", "HEAD:main")
    assert sent(clone) == 1


def test_an_old_commit_that_is_run_again_sends_nothing(clone):
    campaign = clone.root / "campaigns/winter-lois.yaml"
    commit(clone, "campaigns/winter-lois.yaml", campaign.read_text() + "hold: true\n")
    git(clone.root, "checkout", "-q", "HEAD~1")
    assert sent(clone, code=1) == 0
    git(clone.root, "checkout", "-q", "main")
    assert sent(clone) == 0, "it is on hold"


def test_what_else_lies_about_in_the_repository_is_nobodys_business(clone):
    clone.write("notes.txt", "not committed")
    commit(clone, "README.md", "# Ours\n")
    git(clone.root, "reset", "-q", "--hard", "HEAD~1")
    assert sent(clone) == 1


def test_a_run_that_waits_gives_way_to_a_merge(clone):
    clone.clock.set("2027-03-01T09:40+02:00")
    slept = clone.clock.sleep

    def sleep(seconds: float) -> None:
        slept(seconds)
        git(clone.root, "push", "-q", "-f", "origin", f"{merged}:main")

    text = (clone.root / "campaigns/winter-lois.yaml").read_text()
    commit(clone, "campaigns/winter-lois.yaml", text + "hold: true\n", push=False)
    merged = git(clone.root, "rev-parse", "HEAD").strip()
    git(clone.root, "reset", "-q", "--hard", "HEAD~1")
    clone.clock.sleep = sleep
    assert sent(clone, wait=timedelta(minutes=30)) == 0
    assert clone.clock.now().isoformat() < "2027-03-01T10:00"


def test_a_folder_is_refused_where_the_ledger_is_on_the_remote(clone):
    assert sent(clone) == 1
    text = (clone.root / "runner.yaml").read_text()
    commit(clone, "runner.yaml", text.replace("store: git", "store: files"))
    to_x = replace(clone.outside(), environ={})
    with pytest.raises(LedgerUnusable, match="kept on branches of the remote"):
        post(to_x, PostOptions())


def test_an_edit_within_the_second_of_the_commit_is_seen(clone):
    """git compares times by the second, and looks closer at what is as young as its index."""
    campaign = clone.root / "campaigns/winter-lois.yaml"
    text = campaign.read_text()
    for number in range(2):
        until_a_second_begins()
        commit(clone, "campaigns/winter-lois.yaml", f"{text}# {number}\n")
        clone.write("campaigns/winter-lois.yaml", f"{text}# {number + 1}\n")
        until_a_second_begins()
        assert sent(clone, code=1) == 0


def until_a_second_begins() -> None:
    time.sleep(1 - time.time() % 1)


def test_a_local_x_leaves_no_trace_in_the_ledger_of_what_is_real(clone):
    """A rehearsal that stood there as posted would keep the post from ever going out."""
    remote = git(clone.root, "remote", "get-url", "origin").strip()
    git(clone.root, "remote", "set-url", "origin", "https://github.com/acme/posts.git")
    assert sent(clone) == 1
    assert sent(clone) == 1, "it has a ledger of its own"
    assert "runner-ledger" not in git(clone.root, "ls-remote", remote)
    assert (clone.root / ".runner/local-ledger/ledgers/shop/open.jsonl").exists()
