"""Sending one post: its attempt is written down before the call, its result straight after."""

import io
from datetime import timedelta
from hashlib import sha256

import pytest
from PIL import Image

from runner.bugs import noting
from runner.ledger import Attempting, Closed, Need, Record, State
from runner.media import inspect
from runner.problems import LedgerUnusable
from runner.publish.account_entry import AgreedTime, EnteredAccount
from runner.publish.claiming import Claims
from runner.publish.ports import Uploaded
from runner.publish.sending import Sender
from runner.value import replace
from tests.unit.plan.building import a_file, said, some_inputs
from tests.unit.publish.building import (
    GONE,
    LAUNCH,
    NOT_NOW,
    OUT,
    REFUSED,
    SILENCE,
    STOP,
    THREAD,
    TWICE,
    a_machine,
)
from tests.unit.stores.building import a_key, attempting, closed


def kinds(machine):
    """What was recorded, a list of states for each record."""
    return [[entry.state.value for entry in record.entries] for record in machine.records]


# --- One post


def test_a_post_goes_out_once():
    machine = a_machine(LAUNCH)
    outcome = machine.run_out()
    assert machine.shop.texts == ["This is launch"]
    (result,) = outcome.results
    assert (result.state, result.urls) == (State.POSTED, ("https://x.com/acme_lv/status/1",))
    assert result.late == timedelta(minutes=5)
    assert outcome.cost == result.cost == result.action.cost
    assert machine.seen == [result]
    assert machine.run_out().results == ()
    assert machine.shop.calls == 1


def test_the_attempt_is_there_before_the_call_and_the_result_straight_after():
    machine = a_machine(LAUNCH)
    at_call = []

    def look():
        at_call.append(machine.states())

    machine.shop.script = [look]
    machine.run()
    assert at_call == [{"launch": "attempting"}]
    assert machine.states() == {"launch": "posted"}
    assert kinds(machine) == [["attempting"], ["posted"]]


def test_an_attempt_says_all_that_will_be_sent():
    machine = a_machine(THREAD)
    machine.run()
    first, second = (
        entry
        for entry in machine.standings()["launch"].entries
        if isinstance(entry, Attempting) and entry.part < 3
    )
    assert [part["text"] for part in first.parts] == ["One", "Two", "Three"]
    assert (first.run, first.commit, first.attempt) == ("run-1", "c0ffee", "attempt-1")
    assert first.send_by == first.at + timedelta(seconds=60)
    assert str(first.cost) == "0.045"
    assert (second.parts, str(second.cost)) == ((), "0.015")
    assert first.digest == second.digest


def test_what_is_out_stands_in_the_journal():
    machine = a_machine(LAUNCH)
    machine.run()
    facts = machine.ledger.read(Need(months=frozenset({("shop", "2026-12")})))
    (line,) = facts.journal
    assert (str(line.key), line.id) == ("shop/slim/launch", "1")
    assert line.text == sha256(b"This is launch").hexdigest()


@pytest.mark.parametrize(
    ("answer", "state", "needs_a_person"),
    [
        (GONE, State.RELEASED, False),
        (NOT_NOW, State.RELEASED, False),
        (STOP, State.RELEASED, False),
        (REFUSED, State.REJECTED, True),
        (SILENCE, State.UNKNOWN, False),
    ],
)
def test_an_answer_is_recorded_as_what_it_means(answer, state, needs_a_person):
    machine = a_machine(LAUNCH)
    machine.shop.script = [answer]
    outcome = machine.run()
    (result,) = outcome.results
    assert (result.state, result.because) == (state, answer.because)
    assert outcome.needs_a_person is needs_a_person
    assert machine.states() == {"launch": state.value}
    (entry,) = [e for e in machine.standings()["launch"].entries if isinstance(e, Closed)]
    assert entry.because == answer.because
    assert entry.attempt == "attempt-1"
    assert entry.digest == result.action.post.digest


def test_what_was_let_go_goes_out_in_the_next_run():
    machine = a_machine(LAUNCH)
    machine.shop.script = [GONE]
    assert [each.unsent for each in machine.run().results] == [True]
    machine.run()
    assert machine.shop.texts == ["This is launch"]
    assert machine.states() == {"launch": "posted"}


@pytest.mark.parametrize("answer", [SILENCE, (OUT, SILENCE), REFUSED])
def test_what_may_be_out_or_was_refused_is_not_sent_again(answer):
    machine = a_machine(LAUNCH)
    machine.shop.script = [answer]
    machine.run()
    for _ in range(3):
        machine.clock.go(timedelta(minutes=30))
        machine.run()
    assert machine.shop.calls == 1
    assert said(machine.plan()) == {"launch": "ask" if answer is REFUSED else "wait"}


def test_a_publisher_that_breaks_leaves_the_attempt_behind():
    """The port says that none raises; a bug in one must not make a second post."""
    for step in (ZeroDivisionError("bug"), (OUT, ZeroDivisionError("bug"))):
        machine = a_machine(LAUNCH)
        machine.shop.script = [step]
        with noting() as bugs:  # one that this test means
            (result,) = machine.run().results
        assert bugs == [result.bug]
        assert machine.states() == {"launch": "unknown"}
        assert machine.run().results == ()
        assert machine.shop.calls == 1
        assert said(machine.plan()) == {"launch": "wait"}


def test_a_repost_is_asked_for_by_its_id():
    inputs = some_inputs(a_file({"share": {"repost": "https://x.com/denim_club/status/12345"}}))
    machine = a_machine(inputs)
    machine.run()
    assert machine.shop.texts == ["repost of 12345"]


def test_a_late_claim_is_given_back_by_either_clock():
    def slow_disk(machine, wall, boot):
        claim = machine.ledger.claim

        def slow(entry):
            claim(entry)
            machine.clock.wall += timedelta(seconds=wall)
            machine.clock.running += boot

        return slow

    for wall, boot, calls in ((59, 59, 1), (60, 0, 0), (0, 60, 0), (-3600, 60, 0)):
        machine = a_machine(LAUNCH)
        slow = slow_disk(machine, wall, boot)
        machine.ledger.claim = slow
        (result,) = machine.run().results
        assert machine.shop.calls == calls
        assert result.state is (State.POSTED if calls else State.RELEASED)


def test_where_the_clock_was_set_meanwhile_nothing_more_is_claimed():
    """The world of seed 703100241632 looked for its second part an hour too late, and sent it
    again."""
    machine = a_machine(THREAD)

    def set_ahead() -> None:
        machine.clock.wall += timedelta(hours=1)
        machine.shop.skew = -timedelta(hours=1)

    machine.shop.script = [set_ahead]
    machine.run_out()
    assert machine.shop.texts == ["One"]
    assert [entry.part for entry in machine.standings()["launch"].entries] == [1, 1]
    (refusal,) = machine.ran.outcome.refusals
    assert "1 hour apart" in refusal.because


def test_a_post_whose_time_ends_while_the_run_is_busy_is_not_claimed_any_more():
    posts = {"a": {}, "b": {}}
    machine = a_machine(some_inputs(a_file(posts)), now="2026-12-01 13:59:30")

    def takes_a_minute() -> None:
        machine.clock.go(timedelta(minutes=1))

    machine.shop.script = [takes_a_minute]
    machine.run_out()
    assert machine.shop.texts == ["This is a"]
    assert machine.states() == {"a": "posted", "b": "missed"}


# --- What duplicates mean


def test_a_duplicate_is_refused_when_nothing_of_ours_can_be_the_first():
    machine = a_machine(LAUNCH)
    machine.shop.script = [TWICE]
    machine.run()
    assert machine.states() == {"launch": "rejected"}


@pytest.mark.parametrize(("answer", "state"), [(TWICE, State.UNKNOWN), (REFUSED, State.REJECTED)])
def test_a_duplicate_may_be_an_attempt_of_ours_that_is_in_doubt(answer, state):
    machine = a_machine(LAUNCH)
    (action,) = machine.plan().actions
    first = [attempting(a_key(), attempt="first"), closed(a_key(), State.UNKNOWN, attempt="first")]
    machine.ledger.record(Record(entries=tuple(first)))
    standing = machine.standings()["launch"]
    agreed = AgreedTime(wall=machine.clock.now(), boot=machine.clock.boot())
    entered = EnteredAccount(id="shop", publisher=machine.shop, agreed=agreed, origin=None)
    sender = Sender(entered=entered, claims=Claims(ports=machine.ports), ports=machine.ports)
    machine.shop.script = [answer]
    assert sender.send(replace(action, standing=standing)).state is state
    assert machine.states() == {"launch": state.value}
    assert machine.standings()["launch"].doubtful, "the first attempt may be out either way"


# --- Threads


def test_the_parts_of_a_thread_answer_each_other_in_order():
    machine = a_machine(THREAD)
    outcome = machine.run()
    assert [(shown.text, shown.reply_to) for shown in machine.shop.out] == [
        ("One", None),
        ("Two", "1"),
        ("Three", "2"),
    ]
    assert len(outcome.results[0].urls) == 3
    assert str(outcome.cost) == "0.045"


def test_a_parts_result_and_the_next_ones_attempt_are_one_record():
    machine = a_machine(THREAD)
    machine.run()
    assert kinds(machine) == [
        ["attempting"],
        ["posted", "attempting"],
        ["posted", "attempting"],
        ["posted"],
    ]
    assert [len(record.sent) for record in machine.records] == [0, 1, 1, 1]


def test_a_thread_stops_where_x_does_and_goes_on_from_there():
    machine = a_machine(THREAD)
    machine.shop.script = [None, GONE]
    (result,) = machine.run().results
    assert (result.state, len(result.urls)) == (State.RELEASED, 1)
    assert machine.states() == {"launch": "attempting"}
    machine.clock.go(timedelta(hours=20))
    (result,) = machine.run().results
    assert (result.state, len(result.urls)) == (State.POSTED, 2)
    assert [(shown.text, shown.reply_to) for shown in machine.shop.out] == [
        ("One", None),
        ("Two", "1"),
        ("Three", "2"),
    ]
    assert machine.states() == {"launch": "posted"}


@pytest.mark.parametrize("step", [SILENCE, REFUSED, (OUT, SILENCE)])
def test_a_thread_whose_next_part_is_in_doubt_or_refused_stays_where_it_is(step):
    machine = a_machine(THREAD)
    machine.shop.script = [None, step]
    machine.run()
    machine.clock.go(timedelta(minutes=30))
    machine.run()
    assert machine.shop.calls == 2
    assert said(machine.plan()) == {"launch": "ask" if step is REFUSED else "wait"}


def test_an_answer_to_another_post_begins_the_thread():
    posts = {
        "first": {"at": "2026-12-01 09:00"},
        "launch": {"reply-to": "first", "thread": ["One", "Two"]},
    }
    machine = a_machine(some_inputs(a_file(posts)))
    machine.run_out()
    assert [(shown.text, shown.reply_to) for shown in machine.shop.out] == [
        ("This is first", None),
        ("One", "1"),
        ("Two", "2"),
    ]


def test_the_rest_of_a_thread_answers_its_last_part_and_not_the_first_post():
    posts = {
        "first": {"at": "2026-12-01 09:00"},
        "launch": {"reply-to": "first", "thread": ["One", "Two"]},
    }
    machine = a_machine(some_inputs(a_file(posts)))
    machine.shop.script = [None, None, GONE]
    machine.run_out()
    machine.run_out()
    assert [shown.reply_to for shown in machine.shop.out] == [None, "1", "2"]


def test_a_thread_leaves_its_rest_to_the_next_run_when_the_job_ends():
    machine = a_machine(THREAD)
    machine.deadline = machine.clock.now() + timedelta(minutes=3)
    machine.shop.script = [lambda: machine.clock.go(timedelta(seconds=61))]
    (result,) = machine.run().results
    assert (result.state, result.unsent, len(result.urls)) == (State.ATTEMPTING, True, 1)
    assert machine.shop.texts == ["One"]
    machine.deadline = None
    machine.run()
    assert machine.shop.texts == ["One", "Two", "Three"]


# --- A ledger that fails


@pytest.mark.parametrize("refuse", range(4))
def test_a_ledger_that_fails_stops_everything_and_nothing_is_lost(refuse):
    machine = a_machine(THREAD)
    machine.ledger.refuse = refuse
    with pytest.raises(LedgerUnusable, match="the disk is full") as caught:
        machine.run()
    assert len(machine.shop.out) == min(refuse, 3)
    if 0 < refuse < 4:
        assert f"https://x.com/acme_lv/status/{refuse}" in caught.value.message
    machine.ledger.refuse = None
    machine.run()
    assert len(set(machine.shop.texts)) == len(machine.shop.texts)


def test_g11_a_result_between_two_parts_is_recorded_with_patience_when_the_claim_fails():
    machine = a_machine(THREAD)
    claim, left = machine.ledger.claim, [2]

    def fails(record: Record) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise LedgerUnusable("the remote is away", help="wait")
        claim(record)

    machine.ledger.claim = fails
    machine.run_out()
    assert machine.shop.texts == ["One", "Two", "Three"]
    assert machine.states() == {"launch": "posted"}


# --- Media

GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
PATH = "campaigns/jeans.gif"


def with_pictures(*parts: int):
    """A thread whose parts have so many pictures."""
    thread = [
        {"text": f"Part {number}", "media": [{"file": "jeans.gif", "alt": "Jeans"}] * pictures}
        for number, pictures in enumerate(parts, start=1)
    ]
    photo = io.BytesIO()
    Image.new("L", (4, 4)).save(photo, "PNG")  # X takes one GIF a post, and up to four photos
    data = photo.getvalue()
    inputs = some_inputs(a_file({"launch": {"thread": thread}}), media={PATH: inspect(data)})
    return a_machine(inputs, media={PATH: data})


def test_all_pictures_of_all_parts_are_uploaded_before_the_first_attempt():
    machine = with_pictures(1, 0, 2)
    at_call = []
    machine.shop.script = [lambda: at_call.append(len(machine.shop.uploads))]
    machine.run()
    assert at_call == [3]
    assert [len(shown.media) for shown in machine.shop.out] == [1, 0, 2]
    opening = machine.standings()["launch"].opening
    assert opening.media == ("3_1",)


def test_only_the_pictures_of_the_rest_are_uploaded_again():
    machine = with_pictures(1, 2)
    machine.shop.script = [None, GONE]
    machine.run()
    machine.shop.uploads.clear()
    machine.run()
    assert len(machine.shop.uploads) == 2
    assert len(machine.shop.out) == 2


@pytest.mark.parametrize("data", [GIF + b"changed", None])
def test_a_picture_that_has_changed_or_is_gone_is_not_sent(data):
    machine = with_pictures(1, 1)
    machine.media = {PATH: data} if data else {}
    outcome = machine.run()
    (result,) = outcome.results
    assert (result.state, machine.shop.uploads, machine.shop.calls) == (None, [], 0)
    assert PATH in result.because
    assert outcome.unsent == (result,)
    assert machine.records == []


def test_an_upload_that_is_put_off_attempts_nothing():
    machine = with_pictures(1, 1)
    machine.shop.upload_answers = [Uploaded(id="1", key="3_1"), NOT_NOW]
    (result,) = machine.run().results
    assert (result.state, result.retry_at) == (None, NOT_NOW.retry_at)
    assert machine.records == []
    machine.run()
    assert machine.states() == {"launch": "posted"}


def test_a_picture_that_x_refuses_is_not_brought_again():
    machine = with_pictures(1, 1)
    machine.shop.upload_answers = [Uploaded(id="1", key="3_1"), REFUSED]
    outcome = machine.run()
    assert [result.state for result in outcome.results] == [State.REJECTED]
    assert outcome.needs_a_person
    (entry,) = machine.standings()["launch"].entries
    assert (entry.part, entry.attempt, entry.state) == (2, None, State.REJECTED)
    machine.run()
    assert len(machine.shop.uploads) == 2
    assert said(machine.plan()) == {"launch": "ask"}


def test_no_time_is_left_after_a_long_upload():
    machine = with_pictures(1, 1)
    machine.deadline = machine.clock.now() + timedelta(minutes=10)
    upload = machine.shop.upload

    def slow(media, data):
        machine.clock.go(timedelta(minutes=5))
        return upload(media, data)

    machine.shop.upload = slow
    (result,) = machine.run().results
    assert (result.state, machine.shop.calls, machine.records) == (None, 0, [])
