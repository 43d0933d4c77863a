"""What is said at the end of a run: what is still due, why, and what comes next."""

from runner.ledger import State
from runner.publish import Outcome, Refusal, Result
from runner.views.outcome import rest_of
from tests.unit.plan.building import a_file, action_of, plan_of
from tests.unit.stores.building import at

REFUSED = Outcome(refusals=(Refusal(account="shop", because="X does not take its credentials"),))
TWO = a_file({"one": {}, "two": {"at": "2026-12-02 10:00"}})


def test_of_a_refused_account_it_says_what_is_still_due_and_why():
    assert rest_of(REFUSED, plan_of(TWO)) == (
        "Still due: shop/slim/one (X does not take its credentials). "
        "Next: shop/slim/two, Wed  2 Dec 2026 10:00 +02:00 (in 23 hours 55 minutes)."
    )


def test_so_it_does_where_the_timeline_could_not_be_read():
    blind = plan_of(a_file({"one": {}})).without({"shop"}, "its timeline can’t be read")
    assert rest_of(Outcome(), blind) == (
        "Still due: shop/slim/one (its timeline can’t be read). Nothing else in the next 7 days."
    )


def test_what_came_after_a_refused_post_did_not_go_out_for_the_same_reason():
    plan = plan_of(a_file({"one": {}, "two": {}}))
    no_credit = Result(
        action=action_of(plan, "one"),
        at=at("2026-12-01 10:05"),
        state=State.RELEASED,
        because="X has no credit",
        stops=True,
    )
    said = rest_of(Outcome(results=(no_credit,)), plan)
    assert said.count("(X has no credit)") == 2
    assert "Due now" not in said


def test_another_account_is_due_as_before():
    both = a_file({"one": {}}, accounts=["shop", "tienda"])
    assert rest_of(REFUSED, plan_of(both)) == (
        "Due now: tienda/slim/one. Still due: shop/slim/one (X does not take its credentials)."
    )


def test_it_does_not_say_that_nothing_is_planned_of_what_it_did_not_look_at():
    far = plan_of(a_file({"one": {"at": "2026-12-20 10:00"}}))
    assert rest_of(Outcome(), far) == "Nothing due, and nothing in the next 7 days."


def test_it_says_what_is_due_and_on_hold_while_it_may_still_go_out():
    file = a_file({"one": {"hold": True}, "old": {"hold": True, "at": "2026-11-20 10:00"}})
    assert rest_of(Outcome(), plan_of(file)) == (
        "Still due: shop/slim/one (the post is on hold). Nothing else in the next 7 days."
    )
