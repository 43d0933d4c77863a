"""What git says of a push, against what the remote has."""

import shlex
import subprocess
from pathlib import Path

import pytest

from runner.ledger import Need, Record, State
from runner.problems import LedgerUnusable
from runner.publish.ports import Raced
from tests.integration.stores.repositories import BRANCH, WITNESS, Repositories
from tests.unit.stores.building import (
    KEY,
    OPENED,
    OUT,
    TIP,
    attempting,
    closed,
)

HUNG_UP = 'echo "fatal: the remote end hung up unexpectedly" >&2; exit 128'


def after_push(repositories: Repositories, then: str) -> str:
    """A PATH whose git pushes, and then does something."""
    return repositories.program(
        f'case " $* " in *" push "*) $git "$@"; {then};; esac\nexec $git "$@"'
    )


def foreign_commit(repositories: Repositories) -> str:
    """What somebody else pushes on top, as a command."""
    at = shlex.quote(str(repositories.remote))
    who = "-c user.name=b -c user.email=b@example.com"
    said = f"$git --git-dir={at} log -1 --format=%B {BRANCH} | sed '1s/.*/Foreign/'"
    make = f"{said} | $git --git-dir={at} {who} commit-tree -p {BRANCH} {BRANCH}^{{tree}}"
    move = "".join(f"$git --git-dir={at} update-ref {ref} $new;" for ref in (BRANCH, WITNESS))
    return f"new=$({make}); {move}"


def test_a_claim_that_was_pushed_though_git_failed_is_one(repositories):
    project = repositories.clone("work")
    ledger = repositories.ledger(project, PATH=after_push(repositories, HUNG_UP))
    ledger.read(Need())
    ledger.claim(OPENED)
    ledger.record(OUT)
    ledger.claim(Record(entries=(attempting(TIP),)))
    assert len(repositories.log()) == 3


def test_so_it_is_with_a_foreign_commit_on_top(repositories):
    project = repositories.clone("work")
    both = f"{foreign_commit(repositories)} {HUNG_UP}"
    ledger = repositories.ledger(project, PATH=after_push(repositories, both))
    ledger.read(Need())
    ledger.claim(OPENED)
    assert repositories.log() == ["Foreign", "Attempt shop/slim/launch"]
    with pytest.raises(Raced):
        ledger.claim(Record(entries=(attempting(TIP),)))
    ledger.record(OUT)
    facts = repositories.ledger(project).read(Need(whole=frozenset({"slim"})))
    assert facts.standings[KEY].entries == (*OPENED.entries, *OUT.entries)


def test_a_push_that_never_arrives_is_no_claim(repositories):
    project = repositories.clone("work")
    silent = repositories.program(f'case " $* " in *" push "*) {HUNG_UP};; esac\nexec $git "$@"')
    ledger = repositories.ledger(project, PATH=silent)
    ledger.read(Need())
    with pytest.raises(LedgerUnusable, match="the remote end hung up"):
        ledger.claim(OPENED)
    assert repositories.heads() == {}


def test_half_a_push_is_none(repositories):
    """A server that refuses one of the two refs gets neither."""
    hook(repositories, "update", '[ "$1" != refs/runner/heads/shop ]')
    ledger = repositories.ledger(repositories.clone("work"))
    with pytest.raises(LedgerUnusable):
        ledger.record(OPENED)
    assert repositories.heads() == {}


def hook(repositories: Repositories, name: str, script: str) -> None:
    path = Path(repositories.remote, "hooks", name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_rule_that_forbids_the_push_is_named(repositories):
    refusal = "GH013: Repository rule violations found for refs/heads/runner-ledger."
    hook(repositories, "pre-receive", f'echo "error: {refusal}" >&2; exit 1')
    ledger = repositories.ledger(repositories.clone("work"))
    ledger.read(Need())
    for write in (ledger.claim, ledger.record):
        with pytest.raises(LedgerUnusable, match="a rule of the repository forbids") as caught:
            write(OPENED)
        assert "GH013" in caught.value.message
        assert "rulesets" in caught.value.help


# --- Cut back


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
