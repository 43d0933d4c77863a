"""The ledger on a branch: whatever a push says, what is out is known, and nothing is lost."""

from datetime import timedelta

import pytest

from runner.ledger import Need, Record, State
from runner.problems import LedgerOutOfReach, LedgerUnusable
from runner.publish.ports import Raced
from tests.unit.stores.building import (
    KEY,
    OPENED,
    OUT,
    TIP,
    a_key,
    attempting,
    closed,
)
from tests.unit.stores.remotes import Remote, Runner, fails

FOREIGN = Record(entries=(closed(TIP, State.MISSED),))


def somebody_records(remote: Remote, record: Record = FOREIGN):
    return lambda: Runner(remote).ledger.record(record)


def states(remote: Remote) -> dict[str, State]:
    facts = Runner(remote).ledger.read(Need(whole=frozenset({"slim"})))
    return {str(key): standing.state for key, standing in facts.standings.items()}


def test_a_push_that_was_applied_but_reported_as_failed_is_a_claim(runner, remote):
    runner.refs.after_push = [fails()]
    runner.ledger.claim(OPENED)
    assert runner.refs.calls.count("push") == 1
    runner.ledger.claim(Record(entries=(attempting(TIP),)))
    assert len(remote.history()) == 2


def test_so_it_is_with_a_foreign_commit_on_top_but_the_next_claim_races(runner, remote):
    def somebody_is_faster() -> None:
        somebody_records(remote)()
        fails()()

    runner.refs.after_push = [somebody_is_faster]
    runner.ledger.claim(OPENED)
    assert [commit.message.split()[0] for commit in remote.history()] == ["Miss", "Attempt"]
    with pytest.raises(Raced):
        runner.ledger.claim(Record(entries=(attempting(a_key("other")),)))


def test_a_push_that_somebody_outran_races(runner, remote):
    runner.refs.steps["push"] = [somebody_records(remote)]
    with pytest.raises(Raced):
        runner.ledger.claim(OPENED)
    assert str(KEY) not in states(remote)


def test_a_claim_is_pushed_again_while_its_lease_lasts(runner, remote):
    runner.refs.steps["push"] = [fails(), fails()]
    runner.ledger.claim(OPENED)
    assert states(remote) == {str(KEY): State.ATTEMPTING}
    assert runner.clock.slept == [pytest.approx(0.2), pytest.approx(0.4)]


def test_a_claim_gives_up_after_a_few_tries(runner, remote):
    runner.refs.steps["push"] = [fails("the disk is full")] * 4
    with pytest.raises(LedgerUnusable, match=r"runner-ledgers.*: the disk is full"):
        runner.ledger.claim(OPENED)
    assert remote.branches == {}


def test_a_claim_gives_up_when_its_lease_ends(runner):
    runner.refs.steps["push"] = [fails()] * 9
    runner.clock.wall = OPENED.entries[0].send_by - timedelta(seconds=0.5)
    with pytest.raises(LedgerUnusable):
        runner.ledger.claim(OPENED)
    assert runner.refs.calls.count("push") == 2


def test_a_claim_whose_end_nobody_can_tell_is_no_claim(runner):
    runner.refs.steps = {"push": [fails()] * 9, "heads": [None] + [fails("offline")] * 9}
    with pytest.raises(LedgerUnusable):
        runner.ledger.claim(OPENED)


def test_what_trying_again_does_not_mend_is_not_tried_again(runner):
    runner.refs.steps["push"] = [fails("a rule forbids it", final=True)] * 2
    for write in (runner.ledger.claim, runner.ledger.record):
        with pytest.raises(LedgerOutOfReach, match="a rule forbids it"):
            write(OPENED)
    assert runner.clock.slept == []


def test_a_result_is_brought_anew_on_every_new_head(runner, remote):
    runner.ledger.claim(OPENED)
    others = [Record(entries=(closed(a_key(f"p{n}"), State.MISSED),)) for n in range(5)]
    runner.refs.steps["push"] = [somebody_records(remote, other) for other in others]
    runner.ledger.record(OUT)
    assert states(remote)[str(KEY)] is State.POSTED
    assert len(remote.history()) == 7


def test_a_result_that_was_pushed_after_all_is_there_once(runner, remote):
    def somebody_is_faster() -> None:
        somebody_records(remote)()
        fails()()

    runner.ledger.claim(OPENED)
    runner.refs.after_push = [somebody_is_faster]
    runner.ledger.record(OUT)
    assert len(remote.history()) == 3
    assert remote.history()[0].files["sent/2026-12.jsonl"].count(b"\n") == 1


def test_a_result_pushed_with_an_error_and_nothing_foreign_lets_the_next_claim_be(runner):
    runner.ledger.claim(OPENED)
    runner.refs.after_push = [fails()]
    runner.ledger.record(OUT)
    runner.ledger.claim(Record(entries=(attempting(TIP),)))


def test_a_result_is_tried_for_a_quarter_of_an_hour(runner):
    runner.refs.steps["heads"] = [fails("offline")] * 1000
    began = runner.clock.now()
    with pytest.raises(LedgerUnusable, match="offline"):
        runner.ledger.record(OUT)
    passed = runner.clock.now() - began
    assert timedelta(minutes=14) < passed <= timedelta(minutes=15)
    assert max(runner.clock.slept) == 20


def test_a_result_is_tried_until_the_deadline(remote):
    runner = Runner(remote)
    runner = Runner(remote, deadline=runner.clock.now() + timedelta(minutes=2))
    runner.refs.steps["push"] = [fails()] * 1000
    began = runner.clock.now()
    with pytest.raises(LedgerUnusable):
        runner.ledger.record(OUT)
    assert timedelta(minutes=1) < runner.clock.now() - began <= timedelta(minutes=2)


def test_who_is_told_to_end_tries_once_more_and_no_longer(runner):
    runner.refs.steps["push"] = [fails()] * 1000
    runner.clock.woken = True
    with pytest.raises(LedgerUnusable):
        runner.ledger.record(OUT)
    assert runner.refs.calls.count("push") == 2


def test_a_reading_that_fails_is_tried_again(runner):
    runner.refs.steps["heads"] = [fails(), fails()]
    runner.ledger.read(Need())
    runner.refs.steps["heads"] = [fails("offline")] * 3
    with pytest.raises(LedgerOutOfReach, match="offline"):
        runner.ledger.read(Need())


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize(
    "need", [Need(purses=True), Need(months=frozenset({("shop", "2026-12"), ("es", "2026-12")}))]
)
def test_what_is_written_between_two_looks_of_one_reading_is_not_claimed_past(remote, need, begun):
    """The first look is of the account alone, the second one of all."""
    if begun:
        Runner(remote).ledger.record(Record(entries=(attempting(TIP, attempt="tip"),)))
    late = Runner(remote, accounts={"shop"})
    late.refs.steps["heads"] = [None, somebody_records(remote, OPENED)]
    facts = late.ledger.read(need)
    assert KEY not in facts.standings
    with pytest.raises(Raced):
        late.ledger.claim(Record(entries=(attempting(KEY, attempt="twice"),)))
    assert KEY in late.ledger.read(need).standings
