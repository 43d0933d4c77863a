"""What holds of the files of a contest, wherever they are kept: they are added, and never lost."""

import sys
from collections.abc import Callable

import pytest

from runner.git import GitFailed
from runner.problems import LedgerOutOfReach, LedgerUnusable
from runner.reading import FilesRaced, KeptFiles
from runner.stores.kept_files import BranchKeptFiles, FolderKeptFiles, KeptBranch
from runner.system import OPENS_FOLDERS
from tests.unit.stores.remotes import ModelRefs, Remote


@pytest.fixture(params=["folder", "branch"])
def another(request, tmp_path) -> Callable[[], KeptFiles]:
    """Each call gives one more process's object."""
    if request.param == "folder":
        return lambda: FolderKeptFiles(tmp_path / "lois")
    remote = Remote()
    return lambda: BranchKeptFiles(ModelRefs(remote), KeptBranch.ENTRIES, "lois")


def test_nothing_is_there_before_the_first_file(another):
    assert another().read() == {}


def test_what_is_added_is_read_by_all_in_order(another):
    files = another()
    files.read()
    for name in ("000001", "000002", "000003"):
        files.add(name, name.encode())
    assert list(another().read().items()) == [
        ("000001", b"000001"),
        ("000002", b"000002"),
        ("000003", b"000003"),
    ]


def test_of_all_files_only_those_are_read_that_are_named(another):
    files = another()
    files.read()
    files.add("c", b"3", beside={"a": b"1", "b": b"2"})
    assert another().read(["b", "d"]) == {"b": b"2"}
    assert another().read([]) == {}


def test_what_lies_beside_a_file_is_added_with_it_or_not_at_all(another):
    one, other = another(), another()
    assert one.read() == other.read() == {}
    one.add("list", b"one", beside={"part": b"one"})
    with pytest.raises(FilesRaced):
        other.add("list", b"other", beside={"part": b"other"})
    assert another().read() == {"list": b"one", "part": b"one"}


def test_what_a_killed_process_has_begun_to_add_is_added_anew(tmp_path):
    begun, files = FolderKeptFiles(tmp_path), FolderKeptFiles(tmp_path)
    begun.add("part", b"of a process that was killed before it came to the list")
    assert "list" not in files.read()
    files.add("list", b"mine", beside={"part": b"mine"})
    assert files.read() == {"list": b"mine", "part": b"mine"}


def test_of_two_who_add_the_same_file_one_is_told(another):
    one, other = another(), another()
    assert one.read() == other.read() == {}
    one.add("000001", b"one")
    with pytest.raises(FilesRaced):
        other.add("000001", b"other")
    assert another().read() == {"000001": b"one"}


def test_what_is_replaced_leaves_nothing_behind(another):
    files = another()
    files.read()
    files.add("000001", b"anna")
    files.add("000002", b"ilze")
    files.read()
    files.replace({"000001": b"", "000002": b"ilze"})
    assert another().read() == {"000001": b"", "000002": b"ilze"}
    last = another()
    last.read()
    last.replace({})
    assert another().read() == {}
    last.add("000001", b"begun anew")
    assert another().read() == {"000001": b"begun anew"}


def test_who_has_written_alone_may_replace_what_is_there(another):
    files = another()
    files.read()
    files.add("000001", b"anna", beside={"part": b"ilze"})
    files.replace({"000002": b"ilze"})
    files.replace({"000003": b"ilze"})
    assert another().read() == {"000003": b"ilze"}


@pytest.mark.parametrize("left", [{}, {"000001": b""}], ids=["nothing", "a file"])
def test_nothing_is_replaced_that_was_not_read(another, left):
    one, other = another(), another()
    one.read()
    one.add("000001", b"anna")
    one.read()
    other.read()
    other.add("000002", b"ilze")
    with pytest.raises(FilesRaced):
        one.replace(left)
    assert another().read() == {"000001": b"anna", "000002": b"ilze"}


def test_of_a_branch_that_is_replaced_the_history_goes_too():
    files = BranchKeptFiles(ModelRefs(remote := Remote()), KeptBranch.ENTRIES, "lois")
    files.read()
    files.add("000001", b"anna")
    files.replace({"000001": b""})
    assert remote.commits[remote.branches["lois"]].parent is None


def test_a_removal_whose_answer_is_lost_is_looked_for():
    files = BranchKeptFiles(refs := ModelRefs(remote := Remote()), KeptBranch.ENTRIES, "lois")
    files.read()
    files.add("000001", b"one")
    refs.after_push = [lost]
    files.replace({})
    assert not remote.branches


def test_a_draft_of_a_killed_process_is_no_file(tmp_path):
    files = FolderKeptFiles(tmp_path)
    files.add("000001", b"one")
    (tmp_path / "files/000002.new").write_bytes(b"ha")
    assert files.read() == {"000001": b"one"}


def test_files_that_cannot_be_read_are_told_in_words(tmp_path):
    (tmp_path / "files/000001").mkdir(parents=True)
    with pytest.raises(LedgerUnusable, match="can't be read: "):
        FolderKeptFiles(tmp_path).read()


@pytest.mark.skipif(not OPENS_FOLDERS, reason="folders can't be opened here")
def test_what_is_removed_stays_removed_after_a_crash_of_the_machine(tmp_path):
    files = FolderKeptFiles(tmp_path)
    files.add("000001", b"anna")
    opened: list[str] | None = []

    def note(event: str, given: tuple[object, ...]) -> None:
        if event == "open" and opened is not None:
            opened.append(str(given[0]))

    sys.addaudithook(note)  # which stays for good
    files.replace({})
    seen, opened = opened, None
    assert str(tmp_path / "files") in seen, "and what it holds is brought to the disk"


def lost() -> None:
    raise GitFailed("the connection broke")


def test_a_push_whose_answer_is_lost_is_looked_for():
    remote = Remote()
    files = BranchKeptFiles(refs := ModelRefs(remote), KeptBranch.ENTRIES, "lois")
    files.read()
    refs.after_push = [lost]
    files.add("000001", b"one")
    assert BranchKeptFiles(ModelRefs(remote), KeptBranch.ENTRIES, "lois").read() == {
        "000001": b"one"
    }


def test_a_push_that_never_arrived_adds_nothing():
    remote = Remote()
    files = BranchKeptFiles(refs := ModelRefs(remote), KeptBranch.ENTRIES, "lois")
    files.read()
    refs.steps["push"] = [lost]
    with pytest.raises(LedgerOutOfReach, match="can't be reached: the connection broke"):
        files.add("000001", b"one")
    assert not remote.branches


BRANCH, WITNESS = "refs/heads/runner-entries/lois", "refs/runner/runner-entries/lois"


@pytest.mark.parametrize(
    ("refs", "restored"),
    [
        ("branches", f"{WITNESS} && git push --force origin FETCH_HEAD:{BRANCH}"),
        ("witnesses", f"{BRANCH} && git push --force origin FETCH_HEAD:{WITNESS}"),
    ],
)
def test_a_branch_that_was_cut_back_is_not_believed_and_how_it_is_restored_is_said(refs, restored):
    remote = Remote()
    files = BranchKeptFiles(ModelRefs(remote), KeptBranch.ENTRIES, "lois")
    files.read()
    files.add("000001", b"one")
    getattr(remote, refs).pop("lois")
    with pytest.raises(LedgerUnusable, match="cut back") as raised:
        BranchKeptFiles(ModelRefs(remote), KeptBranch.ENTRIES, "lois").read()
    assert str(raised.value.help).endswith(f": git fetch origin {restored}")
