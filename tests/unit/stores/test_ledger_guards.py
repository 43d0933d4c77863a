"""When a ledger on a branch is not used: cut back, not ours, or not of the files at hand."""

import pytest

from runner.ledger import Need, Origin, Record, State
from runner.problems import LedgerOutOfReach, LedgerUnusable
from runner.publish.ports import Raced
from runner.stores.refs import OldHeads
from tests.unit.stores.building import (
    OPENED,
    OUT,
    TIP,
    a_key,
    attempting,
    closed,
    posted,
)
from tests.unit.stores.remotes import OURS, Commit, Remote, Runner

MISSED = Record(entries=(closed(TIP, State.MISSED),))
ES = a_key(account="tienda")


# --- The witness


def test_a_branch_that_was_cut_back_stops(runner, remote):
    runner.ledger.claim(OPENED)
    first = remote.branches["shop"]
    runner.ledger.record(OUT)
    remote.branches["shop"] = first
    for use in (lambda: runner.ledger.read(Need()), lambda: runner.ledger.record(OUT)):
        with pytest.raises(LedgerUnusable, match="the ledger was cut back") as caught:
            use()
        assert "git fetch origin refs/runner/heads/shop" in caught.value.help


def added(remote: Remote, message: str, *, commits: int = 1) -> None:
    """Somebody pushes commits to the branch alone."""
    for number in range(commits):
        below = remote.branches["shop"]
        remote.commits[f"added-{number}"] = Commit(below, remote.commits[below].files, message)
        remote.branches["shop"] = f"added-{number}"


@pytest.mark.parametrize("commits", [1, 3])
def test_g12_a_commit_by_hand_is_no_ledger_that_was_cut_back(runner, remote, commits):
    runner.ledger.claim(OPENED)
    added(remote, "Mend a typo", commits=commits)
    with pytest.raises(LedgerUnusable, match=r"committed to \S+/shop by hand: added-") as caught:
        runner.ledger.read(Need())
    assert "--force" not in caught.value.help


def test_g12_a_commit_that_keeps_the_runners_message_lacks_its_witness(runner, remote):
    runner.ledger.claim(OPENED)
    added(remote, remote.history()[0].message)
    with pytest.raises(LedgerUnusable, match="is ahead of its witness refs/runner/heads/shop"):
        runner.ledger.read(Need())


@pytest.mark.parametrize("name", ["shop", "_project"])
@pytest.mark.parametrize("gone", ["branches", "witnesses"])
def test_one_of_two_refs_stops(runner, remote, gone, name):
    runner.ledger.claim(OPENED)
    del getattr(remote, gone)[name]
    with pytest.raises(LedgerUnusable, match="the ledger was cut back") as caught:
        runner.ledger.record(Record(entries=(attempting(TIP),)))
    assert "git push" in caught.value.help
    assert caught.value.exit_code == 5


def test_a_server_that_shows_one_ref_before_the_other_is_asked_again(runner, remote):
    runner.ledger.claim(OPENED)
    whole = remote.branches["shop"]

    def show_both() -> None:
        remote.witnesses["shop"] = whole

    del remote.witnesses["shop"]
    runner.refs.steps["heads"] = [None, show_both]
    assert len(runner.ledger.read(Need()).unsettled) == 1


def without_both(remote: Remote, name: str) -> None:
    del remote.branches[name], remote.witnesses[name]


def test_an_account_whose_refs_are_both_gone_stops_alone(runner, remote):
    for each in (OPENED, Record(entries=(attempting(ES),))):
        runner.ledger.record(each)
    without_both(remote, "shop")
    with pytest.raises(LedgerUnusable, match="and its witness are gone"):
        Runner(remote, accounts={"shop"}).ledger.read(Need())
    with pytest.raises(LedgerUnusable, match="and its witness are gone"):
        runner.ledger.record(OUT)
    facts = Runner(remote).ledger.read(Need())
    assert (set(facts.damaged), set(facts.standings)) == ({"shop"}, {ES})
    assert set(Runner(remote, accounts={"tienda"}).ledger.read(Need()).standings) == {ES}
    Runner(remote).ledger.record(Record(entries=(posted(ES),)))


def test_where_there_is_a_budget_it_stops_all(runner, remote):
    for each in (OPENED, Record(entries=(attempting(ES),))):
        runner.ledger.record(each)
    without_both(remote, "shop")
    with pytest.raises(LedgerUnusable, match="and its witness are gone"):
        Runner(remote, accounts={"tienda"}).ledger.read(Need(purses=True))


def test_without_the_projects_own_nothing_is_done(runner, remote):
    runner.ledger.record(OPENED)
    without_both(remote, "_project")
    for use in (lambda: runner.ledger.read(Need()), lambda: runner.ledger.record(OUT)):
        with pytest.raises(LedgerUnusable, match="_project and its witness are gone"):
            use()


def test_who_adopts_what_is_left_begins_the_rest_anew(runner, remote):
    for each in (OPENED, Record(entries=(attempting(ES),))):
        runner.ledger.record(each)
    without_both(remote, "shop")
    adopted = Origin(at=OPENED.entries[0].at, run="run", by="anna")
    Runner(remote).ledger.record(Record(origin=adopted))
    facts = Runner(remote).ledger.read(Need(purses=True))
    assert (facts.damaged, set(facts.born)) == ({}, {"tienda"})
    Runner(remote).ledger.record(OPENED)
    without_both(remote, "tienda")
    assert set(Runner(remote).ledger.read(Need()).damaged) == {"tienda"}


# --- A ledger of an older release


def test_the_ledger_of_an_older_release_is_not_passed_over(runner, remote):
    remote.old = OldHeads(name="runner-ledger", branch="c", witness="c")
    for use in (lambda: runner.ledger.read(Need()), lambda: runner.ledger.record(OUT)):
        with pytest.raises(LedgerUnusable, match="one for all of them, `runner-ledger`") as caught:
            use()
        assert "runner ledger upgrade" in caught.value.help


def test_a_branch_in_the_way_is_named_with_what_to_write_instead(runner, remote):
    remote.old = OldHeads(name="runner-ledgers", branch="c", witness="c")
    with pytest.raises(LedgerUnusable, match="git keeps no `runner-ledgers/shop`") as caught:
        runner.ledger.read(Need())
    assert "write `branch: runner-ledgerss`" in caught.value.help


def test_it_is_in_the_way_still_when_each_account_has_its_own_under_another_name(runner, remote):
    runner.ledger.record(OUT)
    remote.branches.clear()
    remote.old = OldHeads(name="runner-ledgers", branch="c", witness="c")
    with pytest.raises(LedgerUnusable, match="git keeps no `runner-ledgers/shop`"):
        Runner(remote).ledger.read(Need())


# --- The files of the tip


def test_nothing_is_sent_from_files_that_are_not_the_tips(runner, remote):
    remote.declared["tip-2"] = {"campaigns": "c2", "templates": None, "runner.yaml": "r1"}
    assert not runner.ledger.stale()
    remote.tip = "tip-2"
    assert runner.ledger.stale()
    runner.ledger.claim(OPENED)
    assert runner.ledger.confirm(Need()).stale, "so that it is let go of"
    runner.ledger.record(OUT)  # what is out is out


def test_a_tip_with_other_changes_is_as_good(runner, remote):
    remote.declared["tip-2"] = dict(remote.declared["tip-1"])
    remote.tip = "tip-2"
    assert not runner.ledger.stale()
    runner.ledger.claim(OPENED)
    assert not runner.ledger.confirm(Need()).stale


def test_without_a_default_branch_nothing_is_sent(runner, remote):
    remote.tip = None
    assert runner.ledger.stale()
    runner.ledger.claim(OPENED)
    assert runner.ledger.confirm(Need()).stale


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
    was = copy.ledger.origin()
    assert was is not None
    adopted = was.model_copy(update={"by": "anna", "run": "run-2"})
    copy.ledger.record(Record(origin=adopted))
    assert copy.ledger.read(Need()).origin == adopted.model_copy(
        update={"repository": "github.com/fork/posts"}
    )
    with pytest.raises(LedgerOutOfReach):
        Runner(remote).ledger.read(Need())


# --- After a claim


def test_an_answer_from_before_the_claim_is_not_believed(runner, remote):
    runner.ledger.record(OUT)
    runner.ledger.read(Need())
    before = remote.branches["shop"]

    def show_the_old() -> None:
        shown[:] = [remote.branches["shop"]]
        remote.branches["shop"] = remote.witnesses["shop"] = before

    def show_the_new() -> None:
        remote.branches["shop"] = remote.witnesses["shop"] = shown[0]

    shown: list[str] = []
    runner.ledger.claim(Record(entries=(attempting(a_key("another")),)))
    runner.refs.steps["heads"] = [show_the_old, show_the_new]
    assert runner.ledger.confirm(Need(purses=True)).purses["shop"].claims
    runner.refs.steps["heads"] = [show_the_old, None, None]
    with pytest.raises(LedgerOutOfReach, match="what it was before the claim"):
        runner.ledger.confirm(Need())
