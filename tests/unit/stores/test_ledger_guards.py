"""When a ledger on a branch is not used: cut back, not ours, or not of the files at hand."""

import pytest

from runner.ledger import Need, Record
from runner.problems import LedgerOutOfReach, LedgerUnusable
from runner.publish.ports import Raced, Stale
from tests.unit.stores.building import a_key, attempting, posted, sent
from tests.unit.stores.remotes import OURS, Remote, Runner

KEY, TIP = a_key(), a_key("tip", "2026-12-01.morning")
OPENED = Record(entries=(attempting(KEY),))
OUT = Record(entries=(posted(KEY),), sent=(sent(KEY),))


@pytest.fixture
def remote() -> Remote:
    return Remote()


@pytest.fixture
def runner(remote) -> Runner:
    """One that has read."""
    runner = Runner(remote)
    runner.ledger.read(Need())
    return runner


# --- The witness


def test_a_branch_that_was_cut_back_stops(runner, remote):
    runner.ledger.claim(OPENED)
    first = remote.branch
    runner.ledger.record(OUT)
    remote.branch = first
    for use in (lambda: runner.ledger.read(Need()), lambda: runner.ledger.record(OUT)):
        with pytest.raises(LedgerUnusable, match="the ledger was cut back") as caught:
            use()
        assert "git fetch origin refs/runner/head" in caught.value.help


@pytest.mark.parametrize("gone", ["branch", "witness"])
def test_one_of_two_refs_stops(runner, remote, gone):
    runner.ledger.claim(OPENED)
    setattr(remote, gone, None)
    with pytest.raises(LedgerUnusable, match="the ledger was cut back") as caught:
        runner.ledger.claim(Record(entries=(attempting(TIP),)))
    assert "git push" in caught.value.help
    assert caught.value.exit_code == 5


def test_a_server_that_shows_one_ref_before_the_other_is_asked_again(runner, remote):
    runner.ledger.claim(OPENED)
    whole = remote.branch

    def show_both() -> None:
        remote.witness = whole

    remote.witness = None
    runner.refs.steps["heads"] = [None, show_both]
    assert len(runner.ledger.read(Need()).unsettled) == 1


# --- The files of the tip


def test_nothing_is_claimed_from_files_that_are_not_the_tips(runner, remote):
    remote.declared["tip-2"] = {"campaigns": "c2", "templates": None, "runner.yaml": "r1"}
    assert not runner.ledger.stale()
    remote.tip = "tip-2"
    assert runner.ledger.stale()
    with pytest.raises(Stale):
        runner.ledger.claim(OPENED)
    assert remote.branch is None
    runner.ledger.record(OUT)  # what is out is out


def test_a_tip_with_other_changes_is_as_good(runner, remote):
    remote.declared["tip-2"] = dict(remote.declared["tip-1"])
    remote.tip = "tip-2"
    assert not runner.ledger.stale()
    runner.ledger.claim(OPENED)


def test_without_a_default_branch_nothing_is_claimed(runner, remote):
    remote.tip = None
    with pytest.raises(Stale):
        runner.ledger.claim(OPENED)


# --- Whose it is


def test_the_first_record_says_whose_ledger_it_is(runner, remote):
    runner.ledger.claim(OPENED)
    origin = Runner(remote).ledger.read(Need()).origin
    assert origin is not None
    assert (origin.repository, origin.run) == (OURS, "run")
    assert origin.at == OPENED.entries[0].at


def test_a_copy_stops_until_it_is_adopted(runner, remote):
    runner.ledger.claim(OPENED)
    copy = Runner(remote, repository="github.com/fork/posts")
    with pytest.raises(LedgerOutOfReach, match=r"is that of github\.com/acme/posts") as caught:
        copy.ledger.read(Need())
    assert "runner ledger adopt" in caught.value.help
    with pytest.raises(Raced):
        copy.ledger.claim(Record(entries=(attempting(TIP),)))
    was = copy.ledger.whose()
    assert was is not None
    adopted = was.model_copy(update={"by": "anna", "run": "run-2"})
    copy.ledger.record(Record(origin=adopted))
    assert copy.ledger.read(Need()).origin == adopted.model_copy(
        update={"repository": "github.com/fork/posts"}
    )
    with pytest.raises(LedgerOutOfReach):
        Runner(remote).ledger.read(Need())
