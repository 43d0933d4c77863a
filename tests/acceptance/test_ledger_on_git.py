"""What a person says goes into a ledger on a branch of the repository, from any branch of it."""

import pytest

from runner.cli.commands.hold import hold, show
from runner.cli.commands.hold_scope import Scope
from runner.cli.commands.ledger import adopt, export, import_from
from runner.cli.commands.ledger import show as show_ledger
from runner.cli.commands.release import release
from runner.cli.commands.status import status
from runner.problems import LedgerUnusable
from tests.acceptance.clones import cloned, git
from tests.acceptance.conftest import output_of
from tests.acceptance.doubts import a_link, in_doubt, say

EVERYTHING, HELD = Scope(), "Hold everything"

pytestmark = pytest.mark.sampled(2)


@pytest.fixture
def on_git(desktop, tmp_path_factory):
    """A post is in doubt in the folder `exported`; the ledger on the branch is empty."""
    in_doubt(desktop)
    output_of(desktop, export, desktop.root / "exported")
    text = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", text.replace("store: files", "store: git"))
    remote = tmp_path_factory.mktemp("hub") / "posts.git"
    cloned(desktop, remote)
    return desktop


def test_a_ledger_moves_from_a_folder_to_the_branch_and_back(on_git):
    copy = on_git.root / "exported"
    assert "There is no ledger below the branch runner-ledgers yet" in output_of(
        on_git, show_ledger
    )
    assert "2 entries imported" in output_of(on_git, import_from, copy)
    assert "exactly that already" in output_of(on_git, import_from, copy)
    told = output_of(on_git, show_ledger)
    assert "The ledger below the branch runner-ledgers, of " in told
    assert "2 entries about 1 post; 0 out, 1 unsettled." in told

    output_of(on_git, export, on_git.root / "back")
    said_whose = ("born.jsonl", "origin.jsonl")  # as each store says it of itself
    files = [path for path in copy.rglob("*.jsonl") if path.name not in said_whose]
    assert len(files) == 2
    for path in files:
        assert (on_git.root / "back" / path.relative_to(copy)).read_bytes() == path.read_bytes()


def test_a_person_speaks_from_any_branch_and_beside_unfinished_files(on_git):
    output_of(on_git, import_from, on_git.root / "exported")
    git(on_git.root, "switch", "-q", "-c", "work")
    on_git.write("campaigns/unfinished.yaml", "kind: series\n")
    output_of(on_git, hold, EVERYTHING, because="the price is wrong")
    say(on_git, posted=a_link(1))

    assert "by anna: the price is wrong" in output_of(on_git, show)
    for name, subject in (("shop", "Post shop/winter-lois/announce"), ("_project", HELD)):
        git(on_git.root, "fetch", "-q", "origin", f"runner-ledgers/{name}")
        log = git(on_git.root, "log", "--format=%s", "FETCH_HEAD").splitlines()
        assert log[0] == subject


def test_a_copy_of_a_repository_posts_only_once_it_has_taken_over(on_git, tmp_path_factory):
    output_of(on_git, hold, EVERYTHING, because="the price is wrong")
    copy = tmp_path_factory.mktemp("fork") / "copy.git"
    git(
        copy.parent,
        "clone",
        "-q",
        "--mirror",
        git(on_git.root, "remote", "get-url", "origin").strip(),
        str(copy),
    )
    git(on_git.root, "remote", "set-url", "origin", str(copy))

    with pytest.raises(LedgerUnusable) as refused:
        status(on_git.outside())
    assert "runner ledger adopt" in refused.value.help
    told = output_of(on_git, adopt)
    assert "adopted by anna" in told
    assert status(on_git.outside()) == 0
    assert "no longer on hold" in output_of(on_git, release, EVERYTHING, because="mended")
