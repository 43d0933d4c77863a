"""Who is late looks first: a ledger that was rolled back doubles nothing that X still shows (G1),
and nobody is asked about what another run has sent just now (G14)."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from runner.ledger import Need, Origin, Record, State
from runner.media import inspect
from runner.plan import Verb
from runner.publish.ports import Raced, Unreadable
from runner.value import replace
from tests.unit.plan.building import a_file, a_project, action_of, some_inputs
from tests.unit.publish.building import (
    GIF,
    LAUNCH,
    NOT_NOW,
    OUT,
    PATH,
    SILENCE,
    THREAD,
    Machine,
    a_machine,
    another_run,
)
from tests.unit.stores.building import a_key, at, closed

TWO = some_inputs(a_file({"launch": {}, "later": {"at": "2026-12-01 10:30"}}))
PICTURE = {"text": "", "media": [{"file": "jeans.gif", "alt": "Jeans"}]}
PICTURES = some_inputs(a_file({"launch": PICTURE}), media={PATH: inspect(GIF)})
PICTURES_ALONE = some_inputs(a_file({"alone": PICTURE}), media={PATH: inspect(GIF)})
SHARE = some_inputs(a_file({"launch": {"repost": "https://x.com/denim_club/status/12345"}}))
ITEMS = [{"id": name, "text": f"Item {name}"} for name in "abc"]
RING = some_inputs(
    a_file({"tip": {"every": {"slots": ["morning"]}, "items": ITEMS}}, starts="2026-12-01")
)


def an_old_ledger(inputs, now: str = "2026-12-01 10:05") -> Machine:
    """A machine whose ledger was begun days before."""
    machine = a_machine(inputs, now=now, media={PATH: GIF})
    users = {"shop": "user-acme_lv", "tienda": "user-acme_es"}
    days_before = at("2026-11-20 10:00")
    origin = Origin(at=days_before, run="older", users=users)
    machine.ledger.record(Record(origin=origin, born=dict.fromkeys(users, days_before)))
    return machine


def rolled_back(inputs, *script, now: str = "2026-12-01 10:05") -> Machine:
    """A machine whose ledger was restored from before its run, ten minutes later."""
    machine = an_old_ledger(inputs, now=now)
    before = dict(machine.folder.files)
    machine.shop.script = list(script)
    machine.run_out()
    machine.folder.files.clear()
    machine.folder.files.update(before)
    machine.clock.go(timedelta(minutes=10))
    machine.shop.looks = machine.shop.calls = 0
    return machine


def test_g1_what_a_ledger_that_was_rolled_back_has_forgotten_is_found_and_not_sent_again():
    machine = rolled_back(LAUNCH)
    outcome = machine.run_out()
    assert machine.shop.texts == ["This is launch"]
    assert [each.key.short for each in outcome.found] == ["launch"]
    assert machine.states() == {"launch": "posted"}
    assert machine.plan().spent == Decimal("0.016"), "with the look"
    assert machine.shop.looks == 1


def test_what_a_late_look_costs_is_spent_with_the_claim_that_follows():
    machine = an_old_ledger(LAUNCH)
    for _ in range(3):
        machine.shop.say("Something by hand", machine.clock.now())
    claimed = []
    machine.shop.script = [lambda: claimed.append(machine.ledger.read(Need()).purses["shop"])]
    machine.run_out()
    assert [purse.spent for purse in claimed] == [{"2026-12": Decimal("0.003")}]
    assert machine.plan().spent == Decimal("0.018")


def test_what_a_claim_has_paid_for_is_not_paid_again_where_the_next_one_loses_a_race():
    machine = an_old_ledger(TWO, now="2026-12-01 10:40")
    for _ in range(3):
        machine.shop.say("Something by hand", machine.clock.now())
    elsewhere = Record(entries=(closed(a_key("another"), State.SKIPPED, by="Anna"),))
    machine.shop.script = [lambda: another_run(machine).ledger.record(elsewhere)]
    machine.run_out()
    assert [each.key.short for each in machine.ran.outcome.sent] == ["launch", "later"]
    looks = 3 + 4  # the second one is for what lost the race, and shows what was sent
    assert machine.shop.looks == 2
    assert machine.plan().spent == Decimal("0.030") + looks * Decimal("0.001")


def test_what_a_look_has_cost_is_spent_also_where_another_run_has_begun_the_ledger_since():
    machine = a_machine(LAUNCH)
    for _ in range(3):
        machine.shop.say("Something by hand", machine.clock.now() - timedelta(hours=9))
    elsewhere = Record(entries=(closed(a_key("another"), State.SKIPPED, by="Anna"),))
    claim = machine.ledger.claim

    def overtaken(record: Record) -> None:
        machine.ledger.claim = claim
        another_run(machine).ledger.record(elsewhere)
        claim(record)

    machine.ledger.claim = overtaken
    machine.run_out()
    assert machine.states()["launch"] == "posted"
    assert machine.shop.looks == 2
    assert machine.plan().spent == Decimal("0.015") + 2 * 3 * Decimal("0.001")


@pytest.mark.parametrize("inputs", [THREAD, SHARE, RING], ids=["thread", "repost", "ring"])
def test_g1_so_is_a_thread_a_repost_and_an_item(inputs):
    machine = rolled_back(inputs)
    shown = list(machine.shop.texts)
    machine.run_out()
    assert machine.shop.texts == shown
    assert set(machine.states().values()) == {"posted"}


def test_g1_an_item_is_found_though_the_ledger_thinks_that_it_is_the_turn_of_another():
    machine = an_old_ledger(RING)
    before = dict(machine.folder.files)
    machine.run_out()
    machine.clock.go(timedelta(days=1))
    machine.run_out()
    assert machine.shop.texts == ["Item a", "Item b"]
    machine.folder.files.clear()
    machine.folder.files.update(before)
    machine.run_out()
    assert machine.shop.texts == ["Item a", "Item b"]
    assert machine.states()["tip@2026-12-02.morning"] == "posted"


def test_g1_an_item_that_is_out_is_not_taken_for_that_of_a_turn_before_it_that_was_missed():
    """The world of seed 542920795255: the occurrence whose item it is waits for its turn, behind
    another late post, when what is out is looked for."""
    tip = {"every": {"slots": ["morning", "noon"]}, "items": ITEMS}
    posts = {"tip": tip, "link": {"at": "2026-12-01 12:30"}}
    file = a_file(posts, starts="2026-12-01", grace="8h")
    project = a_project(rules={"min-gap": "15m"})
    machine = an_old_ledger(some_inputs(file, project=project), now="2026-12-01 13:05")
    before = dict(machine.folder.files)
    machine.run_out(wait=timedelta(hours=1))
    sent = ["This is link", "Item a"]
    assert machine.shop.texts == sent
    machine.folder.files.clear()
    machine.folder.files.update(before)
    machine.clock.go(timedelta(minutes=10))
    machine.run_out(wait=timedelta(hours=1))
    assert machine.shop.texts == sent
    assert machine.states()["tip@2026-12-01.noon"] == "posted"


def test_g1_the_rest_of_a_thread_is_found_and_not_sent_again():
    machine = an_old_ledger(THREAD)
    machine.stopped = lambda: machine.shop.calls == 1
    machine.run_out()
    half = dict(machine.folder.files)
    machine.stopped = lambda: False
    resumed_by("another", machine).run_out()
    assert machine.shop.texts == ["One", "Two", "Three"]
    machine.folder.files.clear()
    machine.folder.files.update(half)
    outcome = resumed_by("a third", machine).run_out()
    assert machine.shop.texts == ["One", "Two", "Three"]
    assert [each.part for each in outcome.found] == [2, 3]
    assert machine.states() == {"launch": "posted"}
    assert machine.plan().spent == Decimal("0.048"), "with the look"


def test_g1_half_a_thread_beside_what_nobody_has_explained_is_asked_about():
    machine = rolled_back(THREAD)
    machine.shop.out = machine.shop.out[:1]
    machine.shop.say("Two, in other words", machine.clock.now() - timedelta(minutes=5))
    machine.run_out()
    assert machine.shop.calls == 0
    assert "X shows a part of it" in action_of(machine.ran.plan, "launch").because


def test_what_gets_the_money_of_another_one_after_a_look_is_looked_for_first_too():
    """The world of seed 769174241426: the time of the first was over when the look was."""
    first = {"at": "2026-12-01 09:30", "text": "First", "grace": "40m"}
    second = {"at": "2026-12-01 10:00", "text": "Second, in other words"}
    project = a_project(budget={"usd-per-month": Decimal("0.02")})
    machine = a_machine(
        some_inputs(a_file({"a": first, "b": second}), project=project), "2026-12-01 10:09"
    )
    machine.shop.say("Second", at("2026-12-01 10:01"))
    machine.shop.meanwhile = lambda: machine.clock.go(timedelta(minutes=1, seconds=30))
    machine.run_out()
    assert machine.shop.texts == ["Second"]
    assert machine.ran.plan.needs_a_person


def test_so_is_one_that_went_out_before_it_was_moved_by_who_has_a_new_ledger():
    """The world of seed 344212262826 sent its last part again, in other words."""
    machine = a_machine(THREAD)
    machine.run_out()
    machine.folder.files.clear()
    thread = {"at": "2026-12-01 11:00", "thread": ["One", "Two", "Three, in other words"]}
    machine.inputs = some_inputs(a_file({"launch": thread}))
    machine.clock.go(timedelta(minutes=56))
    machine.run_out()
    assert machine.shop.texts == ["One", "Two", "Three"]
    assert "X shows a part of it" in action_of(machine.ran.plan, "launch").because


def test_g1_a_picture_without_words_beside_another_that_nobody_has_explained_is_asked_about():
    machine = rolled_back(PICTURES)
    machine.run_out()
    assert machine.shop.calls == 0
    assert "has no words to tell it by" in action_of(machine.ran.plan, "launch").because


def test_a_picture_without_words_beside_a_text_goes_out():
    machine = an_old_ledger(PICTURES)
    machine.shop.say("Good morning", machine.clock.now())
    machine.run_out()
    assert machine.shop.calls == 1


def test_what_is_not_found_goes_out_after_one_read_for_all_of_an_account():
    machine = an_old_ledger(TWO, now="2026-12-01 10:45")
    machine.shop.say("Something else", machine.clock.now())
    machine.run_out()
    assert machine.shop.looks == 1
    assert machine.clock.slept == []
    assert machine.states() == {"launch": "posted", "later": "posted"}


def test_what_is_punctual_costs_no_look():
    machine = an_old_ledger(LAUNCH, now="2026-12-01 10:02")
    machine.run_out()
    assert machine.shop.looks == 0
    assert machine.states() == {"launch": "posted"}


def test_a_thread_that_the_same_run_has_begun_costs_no_second_look():
    machine = an_old_ledger(THREAD)
    machine.shop.script = [None, NOT_NOW]
    machine.run_out()
    machine.run_out()
    assert machine.states() == {"launch": "posted"}
    assert machine.shop.looks == 1


def test_where_the_timeline_can_not_be_read_the_late_ones_stay_due_and_the_punctual_go_out():
    machine = an_old_ledger(TWO, now="2026-12-01 10:31")
    machine.shop.unreadable = Unreadable(because="X is away")
    outcome = machine.run_out()
    assert machine.shop.texts == ["This is later"]
    assert action_of(machine.ran.plan, "launch").verb is Verb.WAIT
    (refusal,) = outcome.refusals
    assert refusal.because == "a post is late, and the timeline can't be read: X is away"
    machine.shop.unreadable = None
    machine.run_out()
    assert machine.states() == {"launch": "posted", "later": "posted"}


def test_what_is_late_only_after_something_else_went_out_is_looked_for_too():
    post = {"launch": {}, "link": {"text": 'See {{ posts["launch"].url }}'}}
    machine = rolled_back(some_inputs(a_file(post)))
    shown = list(machine.shop.texts)
    assert len(shown) == 2
    machine.run_out()
    assert machine.shop.texts == shown
    assert machine.states() == {"launch": "posted", "link": "posted"}


@pytest.mark.parametrize("script", [[(OUT, SILENCE)], []], ids=["in doubt", "posted"])
def test_g14_what_another_run_has_sent_since_the_ledger_was_read_is_no_stranger(script):
    """A young ledger, and a run that reads the timeline after another one has sent a picture."""
    machine = a_machine(
        some_inputs(a_file({"alone": PICTURE, "launch": {}}), media={PATH: inspect(GIF)}),
        media={PATH: GIF},
    )
    beside = another_run(machine)
    beside.inputs, beside.media = PICTURES_ALONE, machine.media
    timeline = machine.shop.timeline

    def shown_late(since: datetime) -> object:
        machine.shop.timeline = timeline
        machine.shop.script = list(script)
        beside.run_out()
        return timeline(since)

    machine.shop.timeline = shown_late
    machine.run_out()
    assert not machine.ran.plan.of(Verb.ASK)
    assert machine.states() == {"alone": "unknown" if script else "posted", "launch": "posted"}


def test_g14_what_an_open_attempt_explains_is_no_stranger_though_the_clock_of_x_is_slow():
    machine = a_machine(some_inputs(a_file({"alone": {}})))
    machine.shop.script = [(OUT, SILENCE)]
    machine.run_out()
    (alone,) = machine.shop.out
    machine.shop.out = [replace(alone, at=alone.at - timedelta(seconds=20))]
    machine.inputs = some_inputs(a_file({"alone": {}, "launch": {}}))
    machine.clock.go(timedelta(seconds=30))
    machine.run_out()
    assert not machine.ran.plan.of(Verb.ASK)
    assert machine.states() == {"alone": "unknown", "launch": "posted"}


def test_g14_a_picture_that_an_open_attempt_explains_is_no_stranger_to_a_late_one():
    posts = {"first": PICTURE, "launch": {**PICTURE, "at": "2026-12-01 10:01"}}
    machine = an_old_ledger(
        some_inputs(a_file(posts), media={PATH: inspect(GIF)}), now="2026-12-01 10:00"
    )
    machine.shop.script = [(OUT, SILENCE)]
    machine.run_out()
    machine.clock.go(timedelta(seconds=121))
    machine.clock.go(timedelta(minutes=2))
    machine.run_out()
    assert not machine.ran.plan.of(Verb.ASK)
    assert machine.states() == {"first": "posted", "launch": "posted"}


def resumed_by(run: str, machine: Machine) -> Machine:
    other = another_run(machine)
    other.name = run
    return other


def test_a_look_after_a_lost_race_that_x_refuses_is_told_and_makes_the_run_fail():
    """The world of seed 806849824403: the run said that the post waits, and ended well."""
    machine = an_old_ledger(LAUNCH)

    def lose_the_race(record: Record) -> None:
        machine.shop.unreadable = Unreadable(because="X is away")
        raise Raced

    machine.ledger.claim = lose_the_race
    outcome = machine.run_out()
    assert machine.shop.calls == 0
    (refusal,) = outcome.refusals
    assert "the timeline can't be read: X is away" in refusal.because
    assert machine.ran.last.refused


def asleep_before(step: str, machine: Machine, *, number: int) -> None:
    """Has the machine sleep for two hours at the so-many-th call of a step of X, while another run
    sends what is due and the ledger is deleted."""
    calls, awake, other = count(1), getattr(machine.shop, step), another_run(machine)
    other.media.update(machine.media)

    def dream(*asked: object) -> object:
        if next(calls) == number:
            setattr(machine.shop, step, awake)
            other.run_out()
            machine.folder.files.clear()
            machine.clock.go(timedelta(hours=2))
        return awake(*asked)

    setattr(machine.shop, step, dream)


@pytest.mark.parametrize(
    ("step", "number"), [("identify", 2), ("upload", 1)], ids=["entering", "uploading"]
)
def test_a_run_that_slept_over_what_it_saw_looks_again_before_it_sends(step: str, number: int):
    """The world of seed 851376506937 sent a post twice: the ledger was as the run had read it."""
    inputs = some_inputs(
        a_file({"launch": {**PICTURE, "text": "Jeans"}}), media={PATH: inspect(GIF)}
    )
    machine = a_machine(inputs, media={PATH: GIF})
    asleep_before(step, machine, number=number)
    machine.run_out()
    assert machine.shop.texts == ["Jeans"]
    assert machine.states() == {"launch": "posted"}


def test_a_run_whose_looks_and_uploads_take_longer_than_a_plan_holds_comes_to_its_end():
    machine = an_old_ledger(PICTURES)
    upload = machine.shop.upload

    def slowly(*asked: Any) -> object:
        machine.clock.go(timedelta(minutes=70))
        return upload(*asked)

    machine.shop.upload = slowly
    machine.run_out()
    assert machine.states() == {"launch": "posted"}
    assert len(machine.shop.uploads) == 3
