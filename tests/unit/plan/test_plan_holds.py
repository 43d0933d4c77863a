"""What stops a post: drafts, holds at four levels, files that are wrong."""

import pytest

from runner.ledger import State
from runner.plan import Verb
from tests.unit.plan.building import a_file, a_project, action_of, facts_of, half_out, plan_of, said
from tests.unit.stores.building import a_key, attempting, closed

ON_HOLD = {"handle": "acme_lv", "locale": "lv", "hold": True}
FREE = {"handle": "acme_es", "locale": "es"}


@pytest.mark.parametrize(
    "file", [a_file({"launch": {}}, draft=True), a_file({"launch": {"draft": True}})]
)
def test_a_draft_never_goes_out_and_is_never_missed(file):
    for now in ("2026-11-30 10:00", "2026-12-01 10:05", "2026-12-02 10:00"):
        plan = plan_of(file, now=now)
        action = action_of(plan, "launch")
        assert (action.verb, action.because) == (Verb.SKIP, "draft")
        assert not plan.changes_something


@pytest.mark.parametrize(
    ("file", "project", "level"),
    [
        (a_file({"launch": {}}), a_project(hold=True), "the project"),
        (a_file({"launch": {}}), a_project(accounts={"shop": ON_HOLD}), "account `shop`"),
        (a_file({"launch": {}}, hold=True), a_project(), "the campaign"),
        (a_file({"launch": {"hold": True}}), a_project(), "the post"),
    ],
)
def test_a_hold_at_any_level_stops_a_post(file, project, level):
    plan = plan_of(file, project=project)
    action = action_of(plan, "launch")
    assert (action.verb, action.because) == (Verb.HOLD, f"{level} is on hold")
    assert not plan.changes_something
    assert not plan.needs_a_person


def test_a_hold_on_an_account_leaves_the_others_alone():
    project = a_project(accounts={"shop": ON_HOLD, "tienda": FREE})
    plan = plan_of(a_file({"launch": {}}, accounts=["shop", "tienda"]), project=project)
    assert action_of(plan, "launch", "shop").verb is Verb.HOLD
    assert action_of(plan, "launch", "tienda").verb is Verb.PUBLISH


def test_a_hold_lasts_no_longer_than_grace():
    action = action_of(plan_of(a_file({"launch": {}}, hold=True), now="2026-12-01 15:00"), "launch")
    assert (action.verb, action.misses) == (Verb.SKIP, True)


def test_a_hold_stops_the_rest_of_a_thread():
    file = a_file({"launch": {"thread": ["One", "Two"]}}, hold=True)
    assert action_of(plan_of(file, facts=half_out(file)), "launch").verb is Verb.HOLD


def test_one_post_that_cannot_be_rendered_never_stops_the_others():
    file = a_file({"bad": {"text": "{{ nothing }}"}, "good": {}})
    plan = plan_of(file)
    assert said(plan) == {"bad": "ask", "good": "publish"}
    bad = action_of(plan, "bad")
    assert "nothing" in bad.because
    assert bad.post is None
    assert bad.problems
    assert plan.needs_a_person


def test_a_post_that_shows_what_nobody_knows_does_not_go_out():
    file = a_file(
        {"winners": {"text": "Won: {{ draw.winners[0] }}"}},
        kind="contest",
        prize="jeans",
        opens="2026-11-20 10:00",
        closes="2026-11-30 20:00",
        entry={"how": "mention"},
        ends=None,
    )
    action = action_of(plan_of(file), "winners")
    assert action.verb is Verb.ASK
    assert "winner 1" in action.because


# --- What X refused


def refused(file, short="launch"):
    post = action_of(plan_of(file), short).post
    key = post.key
    return facts_of(
        [attempting(key, digest=post.digest), closed(key, State.REJECTED, digest=post.digest)]
    )


def test_what_x_refused_is_asked_about_while_its_words_are_the_same():
    file = a_file({"launch": {}})
    plan = plan_of(file, facts=refused(file))
    action = action_of(plan, "launch")
    assert action.verb is Verb.ASK
    assert action.because == "X refused it: it was rejected; change the post"
    assert plan.needs_a_person


def test_a_corrected_post_is_due_again_within_its_grace():
    facts = refused(a_file({"launch": {}}))
    corrected = a_file({"launch": {"text": "Better words"}})
    assert said(plan_of(corrected, facts=facts)) == {"launch": "publish"}


def test_after_its_grace_a_refused_post_is_missed_corrected_or_not():
    file = a_file({"launch": {}})
    facts = refused(file)
    for each in (
        file,
        a_file({"launch": {"text": "Better words"}}),
        a_file({"launch": {"text": "{{ bad }}"}}),
    ):
        plan = plan_of(each, now="2026-12-01 15:00", facts=facts)
        assert action_of(plan, "launch").misses
        assert not plan.needs_a_person


def test_a_refused_picture_binds_the_words_too():
    file = a_file({"launch": {}})
    post = action_of(plan_of(file), "launch").post
    facts = facts_of([closed(a_key(), State.REJECTED, attempt=None, digest=post.digest)])
    assert said(plan_of(file, facts=facts)) == {"launch": "ask"}


# --- What may be out


def test_what_may_be_out_waits_for_a_look_for_ever():
    file = a_file({"launch": {}})
    for ends in ([], [closed(a_key(), State.UNKNOWN)]):
        facts = facts_of([attempting(a_key()), *ends])
        for now in ("2026-12-01 10:05", "2026-12-07 10:00"):
            plan = plan_of(file, now=now, facts=facts)
            action = action_of(plan, "launch")
            assert action.verb is Verb.WAIT
            assert "it is looked for on X" in action.because
            assert not plan.changes_something


@pytest.mark.parametrize("post", [{"draft": True}, {"hold": True}, {"text": "{{ bad }}"}])
def test_no_change_of_the_file_hides_what_may_be_out(post):
    facts = facts_of([attempting(a_key())])
    assert said(plan_of(a_file({"launch": post}), facts=facts)) == {"launch": "wait"}


def test_what_is_unsettled_is_shown_when_no_file_leads_to_it():
    facts = facts_of([attempting(a_key("gone"), texts=["Other words"])])
    plan = plan_of(a_file({"launch": {}}), facts=facts)
    assert [standing.key.post for standing in plan.unsettled] == ["gone"]
    assert not plan.needs_a_person, "the next runs look for it"


def test_what_is_unsettled_on_an_account_concerns_who_looks_at_it():
    entries = [attempting(a_key("gone")), attempting(a_key("old", account="closed"))]
    plan = plan_of(a_file({"launch": {}}), facts=facts_of(entries), accounts=["tienda"])
    assert [standing.key.account for standing in plan.unsettled] == ["closed"]
