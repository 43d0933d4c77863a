"""A remote with less of the ledger than its witness says, or with more that was added by hand."""

import shlex
import subprocess
from pathlib import Path

import pytest

from runner.ledger import Need, Record, State
from runner.problems import LedgerUnusable
from tests.integration.stores.repositories import BRANCH, WITNESS, Repositories
from tests.unit.stores.building import KEY, OPENED, OUT, TIP, closed

pytestmark = pytest.mark.sampled(2)


def twice_recorded(repositories: Repositories) -> Path:
    project = repositories.clone("work")
    ledger = repositories.ledger(project)
    ledger.record(OPENED)
    ledger.record(OUT)
    return project


@pytest.mark.parametrize(
    "damage",
    [
        ("update-ref", BRANCH, f"{BRANCH}~1"),
        ("update-ref", "-d", BRANCH),
        ("update-ref", "-d", WITNESS),
    ],
)
def test_a_ledger_that_was_cut_back_stops_until_what_the_help_says_is_done(repositories, damage):
    project = twice_recorded(repositories)
    repositories.git(*damage, at=repositories.remote)
    for use in (lambda ledger: ledger.read(Need()), lambda ledger: ledger.record(OUT)):
        with pytest.raises(LedgerUnusable, match="the ledger was cut back") as caught:
            use(repositories.ledger(project))
    assert caught.value.help
    for command in caught.value.help.partition(": git ")[2].split(" && git "):
        repositories.git(*shlex.split(command), at=project)
    facts = repositories.ledger(project).read(Need(whole=frozenset({"slim"})))
    assert facts.standings[KEY].state is State.POSTED


@pytest.mark.parametrize(
    ("message", "mended"), [(("-m", "Mend a typo"), False), (("-C", "HEAD"), True)]
)
def test_g12_what_the_help_says_about_a_commit_by_hand_loses_nothing(repositories, message, mended):
    """Under rules that take no push which loses a commit, as they are recommended."""
    project = twice_recorded(repositories)
    repositories.git("config", "receive.denyNonFastForwards", "true", at=repositories.remote)
    repositories.git("fetch", "--quiet", "origin", BRANCH, at=project)
    repositories.git("checkout", "--quiet", "FETCH_HEAD", at=project)
    (project / "notes.md").write_text("By hand\n")
    repositories.git("add", "notes.md", at=project)
    repositories.git("commit", "--quiet", *message, at=project)
    by_hand = repositories.git("rev-parse", "HEAD", at=project)
    repositories.git("push", "--quiet", "origin", f"HEAD:{BRANCH}", at=project)
    with pytest.raises(LedgerUnusable, match=by_hand[:9]) as caught:
        repositories.ledger(project).read(Need())
    named = {"GIT_COMMITTER_NAME": "anna", "GIT_COMMITTER_EMAIL": "anna@example.com"}
    named |= {"GIT_AUTHOR_NAME": "anna", "GIT_AUTHOR_EMAIL": "anna@example.com"}
    command = (caught.value.help or "").partition(": ")[2]
    subprocess.run(
        ["sh", "-ec", command], cwd=project, env={**repositories.environ, **named}, check=True
    )
    facts = repositories.ledger(project).read(Need(whole=frozenset({"slim"})))
    assert facts.standings[KEY].state is State.POSTED
    assert by_hand in repositories.git("rev-list", BRANCH, at=repositories.remote)
    there = repositories.git("ls-tree", "--name-only", BRANCH, at=repositories.remote)
    assert ("notes.md" in there) is mended


def test_an_account_whose_refs_are_both_gone_stops(repositories):
    project = twice_recorded(repositories)
    for ref in (BRANCH, WITNESS):
        repositories.git("update-ref", "-d", ref, at=repositories.remote)
    with pytest.raises(LedgerUnusable, match="shop and its witness are gone"):
        repositories.ledger(project).read(Need())


def test_what_the_help_says_where_the_projects_own_refs_are_gone_begins_anew(repositories):
    project = twice_recorded(repositories)
    for ref in (BRANCH, WITNESS):
        name = ref.replace("/shop", "/_project")
        repositories.git("update-ref", "-d", name, at=repositories.remote)
    with pytest.raises(LedgerUnusable, match="_project and its witness are gone") as caught:
        repositories.ledger(project).read(Need())
    command = caught.value.help.partition("holds too: ")[2].partition(";")[0]
    subprocess.run(["sh", "-c", command], cwd=project, env=repositories.environ, check=True)
    repositories.ledger(project).record(OPENED)
    assert set(repositories.ledger(project).read(Need()).standings) == {KEY}


def test_a_ledger_whose_refs_are_all_gone_has_not_begun(repositories):
    """Nobody can tell it from a new one; deleting four refs is no accident."""
    project = twice_recorded(repositories)
    for ref in repositories.heads():
        repositories.git("update-ref", "-d", ref, at=repositories.remote)
    assert repositories.ledger(project).read(Need()).born == {}


def test_a_ledger_that_comes_back_while_a_result_waits_takes_it(repositories):
    project = twice_recorded(repositories)
    late = Record(entries=(closed(TIP, State.MISSED),))
    ledger = repositories.ledger(project)
    ledger.read(Need())
    repositories.ledger(project).record(late)
    ledger.record(late)
    assert len(repositories.log()) == 3
