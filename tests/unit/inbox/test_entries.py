"""Entries of a contest are told apart from what waits for an answer."""

from datetime import timedelta

import pytest

from runner.inbox import Label, MentionState
from runner.inbox.conversations import EnteredByMention
from runner.text import Phrase
from runner.value import replace
from tests.unit.inbox.building import BEGINS, Shop

DAY = timedelta(days=1)
CONTEST = EnteredByMention(
    opens=BEGINS - DAY, closes=BEGINS + DAY, phrase=Phrase("#ZiemasLois"), announced=frozenset()
)


@pytest.fixture
def shop() -> Shop:
    return Shop(contests=(CONTEST,))


def labels(shop: Shop, text: str, **more) -> tuple[Label, ...]:
    post = shop.hears(text, **more)
    shop.listens()
    return shop.inbox.mentions[post].labels


def test_an_entry_waits_for_nobody_and_counts_as_skipped(shop):
    entry, other = shop.hears("#ziemaslois to the sea"), shop.hears("hello there")
    shop.listens()
    assert shop.waiting() == [other]
    assert [each.mention.post for each in shop.conversations.of(MentionState.SKIPPED)] == [entry]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("To the sea #ZiemasLois", (Label.ENTRY,)),
        ("Thank you, great! #ZiemasLois", (Label.ENTRY,)),
        ("which sizes do you have? #ZiemasLois", (Label.QUESTION,)),
        ("mine are broken #ZiemasLois", (Label.COMPLAINT,)),
        ("#ZiemasLoisX", ()),
        ("To the sea", ()),
    ],
)
def test_what_asks_or_complains_waits_though_it_enters(shop, text, expected):
    assert labels(shop, text) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (CONTEST.opens - timedelta(minutes=1), ()),
        (CONTEST.opens + timedelta(minutes=1), (Label.ENTRY,)),
        (CONTEST.closes - timedelta(minutes=1), (Label.ENTRY,)),
        (CONTEST.closes, ()),
    ],
)
def test_only_what_is_said_while_the_contest_is_open_is_an_entry(shop, at, expected):
    shop.now = CONTEST.closes + DAY
    assert labels(shop, "#ZiemasLois", at=at) == expected


def test_where_nothing_has_to_be_said_what_answers_the_announcement_is_an_entry(shop):
    ours = shop.posts()
    shop.contests = (replace(CONTEST, phrase=None, announced=frozenset({ours})),)
    shop.later(minutes=1)
    assert labels(shop, "To the sea", answers=ours) == (Label.ENTRY,)
    assert labels(shop, "To the sea") == ()


def test_who_is_not_to_be_answered_stays_that(shop):
    assert labels(shop, "#ZiemasLois", handle="Troll") == (Label.DO_NOT_FEED,)


def test_an_entry_that_becomes_a_question_waits(shop):
    entry = shop.hears("#ZiemasLois")
    shop.listens()
    shop.later(minutes=5)
    shop.edits(entry, "#ZiemasLois, and which sizes are there?")
    shop.listens()
    assert shop.waiting() == [entry]
