"""Posts that need another one wait while it may come, and ask once it never will."""

import pytest

from runner.ledger import State
from runner.plan import Verb
from runner.views.plan_listing import row_of
from tests.unit.plan.building import a_file, action_of, facts_of, plan_of, said
from tests.unit.stores.building import a_key, at, attempting, closed, posted

ANNOUNCE = a_key("announce")
WAITS, ASKS, GOES = Verb.WAIT, Verb.ASK, Verb.PUBLISH


def pair(announce=None, echo=None, **more: object):
    """`echo` answers `announce`, which is due an hour before it."""
    posts = {
        "announce": {"at": "2026-12-01 09:00", **(announce or {})},
        "echo": {"reply-to": "announce", **(echo or {})},
    }
    return a_file(posts, **more)


def verdict_on_echo(file, *entries, now: str = "2026-12-01 10:05"):
    action = action_of(plan_of(file, now=now, facts=facts_of(entries)), "echo")
    return action.verb, action.because


def test_it_waits_while_the_other_is_about_to_go_out():
    plan = plan_of(pair())
    assert said(plan) == {"announce": "publish", "echo": "wait"}
    assert action_of(plan, "echo").because == "waits for `announce`"


def test_it_goes_out_as_an_answer_once_the_other_is_out():
    out = posted(ANNOUNCE)
    plan = plan_of(pair(), facts=facts_of([attempting(ANNOUNCE, texts=["This is announce"]), out]))
    action = action_of(plan, "echo")
    assert action.verb is GOES
    assert action.post.reply_to_id == out.id


def test_a_link_in_its_text_is_needed_too():
    file = pair(echo={"reply-to": None, "text": 'See {{ posts["announce"].url }}'})
    assert said(plan_of(file))["echo"] == "wait"
    out = posted(ANNOUNCE)
    plan = plan_of(file, facts=facts_of([attempting(ANNOUNCE, texts=["x"]), out]))
    assert action_of(plan, "echo").post.parts[0].text == f"See {out.url}"


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.MISSED, "missed"),
        (State.SKIPPED, "skipped"),
        (State.DELETED, "deleted"),
    ],
)
def test_it_asks_once_the_other_never_comes(state, why):
    assert verdict_on_echo(pair(), closed(ANNOUNCE, state)) == (ASKS, f"it needs `announce`: {why}")


def test_it_asks_when_the_other_was_refused_and_waits_when_it_was_corrected():
    digest = action_of(plan_of(pair()), "announce").post.digest
    entries = [
        attempting(ANNOUNCE, "2026-12-01 09:00", digest=digest),
        closed(ANNOUNCE, State.REJECTED, "2026-12-01 09:01", digest=digest),
    ]
    assert verdict_on_echo(pair(), *entries) == (ASKS, "it needs `announce`: rejected")
    corrected = pair(announce={"text": "Better words"})
    assert verdict_on_echo(corrected, *entries)[0] is WAITS


def test_it_does_not_answer_what_was_deleted():
    entries = [attempting(ANNOUNCE), posted(ANNOUNCE), closed(ANNOUNCE, State.DELETED)]
    assert verdict_on_echo(pair(), *entries)[0] is ASKS


@pytest.mark.parametrize("announce", [{"hold": True}, {"draft": True}])
@pytest.mark.parametrize("echo", [{}, {"ignore": {"unreachable-post": "it will be let go"}}])
def test_it_asks_when_the_other_is_stopped(announce, echo):
    verb, because = verdict_on_echo(pair(announce, echo))
    assert verb is ASKS
    assert "needs `announce`" in because


def test_it_asks_when_the_time_of_the_other_is_over_recorded_or_not():
    file = pair(echo={"at": "2026-12-01 14:00"})
    expected = (ASKS, "it needs `announce`: its time is over")
    assert verdict_on_echo(file, now="2026-12-01 14:05") == expected
    long_ago = pair(announce={"at": "2026-10-01 10:00"})
    assert verdict_on_echo(long_ago) == expected


@pytest.mark.parametrize("announce", [{"at": "2026-12-01 12:00"}, {"at": "2026-12-20 12:00"}])
def test_it_waits_for_what_comes_later(announce):
    """Whether the other lies within the window of the plan or beyond it."""
    assert verdict_on_echo(pair(announce))[0] is WAITS


def test_it_looks_again_when_the_other_is_due():
    action = action_of(plan_of(pair({"at": "2026-12-01 12:00"})), "echo")
    assert action.again_at == at("2026-12-01 12:00")


def test_it_waits_for_what_may_be_out():
    entries = [attempting(ANNOUNCE), closed(ANNOUNCE, State.UNKNOWN)]
    assert verdict_on_echo(pair(), *entries)[0] is WAITS


def test_it_waits_for_what_cannot_be_rendered_yet():
    assert verdict_on_echo(pair({"text": "{{ nothing }}"}))[0] is WAITS


def test_its_own_grace_ends_all_waiting():
    plan = plan_of(pair({"at": "2026-12-20 12:00"}), now="2026-12-01 14:05")
    assert action_of(plan, "echo").misses


def test_it_waits_for_an_anchor_that_is_not_known_yet():
    file = a_file(
        {"winners": {"at": "drawn + 1h", "text": "Won"}, "echo": {"reply-to": "winners"}},
        kind="contest",
        prize="jeans",
        opens="2026-11-20 10:00",
        closes="2026-11-30 20:00",
        entry={"how": "mention"},
        ends=None,
    )
    assert verdict_on_echo(file) == (WAITS, "waits for `winners`")


@pytest.mark.parametrize("state", [State.MISSED, State.SKIPPED, State.DELETED])
def test_it_says_before_its_time_that_the_other_never_comes(state):
    early = plan_of(pair(), now="2026-12-01 09:30", facts=facts_of([closed(ANNOUNCE, state)]))
    action = action_of(early, "echo")
    assert action.verb is WAITS
    assert action.hindrance == f"it needs `announce`: {state}"
    (note,) = row_of(action, several=False).notes
    assert note == f"can’t go out: it needs `announce`: {state}"


def test_before_its_time_it_says_nothing_of_what_an_edit_may_still_bring():
    digest = action_of(plan_of(pair()), "announce").post.digest
    refused = [
        attempting(ANNOUNCE, "2026-12-01 09:00", digest=digest),
        closed(ANNOUNCE, State.REJECTED, "2026-12-01 09:01", digest=digest),
    ]
    for entries in (refused, []):
        early = plan_of(pair(), now="2026-12-01 09:30", facts=facts_of(entries))
        assert action_of(early, "echo").hindrance is None
