"""Whatever happens to runs, each post is measured once at each age at which somebody has looked."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest

from runner.ledger import Key
from runner.measure import Window, measured_account
from runner.measure.measuring import Measured, MeasuringRun, SentPart
from runner.reading import OUT_OF_BUDGET, FilesRaced, NotRead
from runner.views.terminal.measured import measured_as_text
from runner.x_facts import instant, snowflake
from tests.turns import OwnTurn
from tests.unit.measure.building import MemoryFiles, Timeline

BEGINS = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = Key.parse("shop/tips/tip")
WINDOWS = list(Window)


class Died(Exception):
    """The machine is gone."""


@dataclass
class Shop:
    """An account: its timeline, what is kept of it, its clock, and what its ledger knows."""

    now: datetime = BEGINS
    files: MemoryFiles = field(default_factory=MemoryFiles)
    sent: dict[str, SentPart] = field(default_factory=dict)
    timeline: Timeline = field(init=False)

    def __post_init__(self) -> None:
        self.timeline = Timeline(lambda: self.now)

    def post(self, at: datetime | None = None, *, by_hand: bool = False) -> int:
        id = snowflake(at or self.now)
        while id in self.timeline.posts:
            id += 1
        self.timeline.posts[id] = None
        if not by_hand:
            self.sent[str(id)] = SentPart(KEY, 1)
        return id

    def measure(self, *, left: str | None = None, waits: bool = False) -> Measured:
        run = MeasuringRun(
            files=self.files,
            reader=self.timeline,
            sent=self.sent,
            now=lambda: self.now,
            turn=OwnTurn(waits),
            is_owned=True,
            left=Decimal(left) if left else None,
        )
        return run.run()

    @property
    def account(self):
        return measured_account(self.files.files)

    @property
    def measured(self) -> set[tuple[int, Window]]:
        return {(int(each.post), each.window) for each in self.account.measurements}


def test_a_first_look_measures_all_that_x_still_tells_numbers_of():
    shop = Shop()
    ages = (1, 2.1, 6, 8, 27, 29, 31)
    posts = [shop.post(BEGINS - timedelta(days=days)) for days in ages]
    shop.measure()
    assert shop.measured == {
        (posts[1], Window.TWO_DAYS),
        (posts[2], Window.TWO_DAYS),
        (posts[3], Window.WEEK),
        (posts[4], Window.WEEK),
        (posts[5], Window.FOUR_WEEKS),
    }


def test_what_has_not_come_of_age_is_not_read():
    shop = Shop()
    shop.post()
    shop.now += 47 * HOUR
    found = shop.measure()
    assert (found.read, found.new) == (0, ())


def test_a_run_without_news_keeps_nothing():
    shop = Shop()
    shop.measure()
    shop.now += HOUR
    shop.measure()
    assert len(shop.files.files) == 1


def test_followers_are_asked_for_once_a_day():
    shop = Shop()
    for _ in range(16):
        shop.measure()
        shop.now += 3 * HOUR
    assert len(shop.account.followers) == 3
    assert shop.account.spent_in_month_of(BEGINS) == Decimal("0.030")


def test_much_is_kept_on_the_way():
    shop = Shop()
    for number in range(2500):
        shop.post(BEGINS - 60 * HOUR + number * timedelta(seconds=1))
    pages = count()
    shop.timeline.before_page = lambda: _raise(Died) if next(pages) == 23 else None
    with pytest.raises(Died):
        shop.measure()
    assert len(shop.measured) == 2000
    shop.timeline.before_page = lambda: None
    assert len(shop.measure().new) == 500


def test_of_two_runs_at_once_one_measures_and_nothing_is_kept_twice():
    shop = Shop()
    shop.post()
    shop.now += 50 * HOUR
    other = Shop(now=shop.now, files=shop.files, sent=shop.sent)
    other.timeline.posts = shop.timeline.posts

    def race() -> None:
        shop.files.before_add = lambda: None
        other.measure()

    shop.files.before_add = race
    with pytest.raises(FilesRaced):
        shop.measure()
    assert len(shop.account.measurements) == 1


def test_the_least_page_that_x_has_must_fit_into_the_budget():
    shop = Shop()
    for number in range(7):
        shop.post(BEGINS - 60 * HOUR + number * HOUR)
    found = shop.measure(left="0.0165")
    assert (found.stopped, found.read) == (OUT_OF_BUDGET, 6)
    found = shop.measure(left="0.0049")
    assert (found.stopped, found.read) == (OUT_OF_BUDGET, 0)
    found = shop.measure(left="0.02")
    assert (found.stopped, found.read) == (None, 1)


def test_a_run_that_waits_for_x_has_kept_what_it_read():
    shop = Shop()
    for number in range(150):
        shop.post(BEGINS - 60 * HOUR + number * timedelta(minutes=1))
    again = NotRead(because="X takes no more requests for now", again_at=BEGINS + HOUR)
    answers = iter([None, again])
    kept = []

    def before_page() -> NotRead | None:
        kept.append(len(shop.measured))
        return next(answers, None)

    shop.timeline.before_page = before_page
    assert len(shop.measure(waits=True).new) == 150
    assert kept[:3] == [0, 0, 100]


def test_a_deleted_post_is_told_once_and_an_unread_one_is_not_deleted():
    shop = Shop()
    gone, there = shop.post(), shop.post(BEGINS + HOUR, by_hand=True)
    shop.now += 72 * HOUR
    shop.measure()
    shop.timeline.posts.clear()
    shop.now = BEGINS + timedelta(days=8)
    shop.timeline.before_page = lambda: NotRead(because="X answered 503")
    shop.measure()
    assert shop.account.deleted == frozenset()
    shop.timeline.before_page = lambda: None
    found = shop.measure()
    assert {int(each.post) for each in found.new} == {gone, there}
    assert all(each.deleted for each in found.new)
    shop.now = BEGINS + timedelta(days=29)
    assert not shop.measure().new


def test_what_nobody_has_measured_in_time_is_told_once():
    shop = Shop()
    shop.post()
    lost, by_hand = shop.post(BEGINS + HOUR), shop.post(BEGINS + 2 * HOUR, by_hand=True)
    shop.now += 49 * HOUR
    assert shop.measure().missed == 0
    shop.now = BEGINS + timedelta(days=30)
    assert shop.measure().missed == 1  # the two others are an hour or two younger
    shop.now = BEGINS + timedelta(days=40)
    assert shop.measure().missed == 0
    assert {(id, Window.FOUR_WEEKS) for id in (lost, by_hand)} < shop.measured


def test_who_begins_late_is_told_of_all_posts_that_were_lost():
    shop = Shop()
    shop.post()
    shop.now = BEGINS + timedelta(days=45)
    shop.post(BEGINS + timedelta(days=44))
    found = shop.measure()
    assert (found.missed, len(found.new)) == (1, 0)
    told = measured_as_text("shop", found)
    assert "no post measured" in told
    assert "1 post has no numbers of 28 days" in told
    assert shop.measure().missed == 0


def _raise(error: type[Exception]) -> None:
    raise error


@pytest.mark.thorough
@pytest.mark.parametrize(
    "seed", [0, 1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 40))]
)
def test_in_every_world_each_post_is_measured_once_at_each_age_that_was_looked_at(seed):
    chance = random.Random(seed)
    shop, deleted, looks = Shop(), dict[int, datetime](), list[datetime]()
    for _ in range(100):
        shop.now += chance.random() * 12 * HOUR
        if chance.random() < 0.4:
            shop.post(by_hand=chance.random() < 0.3)
        if chance.random() < 0.05 and shop.timeline.posts:
            id = chance.choice(list(shop.timeline.posts))
            deleted[id] = shop.now
            del shop.timeline.posts[id]
        _spoil(shop, chance)
        try:
            found = shop.measure(left=chance.choice([None, "0.02"]))
        except Died:
            continue
        finally:
            shop.files.before_add = lambda: None
        if found.stopped is None:
            looks.append(shop.now)
    _expect_whole(shop, deleted, looks)


def _spoil(shop: Shop, chance: random.Random) -> None:
    """A few of the runs die before they keep anything, and X does not answer some of them."""
    if chance.random() < 0.1:
        shop.files.before_add = lambda: _raise(Died)
    fails = chance.random() < 0.2
    shop.timeline.before_page = lambda: NotRead(because="X answered 503") if fails else None


def _expect_whole(shop: Shop, deleted: dict[int, datetime], looks: list[datetime]) -> None:
    measurements = shop.account.measurements
    assert len(measurements) > 15
    for each in measurements:
        assert each.age >= each.window.age
        assert each.deleted == (int(each.post) in deleted and each.at >= deleted[int(each.post)])
        if not each.deleted:
            assert each.public.impressions == each.age // HOUR
    ends = [*(window.age for window in WINDOWS[1:]), timedelta(days=30) - HOUR]
    for id in shop.timeline.posts:
        for window, end in zip(WINDOWS, ends, strict=True):
            begins = instant(str(id)) + window.age
            looked = any(begins <= at <= instant(str(id)) + end for at in looks)
            assert not looked or (id, window) in shop.measured
