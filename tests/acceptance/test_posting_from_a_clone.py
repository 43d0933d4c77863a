"""Posting with the ledger on a branch: once, and only what the default branch says."""

import os
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import which

import pytest
from PIL import Image

from runner.cli.commands.accounts import accounts
from runner.cli.commands.decide import decide
from runner.cli.commands.hold import hold
from runner.cli.commands.hold_scope import Scope
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.status import status
from runner.cli.machine import MachineClock
from runner.problems import BadFiles, LedgerUnusable
from runner.stores.project_store import is_on_the_remote
from runner.value import replace
from tests.acceptance.clones import cloned, git
from tests.acceptance.test_decide import EMPTY
from tests.wire import Wire

pytestmark = pytest.mark.sampled(5)
DUE = "2027-03-01T10:02+02:00"
CAMPAIGN = "campaigns/winter-lois.yaml"
TIPS = """\
kind: series
account: shop
posts: {wash: {at: 2027-03-01 11:05, text: Wash cold.}}
"""

PICTURE_POST = """\
kind: series
account: shop
posts:
  look: {at: 2027-03-01 11:05, text: Look!, media: [{file: slim.png, alt: Slim jeans}]}
"""


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


def picture(color: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (600, 335), color).save(made, "PNG")
    return made.getvalue()


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


@pytest.mark.sampled(1)
@pytest.mark.parametrize("accounts", [("shop",), ()])
def test_a_run_with_nothing_to_do_brings_no_more_than_4_kib(clone, tmp_path, accounts):
    """With a budget, shortly after a post; of all branches only those that it needs."""
    text = (clone.root / "runner.yaml").read_text()
    commit(clone, "runner.yaml", f"{text}budget: {{usd-per-month: 20}}\n")
    origin = git(clone.root, "remote", "get-url", "origin").strip()
    git(clone.root, "remote", "set-url", "origin", f"file://{origin}")
    git(origin, "config", "uploadpack.allowFilter", "true")
    branches = (f"create refs/heads/draft-{number} HEAD\n" for number in range(200))
    git(origin, "update-ref", "--stdin", stdin="".join(branches))
    assert sent(clone) == 1
    wire = Wire(tmp_path / "wire", path=os.environ["PATH"])
    clone.environ["PATH"] = wire.path
    assert sent(clone, accounts=accounts) == 1
    assert 2_000 < wire.taken() <= 4 * 2**10


def test_g4_what_is_not_merged_does_not_go_out(clone):
    text = (clone.root / CAMPAIGN).read_text()
    assert "three pairs" in text
    clone.write(CAMPAIGN, text.replace("three pairs", "thirty pairs"))
    clone.write("campaigns/tips.yaml", TIPS)
    assert sent(clone) == 1
    assert "three pairs" in clone.sandbox.timeline()[0].text
    git(clone.root, "add", "--all", "campaigns")
    git(clone.root, "commit", "-q", "-m", "Draft")
    clone.clock.set("2027-03-01T11:06+02:00")
    outside = clone.outside()
    assert post(outside, PostOptions(dry_run=True)) == 0
    assert "Nothing due" in outside.out.getvalue(), "committed, and not merged"
    git(clone.root, "push", "-q", "origin", "HEAD:main")
    assert sent(clone) == 2


def test_g4_what_is_merged_goes_out_from_whatever_is_checked_out(clone):
    """An old job that is started again says no old words; who has not pulled says the new ones."""
    text = (clone.root / CAMPAIGN).read_text()
    commit(clone, CAMPAIGN, text.replace("three pairs", "four pairs"))
    git(clone.root, "checkout", "-q", "HEAD~1")
    assert sent(clone) == 1
    assert "four pairs" in clone.sandbox.timeline()[0].text
    commit_of_files = git(clone.root, "ls-remote", "origin", "main").split()[0]
    git(clone.root, "fetch", "-q", "origin", "runner-ledgers/shop")
    assert commit_of_files in git(clone.root, "log", "-p", "FETCH_HEAD")


def test_g4_an_old_commit_is_held_by_what_was_merged_since(clone):
    commit(clone, CAMPAIGN, (clone.root / CAMPAIGN).read_text() + "hold: true\n")
    git(clone.root, "checkout", "-q", "HEAD~1")
    assert sent(clone) == 0


def test_g4_whoever_looks_sees_what_would_go_out_and_from_where(clone):
    clone.environ["GITHUB_ACTOR"] = "anna"
    clone.write(CAMPAIGN, "kind: what")
    clone.write("campaigns/tips.yaml", TIPS)
    commit(clone, "README.md", "# Ours\n", push=False)
    tip, here = (git(clone.root, "rev-parse", name).strip()[:9] for name in ("origin/main", "HEAD"))
    for look in (
        lambda outside: post(outside, PostOptions(dry_run=True)),
        lambda outside: status(outside),
        lambda outside: accounts(outside, within=timedelta(0)),
        lambda outside: hold(outside, Scope(campaign="winter-lois"), because="to try"),
    ):
        outside = clone.outside()
        assert look(outside) == 0, outside.talk.getvalue()
        told = outside.talk.getvalue()
        assert f"Read from the default branch, at {tip}, and not what is checked out here" in told
        assert f"({here})" in told
        assert "tips" not in told + outside.out.getvalue()


def test_g4_what_is_looked_at_before_a_merge_is_what_lies_here(clone):
    """`validate` and `preview` are about what is going to be merged."""
    clone.write("campaigns/tips.yaml", TIPS)
    outside = clone.outside()
    assert preview(outside) == 0
    assert "Wash cold" in outside.out.getvalue()


def test_g4_a_picture_goes_out_as_it_is_merged(clone):
    commit(clone, "campaigns/tips.yaml", PICTURE_POST)
    merged, other = picture("red"), picture("blue")
    (clone.root / "campaigns/slim.png").write_bytes(merged)
    git(clone.root, "add", "campaigns/slim.png")
    git(clone.root, "commit", "-q", "-m", "Add the picture")
    git(clone.root, "push", "-q", "origin", "HEAD:main")
    (clone.root / "campaigns/slim.png").write_bytes(other)
    clone.clock.set("2027-03-01T11:06+02:00")
    assert sent(clone, campaigns=("tips",)) == 1
    page = clone.sandbox.page()
    assert b64encode(merged).decode() in page
    assert b64encode(other).decode() not in page


def test_g4_a_post_whose_picture_git_lfs_has_not_brought_needs_a_person_alone(clone):
    digest = sha256(picture("red")).hexdigest()
    lfs = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 99\n"
    commit(clone, "campaigns/slim.png", lfs)
    commit(clone, "campaigns/tips.yaml", PICTURE_POST)
    clone.clock.set("2027-03-01T11:06+02:00")
    assert sent(clone, code=3) == 1, "that of the other campaign"
    outside = clone.outside()
    assert post(outside, PostOptions(dry_run=True)) == 3
    assert "needs a person" in outside.out.getvalue()
    assert "`slim.png` is kept by Git LFS" in outside.talk.getvalue()
    kept = clone.root / ".git/lfs/objects" / digest[:2] / digest[2:4]
    kept.mkdir(parents=True)
    (kept / digest).write_bytes(picture("red"))
    clone.clock.set("2027-03-01T11:52+02:00")
    assert sent(clone) == 2


def test_a_merge_between_the_look_and_the_claim_sends_nothing_old(clone):
    """The run that looked at the old words lets go of its claim; the next one says the new ones."""
    text = (clone.root / CAMPAIGN).read_text()
    commit(clone, CAMPAIGN, text.replace("three pairs", "four pairs"), push=False)
    merged = git(clone.root, "rev-parse", "HEAD").strip()
    hook = Path(git(clone.root, "remote", "get-url", "origin").strip()) / "hooks/post-receive"
    git(clone.root, "push", "-q", "origin", "HEAD:draft")
    hook.write_text(f"#!/bin/sh\ngit update-ref refs/heads/main {merged}\n")
    hook.chmod(0o755)
    outside = clone.outside()
    assert post(outside, PostOptions()) == 0
    assert not clone.sandbox.timeline()
    assert "The default branch has moved on" in outside.talk.getvalue()
    assert sent(clone) == 1
    assert "four pairs" in clone.sandbox.timeline()[0].text


MEANWHILE = {
    "renamed": "git update-ref refs/heads/trunk main && git symbolic-ref HEAD refs/heads/trunk && "
    "git update-ref -d refs/heads/main",
    "force-pushed with the same files": "git update-ref refs/heads/main $(git -c user.name=Anna "
    "-c user.email=anna@example commit-tree -m Again main^{tree})",
    "deleted": "git update-ref -d refs/heads/main",
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("what", MEANWHILE)
def test_a_default_branch_that_is_another_one_after_the_claim_counts_by_its_files(clone, what):
    hook = Path(git(clone.root, "remote", "get-url", "origin").strip()) / "hooks/post-receive"
    hook.write_text(f"#!/bin/sh\nrm hooks/post-receive\n{MEANWHILE[what]}\n")
    hook.chmod(0o755)
    outside = clone.outside()
    assert post(outside, PostOptions()) == 0
    assert ("has moved on" in outside.talk.getvalue()) == (what == "deleted")
    assert len(clone.sandbox.timeline()) == (what != "deleted")


def test_a_project_that_is_not_merged_is_told_as_that(clone):
    git(clone.root, "rm", "-q", "--cached", "runner.yaml")
    git(clone.root, "commit", "-q", "-m", "Begin anew")
    git(clone.root, "push", "-q", "origin", "HEAD:main")
    with pytest.raises(BadFiles, match=r"the default branch has no runner.yaml") as stopped:
        sent(clone)
    assert "merge what is here" in str(stopped.value.help)


def test_a_ledger_that_only_runner_yaml_here_has_on_branches_is_refused(clone):
    text = (clone.root / "runner.yaml").read_text()
    commit(clone, "runner.yaml", text.replace("store: git", "store: files"))
    clone.write("runner.yaml", text)
    with pytest.raises(LedgerUnusable, match="of the default branch keeps the ledger in a folder"):
        sent(clone)


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


def test_a_folder_is_refused_where_nobody_can_tell_what_is_on_the_remote(clone):
    """An old clone whose files still say so may have sent all of it from elsewhere."""
    text = (clone.root / "runner.yaml").read_text()
    commit(clone, "runner.yaml", text.replace("store: git", "store: files"))
    git(clone.root, "remote", "set-url", "origin", "file:///nowhere/posts.git")
    to_x = replace(clone.outside(), environ={"PATH": os.environ["PATH"]})
    with pytest.raises(LedgerUnusable, match="whether the remote has a ledger") as refused:
        post(to_x, PostOptions())
    assert "no such repository" in refused.value.message
    assert refused.value.help == "see where `git remote get-url origin` leads"


@pytest.mark.parametrize("path", ["", os.environ["PATH"]], ids=["without git", "with git"])
def test_a_folder_that_is_no_clone_has_nothing_on_a_remote(tmp_path, path):
    clock = MachineClock(lambda: False)
    assert not is_on_the_remote(tmp_path, {"PATH": path}, "runner-ledgers", clock=clock)
    if path:
        git(tmp_path, "init", "-q")
        assert not is_on_the_remote(tmp_path, {"PATH": path}, "runner-ledgers", clock=clock)


def test_a_local_x_leaves_no_trace_in_the_ledger_of_what_is_real(clone):
    """A rehearsal that stood there as posted would keep the post from ever going out."""
    remote = git(clone.root, "remote", "get-url", "origin").strip()
    git(clone.root, "remote", "set-url", "origin", "https://github.com/acme/posts.git")
    assert sent(clone) == 1
    assert sent(clone) == 1, "it has a ledger of its own"
    assert "runner-ledger" not in git(clone.root, "ls-remote", remote)
    assert (clone.root / ".runner/local-ledger/ledgers/shop/open.jsonl").exists()


HOLD = {"decision": "hold", "because": "the price is wrong"}
SKIP = {"decision": "skip", "post": "shop/winter-lois/announce", "because": "the price is wrong"}


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("filled", "told"), [(HOLD, "is on hold since"), (SKIP, "It is recorded")], ids=["hold", "skip"]
)
def test_a_decision_that_is_recorded_is_told_though_the_remote_is_gone_since(
    clone, tmp_path_factory, filled, told
):
    clone.environ["GITHUB_ACTOR"] = "anna"
    assert not hold(clone.outside(), Scope(account="shop"), because="to begin")
    folder = tmp_path_factory.mktemp("bin")
    (folder / "git").write_text(
        f'#!/bin/sh\ncase "$*" in *" fetch "*) [ -e {folder}/pushed ] && exit 1;; esac\n'
        f'case "$*" in "push "*) touch {folder}/pushed;; esac\nexec {which("git")} "$@"\n'
    )
    (folder / "git").chmod(0o755)
    clone.environ["PATH"] = f"{folder}:{os.environ['PATH']}"
    outside = clone.outside()
    assert decide(outside, EMPTY | filled) == 0
    assert (folder / "pushed").exists()
    assert told in outside.out.getvalue()
    assert "can't be seen" in outside.out.getvalue()
    assert "git fetch failed" in outside.out.getvalue()
