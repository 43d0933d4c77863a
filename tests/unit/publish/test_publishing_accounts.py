"""Doing a plan: account by account, each proven first; what was missed is recorded once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from runner.ledger import Need, State
from runner.plan import Verb
from runner.problems import LedgerUnusable
from runner.publish.ports import Identity, Release
from tests.unit.plan.building import a_file, a_project, said, some_inputs
from tests.unit.publish.building import (
    BOTH,
    GONE,
    LAUNCH,
    NOT_NOW,
    REFUSED,
    SILENCE,
    STOP,
    Machine,
    a_machine,
)
from tests.unit.stores.building import at


def test_posts_go_out_in_order_of_their_time_on_each_account():
    posts = {"z": {"at": "2026-12-01 09:00"}, "b": {}, "a": {}}
    machine = a_machine(some_inputs(a_file(posts)))
    machine.run()
    assert machine.shop.texts == ["This is z", "This is a", "This is b"]


def test_nothing_due_asks_x_nothing_and_writes_nothing():
    machine = a_machine(LAUNCH, now="2026-12-01 09:00")
    outcome = machine.run()
    assert (outcome.results, outcome.missed, machine.shop.identities) == ((), (), 0)
    assert machine.folder.files == {}


# --- Identity


def test_each_account_is_proven_once():
    machine = a_machine(BOTH)
    machine.run()
    assert [x.identities for x in machine.x.values()] == [1, 1]


def test_the_handle_is_compared_without_its_case():
    machine = a_machine(LAUNCH)
    machine.shop.handle = "Acme_LV"
    assert len(machine.run().sent) == 1


def refused(machine, because: str):
    outcome = machine.run()
    (refusal,) = outcome.refusals
    assert because in refusal.because
    assert outcome.refused
    assert machine.shop.calls == 0
    assert machine.x["tienda"].texts == ["This is a", "This is b"]
    return refusal


def test_credentials_of_another_account_stop_only_the_account_that_has_them():
    machine = a_machine(BOTH)
    machine.shop.handle = "somebody"
    assert refused(machine, "belong to @somebody, not to @acme_lv").account == "shop"


@pytest.mark.parametrize("ahead", [timedelta(minutes=10), timedelta(hours=2)])
def test_a_clock_that_was_ahead_when_the_plan_was_made_sends_nothing_early_and_misses_nothing(
    ahead,
):
    """It was set right before X was asked what time it is."""
    machine = a_machine(some_inputs(a_file({"launch": {"grace": "1h"}})), now="2026-12-01 09:55")
    machine.clock.wall += ahead
    identify, errors = machine.shop.identify, [ahead]

    def set_right() -> Identity | Release:
        machine.clock.wall -= errors.pop() if errors else timedelta(0)
        return identify()

    machine.shop.identify = set_right
    outcome = machine.run_out()
    assert [shown.at for shown in machine.shop.out] == [at("2026-12-01 10:00")]
    assert (outcome.missed, machine.states()) == ((), {"launch": "posted"})


@pytest.mark.parametrize("skew", [31, -31])
def test_a_clock_that_is_wrong_stops_the_account(skew):
    machine = a_machine(BOTH)
    machine.shop.skew = timedelta(seconds=skew)
    assert "NTP" in refused(machine, "31 seconds apart").help


def test_a_clock_may_be_thirty_seconds_off():
    machine = a_machine(LAUNCH)
    machine.shop.skew = timedelta(seconds=30)
    assert len(machine.run().sent) == 1


def test_missing_credentials_stop_the_account():
    machine = a_machine(BOTH, missing={"shop": "X_SHOP_API_KEY is missing"})
    assert refused(machine, "X_SHOP_API_KEY").help == "add the secret"


def test_an_x_that_does_not_say_who_we_are_stops_the_account():
    machine = a_machine(BOTH)
    machine.shop.identity = Release(because="X is away", help="look later")
    refused(machine, "X is away")


# --- Stops


@pytest.mark.parametrize("answer", [STOP, NOT_NOW])
def test_a_stop_ends_the_accounts_run_but_not_the_others(answer):
    machine = a_machine(BOTH)
    machine.shop.script = [answer]
    outcome = machine.run()
    assert machine.shop.calls == 1
    assert machine.x["tienda"].texts == ["This is a", "This is b"]
    assert outcome.refused is answer.stop
    assert outcome.results[0].retry_at == answer.retry_at
    assert [each.key.short for each in outcome.unsent] == ["a"]
    assert said_of_shop(machine) == {"a": "publish", "b": "publish"}


def said_of_shop(machine):
    mine = [action for action in machine.plan().actions if action.key.account == "shop"]
    return {action.key.short: action.verb.value for action in mine}


@pytest.mark.parametrize("answer", [GONE, REFUSED, SILENCE])
def test_one_post_that_fails_never_stops_the_others(answer):
    machine = a_machine(LAUNCH)
    machine = a_machine(some_inputs(a_file({"a": {}, "b": {}})))
    machine.shop.script = [answer]
    machine.run()
    assert machine.shop.texts == ["This is b"]


def test_no_claim_is_made_when_the_job_is_about_to_end():
    for left, calls in ((119, 0), (120, 1)):
        machine = a_machine(LAUNCH)
        machine.deadline = machine.clock.now() + timedelta(seconds=left)
        machine.run()
        assert machine.shop.calls == calls
        assert machine.states() == ({"launch": "posted"} if calls else {})


def test_a_ledger_that_fails_keeps_the_next_account_from_sending():
    machine = a_machine(BOTH)
    machine.ledger.refuse = 1
    with pytest.raises(LedgerUnusable):
        machine.run()
    assert machine.shop.calls == 1
    assert machine.x["tienda"].calls == 0


# --- What was missed


def accounted(machine):
    return machine.ledger.read(Need()).accounted


def test_a_miss_is_recorded_once_and_never_sent():
    machine = a_machine(LAUNCH, now="2026-12-01 15:00")
    outcome = machine.run()
    assert [action.key.short for action in outcome.missed] == ["launch"]
    assert machine.states() == {"launch": "missed"}
    assert accounted(machine) == {"shop": at("2026-12-01 15:00")}
    assert machine.run().missed == ()
    assert len(machine.records) == 1


def test_a_machine_whose_clock_is_ahead_calls_nothing_missed():
    machine = a_machine(LAUNCH, now="2026-12-01 15:00")
    machine.shop.skew = machine.x["tienda"].skew = timedelta(hours=-5)
    outcome = machine.run()
    assert outcome.missed == ()
    assert outcome.refused
    assert machine.states() == {}
    assert accounted(machine) == {}


def test_an_account_of_another_name_is_refused_while_the_ledger_knows_its_user():
    machine = a_machine(LAUNCH)
    machine.run()
    renamed = a_project(accounts={"boutique": {"handle": "acme_lv", "locale": "lv"}})
    inputs = some_inputs(a_file({"launch": {}}, account="boutique"), project=renamed)
    again = Machine(inputs=inputs, clock=machine.clock, folder=machine.folder)
    assert "as account `shop`" in again.run().refusals[0].because
    assert again.x["boutique"].texts == []


def test_what_was_added_after_its_time_is_no_miss():
    machine = a_machine(LAUNCH)
    machine.run()
    machine.clock.go(timedelta(hours=8))
    machine.inputs = some_inputs(a_file({"launch": {}, "past": {"at": "2026-12-01 05:00"}}))
    outcome = machine.run()
    assert outcome.missed == ()
    assert machine.states() == {"launch": "posted"}


def test_an_account_is_accounted_for_only_when_something_was_recorded_of_it():
    machine = a_machine(LAUNCH, media={})
    machine.shop.handle = "somebody"
    machine.run()
    assert accounted(machine) == {}
    machine.shop.handle = "acme_lv"
    machine.run()
    assert accounted(machine) == {"shop": machine.clock.now()}


def test_a_miss_is_found_after_any_gap():
    """While something else kept the ledger moving, or nothing did."""
    posts = {"early": {"at": "2026-11-01 10:00"}, "launch": {}}
    machine = a_machine(some_inputs(a_file(posts)), now="2026-11-01 10:05")
    machine.run()
    machine.clock.go(timedelta(days=59))
    assert [action.key.short for action in machine.run().missed] == ["launch"]


# --- Together


def test_a_run_right_after_a_run_does_nothing():
    posts = {"a": {}, "b": {"thread": ["One", "Two"]}, "c": {"reply-to": "a"}, "d": {"hold": True}}
    machine = a_machine(some_inputs(a_file(posts)))
    machine.run_out()
    files = dict(machine.folder.files)
    assert machine.run_out().results == ()
    assert machine.folder.files == files
    assert machine.states() == {"a": "posted", "b": "posted", "c": "posted"}


def test_the_gap_is_kept_from_run_to_run():
    machine = a_machine(
        some_inputs(a_file({"a": {}, "b": {}}), project=a_project(rules={"min-gap": "45m"}))
    )
    machine.run_out()
    assert machine.shop.texts == ["This is a"]
    machine.clock.go(timedelta(minutes=44, seconds=59))
    machine.run_out()
    assert machine.shop.texts == ["This is a"]
    machine.clock.go(timedelta(seconds=1))
    machine.run_out()
    assert machine.shop.texts == ["This is a", "This is b"]


def test_a_months_budget_bounds_what_goes_out():
    project = a_project(budget={"usd-per-month": Decimal("0.030")})
    machine = a_machine(some_inputs(a_file({"a": {}, "b": {}, "c": {}}), project=project))
    outcome = machine.run_out()
    assert outcome.cost == Decimal("0.030")
    assert said(machine.plan())["c"] == "ask"
    assert machine.plan().of(Verb.PUBLISH) == ()


def test_a_damaged_last_line_is_noticed_in_the_plan():
    machine = a_machine(LAUNCH)
    machine.run()
    machine.folder.files["ledgers/shop/campaigns/slim/once.jsonl"] += b'{"v":1,"sta'
    (notice,) = machine.plan().notices
    assert "once.jsonl" in notice
    assert machine.plan().of(Verb.PUBLISH) == ()


def test_states_are_words_of_the_ledger():
    machine = a_machine(LAUNCH)
    machine.shop.script = [SILENCE]
    (result,) = machine.run().results
    assert not result.needs_a_person, "the next run looks for it"
    assert result.recorded
    assert result.state is State.UNKNOWN
