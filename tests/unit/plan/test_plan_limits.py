"""What an account and its money allow: threshold, budgets, the gap between posts."""

from decimal import Decimal

from runner.ledger import State
from runner.plan import Verb
from tests.unit.plan.building import a_file, a_project, action_of, facts_of, plan_of, said
from tests.unit.stores.building import a_key, at, attempting, closed, posted, sent

OTHER = a_key("other")
FIVE = {name: {"at": f"2026-12-01 10:0{place}"} for place, name in enumerate("abcde")}
GAP = a_project(rules={"min-gap": "45m"})


def cents(amount: str):
    return a_project(budget={"usd-per-month": Decimal(amount)})


# --- Threshold


def test_as_many_overdue_posts_as_the_threshold_go_out():
    assert set(said(plan_of(a_file(FIVE), now="2026-12-01 10:30")).values()) == {"publish"}


def test_more_overdue_posts_than_the_threshold_stop_that_account_alone():
    file = a_file({**FIVE, "f": {}})
    friend = a_file({"hello": {}}, id="hello", accounts=["tienda"])
    plan = plan_of(file, friend, now="2026-12-01 10:30")
    mine = [action for action in plan.actions if action.key.account == "shop"]
    assert {action.verb for action in mine} == {Verb.ASK}
    assert mine[0].because == "6 posts are overdue at once"
    assert action_of(plan, "hello", "tienda").verb is Verb.PUBLISH
    assert plan.needs_a_person


def test_only_what_would_go_out_counts_towards_the_threshold():
    file = a_file({**FIVE, "f": {"draft": True}, "g": {"at": "2026-12-02 10:00"}})
    plan = plan_of(file, now="2026-12-01 10:30")
    assert len(plan.of(Verb.PUBLISH)) == 5


# --- The gap


def test_some_time_lies_between_two_posts_of_an_account():
    file = a_file({"a": {}, "b": {}}, accounts=["shop", "tienda"])
    plan = plan_of(file, project=GAP)
    for account in ("shop", "tienda"):
        assert action_of(plan, "a", account).verb is Verb.PUBLISH
        second = action_of(plan, "b", account)
        assert (second.verb, second.again_at) == (Verb.WAIT, at("2026-12-01 10:50"))
    assert plan.next_look() == at("2026-12-01 10:50")


def test_the_gap_holds_across_campaigns():
    plan = plan_of(a_file({"a": {}}), a_file({"b": {}}, id="more"), project=GAP)
    assert [action.verb for action in plan.actions] == [Verb.PUBLISH, Verb.WAIT]


def test_the_gap_is_counted_from_what_went_out():
    facts = facts_of(sent=[sent(OTHER, "2026-12-01 09:30")])
    waits = action_of(plan_of(a_file({"a": {}}), facts=facts, project=GAP), "a")
    assert (waits.verb, waits.again_at) == (Verb.WAIT, at("2026-12-01 10:15"))
    assert "45 minutes" in waits.because
    later = plan_of(a_file({"a": {}}), facts=facts, project=GAP, now="2026-12-01 10:15")
    assert said(later) == {"a": "publish"}


def test_the_gap_is_counted_from_what_may_be_out_too():
    facts = facts_of([attempting(OTHER, "2026-12-01 10:00"), closed(OTHER, State.UNKNOWN)])
    plan = plan_of(a_file({"a": {}}), facts=facts, project=GAP)
    assert action_of(plan, "a").verb is Verb.WAIT
    released = facts_of([attempting(OTHER, "2026-12-01 10:00"), closed(OTHER, State.RELEASED)])
    assert said(plan_of(a_file({"a": {}}), facts=released, project=GAP)) == {"a": "publish"}


def test_what_cannot_be_paid_keeps_nobody_waiting():
    """Else the second would wait behind the first until both are missed."""
    file = a_file({"dear": {"text": "See https://acme.lv"}, "plain": {"at": "2026-12-01 10:01"}})
    project = a_project(rules={"min-gap": "45m"}, budget={"usd-per-month": Decimal("0.1")})
    plan = plan_of(file, project=project)
    assert said(plan) == {"dear": "ask", "plain": "publish"}


# --- Money


def test_the_months_budget_is_not_passed():
    file = a_file({"a": {}, "b": {}, "c": {}})
    plan = plan_of(file, project=cents("0.030"))
    assert said(plan) == {"a": "publish", "b": "publish", "c": "ask"}
    assert "the month's budget of 0.030 USD" in action_of(plan, "c").because
    assert plan.cost == plan.budget == Decimal("0.030")


def test_what_went_out_this_month_on_any_account_counts():
    friend = a_key("other", account="tienda")
    facts = facts_of(sent=[sent(OTHER, "2026-12-01 08:00"), sent(friend, "2026-12-01 08:00")])
    plan = plan_of(a_file({"a": {}}), facts=facts, project=cents("0.044"))
    assert plan.spent == Decimal("0.030")
    assert said(plan) == {"a": "ask"}


def test_a_month_begins_in_utc():
    november = facts_of(sent=[sent(OTHER, "2026-12-01 01:59")])  # 23:59 in UTC
    december = facts_of(sent=[sent(OTHER, "2026-12-01 02:00")])
    assert plan_of(a_file({"a": {}}), facts=november).spent == 0
    assert plan_of(a_file({"a": {}}), facts=december).spent == Decimal("0.015")


def test_what_is_reserved_counts_until_it_is_released():
    opened = attempting(OTHER, cost="0.030")
    for ends, verb in (
        ([], "wait"),
        ([closed(OTHER, State.UNKNOWN)], "wait"),
        ([closed(OTHER, State.RELEASED)], "publish"),
        ([closed(OTHER, State.REJECTED)], "publish"),
    ):
        plan = plan_of(a_file({"a": {}}), facts=facts_of([opened, *ends]), project=cents("0.044"))
        assert said(plan) == {"a": verb}, ends


def test_what_went_out_is_not_counted_as_reserved_too():
    facts = facts_of([attempting(OTHER), posted(OTHER)], [sent(OTHER)])
    assert plan_of(a_file({"a": {}}), facts=facts).spent == Decimal("0.015")


def test_a_campaigns_budget_is_its_own():
    file = a_file({"a": {}, "b": {}}, budget=Decimal("0.015"))
    friend = a_file({"c": {}}, id="friend")
    plan = plan_of(file, friend)
    assert said(plan) == {"a": "publish", "b": "ask", "c": "publish"}
    assert "the campaign's budget of 0.015 USD" in action_of(plan, "b").because


def test_what_a_campaign_has_spent_counts_whenever_it_was():
    old = a_key("old")
    facts = facts_of([attempting(old, "2026-10-01 10:00"), posted(old, "2026-10-01 10:00")])
    file = a_file({"a": {}}, budget=Decimal("0.029"))
    assert said(plan_of(file, facts=facts)) == {"a": "ask"}
