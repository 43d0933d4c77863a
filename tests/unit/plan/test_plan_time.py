"""When something goes out: its time, its grace, its misses, its hours of quiet."""

from datetime import timedelta

import pytest

from runner.ledger import Facts, Need, State
from runner.plan import Verb, need_of, plan
from tests.unit.plan.building import (
    a_file,
    a_project,
    action_of,
    facts_of,
    plan_of,
    rendered,
    said,
    some_inputs,
)
from tests.unit.stores.building import a_key, at, attempting, closed, posted

LAUNCH = a_file({"launch": {}})
TIPS = a_file(
    {
        "tip": {
            "every": {"slots": ["morning", "noon"]},
            "text": "Tip of {{ at | date }}, {{ at | time }}",
        }
    },
    grace="12h",
)
KEY = a_key()


@pytest.mark.parametrize(
    ("now", "verb", "because"),
    [
        ("2026-12-01 09:59:59", Verb.WAIT, "not due yet"),
        ("2026-12-01 10:00", Verb.PUBLISH, "due"),
        ("2026-12-01 14:00", Verb.PUBLISH, "due"),
        ("2026-12-01 14:00:01", Verb.SKIP, "its time is over"),
    ],
)
def test_a_post_goes_out_from_its_time_to_the_end_of_its_grace(now, verb, because):
    action = action_of(plan_of(LAUNCH, now=now), "launch")
    assert (action.verb, action.because) == (verb, because)


def test_what_is_due_carries_its_text_and_its_cost():
    plan = plan_of(LAUNCH)
    action = action_of(plan, "launch")
    assert action.post.parts[0].text == "This is launch"
    assert action.cost == plan.cost == action.post.cost
    assert plan.next is None
    assert plan.changes_something
    assert not plan.needs_a_person


def test_a_plan_says_what_is_next_and_when_to_look_again():
    plan = plan_of(LAUNCH, now="2026-12-01 08:00")
    assert plan.next.key == KEY
    assert plan.next_look() == at("2026-12-01 10:00")
    assert not plan.changes_something


def test_a_published_post_is_never_published_again():
    facts = facts_of([attempting(KEY), posted(KEY)])
    assert action_of(plan_of(LAUNCH, facts=facts), "launch").verb is Verb.SKIP


# --- Missed


def test_a_miss_is_recorded_once():
    first = plan_of(LAUNCH, now="2026-12-01 14:01")
    assert action_of(first, "launch").misses
    facts = facts_of([closed(KEY, State.MISSED)], accounted="2026-12-01 14:01")
    second = action_of(plan_of(LAUNCH, now="2026-12-01 14:02", facts=facts), "launch")
    assert (second.verb, second.because, second.misses) == (Verb.SKIP, "missed", False)


@pytest.mark.parametrize(
    ("accounted", "misses"),
    [("2026-12-01 13:59", True), ("2026-12-01 14:00", True), ("2026-12-01 14:30", False)],
)
def test_only_what_ended_since_the_last_look_is_a_new_miss(accounted, misses):
    """What was written into a file when its time was over already was never missed."""
    facts = facts_of(accounted=accounted)
    assert (
        action_of(plan_of(LAUNCH, now="2026-12-01 15:00", facts=facts), "launch").misses is misses
    )


def test_what_was_tried_and_let_go_is_missed_in_the_end_whatever_the_last_look_was():
    for state in (State.RELEASED, State.REJECTED):
        facts = facts_of([attempting(KEY), closed(KEY, state)], accounted="2026-12-01 14:30")
        action = action_of(plan_of(LAUNCH, now="2026-12-01 15:00", facts=facts), "launch")
        assert (action.verb, action.misses) == (Verb.SKIP, True)


def test_a_miss_is_found_after_a_long_gap():
    facts = facts_of(accounted="2026-12-01 09:00")
    plan = plan_of(LAUNCH, now="2026-12-30 12:00", facts=facts)
    assert action_of(plan, "launch").misses


def test_a_miss_is_found_when_the_last_look_was_at_its_very_end():
    facts = facts_of(accounted="2026-12-01 14:00")
    assert action_of(plan_of(LAUNCH, now="2026-12-30 12:00", facts=facts), "launch").misses


def test_a_missed_post_is_never_resurrected():
    """Neither by more grace nor by another day."""
    facts = facts_of([closed(KEY, State.MISSED)])
    for post in ({"grace": "20d"}, {"at": "2026-12-05 10:00"}):
        plan = plan_of(a_file({"launch": post}), now="2026-12-05 10:00", facts=facts)
        assert action_of(plan, "launch").verb is Verb.SKIP


@pytest.mark.parametrize("state", [State.SKIPPED, State.DELETED])
def test_what_a_person_took_out_stays_out(state):
    facts = facts_of([closed(KEY, state)])
    action = action_of(plan_of(LAUNCH, facts=facts), "launch")
    assert (action.verb, action.because) == (Verb.SKIP, state)


def test_a_grace_longer_than_a_week_is_looked_back_upon():
    file = a_file({"launch": {"grace": "20d"}})
    assert action_of(plan_of(file, now="2026-12-15 10:00"), "launch").verb is Verb.PUBLISH


def test_a_post_anchored_at_a_draw_may_wait_seven_days_for_approval():
    file = a_file(
        {"winners": {"at": "drawn + 1h", "text": "And the winners are …"}},
        drawn="2026-12-09 10:00",
        kind="contest",
        prize="jeans",
        opens="2026-12-01 10:00",
        closes="2026-12-08 20:00",
        entry={"how": "mention"},
        grace=None,
        ends=None,
    )
    assert said(plan_of(file, now="2026-12-16 10:59")) == {"winners": "publish"}
    assert said(plan_of(file, now="2026-12-16 11:01")) == {"winners": "skip"}


# --- Recurring


def test_after_a_gap_only_the_newest_goes_out_and_the_older_are_missed():
    plan = plan_of(TIPS, now="2026-12-01 13:05")
    assert action_of(plan, "tip@2026-12-01.noon").verb is Verb.PUBLISH
    older = action_of(plan, "tip@2026-12-01.morning")
    assert (older.verb, older.because, older.misses) == (
        Verb.SKIP,
        "a newer one is due as well",
        True,
    )


def test_the_older_one_stays_out_when_the_newest_is_out():
    noon = a_key("tip", "2026-12-01.noon")
    facts = facts_of([attempting(noon, "2026-12-01 13:00"), posted(noon, "2026-12-01 13:00")])
    plan = plan_of(TIPS, now="2026-12-01 13:05", facts=facts)
    assert plan.of(Verb.PUBLISH) == ()
    assert action_of(plan, "tip@2026-12-01.morning").misses


@pytest.mark.parametrize("state", [State.RELEASED, State.REJECTED])
def test_an_older_one_that_was_tried_in_vain_is_missed_too(state):
    morning = a_key("tip", "2026-12-01.morning")
    facts = facts_of([attempting(morning, "2026-12-01 09:00"), closed(morning, state)])
    plan = plan_of(TIPS, now="2026-12-01 13:05", facts=facts)
    action = action_of(plan, "tip@2026-12-01.morning")
    if state is State.RELEASED:
        assert action.misses
    assert [each.key.short for each in plan.of(Verb.PUBLISH)] == ["tip@2026-12-01.noon"]


def test_an_older_one_that_may_be_out_is_looked_for():
    morning = a_key("tip", "2026-12-01.morning")
    facts = facts_of([attempting(morning, "2026-12-01 09:00", texts=["Other"])])
    plan = plan_of(TIPS, now="2026-12-01 13:05", facts=facts)
    assert action_of(plan, "tip@2026-12-01.morning").verb is Verb.WAIT
    assert action_of(plan, "tip@2026-12-01.noon").verb is Verb.PUBLISH


def test_moving_the_hour_of_a_slot_sends_nothing_twice():
    morning = a_key("tip", "2026-12-01.morning")
    facts = facts_of([attempting(morning, "2026-12-01 09:00"), posted(morning, "2026-12-01 09:00")])
    moved = a_project(slots={"morning": "10:00", "noon": "13:00"})
    plan = plan_of(TIPS, now="2026-12-01 10:30", facts=facts, project=moved)
    assert plan.of(Verb.PUBLISH) == ()


# --- Quiet hours

QUIET = a_project(rules={"quiet-hours": ["22:00", "07:00"]})


def test_what_is_late_waits_for_the_end_of_quiet_hours():
    file = a_file({"late": {"at": "2026-12-01 20:00", "grace": "20h"}})
    plan = plan_of(file, now="2026-12-01 23:00", project=QUIET)
    action = action_of(plan, "late")
    assert (action.verb, action.because) == (Verb.WAIT, "quiet hours")
    assert plan.next_look() == at("2026-12-02 07:00")
    assert said(plan_of(file, now="2026-12-02 06:59", project=QUIET)) == {"late": "wait"}
    assert said(plan_of(file, now="2026-12-02 07:00", project=QUIET)) == {"late": "publish"}


def test_the_hour_after_its_time_is_never_quiet():
    file = a_file({"late": {"at": "2026-12-01 21:50"}}, grace=None)
    assert said(plan_of(file, now="2026-12-01 22:30", project=QUIET)) == {"late": "publish"}
    assert said(plan_of(file, now="2026-12-01 22:51", project=QUIET)) == {"late": "skip"}


def test_what_was_put_into_quiet_hours_goes_out_in_them():
    file = a_file({"night": {"at": "2026-12-01 23:00", "grace": "4h"}})
    assert said(plan_of(file, now="2026-12-02 02:00", project=QUIET)) == {"night": "publish"}


def test_quiet_hours_are_those_of_the_account():
    madrid = {"handle": "acme_es", "locale": "es", "timezone": "Europe/Madrid"}
    accounts = {"shop": {"handle": "acme_lv", "locale": "lv"}, "tienda": madrid}
    project = a_project(rules={"quiet-hours": ["22:00", "07:00"]}, accounts=accounts)
    file = a_file({"late": {"at": "2026-12-01 20:00", "grace": "8h"}}, accounts=["shop", "tienda"])
    plan = plan_of(file, now="2026-12-01 22:30", project=project)
    assert action_of(plan, "late", "shop").verb is Verb.WAIT
    assert action_of(plan, "late", "tienda").verb is Verb.PUBLISH


# --- Order, window, what is read


def test_actions_are_in_order_of_time_and_key_whatever_the_order_of_the_files():
    files = [
        a_file({"b": {}, "a": {}}, id="second"),
        a_file({"z": {"at": "2026-12-01 09:00"}, "a": {"text": "Other"}}, id="first"),
    ]
    plans = [plan_of(*order) for order in (files, files[::-1])]
    keys = [[str(action.key) for action in plan.actions] for plan in plans]
    assert keys[0] == keys[1] == ["shop/first/z", "shop/first/a", "shop/second/a", "shop/second/b"]


def test_order_is_that_of_instants_where_the_clocks_go_back():
    late = {"at": "2026-10-25 03:10 +02:00", "text": "late"}
    early = {"at": "2026-10-25 03:50 +03:00", "text": "early"}
    plan = plan_of(a_file({"late": late, "early": early}), now="2026-10-25 06:00")
    assert [action.key.post for action in plan.actions] == ["early", "late"]


def test_posts_without_a_time_yet_are_named_with_what_they_wait_for():
    file = a_file(
        {"winners": {"at": "drawn + 1h"}},
        kind="contest",
        prize="jeans",
        opens="2026-12-01 10:00",
        closes="2026-12-08 20:00",
        entry={"how": "mention"},
        accounts=["shop", "tienda"],
        ends=None,
    )
    plan = plan_of(file, accounts=["shop"])
    assert {str(key): anchor for key, anchor in plan.waiting.items()} == {
        "shop/slim/winners": "drawn"
    }


def test_only_the_accounts_that_are_asked_for_are_planned():
    file = a_file({"launch": {}}, accounts=["shop", "tienda"])
    plan = plan_of(file, accounts=["tienda"])
    assert [action.key.account for action in plan.actions] == ["tienda"]


def test_a_run_reads_the_shelves_of_what_is_planned_and_two_months_of_journals():
    inputs = some_inputs(
        LAUNCH, a_file({"tip": {"every": {"slots": ["noon"]}}}, id="tips", budget=5)
    )
    now = at("2026-12-01 10:05")
    near = inputs.occurrences(now=now, until=now + timedelta(days=3))
    need = need_of(near, Facts(), budgeted=True, now=now)
    assert need.periods == {("slim", "once"), ("tips", "2026-12"), ("tips", "once")}
    assert need.newest == {"tips"}
    assert need.whole == {"tips"}
    assert need.months == {("shop", "2026-12"), ("shop", "2026-11")}
    assert need.purses


def test_a_run_with_nothing_due_reads_nothing_besides():
    assert need_of((), Facts(), budgeted=True, now=at("2026-12-01 10:05")) == Need(origin=False)


def test_what_is_in_doubt_brings_the_journals_since_its_attempt():
    glance = facts_of([attempting(a_key(), "2026-10-31 10:00")])
    need = need_of((), glance, budgeted=True, now=at("2026-12-01 10:05"))
    assert need == Need(
        periods=frozenset({("slim", "once")}),
        months=frozenset(("shop", f"2026-{month}") for month in (10, 11, 12)),
    )


def test_a_run_that_only_publishes_renders_only_what_is_due():
    file = a_file({"launch": {}, "later": {"at": "2026-12-03 10:00"}})
    inputs, now = some_inputs(file), at("2026-12-01 10:05")
    occurrences = inputs.occurrences(now=now, until=now + timedelta(days=7))
    found = plan(inputs, occurrences, facts_of(), now=now, texts="due")
    assert action_of(found, "launch").post == rendered(file, short="launch")
    assert action_of(found, "later").post is None
    assert action_of(found, "later").verb is Verb.WAIT
