"""G12: where X refuses post after post and gives no reason, it is the account: none is rejected."""

import pytest

from runner.publish.ports import Rejection
from tests.unit.plan.building import a_file, some_inputs
from tests.unit.publish.building import a_machine

NO_REASON = Rejection(because="X does not permit this post and does not say why", unsaid=True)
SAID = Rejection(because="X allows one $CASHTAG")


def posts(*names: str):
    return some_inputs(a_file({name: {} for name in names}))


def test_g12_the_same_bare_refusal_of_two_posts_stops_the_account_and_rejects_nothing():
    machine = a_machine(posts("a", "b", "c"))
    machine.shop.script = [NO_REASON] * 9
    outcome = machine.run_out()
    assert machine.shop.calls == 2
    assert outcome.refused
    assert "does not say why" in outcome.results[-1].because
    assert machine.states() == {"a": "released", "b": "released"}
    machine.shop.script = []
    machine.run_out()
    assert set(machine.states().values()) == {"posted"}


def test_g12_one_of_several_is_rejected_once_it_is_alone():
    machine = a_machine(posts("a", "b"))
    machine.shop.script = [NO_REASON]
    machine.run_out()
    assert machine.states() == {"a": "released", "b": "posted"}
    machine.shop.script = [NO_REASON]
    machine.run_out()
    assert machine.states() == {"a": "rejected", "b": "posted"}


@pytest.mark.parametrize("names", [("a",), ("a", "b")])
def test_a_refusal_with_a_reason_is_of_the_post(names):
    machine = a_machine(posts(*names))
    machine.shop.script = [SAID]
    machine.run_out()
    assert machine.states()["a"] == "rejected"
