"""What git says of a push, against what the remote has."""

import shlex
from pathlib import Path

import pytest

from runner.ledger import Need, Record
from runner.problems import LedgerUnusable
from runner.publish.ports import Raced
from tests.integration.stores.repositories import BRANCH, WITNESS, Repositories
from tests.unit.stores.building import (
    KEY,
    OPENED,
    OUT,
    TIP,
    attempting,
)

pytestmark = pytest.mark.sampled(2)
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
