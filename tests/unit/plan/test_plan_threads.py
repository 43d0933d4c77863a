"""Threads that are half out: the rest follows within a day, as it was, or a person decides."""

from decimal import Decimal

import pytest

from runner.ledger import State
from runner.plan import Verb
from tests.unit.plan.building import a_file, a_project, action_of, half_out, plan_of
from tests.unit.stores.building import a_key, attempting, closed

KEY = a_key()
THREAD = ["One", "Two", "Three"]


def a_thread(*parts: str, **more: object):
    return a_file({"launch": {"thread": list(parts or THREAD), **more}})


@pytest.mark.parametrize(
    "ends", [(), (attempting(KEY, part=2), closed(KEY, State.RELEASED, part=2))]
)
def test_the_rest_of_a_thread_goes_out_from_its_next_part(ends):
    action = action_of(plan_of(a_thread(), facts=half_out(a_thread(), *ends)), "launch")
    assert (action.verb, action.because) == (Verb.PUBLISH, "the rest of a thread")
    assert action.resumes_at == 2
    assert action.cost == Decimal("0.030")


def test_grace_decides_whether_it_may_begin_and_a_day_whether_it_may_end():
    facts = half_out(a_thread())
    for now, verb in (
        ("2026-12-01 20:00", Verb.PUBLISH),
        ("2026-12-02 10:00", Verb.PUBLISH),
        ("2026-12-02 10:01", Verb.ASK),
    ):
        assert action_of(plan_of(a_thread(), now=now, facts=facts), "launch").verb is verb


def test_a_thread_that_began_late_still_has_its_day():
    file = a_thread(grace="10d")
    facts = half_out(file, moment="2026-12-11 09:00")
    action = action_of(plan_of(file, now="2026-12-12 08:00", facts=facts), "launch")
    assert action.resumes_at == 2


@pytest.mark.parametrize(
    "file",
    [a_thread("One", "Two", "Four"), a_thread("One", "Two"), a_thread("One", "Two", "{{ bad }}")],
)
def test_a_thread_whose_parts_have_changed_is_asked_about(file):
    action = action_of(plan_of(file, facts=half_out(a_thread())), "launch")
    assert action.verb is Verb.ASK
    assert action.because.startswith("half of the thread is out, and ")


def test_a_thread_that_became_a_draft_is_asked_about():
    plan = plan_of(a_thread(draft=True), facts=half_out(a_thread()))
    assert action_of(plan, "launch").verb is Verb.ASK


@pytest.mark.parametrize("state", [State.UNKNOWN, State.REJECTED])
@pytest.mark.parametrize("file", [a_thread(), a_thread("One", "Better", "Three")])
@pytest.mark.parametrize("now", ["2026-12-01 10:30", "2026-12-01 16:00", "2026-12-03 10:00"])
def test_a_part_that_was_refused_or_may_be_out_never_sends_the_first_again(state, file, now):
    facts = half_out(a_thread(), attempting(KEY, part=2), closed(KEY, state, part=2))
    plan = plan_of(file, now=now, facts=facts)
    in_doubt = state is State.UNKNOWN
    assert action_of(plan, "launch").verb is (Verb.WAIT if in_doubt else Verb.ASK)
    assert not plan.changes_something


def test_the_rest_goes_out_when_the_post_is_moved_to_another_day():
    moved = a_thread(at="2026-12-03 10:00")
    assert action_of(plan_of(moved, facts=half_out(a_thread())), "launch").resumes_at == 2


def test_the_rest_waits_for_neither_gap_nor_quiet_and_is_paid_for_already():
    project = a_project(
        rules={"min-gap": "45m", "quiet-hours": ["10:00", "11:00"]},
        budget={"usd-per-month": Decimal("0.045")},
    )
    plan = plan_of(a_thread(), facts=half_out(a_thread()), project=project, now="2026-12-01 10:05")
    assert action_of(plan, "launch").verb is Verb.PUBLISH
    assert plan.spent == Decimal("0.045")


def test_the_rest_of_a_thread_keeps_others_at_their_distance():
    file = a_file({"launch": {"thread": THREAD}, "other": {"at": "2026-12-01 12:00"}})
    plan = plan_of(
        file,
        now="2026-12-01 12:05",
        facts=half_out(a_thread()),
        project=a_project(rules={"min-gap": "45m"}),
    )
    assert action_of(plan, "launch").verb is Verb.PUBLISH
    assert action_of(plan, "other").verb is Verb.WAIT
