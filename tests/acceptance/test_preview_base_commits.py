"""The commit to compare with: found in any clone, or refused with what to do."""

import os
import shutil
import subprocess

import pytest

from runner.cli.commands.preview import preview
from runner.cli.commands.preview_formats import PreviewFormat
from runner.problems import BadUsage, LedgerUnusable
from tests.acceptance.commits import begin, commit, git

TIPS = "kind: series\naccount: shop\nposts: {tip: {at: 2027-03-05 10:00, text: Wash cold.}}\n"


def add_tips(desktop):
    begin(desktop.root)
    desktop.write("campaigns/tips.yaml", TIPS)
    commit(desktop.root)


@pytest.fixture
def project(after):
    """`main` has a campaign of four posts; `edit` adds another campaign."""
    return after(add_tips)


def shown(desktop, base: str = "main", **asked) -> str:
    outside = desktop.outside()
    preview(outside, base=base, **asked)
    return outside.out.getvalue()


def refused(desktop, base: str) -> str:
    with pytest.raises(BadUsage) as stopped:
        shown(desktop, base)
    assert stopped.value.exit_code == 2
    return f"{stopped.value.message}; {stopped.value.help}"


def cloned(desktop, *how: str) -> None:
    """The project's folder becomes a clone of what it was."""
    origin = desktop.root.with_name(f"{desktop.root.name}-origin")
    shutil.move(desktop.root, origin)
    git(desktop.root.parent, "clone", "--quiet", *how, f"file://{origin}", str(desktop.root))


def added(said: str) -> bool:
    return "Change: 1 added." in said and "+ tip" in said


@pytest.mark.sampled(1)
@pytest.mark.parametrize("base", ["main", "main~0", "HEAD~1", "refs/heads/main"])
def test_any_name_of_a_commit_will_do(project, base):
    assert added(shown(project, base))


def test_a_tag_with_words_of_its_own_will_do(project):
    git(project.root, "tag", "--annotate", "--message", "Out", "v1", "main")
    assert added(shown(project, "v1"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("base", ["nope", "--help", "", "main:runner.yaml", "origin/nope", "a b"])
def test_an_unknown_name_is_refused_with_a_hint(project, base):
    assert f"git knows no commit `{base}`; name a branch" in refused(project, base)


def test_outside_of_git_there_is_nothing_to_compare_with(desktop):
    assert "there is none here; run it within a clone" in refused(desktop, "main")


def test_before_the_first_commit_there_is_nothing_either(desktop):
    git(desktop.root, "init", "--quiet")
    assert "there is none here" in refused(desktop, "main")


def test_a_history_of_its_own_is_refused(project):
    git(project.root, "switch", "--quiet", "--orphan", "other")
    git(project.root, "checkout", "--quiet", "main", "--", ".")
    project.write("other.txt", "")
    commit(project.root)
    assert "no commit in common" in refused(project, "main")


def test_a_shallow_clone_says_how_to_deepen_it(project):
    commit(project.root)
    cloned(project, "--depth=1", "--no-single-branch", "--branch=edit")
    said = refused(project, "origin/main")
    assert "too shallow to know where HEAD left `origin/main`" in said
    assert "`fetch-depth: 0`" in said
    assert "`git fetch --unshallow`" in said


def test_a_branch_that_a_shallow_clone_lacks_is_fetched_for_a_merge(project):
    git(project.root, "switch", "--quiet", "main")
    git(project.root, "switch", "--quiet", "--create", "merged")
    git(project.root, "merge", "--quiet", "--no-ff", "--message", "A merge", "edit")
    cloned(project, "--depth=1", "--branch=merged")
    assert added(shown(project, "origin/main"))
    assert git(project.root, "rev-list", "--count", "HEAD") == "1"


def test_a_whole_clone_stays_whole(project):
    cloned(project, "--single-branch", "--branch=edit")
    assert added(shown(project, "origin/main"))
    assert git(project.root, "rev-parse", "--is-shallow-repository") == "false"


def test_a_project_below_the_top_of_its_repository_is_compared_too(desktop):
    below = desktop.root / "marketing"
    for name in ("runner.yaml", "campaigns"):
        below.mkdir(exist_ok=True)
        shutil.move(desktop.root / name, below / name)
    begin(desktop.root)
    desktop.root = below
    desktop.write("campaigns/tips.yaml", TIPS)
    assert added(shown(desktop))


def test_nothing_is_checked_out_and_nothing_is_left(project, tmp_path_factory):
    before = git(project.root, "status", "--porcelain", "--branch")
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(folder))
        shown(project)
    assert git(project.root, "status", "--porcelain", "--branch") == before
    assert not os.listdir(folder)


def test_what_can_not_be_read_at_the_base_counts_as_added_and_is_named(project):
    git(project.root, "switch", "--quiet", "main")
    project.write("campaigns/winter-lois.yaml", "kind: contest\nprize: [\n")
    commit(project.root)
    git(project.root, "switch", "--quiet", "--create", "mended")
    git(project.root, "checkout", "--quiet", "edit", "--", ".")
    said = shown(project)
    assert "campaigns/winter-lois.yaml of main can’t be read as a whole" in said
    assert "+ announce" in said


def test_without_a_project_at_the_base_all_is_added(desktop):
    project = (desktop.root / "runner.yaml").read_text()
    (desktop.root / "runner.yaml").unlink()
    begin(desktop.root)
    desktop.write("runner.yaml", project)
    said = shown(desktop)
    assert "main has no runner.yaml, so all counts as added" in said
    assert "+ announce" in said


def test_a_link_out_of_the_project_is_not_followed(project, tmp_path_factory):
    secret = tmp_path_factory.mktemp("secret") / "secret.yaml"
    secret.write_text(TIPS.replace("Wash cold.", "A secret."))
    git(project.root, "switch", "--quiet", "main")
    (project.root / "campaigns/linked.yaml").symlink_to(secret)
    commit(project.root)
    git(project.root, "switch", "--quiet", "--create", "unlinked")
    (project.root / "campaigns/linked.yaml").unlink()
    said = shown(project)
    assert "A secret." not in said
    assert "Change: no post changes." in said


def test_a_tree_made_by_hand_writes_nothing_outside(project):
    blob = git(project.root, "rev-parse", "main:runner.yaml")
    inner = f"100644 blob {blob}\toutside.yaml\n"
    tree = made(project.root, "mktree", inner)
    raw = b"40000 ..\0" + bytes.fromhex(tree)
    campaigns = made(project.root, "hash-object", raw, "-t", "tree", "-w", "--stdin", "--literally")
    top = made(
        project.root,
        "mktree",
        f"040000 tree {campaigns}\tcampaigns\n100644 blob {blob}\trunner.yaml\n",
    )
    hostile = git(project.root, "commit-tree", "-p", "main", "-m", "x", top)
    git(project.root, "replace", "--graft", "HEAD", hostile)
    assert "+ announce" in shown(project, hostile)


def made(folder, command: str, given: str | bytes, *more: str) -> str:
    data = given.encode() if isinstance(given, str) else given
    done = subprocess.run(
        ["git", "-C", str(folder), command, *more], input=data, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("format", [PreviewFormat.TEXT, PreviewFormat.MARKDOWN])
def test_without_access_to_the_ledger_a_preview_goes_on_and_says_so(project, format):
    text = (project.root / "runner.yaml").read_text()
    project.write("runner.yaml", text.replace("{store: files}", "{store: git}"))
    del project.environ["X_API_URL"]  # a local X has a ledger of its own
    said = shown(project, format=format)
    assert "what is out already can’t be known" in said
    assert added(said) or "1 added." in said


def test_two_commits_are_enough_for_the_merge_of_a_pull_request(project):
    git(project.root, "switch", "--quiet", "main")
    git(project.root, "switch", "--quiet", "--create", "merged")
    git(project.root, "merge", "--quiet", "--no-ff", "--message", "A merge", "edit")
    cloned(project, "--depth=2", "--branch=merged")
    assert added(shown(project, "HEAD^1"))


def test_a_ledger_that_is_there_and_unreadable_stops_a_preview(project):
    project.write(".runner/ledger/ledgers/_project/origin.jsonl", "no JSON\n")
    with pytest.raises(LedgerUnusable):
        shown(project)
