"""Whatever happens to runs, each week of a rival is read once, and what it has cost is counted."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from runner.models.report_settings import Rival
from runner.reading import OUT_OF_BUDGET, BadReadings, FilesRaced, NotRead
from runner.rivals import RivalState, rival_looks
from runner.rivals.looks import RivalLook, as_bytes
from tests.unit.rivals.building import MONDAY, OtherX, Watch, post_at

WEEK = timedelta(days=7)
BUSY = NotRead(
    because="X takes no more requests for now", again_at=datetime(2026, 11, 16, tzinfo=UTC)
)


def test_a_week_is_read_once_all_of_its_posts_are_a_week_old():
    watch = Watch(OtherX([post_at(n / 3) for n in range(42)]))
    watch.now = datetime(2026, 11, 15, 23, tzinfo=UTC)
    watch.run()
    assert watch.mondays == [MONDAY - WEEK]
    watch.now = datetime(2026, 11, 16, 0, 5, tzinfo=UTC)
    watch.run()
    watch.run()
    assert watch.mondays == [MONDAY - WEEK, MONDAY]


def test_weeks_that_nobody_read_are_read_later_five_at_the_most():
    watch = Watch()
    watch.run()
    watch.now += 3 * WEEK
    watch.run()
    assert watch.mondays == [MONDAY + n * WEEK for n in range(4)]
    watch.now += 9 * WEEK
    watch.run()
    assert watch.mondays[4:] == [MONDAY + n * WEEK for n in range(8, 13)]


def test_no_more_than_its_newest_posts_are_read_of_a_week():
    watch = Watch(OtherX([post_at(n / 10) for n in range(70)]))
    (look,) = watch.run().looks
    assert look.week.posts == 20
    assert look.week.days == pytest.approx(2)
    assert look.usd == Decimal("0.110")


def test_x_may_show_less_on_a_page_than_it_was_asked_for():
    watch = Watch(OtherX([post_at(n / 2) for n in range(14)], most=3))
    (look,) = watch.run().looks
    assert (look.week.posts, look.week.days) == (14, 7)


def test_the_id_of_a_user_is_looked_up_once_and_outlives_the_handle():
    watch = Watch()
    watch.run()
    watch.x.handle, watch.now = "otherjeans_lv", watch.now + WEEK
    (look,) = watch.run().looks
    assert [each for each in watch.x.asked if each != "page"] == ["@otherjeans", "7"]
    assert look.renamed == "otherjeans_lv"


def test_a_handle_that_was_mended_goes_on_where_the_old_one_was_left():
    watch = Watch()
    watch.run()
    watch.x.handle = "otherjeans_lv"
    watch.rivals = (Rival(handle="otherjeans_lv"),)
    assert [each.state for each in watch.run().looks] == [RivalState.STOPPED]
    assert watch.run().looks == ()
    watch.now += WEEK
    watch.run()
    assert [each.monday for each in watch.looks.of("otherjeans_lv")] == [MONDAY, MONDAY + WEEK]


@pytest.mark.parametrize("state", [RivalState.MISSING, RivalState.SUSPENDED, RivalState.PROTECTED])
def test_who_can_not_be_read_is_asked_for_again_after_a_week(state):
    watch = Watch(OtherX([post_at()], state=state))
    (look,) = watch.run().looks
    assert (look.state, look.week) == (state, None)
    assert "page" not in watch.x.asked
    assert watch.run().looks == ()
    watch.x.state, watch.now = RivalState.SEEN, watch.now + WEEK
    assert [each.state for each in watch.run().looks] == [RivalState.SEEN]


def test_what_is_left_to_spend_is_never_passed_and_the_rest_comes_later():
    watch = Watch(rivals=tuple(Rival(handle=name) for name in ("otherjeans", "second", "third")))
    watch.x.posts = [post_at(n / 10) for n in range(70)]
    found = watch.run(left="0.15")
    assert found.stopped is OUT_OF_BUDGET
    assert [each.handle for each in found.looks] == ["otherjeans"]
    assert found.usd <= Decimal("0.15")
    watch.now += WEEK
    found = watch.run(left="0.15")
    waited = [each.handle for each in found.looks][:2]
    assert waited == ["second", "third"]


def test_a_run_that_x_stops_counts_what_it_paid_and_the_next_one_reads_the_week():
    watch = Watch(OtherX([post_at(n / 2) for n in range(14)], most=5))
    answers = iter([None, BUSY])
    watch.x.before_page = lambda: next(answers)
    found = watch.run()
    assert found.stopped is BUSY
    assert found.usd == Decimal("0.035")  # who it is, and five posts
    assert watch.mondays == []
    assert watch.looks.spent_in_month_of(watch.now) == found.usd
    watch.x.before_page = lambda: None
    watch.run()
    assert [each.week.posts for each in watch.looks.of("otherjeans")] == [14]
    assert watch.x.asked[0] == "@otherjeans"
    assert "@otherjeans" not in watch.x.asked[1:]


def test_a_run_waits_for_x_where_it_may():
    watch = Watch(OtherX([post_at()]))
    answers = iter([BUSY, None])
    watch.x.before_page = lambda: next(answers)
    assert watch.run(waits=True).stopped is None
    assert watch.mondays == [MONDAY]


def test_two_runs_at_once_both_keep_what_they_have_paid_for():
    watch = Watch(OtherX([post_at()]))
    other = RivalLook(
        at=watch.now, handle="second", monday=MONDAY, state=RivalState.MISSING, usd=Decimal("0.01")
    )

    def race() -> None:
        watch.files.before_add = lambda: None
        watch.files.add("000001", as_bytes(other))

    watch.files.before_add = race
    watch.run()
    assert watch.looks.count == 2
    assert watch.mondays == [MONDAY]
    assert watch.looks.spent_in_month_of(watch.now) == Decimal("0.025")


def test_a_run_that_always_comes_second_says_so():
    watch = Watch()

    def race() -> None:
        raise FilesRaced

    watch.files.before_add = race
    with pytest.raises(FilesRaced):
        watch.run()


def test_what_is_kept_and_can_not_be_read_is_told():
    with pytest.raises(BadReadings, match="none that the runner has written"):
        rival_looks({"000001": b'{"text": "our new jeans"}\n'})
    with pytest.raises(BadReadings, match="missing"):
        rival_looks({"000002": b"{}\n"})


def test_money_counts_in_the_month_in_which_it_was_spent():
    watch = Watch(now=datetime(2026, 11, 30, 23, tzinfo=UTC))
    watch.run()
    watch.now = datetime(2026, 12, 7, 1, tzinfo=UTC)
    watch.run()
    november, december = (
        watch.looks.spent_in_month_of(datetime(2026, n, 1, tzinfo=UTC)) for n in (11, 12)
    )
    assert (november, december) == (Decimal("0.010"), Decimal("0.010"))
    assert watch.looks.spent(date(2026, 11, 1), date(2026, 12, 31)) == november + december
