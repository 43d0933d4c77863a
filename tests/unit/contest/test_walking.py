"""Walks through lists of X: kept as they go on, and nothing is passed by, whatever they meet."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from runner.contest.collecting import Collector
from runner.contest.collecting_run import Collected, CollectingRun
from runner.contest.costs import END, Tally, tallies
from runner.contest.paid_reading import PaidReading
from runner.contest.ports import (
    EntriesPage,
    EntryPost,
    EntrySource,
    SourceKind,
    StandingPosts,
    cursor_below,
)
from runner.contest.readings import Reading, Readings, unread_since
from runner.contest.seen_posts import SeenEntry
from runner.contest.sources import WayOfEntering
from runner.contest.states import settled_at
from runner.reading import OUT_OF_BUDGET, BadReadings, NotRead
from runner.value import replace
from runner.x.listed_pages import since_id_of
from tests.turns import OwnTurn
from tests.unit.contest.building import CHARTER, CLOSES, KEY, OPENS, id_of

BUSY = NotRead(because="X is busy")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HASHTAG = replace(CHARTER, how="hashtag", account_age=0)
MENTION = replace(HASHTAG, how="mention")


class Died(BaseException):
    """The process is killed."""


def post(number: int, at: datetime, text: str = "#ZiemasLois") -> EntryPost:
    id = id_of(at, number)
    return EntryPost(
        post=id, user=str(number + 1), handle=f"h{number}", text=text, conversation=id, first=id
    )


@dataclass
class FakeX:
    """X with these posts, 100 a page; its lists of mentions end after 800."""

    posts: list[EntryPost] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    meets: dict[int, NotRead | type[Died]] = field(default_factory=dict)
    """What happens in place of the answer to a request, by its number."""
    asked: list[tuple[SourceKind | None, str | None]] = field(default_factory=list)

    def page(
        self, source: EntrySource, since: datetime, cursor: str | None
    ) -> EntriesPage | NotRead:
        self.asked.append((source.kind, cursor))
        if met := self._met():
            return met
        shown = sorted((each for each in self.posts if each.post not in self.gone), key=_age)
        least = since_id_of(since)
        if source.kind is SourceKind.MENTIONS:
            shown = shown[:800]
        older = int(cursor.removeprefix(cursor_below(""))) if cursor else 2**63
        found = [each for each in shown if least < int(each.post) < older]
        following = cursor_below(found[99].post) if len(found) > 100 else None
        return EntriesPage(posts=tuple(found[:100]), following=following)

    def still_shown(self, ids: Sequence[str]) -> StandingPosts | NotRead:
        self.asked.append((None, None))
        if met := self._met():
            return met
        assert len(ids) <= 100
        there = [each for each in self.posts if each.post in ids and each.post not in self.gone]
        return StandingPosts(posts=tuple(there), gone=frozenset(self.gone & set(ids)))

    def answers(self, ids: Sequence[str]) -> int | NotRead:
        raise AssertionError("nobody asks")

    reposts = answers

    def _met(self) -> NotRead | None:
        met = self.meets.get(len(self.asked))
        if met is Died:
            raise Died
        return met if isinstance(met, NotRead) else None


def _age(each: EntryPost) -> int:
    return -int(each.post)


@dataclass
class Memory:
    """Files that are there as long as the test."""

    files: dict[str, bytes] = field(default_factory=dict)
    commit: None = None
    reads: int = 0

    def read(self, names: Collection[str] | None = None) -> dict[str, bytes]:
        assert names is None
        self.reads += 1
        return dict(self.files)

    def add(self, name: str, data: bytes, *, beside: Mapping[str, bytes] = {}) -> None:
        assert name not in self.files
        self.files |= {**beside, name: data}


@dataclass
class Contest:
    """One that is read again and again."""

    x: FakeX
    charter: object = HASHTAG
    files: Memory = field(default_factory=Memory)
    now: datetime = OPENS + timedelta(hours=2)
    moments: Iterator[datetime] = field(default_factory=lambda: iter(()))
    """What its clock says first."""
    left: Decimal | None = None
    turn: OwnTurn = field(default_factory=OwnTurn)
    salts: int = 0

    def collect(self) -> Collected:
        return CollectingRun(
            reading=PaidReading(
                collector=self.collector,
                way=WayOfEntering(charter=self.charter, handle="acme_lv"),
                now=lambda: next(self.moments, self.now),
                turn=self.turn,
                left=self.left,
            ),
            reader=self.x,
            barred=(),
            is_owned=True,
        ).run()

    @property
    def collector(self) -> Collector:
        return Collector(key=KEY, charter=self.charter, files=self.files, new_salt=self.salt)

    def salt(self) -> bytes:
        self.salts += 1
        return self.salts.to_bytes(32)

    @property
    def entered(self) -> set[str]:
        return {each.user for each in self.collector.readings().seen()}

    def unread(self) -> list[datetime]:
        settled = settled_at(self.charter.closes_at)
        return list(unread_since(self.collector.readings(), settled, self.charter, ()))


def crowd(count: int, *, at: datetime = OPENS + MINUTE) -> list[EntryPost]:
    return [post(number, at + number * timedelta(seconds=1)) for number in range(count)]


def test_a_clock_that_is_set_back_while_a_walk_goes_on_has_nothing_walked_again_and_again():
    x = FakeX(crowd(250), meets={2: BUSY})
    contest = Contest(x)
    contest.collect()
    contest.now += 30 * MINUTE
    contest.moments = iter([contest.now])
    contest.now -= MINUTE
    found = contest.collect()
    assert (len(contest.entered), found.readings.is_walking) == (250, False)
    assert len(x.asked) < 10


def test_what_each_reading_had_come_to_is_told_from_files_that_are_read_once():
    contest = Contest(FakeX(crowd(3)))
    for number in range(3, 6):
        contest.collect()
        contest.now += HOUR
        contest.x.posts.append(post(number, contest.now - MINUTE))
    contest.files.reads = 0
    snapshots = contest.collector.snapshots()
    assert [each.seen_count for each in snapshots] == [5, 4, 3]
    assert contest.files.reads == 1


@pytest.mark.thorough
@pytest.mark.sampled(2)
@pytest.mark.parametrize("page", [1, 2, 10, 11, 12, 15])
def test_a_process_may_be_killed_at_any_page(page):
    x = FakeX(crowd(1500), meets={page: Died})
    contest = Contest(x)
    with pytest.raises(Died):
        contest.collect()
    assert len(contest.entered) == (page - 1) // 10 * 1000
    found = contest.collect()
    assert (len(contest.entered), found.stopped) == (1500, None)
    assert found.new == 1500 - (page - 1) // 10 * 1000
    spent = sum(each.usd for each in tallies(contest.files.files))
    assert spent == Decimal("7.50")  # each post once


@pytest.mark.parametrize("page", range(1, 6))
def test_a_walk_goes_on_where_x_ended_it(page):
    x = FakeX(crowd(450), meets={page: BUSY})
    contest = Contest(x)
    assert contest.collect().stopped is BUSY
    assert len(contest.entered) == 100 * (page - 1)
    contest.collect()
    assert len(contest.entered) == 450
    first_again = x.asked[page][1]
    assert (first_again is None) == (page == 1)


def test_what_comes_while_a_walk_stands_still_is_read_by_the_same_run_that_ends_it():
    x = FakeX(crowd(250), meets={2: BUSY})
    contest = Contest(x)
    contest.collect()
    contest.now += 30 * MINUTE
    x.posts.append(post(900, contest.now - MINUTE))
    found = contest.collect()
    assert len(contest.entered) == 251
    assert not found.readings.is_walking


def test_where_mentions_end_a_search_goes_on_even_if_it_has_to_wait():
    x = FakeX(crowd(1000), meets={9: BUSY})
    contest = Contest(x, charter=MENTION)
    assert contest.collect().stopped is BUSY
    assert len(contest.entered) == 800
    assert [kind for kind, _ in x.asked] == [SourceKind.MENTIONS] * 8 + [SourceKind.SEARCH]
    contest.now += 60 * MINUTE
    x.posts += crowd(900, at=contest.now - 20 * MINUTE)[850:]
    contest.collect()
    assert x.asked[9][0] is SourceKind.SEARCH  # first the rest of what was out of sight
    assert contest.entered >= {str(number + 1) for number in range(1000)}


def test_a_search_that_comes_too_late_leaves_a_gap():
    x = FakeX(crowd(1000), meets={9: BUSY})
    contest = Contest(x, charter=replace(MENTION, closes=MENTION.closes + 10**6))
    contest.collect()
    began = contest.now
    contest.now += timedelta(days=8)
    found = contest.collect()
    (gap,) = found.readings.gaps
    assert (gap.since, gap.until) == (OPENS, contest.now - timedelta(days=7) + timedelta(hours=1))
    contest.now += timedelta(days=1)
    assert len(contest.collect().readings.gaps) == 1
    assert began < gap.until


def test_each_walk_goes_back_a_quarter_of_an_hour():
    contest = Contest(FakeX(crowd(1)))
    contest.collect()
    late = post(7, contest.now - 14 * MINUTE)
    contest.x.posts += [late, post(8, contest.now - 16 * MINUTE)]
    contest.now += 60 * MINUTE
    contest.collect()
    assert contest.entered == {"1", "8"}


def test_the_budget_is_never_passed_and_a_walk_goes_on_with_the_next():
    contest = Contest(FakeX(crowd(450)), left=Decimal("1.20"))
    found = contest.collect()
    assert (found.usd, found.stopped) == (Decimal("1.00"), OUT_OF_BUDGET)
    assert found.is_over_budget
    contest.left = Decimal("0.49")  # no whole page
    assert contest.collect().usd == 0
    contest.left = None
    assert contest.collect().usd == Decimal("1.25")
    assert len(contest.entered) == 450


def test_who_has_lost_the_turn_to_read_asks_no_more_and_keeps_what_was_read():
    contest = Contest(FakeX(crowd(500)), turn=OwnTurn(lost_after=3))
    found = contest.collect()
    assert (found.read, found.is_complete) == (300, False)
    assert found.stopped == NotRead(because="another run reads by now")
    assert len(contest.entered) == 300
    contest.turn = OwnTurn()
    assert contest.collect().stopped is None
    assert len(contest.entered) == 500


def unlooked(readings: Readings, one: EntryPost) -> SeenEntry:
    """Another entry than the one that was read, which nobody has looked at since."""
    (known,) = readings.seen()
    return known._replace(user=one.user, post=one.post, first=one.first)


def settled(contest: Contest) -> Contest:
    contest.now = CLOSES + 15 * MINUTE
    return contest


def test_each_entry_is_looked_at_again_once_all_has_settled():
    x = FakeX(crowd(250))
    contest = Contest(x)
    contest.collect()
    x.gone = {x.posts[7].post, x.posts[240].post}
    found = settled(contest).collect()
    assert (len(contest.entered), found.readings.deleted_count) == (248, 2)
    assert [kind for kind, _ in x.asked].count(None) == 3
    assert found.is_complete
    before = len(x.asked)
    contest.collect()
    assert len(x.asked) == before


def test_mentions_that_x_still_lists_need_no_look_of_their_own():
    x = FakeX(crowd(850))
    contest = Contest(x, charter=MENTION)
    contest.collect()
    x.gone = {x.posts[849].post, x.posts[0].post}
    found = settled(contest).collect()
    assert found.readings.deleted_count == 2
    looks = [kind for kind, _ in x.asked].count(None)
    assert looks == 1  # at the 49 that are out of reach, and the one that is gone


def test_a_look_that_was_ended_goes_on_and_until_then_the_list_waits():
    x = FakeX(crowd(250), meets={5: BUSY})
    contest = Contest(x)
    contest.collect()
    assert settled(contest).collect().stopped is BUSY
    assert contest.unread() == [CLOSES + 15 * MINUTE]
    contest.collect()
    assert contest.unread() == []


def test_a_gap_that_is_known_hides_nobody_who_was_not_looked_at_again():
    x = FakeX(crowd(1, at=CLOSES - timedelta(hours=3)), meets={2: BUSY})
    contest = settled(Contest(x, charter=replace(HASHTAG, opens=HASHTAG.opens - 10**6)))
    contest.collect()
    x.posts.append(post(5, CLOSES - 60 * MINUTE))
    assert contest.collector.readings().gaps
    (gap,) = contest.unread()
    readings = contest.collector.readings()
    readings.add(Reading(began=OPENS, seen=(unlooked(readings, x.posts[-1]),)))
    later = settled_at(contest.charter.closes_at)
    assert list(unread_since(readings, later, contest.charter, ())) == [gap, later]


def test_who_comes_back_counts_again():
    contest = Contest(FakeX(crowd(2)))
    contest.collect()
    readings = contest.collector.readings()
    ids = [each.post for each in readings.seen()]
    readings.add(Reading(began=contest.now, gone=tuple(ids)))
    assert (list(readings.seen()), readings.deleted_count) == ([], 2)
    readings.add(Reading(began=contest.now, again=tuple(ids[:1])))
    assert [each.post for each in readings.seen()] == ids[:1]
    assert (readings.deleted_count, readings.seen_count) == (1, 2)


def test_who_is_gone_is_still_known_by_name():
    contest = Contest(FakeX(crowd(2)))
    contest.collect()
    readings = contest.collector.readings()
    first = next(readings.seen())
    readings.add(Reading(began=contest.now, gone=(first.post,)))
    assert readings.handles([first.user, "404"]) == {first.user: first.handle}
    renamed = first._replace(handle="renamed")
    readings.add(Reading(began=contest.now + MINUTE, seen=(renamed,)))
    assert readings.handles([first.user]) == {first.user: "renamed"}


def test_what_is_not_read_to_its_end_is_told_by_when_it_begins():
    contest = Contest(FakeX(crowd(250), meets={2: BUSY}))
    assert contest.unread() == [OPENS]
    contest.collect()
    looked = CLOSES + 15 * MINUTE
    assert contest.unread() == [OPENS, looked]
    contest.collect()
    assert contest.unread() == [contest.now - 15 * MINUTE, looked]
    settled(contest).collect()
    assert contest.unread() == []


def test_numbers_that_were_changed_are_no_longer_those_of_the_reading():
    contest = Contest(FakeX(crowd(1)))
    contest.collect()
    whole = contest.files.files["000001"]
    contest.files.files["000001"] = whole.replace(b'"seen":1', b'"seen":9', 1)
    with pytest.raises(BadReadings):
        contest.collector.readings()


def test_times_are_told_in_utc():
    contest = Contest(FakeX(crowd(1)))
    contest.now = contest.now.astimezone()
    contest.collect()
    assert contest.collector.readings().last.tzinfo == UTC


def test_a_post_that_no_list_has_shown_has_to_mention_us_by_our_whole_name():
    way = WayOfEntering(charter=MENTION, handle="acme_lv")
    texts = ("hello @Acme_LV #ZiemasLois", "@acme_lv2 #ZiemasLois", "me@acme_lv.lv #ZiemasLois")
    assert [way.takes_alone(post(1, OPENS, text)) for text in texts] == [True, False, False]


@pytest.mark.parametrize(
    "changed",
    [
        {"usd": "-1000"},
        {"usd": "1e999999"},
        {"seen": -1},
        {"counted": -1},
        {"at": "0001-01-01T00:00:00Z"},
        {"at": "2026-12-01T00:00:00"},
        {"gaps": ["\u001b[31m"]},
    ],
    ids=["refund", "endless", "seen", "counted", "year", "zone", "gap"],
)
def test_numbers_that_no_reading_has_are_not_believed(changed):
    line = Tally(at=OPENS, usd=Decimal(1), seen=1, counted=None, is_whole=True).model_dump_json()
    assert tallies({"000001": line.encode() + END})
    forged = json.dumps({**json.loads(line), **changed}).encode()
    with pytest.raises(BadReadings):
        tallies({"000001": forged + END})
