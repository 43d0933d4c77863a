"""How an account kept its rhythm."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from runner.ledger import Key
from runner.report import AccountRhythm, MeasuredPost, Missed, report_of
from tests.unit.report.building import material, post

START = datetime(2026, 6, 1, 9, tzinfo=UTC)


def the_rhythm(*posts: MeasuredPost, **given: object) -> AccountRhythm:
    (found,) = report_of(material(*posts, **given)).rhythms
    return found


def on_day(number: int, **given: object) -> MeasuredPost:
    at = START + timedelta(days=number)
    return post(number, at=at, due=at, **given)


def test_days_without_a_post_and_the_longest_silence_are_told() -> None:
    found = the_rhythm(on_day(0), on_day(1), on_day(8), on_day(9))
    assert (found.posts, found.silent_days) == (4, 26)
    assert found.longest_silence == timedelta(days=7)


def test_a_post_is_on_time_within_its_minute() -> None:
    punctual = post(1, due=START, at=START + timedelta(seconds=59))
    late = post(2, due=START, at=START + timedelta(minutes=9))
    by_hand = post(3, key=None, at=START)
    found = the_rhythm(punctual, late, by_hand)
    assert (found.timed, found.on_time, found.latest) == (2, 1, late)


def test_an_hour_that_clocks_show_twice_is_twice_as_long() -> None:
    due = datetime(2026, 10, 25, 3, 50, tzinfo=ZoneInfo("Europe/Riga"))
    late = post(1, due=due, at=due.replace(minute=5, fold=1))
    assert late.late == timedelta(minutes=15)
    evening = post(2, due=None, at=due.replace(day=24, hour=23))
    found = the_rhythm(late, post(3, due=None, at=due.replace(hour=4)), evening)
    assert (found.on_time, found.latest) == (0, late)
    assert found.longest_silence == timedelta(hours=4, minutes=15)


def test_nothing_is_the_latest_where_all_are_on_time() -> None:
    assert the_rhythm(on_day(1)).latest is None


def test_what_was_missed_stands_by_its_account() -> None:
    missed = Missed(key=Key("shop", "tips", "hello"), due=START)
    other = Missed(key=Key("tienda", "tips", "hello"), due=START)
    assert the_rhythm(missed=(missed, other)).missed == (missed,)


def test_promotion_is_too_much_with_each_post_beyond_the_bound_of_the_last_ten() -> None:
    sells = [False] * 6 + [True] * 6
    found = the_rhythm(*(on_day(n, is_promotional=each) for n, each in enumerate(sells)))
    assert (found.promotional, found.judged) == (6, 12)
    assert found.passed == 2  # of the last ten five, then six; four are allowed


def test_posts_of_which_no_file_tells_are_no_promotion_and_not_judged() -> None:
    found = the_rhythm(on_day(0, is_promotional=None), on_day(1, is_promotional=True))
    assert (found.promotional, found.judged) == (1, 1)
