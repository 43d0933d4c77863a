"""A run among others: it loses a race and plans anew, ends when the files have moved on, waits."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from runner.ledger import Hold, Record, State
from runner.plan import Verb
from runner.publish.ports import Raced, Receipt
from runner.rules import RuleContext
from runner.rules.rule import Breach, rule
from runner.value import replace
from tests.unit.plan.building import a_file, a_project, action_of, some_inputs
from tests.unit.publish.building import (
    BOTH,
    GONE,
    LAUNCH,
    SILENCE,
    THREAD,
    Machine,
    a_machine,
    another_run,
)
from tests.unit.stores.building import a_key, at, attempting, closed, posted, sent


def before_claim(machine: Machine, number: int, happens: Callable[[], None]) -> None:
    """Something that happens right before the claim of this number."""
    claim, left = machine.ledger.claim, [number]

    def interrupted(record: Record) -> None:
        left[0] -= 1
        if left[0] == 0:
            happens()
        claim(record)

    machine.ledger.claim = interrupted


# --- Looks


def test_each_look_at_the_ledger_plans_renders_and_checks_once():
    looks = []

    def counting(scene: RuleContext) -> Iterator[Breach]:
        """Counts."""
        looks.append([proof.post.key.post for proof in scene.proofs])
        return iter(())

    counted = rule("counted")(counting)
    machine = a_machine(replace(LAUNCH, rules=(counted,)))
    machine.run_out()
    assert machine.shop.texts == ["This is launch"]
    assert looks == [["launch"]], "before it is sent; after it there is nothing to look at"


# --- Races


def test_of_two_runs_that_claim_one_post_one_sends_it():
    machine = a_machine(LAUNCH)
    other = another_run(machine)
    before_claim(machine, 1, lambda: other.run_out() and None)
    outcome = machine.run_out()
    assert machine.shop.texts == ["This is launch"]
    assert [result.state for result in outcome.results] == [None], "it lost, and says nothing else"
    assert outcome.results[0].raced
    assert not machine.ran.last.unsent
    assert machine.clock.slept == [1.0]


def test_a_lost_race_within_a_thread_loses_no_part():
    machine = a_machine(THREAD)
    before_claim(machine, 2, lambda: somebody_writes(machine))
    machine.run_out()
    assert [(each.text, each.reply_to) for each in machine.shop.out] == [
        ("One", None),
        ("Two", "1"),
        ("Three", "2"),
    ]
    assert machine.states()["launch"] == "posted"


def somebody_writes(machine: Machine) -> None:
    another = closed(a_key("other"), State.MISSED, "2026-12-01 10:04")
    another_run(machine).ledger.record(Record(entries=(another,)))


def test_a_hold_that_comes_before_the_claim_is_seen_by_it():
    machine = a_machine(LAUNCH)

    def hold() -> None:
        line = Hold(
            at=at("2026-12-01 10:05"),
            run="by-hand",
            level="account",
            name="shop",
            held=True,
            by="anna",
            because="the shop burns",
        )
        another_run(machine).ledger.record(Record(holds=(line,)))

    before_claim(machine, 1, hold)
    machine.run_out()
    assert machine.shop.calls == 0
    action = action_of(machine.plan(), "launch")
    assert (action.verb, action.because) == (Verb.HOLD, "held by anna: the shop burns")


def test_a_miss_that_another_run_sends_meanwhile_is_not_recorded_over_it():
    machine = a_machine(LAUNCH, now="2026-12-01 14:00:01")
    other = another_run(machine)

    def sends() -> None:
        machine.clock.wall -= timedelta(seconds=1)
        other.run_out()
        machine.clock.wall += timedelta(seconds=1)

    before_claim(machine, 1, sends)
    machine.run_out()
    assert machine.states() == {"launch": "posted"}


# --- Files that are not the tip's


def test_files_that_are_not_the_tips_send_nothing():
    machine = a_machine(BOTH)
    machine.ledger.moved = True
    machine.run_out()
    assert machine.ran.last.stale
    assert [x.calls for x in machine.x.values()] == [0, 0]
    assert set(machine.states().values()) == {"released"}


@pytest.mark.parametrize("beside", [{}, {"other": {"at": "2026-12-01 10:00"}}])
def test_files_that_are_not_the_tips_call_nothing_missed(beside):
    """Newer ones may have moved it to a later time; what is missed is so for good."""
    machine = a_machine(some_inputs(a_file({"launch": {"at": "2026-11-29 10:00"}, **beside})))
    machine.ledger.moved = True
    machine.run_out()
    assert machine.ran.last.stale
    assert machine.states() == {}


def test_a_thread_that_becomes_stale_half_way_is_recorded_as_far_as_it_is_out():
    machine = a_machine(THREAD)
    before_claim(machine, 2, lambda: setattr(machine.ledger, "moved", True))
    machine.run_out()
    assert machine.shop.texts == ["One"]
    assert machine.standings()["launch"].half


def test_what_is_in_doubt_is_looked_for_by_stale_files_too():
    machine = a_machine(LAUNCH)
    machine.shop.script = [("out", SILENCE)]
    machine.run_out()
    machine.clock.go(timedelta(minutes=10))
    machine.ledger.moved = True
    machine.run_out()
    assert machine.states() == {"launch": "posted"}


# --- Waiting

LATER = some_inputs(a_file({"launch": {"at": "2026-12-01 10:20"}}))


def test_a_run_waits_for_what_falls_due_to_the_second():
    machine = a_machine(LATER)
    (result,) = machine.run_out(timedelta(minutes=15)).results
    assert result.late == timedelta(0)


def test_a_run_that_waits_ends_when_the_files_have_moved_on():
    machine = a_machine(LATER)
    machine.ledger.stale = lambda: machine.clock.now() > at("2026-12-01 10:12")
    machine.run_out(timedelta(minutes=30))
    assert machine.ran.moved
    assert machine.shop.calls == 0
    assert machine.clock.now() < at("2026-12-01 10:20"), "it does not wait to see that"


def test_a_hold_that_is_set_while_a_run_sleeps_stops_it():
    machine = a_machine(LATER)
    before = machine.clock.sleep

    def sleep(seconds: float) -> None:
        before(seconds)
        machine.inputs = some_inputs(a_file({"launch": {"at": "2026-12-01 10:20"}}, hold=True))

    machine.clock.sleep = sleep
    machine.run_out(timedelta(minutes=30))
    assert machine.shop.calls == 0


def test_a_run_with_time_looks_for_its_own_doubt_and_settles_it():
    machine = a_machine(LAUNCH)
    machine.shop.script = [SILENCE]
    machine.run_out(timedelta(minutes=10))
    assert machine.shop.texts == ["This is launch"]
    assert machine.clock.now() == at("2026-12-01 10:11"), "a minute to send, five to be sure"


@pytest.mark.parametrize("when", ["before", "asleep"])
def test_a_run_that_is_stopped_begins_nothing(when):
    machine = a_machine(LAUNCH if when == "before" else LATER)
    machine.stopped = lambda: when == "before" or bool(machine.clock.slept)
    machine.run_out(timedelta(minutes=30))
    assert machine.shop.calls == 0
    assert not machine.ran.moved


def test_g8_a_second_attempt_that_is_under_way_needs_nobody():
    machine = a_machine(LAUNCH)
    other = another_run(machine)
    seen = []

    def meanwhile() -> None:
        machine.clock.go(timedelta(seconds=1))
        other.run_out()
        (action,) = other.ran.plan.actions
        seen.append((action.verb, other.ran.plan.needs_a_person))

    machine.shop.script = [SILENCE, meanwhile]
    machine.run_out()
    machine.clock.go(timedelta(minutes=10))
    machine.run_out()
    assert seen == [(Verb.WAIT, False)]
    assert machine.states() == {"launch": "posted"}


def test_g8_a_second_attempt_whose_run_is_gone_needs_a_person():
    machine = a_machine(LAUNCH)
    machine.shop.script = [SILENCE, SILENCE]
    machine.run_out()
    machine.clock.go(timedelta(minutes=10))
    machine.run_out()
    assert machine.ran.plan.needs_a_person, "it has an answer, though none that tells"


@pytest.mark.parametrize("hours", [23.9, 24.1])
def test_g5_an_item_that_never_arrived_has_its_turn_a_day_later(hours):
    items = [{"id": name, "text": f"Item {name}"} for name in "abc"]
    tip = {"every": {"slots": ["morning"]}, "items": items, "grace": "2h"}
    machine = a_machine(some_inputs(a_file({"tip": tip})), now="2026-12-01 09:40")
    machine.shop.script = [SILENCE]
    machine.run_out()
    assert machine.shop.texts == []
    for _ in range(3):
        machine.clock.go(timedelta(hours=hours))
        machine.run_out()
    assert machine.shop.texts == ["Item a", "Item b", "Item c"]


# --- A ledger that is younger than what is due


def test_what_went_out_before_the_ledger_was_begun_is_recalled_from_the_timeline():
    machine = a_machine(THREAD)
    machine.run_out()
    machine.folder.files.clear()
    outcome = machine.run_out()
    assert [each.part for each in outcome.found] == [1, 2, 3]
    assert machine.shop.texts == ["One", "Two", "Three"]
    assert machine.states() == {"launch": "posted"}
    assert machine.plan().spent == Decimal("0.048"), "with the look"


def test_a_thread_that_was_half_out_goes_on_after_its_ledger_was_lost():
    machine = a_machine(THREAD)
    machine.stopped = lambda: machine.shop.calls == 1
    machine.run_out()
    machine.folder.files.clear()
    machine.stopped = lambda: False
    machine.run_out()
    assert machine.shop.texts == ["One", "Two", "Three"]


def test_what_another_run_sends_just_now_is_not_recalled():
    machine = a_machine(LAUNCH)
    other = another_run(machine)
    timeline = machine.shop.timeline

    def shown_late(since: datetime) -> object:
        machine.shop.timeline = timeline
        other.run_out()
        return timeline(since)

    machine.shop.timeline = shown_late
    outcome = machine.run_out()
    assert machine.shop.texts == ["This is launch"]
    assert outcome.found == ()
    states = [entry.state for entry in machine.standings()["launch"].entries]
    assert states == ["attempting", "posted"]


def test_stale_files_recall_nothing():
    machine = a_machine(LAUNCH)
    machine.run_out()
    machine.folder.files.clear()
    machine.ledger.moved = True
    machine.run_out()
    assert machine.ran.last.stale
    assert machine.shop.texts == ["This is launch"]
    assert machine.states() == {}


def test_an_occurrence_that_went_out_with_any_item_of_its_ring_is_recalled():
    """The ledger that knew whose turn it was is gone."""
    items = [{"id": name, "text": f"Item {name}"} for name in "abc"]
    tip = {"every": {"slots": ["morning"]}, "items": items}
    machine = a_machine(some_inputs(a_file({"tip": tip})), now="2026-12-01 09:05")
    machine.run_out()
    machine.clock.go(timedelta(days=1))
    machine.run_out()
    assert machine.shop.texts == ["Item a", "Item b"]
    machine.folder.files.clear()
    machine.run_out()
    assert machine.shop.texts == ["Item a", "Item b"]
    assert machine.states() == {
        "tip@2026-12-01.morning": "posted",
        "tip@2026-12-02.morning": "posted",
    }
    machine.clock.go(timedelta(days=1))
    machine.run_out()
    assert machine.shop.texts == ["Item a", "Item b", "Item c"], "the ring goes on"


def test_an_occurrence_that_went_out_before_its_slot_was_moved_is_recalled():
    """The world of seed 117119181236 sent it again, at its new time."""
    daily = {"every": {"slots": ["noon"]}, "text": "Good {{ at | date }} to all"}
    moved = a_project(slots={"noon": "13:20"})
    machine = a_machine(some_inputs(a_file({"daily": daily})), now="2026-12-01 13:02")
    machine.run_out()
    machine.folder.files.clear()
    machine.inputs = some_inputs(a_file({"daily": daily}), project=moved)
    machine.clock.go(timedelta(minutes=58))
    machine.run_out()
    assert len(machine.shop.texts) == 1
    assert machine.states() == {"daily@2026-12-01.noon": "posted"}


def test_an_item_that_went_out_before_its_slot_was_moved_does_not_go_out_again_at_the_next():
    """The world of seed 26301110764 sent it again."""
    items = [{"id": name, "text": f"Item {name}"} for name in "abc"]
    tip = {"every": {"slots": ["morning", "noon", "evening"]}, "items": items}
    slots = {"morning": "10:05", "noon": "12:00", "evening": "14:00"}
    before = some_inputs(a_file({"tip": tip}), project=a_project(slots=slots))
    machine = a_machine(before, now="2026-12-01 10:21")
    machine.run_out()
    machine.clock.go(timedelta(hours=1, minutes=40))
    machine.run_out()
    machine.folder.files.clear()
    moved = a_project(slots={**slots, "noon": "12:40"})
    machine.inputs = some_inputs(a_file({"tip": tip}), project=moved)
    machine.clock.go(timedelta(hours=2, minutes=52))
    machine.run_out()
    assert machine.shop.texts == ["Item a", "Item b"]
    assert machine.ran.plan.needs_a_person


def test_an_earlier_occurrence_with_the_same_words_is_not_recalled_as_a_later_one():
    daily = {"every": {"slots": ["morning", "noon"]}, "text": "Good day"}
    machine = a_machine(some_inputs(a_file({"daily": daily})), now="2026-12-01 09:05")
    machine.run_out()
    machine.folder.files.clear()
    machine.clock.go(timedelta(hours=4))
    machine.run_out()
    assert machine.shop.texts == ["Good day", "Good day"]
    assert machine.states() == {
        "daily@2026-12-01.morning": "posted",
        "daily@2026-12-01.noon": "posted",
    }


def test_what_another_run_is_sending_is_not_recalled_as_an_earlier_occurrence():
    items = [{"id": name, "text": f"Item {name}"} for name in "abc"]
    tip = {"every": {"slots": ["morning", "noon"]}, "items": items}
    machine = a_machine(some_inputs(a_file({"tip": tip})), now="2026-12-01 13:05")
    other = another_run(machine)

    def meanwhile() -> Receipt:
        other.run_out()
        (noon,) = machine.shop.out
        return Receipt(id=noon.id, url=noon.url, at=noon.at)

    machine.shop.script = [("out", meanwhile)]
    machine.run_out()
    assert machine.states() == {
        "tip@2026-12-01.morning": "missed",
        "tip@2026-12-01.noon": "posted",
    }


def test_a_post_that_may_have_gone_out_in_other_words_before_the_ledger_is_asked_about():
    machine = a_machine(LAUNCH)
    machine.run_out()
    machine.folder.files.clear()
    machine.inputs = some_inputs(a_file({"launch": {"text": "Other words"}}))
    machine.run_out()
    assert machine.shop.texts == ["This is launch"]
    assert "the ledger is younger than it" in action_of(machine.ran.plan, "launch").because


def test_a_young_ledger_sends_nothing_while_x_shows_less_than_has_gone_out_since():
    """The world of seed 318416492988 sent it again, in other words, when X's lists lagged."""
    machine = a_machine(some_inputs(a_file({"launch": {}, "later": {"at": "2026-12-01 10:30"}})))
    machine.run_out()
    machine.folder.files.clear()
    launch = {"text": "Other words"}
    later = {"at": "2026-12-01 10:30"}
    machine.inputs = some_inputs(a_file({"launch": launch, "later": later}))
    machine.clock.go(timedelta(minutes=30))
    machine.run_out()
    machine.shop.lag = timedelta(hours=4)
    machine.run_out()
    assert machine.shop.texts == ["This is launch", "This is later"]
    assert "X does not show all that has gone out" in action_of(machine.ran.plan, "launch").because
    machine.shop.lag = timedelta(0)
    machine.run_out()
    assert "nobody has explained" in action_of(machine.ran.plan, "launch").because


def test_what_a_run_has_recalled_is_recalled_again_where_the_ledger_is_deleted_meanwhile():
    """The world of seed 777236845976 sent it again: it had been searched for."""
    machine = a_machine(BOTH)
    origin = dict(machine.folder.files)
    machine.run_out()
    machine.folder.files.clear()
    machine.folder.files.update(origin)
    before_claim(machine, 2, machine.folder.files.clear)
    machine.run_out()
    assert machine.shop.texts == machine.x["tienda"].texts == ["This is a", "This is b"]
    assert set(machine.states().values()) == {"posted"}


def test_a_ledger_that_is_deleted_by_the_run_that_has_just_begun_it_is_young_once_more():
    """The world of seed 433834445755: X refused the copy of what the run had sent itself, and then
    took it in other words."""
    machine = a_machine(some_inputs(a_file({"first": {}, "second": {}})))
    machine.shop.script = [None, machine.folder.files.clear]
    machine.run_out()
    assert machine.shop.texts == ["This is first", "This is second"]
    assert machine.states() == {"first": "posted", "second": "posted"}


def test_the_rest_of_a_thread_whose_beginning_was_deleted_does_not_make_a_young_ledger_begin_it():
    machine = a_machine(THREAD)
    machine.run_out()
    machine.folder.files.clear()
    del machine.shop.out[0]
    machine.run_out()
    assert machine.shop.texts == ["Two", "Three"]
    assert machine.ran.plan.needs_a_person


def test_a_young_ledger_sends_nothing_as_an_account_whose_timeline_can_not_be_read():
    from runner.publish.ports import Unreadable

    machine = a_machine(BOTH)
    machine.shop.unreadable = Unreadable(because="X is away")
    outcome = machine.run_out()
    assert machine.shop.calls == 0
    assert machine.x["tienda"].texts == ["This is a", "This is b"]
    (refusal,) = outcome.refusals
    assert "the ledger is new, and the timeline can't be read: X is away" in refusal.because


def test_what_is_punctual_a_day_after_the_ledger_was_begun_costs_no_look():
    posts = {"launch": {}, "later": {"at": "2026-12-03 10:03"}}
    machine = a_machine(some_inputs(a_file(posts), project=a_project()))
    machine.run_out()
    looks = machine.shop.looks
    machine.clock.go(timedelta(days=2))
    machine.run_out()
    assert machine.shop.texts == ["This is launch", "This is later"]
    assert machine.shop.looks == looks == 1


def test_a_claim_that_races_for_ever_is_left_to_the_next_run():
    machine = a_machine(LAUNCH)

    def claim(record: Record) -> None:
        raise Raced

    machine.ledger.claim = claim
    machine.run_out()
    assert machine.shop.calls == 0
    assert len(machine.clock.slept) == 50


def test_what_is_out_keeps_back_what_it_has_overtaken_in_another_month():
    """The newest month of the ledger is a later one, of which somebody has said what to skip."""
    project = a_project(slots={"early": "08:00", "night": "23:00"})
    tip = {"every": {"slots": ["early", "night"]}, "text": "It is {{ at | time }}", "grace": "12h"}
    file = a_file({"tip": tip}, starts="2026-12-01", ends="2027-03-01")
    machine = a_machine(some_inputs(file, project=project), now="2027-01-01 08:05")
    early, later = (a_key("tip", f"2027-{month}-01.early") for month in ("01", "02"))
    entries = (
        attempting(early, "2027-01-01 08:00"),
        posted(early, "2027-01-01 08:00"),
        closed(later, State.SKIPPED),
    )
    line, before = sent(early, "2027-01-01 08:00"), at("2026-12-31 22:00")
    record = Record(
        entries=entries, sent=(line,), accounted={"shop": before}, born={"shop": before}
    )
    machine.ledger.record(record)
    machine.run_out()
    assert machine.shop.texts == []
    assert machine.states()["tip@2026-12-31.night"] == "missed"


def test_the_rest_of_a_thread_with_a_link_goes_out_once_the_grace_of_all_is_over():
    thread = {"at": "2026-12-01 10:30", "thread": ["See {{ posts.announce.url }}", "Two"]}
    inputs = some_inputs(a_file({"announce": {}, "launch": thread}))
    machine = a_machine(inputs, now="2026-12-01 10:30")
    machine.shop.script = [None, None, GONE, GONE]
    for _ in range(2):
        machine.run_out()
        assert len(machine.shop.texts) == 2
        machine.clock.go(timedelta(hours=5))
    machine.run_out()
    assert machine.shop.texts[2:] == ["Two"]
