"""Whether the files at hand are those of the default branch's tip."""

import pytest

from runner.ledger import Need, Record
from runner.problems import LedgerOutOfReach
from tests.integration.stores.repositories import Repositories, write
from tests.unit.stores.building import a_key, attempting

OPENED = Record(entries=(attempting(a_key()),))


def claims(repositories: Repositories, project) -> bool:
    """Whether what is claimed from these files may be sent."""
    ledger = repositories.ledger(project)
    ledger.read(Need())
    ledger.claim(OPENED)
    stale = ledger.confirm(Need()).stale
    assert ledger.stale() is stale
    return not stale


@pytest.mark.parametrize("prefix", ["", "marketing/x/"])
@pytest.mark.parametrize(
    ("edit", "same"),
    [
        ({}, True),
        ({"README.md": "# Other\n", "notes/mine.txt": "-"}, True),
        ({"campaigns/slim.yaml": "kind: series\n"}, False),
        ({"campaigns/new.yaml": "kind: series\n"}, False),
        ({"campaigns/ignored.yaml": "kind: series\n"}, False),
        ({"campaigns/.DS_Store": "junk", "campaigns/.slim.yaml.swp": "junk"}, True),
        ({"templates/launch/teaser.j2": "Later\n"}, False),
        ({"runner.yaml": "timezone: Europe/Madrid\n"}, False),
    ],
)
def test_what_is_edited_and_not_merged_sends_nothing(tmp_path, prefix, edit, same):
    repositories = Repositories(tmp_path, prefix=prefix)
    repositories.push({".gitignore": "ignored.yaml\n"})
    project = repositories.clone("work", "--depth=1")
    write(project, edit)
    assert claims(repositories, project) is same


def test_what_is_gone_and_not_merged_sends_nothing(repositories):
    project = repositories.clone("work")
    (project / "templates/launch/teaser.j2").unlink()
    assert not claims(repositories, project)
    (project / "templates/launch").rmdir()
    (project / "templates").rmdir()
    assert not claims(repositories, project)


def test_a_folder_that_the_tip_does_not_have_either_is_no_difference(repositories):
    repositories.git("rm", "-r", "--quiet", "templates", at=repositories.main)
    repositories.push({})
    assert claims(repositories, repositories.clone("work"))


@pytest.mark.parametrize("filters", [True, False])
@pytest.mark.parametrize("prefix", ["", "marketing/x/"])
@pytest.mark.parametrize("depth", [(), ("--depth=1",)])
def test_a_merge_stops_who_has_the_old_files_unless_it_is_of_something_else(
    tmp_path, prefix, filters, depth
):
    repositories = Repositories(tmp_path, prefix=prefix, filters=filters)
    project = repositories.clone("work", *depth)
    ledger = repositories.ledger(project)
    ledger.read(Need())
    repositories.push({"README.md": "# Other\n"})
    assert not ledger.stale()
    ledger.claim(OPENED)
    repositories.push({"campaigns/slim.yaml": "kind: series\n"})
    assert ledger.stale()
    assert ledger.confirm(Need()).stale
    repositories.git("pull", "--quiet", at=project)
    assert claims(repositories, project)


def test_a_run_of_an_old_commit_sends_nothing(repositories):
    old = repositories.git("rev-parse", "HEAD", at=repositories.main)
    repositories.push({"campaigns/slim.yaml": "kind: series\n"})
    project = repositories.clone("work")
    repositories.git("checkout", "--quiet", old, at=project)
    assert not claims(repositories, project)


def test_a_branch_with_other_words_sends_nothing(repositories):
    project = repositories.clone("work")
    repositories.git("switch", "--quiet", "--create", "draft", at=project)
    assert claims(repositories, project), "until it differs"
    write(project, {"campaigns/slim.yaml": "kind: series\n"})
    repositories.git("commit", "--quiet", "--all", "--message=Draft", at=project)
    assert not claims(repositories, project)


def test_lines_that_end_as_windows_has_them_are_the_same_where_git_converts_them(repositories):
    project = repositories.clone("work")
    repositories.git("config", "core.autocrlf", "true", at=project)
    (project / "campaigns/slim.yaml").write_bytes(b"kind: launch\r\n")
    assert claims(repositories, project)


def test_inside_of_a_hook_it_is_the_same(repositories):
    project = repositories.clone("work")
    ledger = repositories.ledger(
        project, GIT_DIR=str(repositories.remote), GIT_INDEX_FILE="elsewhere", GIT_PREFIX="x/"
    )
    assert not ledger.stale()


def test_half_a_merge_is_named(repositories):
    project = repositories.clone("work")
    blob = repositories.git("rev-parse", "HEAD:README.md", at=project)
    conflict = "".join(f"100644 {blob} {stage}\tREADME.md\n" for stage in (1, 2, 3))
    repositories.git("update-index", "--force-remove", "README.md", at=project)
    repositories.git("update-index", "--index-info", at=project, stdin=conflict)
    with pytest.raises(LedgerOutOfReach, match="what the files are") as caught:
        repositories.ledger(project)
    assert "git status" in caught.value.help


@pytest.mark.parametrize("promise", ["--assume-unchanged", "--skip-worktree"])
@pytest.mark.parametrize("prefix", ["", "marketing/x/"])
def test_g4_what_git_was_told_not_to_look_at_is_looked_at(tmp_path, prefix, promise):
    repositories = Repositories(tmp_path, prefix=prefix)
    project = repositories.clone("work")
    repositories.git("update-index", promise, "campaigns/slim.yaml", at=project)
    assert claims(repositories, project), "until it differs"
    write(project, {"campaigns/slim.yaml": "kind: series\n"})
    assert not claims(repositories, project)
    assert repositories.git("ls-files", "-v", "campaigns", at=project)[0] in "hS", "as it was"


def test_g4_a_file_that_a_sparse_checkout_leaves_out_is_missing(repositories):
    project = repositories.clone("work")
    repositories.git("sparse-checkout", "set", "--no-cone", "/*", "!templates", at=project)
    assert not (project / "templates").exists()
    assert not claims(repositories, project)


@pytest.mark.parametrize("declared", ["campaigns", "campaigns/partner", "templates/launch"])
def test_g4_a_repository_within_what_is_declared_is_refused(repositories, declared):
    """A commit names its commit alone: whatever else lies in it would be published, too."""
    project = repositories.clone("work")
    if (project / declared).exists():
        repositories.git("rm", "-r", "--quiet", declared, at=project)
    other = project / declared
    other.mkdir(parents=True)
    repositories.git("init", "--quiet", at=other)
    write(other, {"slim.yaml": "kind: launch\n"})
    repositories.git("add", "--all", at=other)
    repositories.git("commit", "--quiet", "--message=Begin", at=other)
    write(other, {"new.yaml": "kind: series\n"})
    with pytest.raises(LedgerOutOfReach, match="a git repository of its own"):
        repositories.ledger(project)
