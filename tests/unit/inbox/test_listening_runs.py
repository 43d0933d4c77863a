"""Whatever happens to runs, each mention is heard once, and what X did not show is told."""

import contextlib
import random
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest

from runner.inbox.listening import FIRST
from runner.reading import OUT_OF_BUDGET, BadReadings, FilesRaced, NotRead
from tests.unit.inbox.building import BEGINS, Shop

MINUTE = timedelta(minutes=1)


class Died(Exception):
    """The machine is gone."""


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_a_first_run_looks_a_week_back(shop):
    shop.hears(at=BEGINS - FIRST - MINUTE)
    recent = shop.hears(at=BEGINS - FIRST + MINUTE)
    found = shop.listens()
    assert [each.post for each in found.new] == [recent]
    assert found.usd == Decimal("0.001")


def test_each_mention_is_new_once_and_paid_once_a_day(shop):
    asked = shop.hears()
    assert [each.post for each in shop.listens().new] == [asked]
    shop.later(minutes=5)
    found = shop.listens()
    assert (found.new, found.usd) == ((), Decimal(0))
    shop.later(minutes=5)
    other = shop.hears()
    found = shop.listens()
    assert ([each.post for each in found.new], found.usd) == ([other], Decimal("0.001"))


def test_what_x_lists_late_is_heard(shop):
    shop.later(minutes=20)
    shop.listens()
    late = shop.hears(at=shop.now - 10 * MINUTE)
    shop.later(minutes=5)
    assert [each.post for each in shop.listens().new] == [late]


def test_what_was_read_long_ago_is_not_read_again(shop):
    shop.hears()
    shop.listens()
    shop.later(minutes=20)
    shop.hears()
    shop.listens()
    shop.later(minutes=20)
    shop.hears()
    shop.listens()
    assert shop.x.read == 1 + 2 + 2  # each run goes behind the last one, and no further


def test_a_run_without_news_keeps_one_record_a_day(shop):
    for _ in range(30):
        shop.listens()
        shop.later(hours=1)
    assert len(shop.files.files) == 2


def test_no_words_and_no_names_are_kept(shop):
    shop.hears("My jeans are broken, call me at 29123456", handle="karlis")
    shop.listens()
    kept = b"".join(shop.files.files.values())
    assert b"complaint" in kept
    for told in (b"jeans", b"29123456", b"karlis"):
        assert told not in kept


def test_an_edited_mention_is_the_same_one_by_its_new_words(shop):
    asked = shop.hears("Hello")
    shop.listens()
    shop.later(minutes=10)
    newer = shop.edits(asked, "It is late")
    found = shop.listens()
    assert found.new == ()
    (waiting,) = found.conversations.waiting
    assert (waiting.mention.post, waiting.mention.newest) == (asked, newer)
    assert "complaint" in waiting.mention.labels


def test_a_deleted_mention_waits_no_more_from_the_next_day_on(shop):
    asked, stays = shop.hears("How much?"), shop.hears("When?")
    shop.later(minutes=20)
    shop.listens()
    shop.x.deleted.add(asked)
    shop.later(hours=1)
    assert len(shop.listens().conversations.waiting) == 2
    shop.later(days=1)
    found = shop.listens()
    assert shop.waiting() == [stays]
    assert found.usd == Decimal("0.010")  # what waits is asked for, at the price of any post
    shop.later(hours=1)
    assert shop.listens().usd == 0


def test_what_was_answered_is_not_asked_for(shop):
    asked = shop.hears()
    shop.later(minutes=1)
    shop.posts(answers=asked)
    shop.later(minutes=20)
    shop.listens()
    shop.later(days=2)
    assert shop.listens().usd == 0


@pytest.mark.parametrize("dies_at", range(1, 6))
def test_a_run_that_dies_at_any_page_is_taken_up_and_hears_each_once(shop, dies_at):
    posts = [shop.hears(at=BEGINS - timedelta(seconds=number)) for number in range(450)]
    pages = count(1)
    shop.x.before_page = lambda: _raise(Died) if next(pages) == dies_at else None
    with pytest.raises(Died):
        shop.listens()
    shop.x.before_page = lambda: None
    found = shop.listens()
    assert shop.inbox.mentions.keys() == set(posts)
    assert found.unseen == ()


@pytest.mark.parametrize("at", range(1, 6))
def test_a_limit_of_x_at_any_page_keeps_what_was_read(shop, at):
    posts = {shop.hears(at=BEGINS - timedelta(minutes=20 + number)) for number in range(450)}
    pages = count(1)
    refused = NotRead(because="X takes no more requests for now", again_at=BEGINS)
    shop.x.before_page = lambda: refused if next(pages) == at else None
    found = shop.listens()
    assert found.stopped is refused
    assert len(shop.inbox.mentions) == 100 * (at - 1)
    assert shop.listens().stopped is None
    assert shop.inbox.mentions.keys() == posts
    assert shop.x.read == 450  # nothing was read twice


def test_a_limit_is_waited_for(shop):
    shop.hears()
    refusals = iter([NotRead(because="slowly", again_at=BEGINS)])
    shop.x.before_page = lambda: next(refusals, None)
    assert len(shop.listens(waits=True).new) == 1


def test_the_budget_is_a_hard_stop(shop):
    for number in range(50):
        shop.hears(at=BEGINS - number * MINUTE)
    found = shop.listens(left="0.022")
    assert found.stopped is OUT_OF_BUDGET
    assert (len(found.new), found.usd) == (22, Decimal("0.022"))
    assert len(shop.listens().new) + len(found.new) == 50


def test_more_than_x_shows_is_told_as_missing_and_nothing_else_is_lost(shop):
    shop.listens()
    shop.later(hours=1)
    posts = [shop.hears(at=shop.now - timedelta(seconds=number)) for number in range(1000)]
    found = shop.listens()
    assert len(found.new) == 800
    (missing,) = found.unseen
    assert missing.until == int(min(posts[:800], key=int))
    assert int(posts[999]) >= missing.since
    shop.later(minutes=5)
    assert shop.listens().unseen == ()


def test_a_run_that_died_within_a_storm_tells_what_x_shows_no_more(shop):
    shop.listens()
    shop.later(hours=1)
    for number in range(1000):
        shop.hears(at=shop.now - timedelta(seconds=number))
    pages = count(1)
    refused = NotRead(because="X takes no more requests for now")
    shop.x.before_page = lambda: refused if next(pages) == 9 else None
    first = shop.listens()
    shop.x.before_page = lambda: None
    found = shop.listens()
    assert len(shop.inbox.mentions) == 800
    assert len((*first.unseen, *found.unseen)) == 1


def test_of_two_runs_at_once_one_hears_and_nothing_is_kept_twice(shop):
    shop.hears()
    other = Shop(now=shop.now, files=shop.files)
    other.x.spoken = shop.x.spoken

    def race() -> None:
        shop.files.before_add = lambda: None
        other.listens()

    shop.files.before_add = race
    with pytest.raises(FilesRaced):
        shop.listens()
    assert len(shop.inbox.mentions) == 1


def test_what_is_damaged_is_not_read_past(shop):
    shop.hears()
    shop.listens()
    whole = shop.files.files["000001"]
    shop.files.files["000001"] = whole[:-5]
    with pytest.raises(BadReadings):
        shop.listens()
    shop.files.files = {"000002": whole}
    with pytest.raises(BadReadings, match="missing"):
        shop.listens()


@pytest.mark.parametrize("seed", range(5))
def test_however_runs_end_each_mention_is_heard_and_nobody_waits_who_was_answered(seed):
    shop, chance = Shop(), random.Random(seed)
    asked: list[str] = []
    answered: set[str] = set()
    for _ in range(25):
        shop.later(minutes=chance.randint(1, 90))
        asked += [shop.hears(at=shop.now - MINUTE * chance.randint(0, 9))]
        if chance.random() < 0.4:
            answered.add(chosen := chance.choice(asked))
            shop.posts(answers=chosen)
        dies = chance.random() < 0.3
        shop.x.before_page = (lambda: _raise(Died)) if dies else lambda: None
        shop.files.before_add = (lambda: _raise(Died)) if chance.random() < 0.3 else lambda: None
        with contextlib.suppress(Died):
            shop.listens()
    shop.x.before_page = shop.files.before_add = lambda: None
    shop.later(minutes=1)
    shop.listens()
    assert shop.inbox.mentions.keys() == set(asked)
    assert set(shop.waiting()) == set(asked) - answered


def _raise(error: type[Exception]) -> None:
    raise error
