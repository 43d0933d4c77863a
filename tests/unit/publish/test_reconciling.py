"""What is in doubt is looked for on X, whatever is due: found, absent, unclear, or unreadable."""

from datetime import timedelta
from decimal import Decimal

import pytest

from runner.ledger import Closed, Need, Record, State
from runner.media import inspect
from runner.plan import Verb
from runner.publish.ports import Raced, Unreadable
from runner.stores.files import FilesLedger
from runner.value import replace
from runner.views.terminal.outcome import outcome_as_text
from tests.unit.plan.building import a_file, action_of, some_inputs
from tests.unit.publish.building import (
    GIF,
    GONE,
    LAUNCH,
    OUT,
    PATH,
    SILENCE,
    STOP,
    THREAD,
    TWICE,
    a_machine,
)
from tests.unit.stores.building import attempting, closed, posted, sent


def in_doubt(inputs, *script, minutes: float = 10):
    """A machine whose first run ended in doubt, so many minutes later."""
    machine = a_machine(inputs)
    machine.shop.script = list(script)
    machine.run_out()
    assert machine.standings()["launch"].doubtful
    machine.clock.go(timedelta(minutes=minutes))
    machine.shop.looks = 0
    return machine


def entries(machine):
    return machine.standings()["launch"].entries


# --- Found


def test_what_is_out_is_found_and_recorded_with_its_id_and_its_cost():
    machine = in_doubt(LAUNCH, (OUT, SILENCE))
    outcome = machine.run_out()
    (found,) = outcome.found
    assert (found.id, found.cost) == ("1", Decimal("0.015"))
    assert machine.states() == {"launch": "posted"}
    assert machine.shop.calls == 1
    assert machine.plan().spent == Decimal("0.015")


def test_an_attempt_that_a_dead_run_left_behind_is_found_too():
    machine = a_machine(LAUNCH)
    machine.shop.script = [(OUT, KeyboardInterrupt())]
    with pytest.raises(KeyboardInterrupt):
        machine.run_out()
    machine.clock.go(timedelta(minutes=10))
    machine.run_out()
    assert machine.states() == {"launch": "posted"}


def test_nobody_looks_before_the_request_must_have_ended():
    machine = in_doubt(LAUNCH, (OUT, SILENCE), minutes=2)
    machine.run_out()
    assert machine.shop.looks == 0
    machine.clock.go(timedelta(seconds=30))
    machine.run_out()
    assert machine.shop.looks == 1
    assert machine.states() == {"launch": "posted"}


def test_a_part_that_is_found_is_answered_by_the_rest_of_its_thread():
    machine = in_doubt(THREAD, None, (OUT, SILENCE))
    machine.run_out()
    assert [(each.text, each.reply_to) for each in machine.shop.out] == [
        ("One", None),
        ("Two", "1"),
        ("Three", "2"),
    ]
    assert machine.states() == {"launch": "posted"}


def test_a_look_is_made_although_nothing_is_due_and_the_campaign_is_gone():
    machine = in_doubt(LAUNCH, (OUT, SILENCE))
    machine.inputs = some_inputs(a_file({"later": {"at": "2026-12-20 10:00"}}, id="other"))
    assert [each.id for each in machine.run_out().found] == ["1"]


def test_what_others_have_written_during_a_look_may_explain_what_it_shows():
    """So nothing is settled by it: the next look reads the ledger anew."""
    machine = in_doubt(LAUNCH, SILENCE, minutes=4)
    machine.shop.say("This is launch", machine.clock.now())
    key = machine.standings()["launch"].key
    theirs = attempting(replace(key, post="other")), posted(replace(key, post="other"))
    line = sent(theirs[0].key)
    line = replace(line, id=machine.shop.out[-1].id, at=machine.clock.now())

    def others_write() -> None:
        other = FilesLedger(machine.folder.path, folder=machine.folder)
        other.record(Record(entries=theirs, sent=(line,)))

    machine.shop.meanwhile = others_write
    assert machine.run_out().found == ()
    assert machine.standings()["launch"].doubtful
    machine.shop.meanwhile = lambda: None
    assert machine.run_out().found == ()
    assert machine.standings()["launch"].doubtful


# --- Absent


def test_what_two_reads_do_not_show_is_sent_once_more_byte_for_byte():
    machine = in_doubt(LAUNCH, SILENCE)
    outcome = machine.run_out()
    assert machine.shop.looks == 2
    assert machine.clock.slept == [60.0]
    assert [result.state for result in outcome.results] == [State.POSTED]
    assert machine.shop.texts == ["This is launch"]
    given_up = next(each for each in entries(machine) if getattr(each, "look", None))
    assert (given_up.state, given_up.look) == (State.RELEASED, "absent")


def test_absence_tells_nothing_within_five_minutes_of_the_last_instant_to_send():
    machine = in_doubt(LAUNCH, SILENCE, minutes=4)
    machine.run_out()
    assert (machine.shop.calls, machine.shop.looks) == (1, 1)
    machine.clock.go(timedelta(minutes=2))
    machine.run_out()
    assert (machine.shop.calls, machine.shop.looks) == (2, 3)


def test_what_shows_up_between_the_two_reads_is_found():
    machine = in_doubt(LAUNCH, (OUT, SILENCE), minutes=9)
    machine.shop.lag = timedelta(minutes=9, seconds=30)
    machine.run_out()
    assert machine.shop.looks == 2
    assert machine.states() == {"launch": "posted"}
    assert machine.shop.calls == 1


def test_a_second_doubt_is_settled_by_a_match_or_a_person_alone():
    machine = in_doubt(LAUNCH, SILENCE)
    machine.shop.script = [SILENCE]
    machine.run_out()
    for _ in range(3):
        machine.clock.go(timedelta(minutes=10))
        machine.run_out()
    assert machine.shop.calls == 2
    assert action_of(machine.plan(), "launch").verb is Verb.ASK
    assert machine.plan().needs_a_person


def test_words_that_have_changed_since_are_not_sent_in_place_of_those_in_doubt():
    machine = in_doubt(LAUNCH, SILENCE)
    machine.inputs = some_inputs(a_file({"launch": {"text": "Better words"}}))
    machine.run_out()
    assert machine.shop.calls == 1
    assert machine.ran.plan.needs_a_person


def test_a_repost_in_doubt_is_sent_again_since_x_would_not_take_a_second_one():
    inputs = some_inputs(a_file({"launch": {"repost": "https://x.com/denim_club/status/12345"}}))
    machine = in_doubt(inputs, SILENCE)
    machine.run_out()
    assert machine.shop.texts == ["repost of 12345"]


def test_a_repost_that_is_found_is_known_by_the_post_that_it_shares():
    inputs = some_inputs(a_file({"launch": {"repost": "https://x.com/denim_club/status/12345"}}))
    machine = in_doubt(inputs, (OUT, SILENCE))
    assert [each.id for each in machine.run_out().found] == ["12345"]


def test_pictures_without_a_word_are_not_sent_again_since_x_would_take_both():
    post = {"text": "", "media": [{"file": "jeans.gif", "alt": "Jeans"}]}
    machine = a_machine(some_inputs(a_file({"launch": post}), media={PATH: inspect(GIF)}))
    machine.media = {PATH: GIF}
    machine.shop.script = [SILENCE]
    machine.run_out()
    machine.clock.go(timedelta(minutes=10))
    machine.run_out()
    assert machine.shop.calls == 1
    assert machine.ran.plan.needs_a_person


def test_a_twin_that_x_refuses_after_all_means_that_the_first_one_is_out():
    """X's view of the timeline lagged by hours; its own filter did not."""
    machine = in_doubt(LAUNCH, (OUT, SILENCE))
    machine.shop.lag = timedelta(hours=3)
    machine.shop.script = [TWICE]
    machine.run_out()
    assert machine.states() == {"launch": "unknown"}
    machine.clock.go(timedelta(hours=3))
    machine.run_out()
    assert machine.states() == {"launch": "posted"}
    assert machine.shop.texts == ["This is launch"]


# --- Over


def test_what_can_not_be_sent_any_more_is_missed_only_after_a_last_look():
    machine = in_doubt(LAUNCH, SILENCE, minutes=60 * 5)
    for hours in (0, 6, 12):
        machine.clock.go(timedelta(hours=hours))
        machine.run_out()
        assert machine.states() == {"launch": "unknown"}
    machine.clock.go(timedelta(hours=2))
    assert [each.key.short for each in machine.run_out().missed] == ["launch"]
    assert machine.shop.calls == 1


def test_what_shows_up_hours_after_its_grace_is_posted_and_not_missed():
    machine = in_doubt(LAUNCH, (OUT, SILENCE), minutes=60 * 5)
    machine.shop.lag = timedelta(hours=10)
    machine.run_out()
    assert machine.states() == {"launch": "unknown"}
    machine.clock.go(timedelta(hours=6))
    machine.run_out()
    assert machine.states() == {"launch": "posted"}


def test_what_no_file_declares_any_more_is_settled_by_the_last_look():
    machine = in_doubt(LAUNCH, SILENCE, minutes=60 * 25)
    standing = machine.standings()["launch"]
    machine.inputs = some_inputs(a_file({"later": {"at": "2026-12-20 10:00"}}, id="other"))
    machine.run_out()
    assert machine.ledger.read(Need()).unsettled == ()
    (missed,) = machine.records[-1].entries
    assert (missed.key, missed.state) == (standing.key, State.MISSED)


def test_half_a_thread_that_no_file_declares_any_more_is_asked_about_after_its_day():
    """It is out, so that it is never missed, and nothing that a look shows would send the rest."""
    machine = in_doubt(THREAD, None, SILENCE)
    machine.inputs = some_inputs(a_file({"later": {"at": "2026-12-20 10:00"}}, id="other"))
    machine.run_out()
    assert not machine.ran.plan.needs_a_person
    machine.clock.go(timedelta(days=1))
    machine.run_out()
    assert [each.key.short for each in machine.ran.plan.unanswered] == ["launch"]


# --- Unclear and unreadable


def test_a_post_that_nobody_has_explained_is_a_question_for_a_person():
    machine = in_doubt(LAUNCH, SILENCE)
    machine.shop.say("A person wrote this by hand", at=machine.clock.now() - timedelta(minutes=10))
    machine.run_out()
    assert machine.shop.calls == 1
    assert machine.ran.plan.needs_a_person
    asked = entries(machine)[-1]
    assert isinstance(asked, Closed)
    assert (asked.state, asked.look) == (State.UNKNOWN, "unclear")
    machine.shop.out.clear()
    machine.clock.go(timedelta(minutes=10))
    machine.run_out()
    assert machine.shop.calls == 1, "a person was asked: only a match or a word settles it"
    assert sum(isinstance(each, Closed) for each in entries(machine)) == 2, "asked once"


@pytest.mark.parametrize("answer", [STOP, GONE])
def test_a_timeline_that_can_not_be_read_leaves_everything_as_it_is(answer):
    machine = in_doubt(LAUNCH, SILENCE)
    machine.shop.unreadable = Unreadable(because=answer.because, stop=answer.stop)
    outcome = machine.run_out()
    (refusal,) = outcome.refusals
    assert answer.because in refusal.because
    assert machine.states() == {"launch": "unknown"}
    assert machine.shop.calls == 1


def in_doubt_and_denied(step=(OUT, SILENCE)):
    """What is out, though a person saw nothing of it on the timeline, and said so."""
    machine = in_doubt(LAUNCH, step)
    key, now = machine.standings()["launch"].key, f"{machine.clock.now():%Y-%m-%d %H:%M}"
    word = closed(key, State.RELEASED, now, because="I looked", by="anna", look="absent")
    machine.ledger.record(Record(entries=(word.model_copy(update={"attempt": None}),)))
    return machine


def test_what_a_person_denies_is_looked_for_before_it_is_sent_again():
    machine = in_doubt_and_denied()
    assert [each.id for each in machine.run_out().found] == ["1"]


def test_a_day_after_the_attempt_a_person_s_word_stands_and_nobody_looks_any_more():
    """Else who moves it to the next month pays for a look in each run until then."""
    machine = in_doubt_and_denied(SILENCE)
    machine.inputs = some_inputs(a_file({"launch": {"at": "2026-12-20 10:00"}}))
    for after, doubtful in ((timedelta(0), True), (timedelta(days=1), False)):
        machine.clock.go(after)
        machine.run_out()
        assert machine.standings()["launch"].doubtful is doubtful
    last = machine.standings()["launch"].last
    assert (last.state, last.by, last.run) == (State.RELEASED, "anna", machine.name)
    looks = machine.shop.looks
    machine.clock.go(timedelta(hours=1))
    machine.run_out()
    assert machine.shop.looks == looks


def test_while_the_timeline_can_not_be_read_a_person_s_word_sends_nothing_again():
    machine = in_doubt_and_denied()
    machine.shop.unreadable = Unreadable(because=GONE.because)
    assert machine.run_out().refused
    assert machine.shop.calls == 1
    machine.shop.unreadable = None
    assert [each.id for each in machine.run_out().found] == ["1"]


def test_nor_does_it_where_another_run_was_first_to_write_what_a_look_has_shown():
    machine = in_doubt_and_denied()
    write = machine.ledger.inner.claim

    def lose_the_race(record: Record) -> None:
        machine.ledger.claim = write
        raise Raced

    machine.ledger.claim = lose_the_race
    machine.run_out()
    assert machine.shop.calls == 1
    assert [each.id for each in machine.run_out().found] == ["1"]


def test_a_run_of_another_account_does_not_look():
    inputs = some_inputs(a_file({"launch": {}}), accounts=["tienda"])
    machine = in_doubt(LAUNCH, (OUT, SILENCE))
    machine.inputs = inputs
    machine.run_out()
    assert machine.shop.looks == 0


def test_a_run_that_is_asked_to_end_concludes_nothing_from_one_read():
    machine = in_doubt(LAUNCH, SILENCE)
    machine.stopped = lambda: machine.shop.looks > 0
    machine.run_out()
    assert (machine.shop.looks, machine.shop.calls) == (1, 1)


def test_what_is_in_doubt_of_an_account_that_is_gone_needs_a_person():
    """Nobody can look for it any more."""
    machine = in_doubt(LAUNCH, SILENCE)
    accounts = {"tienda": machine.inputs.project.accounts["tienda"]}
    machine.inputs = some_inputs(
        a_file({"hola": {"at": "2026-12-20 10:00"}}, accounts=["tienda"]),
        project=machine.inputs.project.model_copy(update={"accounts": accounts}),
    )
    machine.run_out()
    assert machine.ran.plan.needs_a_person
    assert "needs a person" in outcome_as_text(machine.ran.outcome, machine.ran.plan)
