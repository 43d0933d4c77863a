"""The remote dies in the middle of an answer, at each of its bytes that matters: nothing that came
is taken for all that there is, and a claim is none that is not there."""

import time
from pathlib import Path

import pytest

from runner.cli.machine import MachineClock
from runner.ledger import Need, Record
from runner.problems import LedgerOutOfReach, LedgerUnusable
from runner.stores.project_store import git_ledger, published_tip
from runner.workspace.tip_files import TipFiles
from tests.integration.stores.repositories import Repositories
from tests.unit.stores.building import a_key, attempting
from tests.unit.stores.remotes import Clock

BEFORE = Record(entries=(attempting(a_key()),))
CLAIM = Record(entries=(attempting(a_key("tip", "2026-12-01.morning"), attempt="a2"),))
AT = (60, 400, 700)
"""Bytes: within what it can do, the list of its refs, what it sends of them."""
EVERY = "*"
DYING = """\
#!/bin/sh
echo >> {calls}
case $(($(wc -l < {calls}))) in
{when})
  # nobody but `dd` holds the way back
  mkfifo {calls}.$$ && exec 3<&0
  git {answer} "$@" <&3 > {calls}.$$ &
  exec dd bs=1 count={at} status=none < {calls}.$$ 3<&- ;;
*) exec git {answer} "$@" ;;
esac
"""


@pytest.fixture
def project(repositories):
    """A clone that has none of the files, on a remote with a ledger."""
    text = "\n".join(f"# {number}" for number in range(3000))
    repositories.push({f"campaigns/{name}.yaml": f"{name}: {text}" for name in "abc"})
    clone = repositories.clone("work", "--filter=blob:none", "--depth=1", "--no-checkout")
    repositories.ledger(clone).record(BEFORE)
    return clone


def dying(repositories: Repositories, project: Path, answer: str, *, at: int, when: str) -> None:
    """From now on the remote dies after so many bytes, in those of its answers."""
    calls, program = repositories.folder / "calls", repositories.folder / "answers"
    calls.write_text("")
    program.write_text(DYING.format(calls=calls, when=when, answer=answer, at=at))
    program.chmod(0o755)
    key = f"remote.origin.{answer.replace('-', '')}"
    repositories.git("config", key, str(program), at=project)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("at", AT)
def test_a_remote_that_dies_in_the_middle_of_an_answer_is_out_of_reach(repositories, project, at):
    dying(repositories, project, "upload-pack", at=at, when=EVERY)
    with pytest.raises(LedgerOutOfReach, match="can't be read"):
        published_tip(project, repositories.environ, clock=Clock())
    with pytest.raises(LedgerOutOfReach, match="can't be reached"):
        repositories.ledger(project).everything()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("number", range(1, 4))
def test_one_that_dies_once_is_asked_again(repositories, project, number):
    dying(repositories, project, "upload-pack", at=700, when=str(number))
    tip = published_tip(project, repositories.environ, clock=Clock())
    assert TipFiles(tip).read("campaigns/c.yaml", 10**6).endswith(b"# 2999")
    dying(repositories, project, "upload-pack", at=700, when=str(number))
    assert repositories.ledger(project).everything().entries == BEFORE.entries


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_one_that_falls_silent_is_left_after_a_minute(repositories, project):
    program = repositories.folder / "silent"
    program.write_text("#!/bin/sh\nexec sleep 200\n")
    program.chmod(0o755)
    repositories.git("config", "remote.origin.uploadpack", str(program), at=project)
    ledger = git_ledger(project, repositories.environ, clock=MachineClock(lambda: False))
    began = time.monotonic()
    with pytest.raises(LedgerOutOfReach, match="took longer than 60 s"):
        ledger.read(Need())
    assert time.monotonic() - began < 110


@pytest.mark.sampled(1)
@pytest.mark.parametrize("at", [200, 600])
@pytest.mark.parametrize("when", ["1", EVERY])
def test_a_claim_whose_answer_is_cut_off_is_one_where_it_is_there(repositories, project, at, when):
    ledger = repositories.ledger(project)
    ledger.read(Need())
    dying(repositories, project, "receive-pack", at=at, when=when)
    try:
        ledger.claim(CLAIM)
    except LedgerUnusable:
        assert when == EVERY
        assert at < 600, "the list of the refs comes first, and what it did behind that"
        return
    again = repositories.ledger(repositories.clone("another"))
    assert {each.attempt for each in again.everything().entries} == {"attempt-1", "a2"}
