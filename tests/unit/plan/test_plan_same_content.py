"""What was renamed since it went out is asked about, and what only looks alike is not."""

from decimal import Decimal

import pytest

from runner.ledger import Key, State
from runner.plan import Verb
from runner.plan.same_content import same_under_another_name
from runner.render import RenderedMedia, RenderedPart
from runner.value import replace
from tests.unit.plan.building import (
    a_file,
    a_project,
    action_of,
    an_occurrence,
    facts_of,
    plan_of,
    rendered,
    said,
)
from tests.unit.stores.building import a_key, attempting, closed, posted, sent

LAUNCH = a_file({"launch": {}})
SAME = "This is launch"


def out(key: Key, moment: str, text: str = SAME):
    return facts_of([attempting(key, moment), posted(key, moment)], [sent(key, moment, text=text)])


@pytest.mark.parametrize(
    "key", [a_key("announce"), Key("shop", "old-file", "launch"), Key("shop", "old", "other")]
)
def test_the_same_words_under_another_name_are_asked_about(key):
    action = action_of(plan_of(LAUNCH, facts=out(key, "2026-12-01 09:00")), "launch")
    assert action.verb is Verb.ASK
    assert f"`{key}`: was it renamed?" in action.because


@pytest.mark.parametrize(
    ("moment", "verb"), [("2026-11-30 10:00", Verb.ASK), ("2026-11-30 09:59:59", Verb.PUBLISH)]
)
def test_a_day_before_its_time_the_same_words_are_a_repeat(moment, verb):
    facts = out(a_key("announce"), moment)
    assert action_of(plan_of(LAUNCH, facts=facts), "launch").verb is verb


def test_other_words_or_another_account_are_something_else():
    for facts in (
        out(a_key("announce"), "2026-12-01 09:00", text="Other words"),
        out(a_key("launch", account="tienda"), "2026-12-01 09:00"),
    ):
        assert said(plan_of(LAUNCH, facts=facts)) == {"launch": "publish"}


def test_one_part_of_a_thread_in_common_is_enough():
    file = a_file({"launch": {"thread": ["New", SAME]}})
    facts = out(a_key("announce"), "2026-12-01 09:00")
    assert said(plan_of(file, facts=facts)) == {"launch": "ask"}


def test_what_may_be_out_under_its_old_name_is_in_no_journal_and_is_asked_about():
    for ends in ([], [closed(a_key("announce"), State.UNKNOWN)]):
        facts = facts_of([attempting(a_key("announce"), texts=[SAME]), *ends])
        action = action_of(plan_of(LAUNCH, facts=facts), "launch")
        assert (action.verb, "may be out" in action.because) == (Verb.ASK, True)
    released = [
        attempting(a_key("announce"), texts=[SAME]),
        closed(a_key("announce"), State.RELEASED),
    ]
    assert said(plan_of(LAUNCH, facts=facts_of(released))) == {"launch": "publish"}


def test_a_journal_that_knows_of_it_without_an_entry_is_believed():
    facts = facts_of(sent=[sent(a_key(), "2026-11-20 10:00")])
    action = action_of(plan_of(LAUNCH, facts=facts), "launch")
    assert (action.verb, "journal" in action.because) == (Verb.ASK, True)


def test_a_post_that_became_recurring_or_stopped_being_so_is_asked_about():
    once, tip = a_key("tip"), a_key("tip", "2026-12-01.morning")
    recurring = a_file({"tip": {"every": {"slots": ["noon"]}, "text": "New words"}})
    now = "2026-12-01 13:05"
    plan = plan_of(recurring, now=now, facts=out(once, "2026-12-01 10:00"))
    assert action_of(plan, "tip@2026-12-01.noon").verb is Verb.ASK
    single = a_file({"tip": {"at": "2026-12-01 13:00", "text": "New words"}})
    plan = plan_of(single, now=now, facts=out(tip, "2026-12-01 09:00"))
    assert said(plan) == {"tip": "ask"}


def test_a_rhythm_may_say_the_same_every_day():
    file = a_file({"tip": {"every": {"slots": ["morning"]}, "text": "Good morning"}})
    facts = out(a_key("tip", "2026-12-01.morning"), "2026-12-01 09:00:05", text="Good morning")
    plan = plan_of(file, now="2026-12-02 09:01", facts=facts)
    assert action_of(plan, "tip@2026-12-02.morning").verb is Verb.PUBLISH


def test_pictures_without_words_are_not_all_alike():
    picture = RenderedMedia(path="a.jpg", digest="1", type="image/jpeg", size=1)
    silent = RenderedPart(text="", weight=0, cost=Decimal(0), media=(picture,))
    occurrence = an_occurrence(LAUNCH, "launch")
    post = replace(rendered(LAUNCH, short="launch"), parts=(silent,))
    earlier = out(a_key("picture"), "2026-12-01 09:00", text="")
    assert same_under_another_name(occurrence, post, earlier) is None


def test_a_repost_of_the_same_post_is_the_same():
    address = "https://x.com/denim_club/status/1234567890"
    facts = out(a_key("share"), "2026-12-01 09:00", text="1234567890")
    assert said(plan_of(a_file({"launch": {"repost": address}}), facts=facts)) == {"launch": "ask"}


def test_what_was_let_go_before_has_an_entry_and_is_not_asked_about():
    facts = facts_of(
        [attempting(a_key()), closed(a_key(), State.RELEASED)],
        [sent(a_key("other"), "2026-12-01 09:00", text=SAME)],
    )
    assert said(plan_of(LAUNCH, facts=facts)) == {"launch": "publish"}


# --- Slots


def slots(*names: str):
    return a_file({"tip": {"every": {"slots": list(names)}, "text": "Tip, {{ at | time }}"}})


SLOTS = a_project(slots={"morning": "09:00", "early": "10:00", "noon": "13:00"})


def test_a_date_with_more_occurrences_than_its_rhythm_declares_is_asked_about():
    """`morning` is out, then it is renamed to `early` and moved an hour."""
    facts = out(a_key("tip", "2026-12-01.morning"), "2026-12-01 09:00", text="Tip, 09:00")
    plan = plan_of(slots("early", "noon"), now="2026-12-01 10:05", facts=facts, project=SLOTS)
    action = action_of(plan, "tip@2026-12-01.early")
    assert action.verb is Verb.ASK
    assert "was the slot renamed?" in action.because


def test_the_next_date_is_counted_anew():
    facts = out(a_key("tip", "2026-12-01.morning"), "2026-12-01 09:00", text="Tip, 09:00")
    plan = plan_of(slots("early"), now="2026-12-02 10:05", facts=facts, project=SLOTS)
    assert action_of(plan, "tip@2026-12-02.early").verb is Verb.PUBLISH


def test_a_slot_that_is_added_is_no_rename():
    facts = out(a_key("tip", "2026-12-01.morning"), "2026-12-01 09:00", text="Tip, 09:00")
    plan = plan_of(slots("morning", "noon"), now="2026-12-01 13:05", facts=facts, project=SLOTS)
    assert action_of(plan, "tip@2026-12-01.noon").verb is Verb.PUBLISH
