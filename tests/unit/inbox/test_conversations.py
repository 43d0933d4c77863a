"""Where a mention stands follows from what answers what, and nobody has to be known for it."""

from datetime import timedelta

import pytest

from runner.inbox import Label, MentionState, Siblings, SkipCause, account_inbox
from runner.value import replace
from tests.unit.inbox.building import BEGINS, Shop

HOUR = timedelta(hours=1)


@pytest.fixture
def shop() -> Shop:
    return Shop()


def states(shop: Shop) -> dict[str, MentionState]:
    shop.listens()
    return {each.mention.post: each.state for each in shop.conversations.heard}


def test_an_answer_with_whatever_program_is_one(shop):
    asked = shop.hears("How much?")
    shop.later(hours=2)
    shop.posts(answers=asked)
    assert states(shop) == {asked: MentionState.ANSWERED}
    (heard,) = shop.conversations.heard
    assert heard.waited == 2 * HOUR


def test_an_answer_settles_all_that_was_said_before_it_in_its_conversation(shop):
    first = shop.hears("It is broken")
    shop.later(minutes=1)
    more = shop.hears("Hello?", answers=first)
    shop.later(minutes=1)
    shop.posts(answers=more)
    assert states(shop) == {first: MentionState.ANSWERED, more: MentionState.ANSWERED}


def test_an_answer_to_a_version_that_was_rewritten_while_it_was_sent_is_one(shop):
    asked = shop.hears("How mush?")
    shop.later(minutes=1)
    second = shop.edits(asked, "How much?")
    shop.listens()
    shop.later(minutes=1)
    shop.edits(second, "How much is it?")
    shop.later(minutes=1)
    shop.posts(answers=second)
    assert states(shop) == {asked: MentionState.ANSWERED}


def test_who_writes_again_waits_again_in_the_same_conversation(shop):
    first = shop.hears("How much?")
    shop.later(minutes=1)
    answer = shop.posts(answers=first)
    shop.later(minutes=1)
    again = shop.hears("And in blue?", answers=answer)
    assert states(shop) == {first: MentionState.ANSWERED, again: MentionState.OPEN}
    assert {each.began for each in shop.conversations.heard} == {first}
    shop.later(minutes=1)
    shop.posts(answers=again)
    assert states(shop)[again] is MentionState.ANSWERED


def test_who_answers_the_second_part_of_an_answer_is_in_the_same_conversation(shop):
    first = shop.hears("How much?")
    shop.later(minutes=1)
    second = shop.posts(answers=shop.posts(answers=first))
    shop.later(minutes=1)
    again = shop.hears("Thanks", answers=second)
    shop.listens()
    assert shop.conversations.heard[-1].mention.post == again
    assert shop.conversations.heard[-1].began == first


def test_people_who_answer_one_post_of_ours_each_have_a_conversation(shop):
    post = shop.posts()
    shop.later(minutes=1)
    anna, boris = shop.hears("Nice", answers=post), shop.hears("Late!", answers=post)
    shop.later(minutes=1)
    shop.posts(answers=anna)
    assert states(shop) == {anna: MentionState.ANSWERED, boris: MentionState.OPEN}


def test_what_an_account_that_answers_for_us_has_said_counts(shop):
    support = Shop()
    asked = shop.hears("How much?")
    support.later(minutes=5)
    support.posts(answers=asked)
    support.listens()
    assert states(shop) == {asked: MentionState.OPEN}
    shop.siblings = Siblings(helper="support", inbox_of={"support": support.inbox}.__getitem__)
    assert states(shop) == {asked: MentionState.ANSWERED}


def both_named(shop: Shop, *, before: set[str]) -> tuple[Shop, str]:
    """Somebody names the shop and its outlet, of which the outlet hears it."""
    outlet = Shop()
    shop.others = {"acme_outlet": "outlet"}
    asked = shop.hears("@acme @acme_outlet Mine are broken")
    outlet.hears("@acme @acme_outlet Mine are broken", at=shop.now)
    outlet.listens()
    shop.siblings = Siblings(
        before=frozenset(before), inbox_of=lambda _: account_inbox(outlet.files.files)
    )
    return outlet, asked


def test_who_names_two_accounts_waits_for_the_first_of_them_alone(shop):
    _, asked = both_named(shop, before={"outlet"})
    assert states(shop) == {asked: MentionState.SKIPPED}
    assert shop.conversations.heard[0].skipped is SkipCause.SIBLING
    shop.siblings = replace(shop.siblings, before=frozenset())
    assert states(shop) == {asked: MentionState.OPEN}


def test_what_the_first_of_them_has_not_heard_waits_for_the_other(shop):
    _, asked = both_named(shop, before={"outlet"})
    shop.siblings = Siblings(before=frozenset({"outlet"}))
    assert states(shop) == {asked: MentionState.OPEN}


@pytest.mark.parametrize("before", [{"outlet"}, set()])
def test_an_answer_of_any_of_them_is_one(shop, before):
    outlet, asked = both_named(shop, before=before)
    outlet.later(minutes=5)
    outlet.posts(answers=asked)
    outlet.listens()
    assert states(shop) == {asked: MentionState.ANSWERED}


def test_so_is_one_to_a_version_that_only_the_one_that_has_answered_was_in_time_to_hear(shop):
    """The world of seed 417826618111 had it wait, and then called it deleted."""
    outlet, asked = both_named(shop, before=set())
    shop.listens()
    outlet.later(minutes=1)
    second = outlet.edits(asked, "@acme @acme_outlet Mine are broken!")
    outlet.listens()
    outlet.later(minutes=1)
    outlet.posts(answers=second)
    outlet.listens()
    assert states(shop) == {asked: MentionState.ANSWERED}


def test_a_post_of_ours_that_answers_nothing_that_was_heard_settles_nothing(shop):
    asked = shop.hears("How much?")
    shop.later(minutes=1)
    shop.posts(answers=shop.posts())
    assert states(shop) == {asked: MentionState.OPEN}


def test_nobody_waits_who_is_not_to_be_fed(shop):
    shop.hears("You are the worst", handle="troll")
    assert set(states(shop).values()) == {MentionState.SKIPPED}


def test_complaints_come_first_and_then_who_waits_longest(shop):
    names = {}
    for text in ("Hello", "Thanks", "Late", "When?", "Broken", "Why late?"):
        names[shop.hears(text)] = text
        shop.later(minutes=1)
    shop.listens()
    assert [names[post] for post in shop.waiting()] == [
        "Late",
        "Broken",
        "Why late?",
        "When?",
        "Thanks",
        "Hello",
    ]
    assert Label.QUESTION in shop.conversations.waiting[2].mention.labels


def test_half_of_the_answers_of_a_time_came_within_so_much(shop):
    for hours in (1, 2, 9):
        asked = shop.hears("How much?")
        shop.later(hours=hours)
        shop.posts(answers=asked)
    shop.listens()
    assert shop.conversations.median_wait(BEGINS) == 2 * HOUR
    assert shop.conversations.median_wait(BEGINS + 4 * HOUR) == 9 * HOUR
    assert shop.conversations.median_wait(shop.now + HOUR) is None


def test_posts_that_would_answer_each_other_end(shop):
    later = str(int(shop.hears()) + 5)
    odd = shop.hears(answers=later)
    shop.hears(at=shop.now, post=later, newest=later, answers=odd)
    assert len(states(shop)) == 3
