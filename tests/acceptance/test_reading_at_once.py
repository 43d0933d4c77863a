"""Runs that read X at once never pass what reading may cost, together neither."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest

from runner.cli.commands.inbox import inbox
from runner.cli.commands.measure import measure
from runner.cli.commands.status import status
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.reading_tallies import tallies_of
from runner.cli.reading_turns import NAME, turn_to_read
from runner.cli.stores import kept_files
from runner.cli.x_accounts import RateLimitPatience
from runner.problems import LedgerUnusable
from runner.reading import FilesRaced
from runner.stores.kept_files import KeptBranch
from tests.acceptance.open_contests import collected, contest_by, enter

OTHER = "summer-lois"
BUDGET = "budget: {usd-per-month: 50, reading: 0.55}\ninbox: {complaint: {lv: [saplīsa]}}\n"
"""Enough for the entries of one contest, and for no page of the other's then."""


@pytest.fixture
def two_contests(desktop):
    shop = contest_by(desktop, "hashtag")
    runner, winter = shop.root / "runner.yaml", shop.root / "campaigns/winter-lois.yaml"
    runner.write_text(f"{runner.read_text()}{BUDGET}")
    shop.write(f"campaigns/{OTHER}.yaml", winter.read_text().replace("#ZiemasLois", "#VasarasLois"))
    for number in range(60):
        enter(shop, f"a{number}", "#ZiemasLois")
        enter(shop, f"b{number}", "#VasarasLois")
    return shop


def project(shop):
    return inputs_of(open_project(shop.outside()), shop.outside()).project


def spent(shop) -> Decimal:
    context = shop.outside()
    read = (tallies_of(context, project(shop), id) for id in ("winter-lois", OTHER))
    return sum((each.usd for tallies in read for each in tallies), Decimal(0))


def told(shop) -> str:
    """What `status` says of reading."""
    context = shop.outside()
    status(context)
    told = context.out.getvalue()
    return told[told.index("Reading: ") :].partition("Inbox of")[0]


def turn(shop):
    """That of a run which does not wait for X."""
    context = shop.outside()
    return turn_to_read(context, project(shop), RateLimitPatience(context, context.clock.now()))


def test_two_that_collect_at_once_do_not_pass_the_budget_together(two_contests):
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda id: collected(two_contests, id), ("winter-lois", OTHER)))
    assert spent(two_contests) == Decimal("0.30"), found
    barred = sum("another run reads X just now" in text for _, text in found)
    out_of_budget = sum(code == 3 for code, _ in found)
    assert (barred, out_of_budget) in ((1, 0), (0, 1))


def test_nothing_is_read_while_another_has_the_turn(two_contests):
    assert "Just now" not in told(two_contests)
    with turn(two_contests):
        code, text = collected(two_contests)
        assert (code, "another run reads X just now" in text) == (0, True)
        for command in (measure, inbox):
            outside = two_contests.outside()
            assert command(outside) == 0
            assert "another run reads X just now" in outside.talk.getvalue()
        with pytest.raises(FilesRaced), turn(two_contests):
            pass
    assert spent(two_contests) == 0
    assert collected(two_contests)[0] == 0
    assert spent(two_contests) == Decimal("0.30")


def test_a_run_that_was_killed_bars_the_others_for_five_minutes(two_contests):
    two_contests.environ["GITHUB_RUN_ID"] = "77"
    killed = turn(two_contests)
    lost = killed.__enter__()
    two_contests.clock.sleep(4 * 60)
    held = "run 77-1; if that was killed, others read again from Mon  1 Mar 2027 10:08 +02:00 on."
    assert f"another run reads X just now: {held}" in collected(two_contests)[1]
    assert f"  Just now: {held}\n" in told(two_contests)
    two_contests.clock.sleep(2 * 60)
    with turn(two_contests):
        assert lost.hold()  # it lives after all: it reads no more, and ends nobody else's turn
        killed.__exit__(None, None, None)
        with pytest.raises(FilesRaced), turn(two_contests):
            pass


def test_a_turn_lasts_as_long_as_its_run_reads_or_waits_for_x(two_contests):
    with turn(two_contests) as mine:
        for _ in range(4):
            two_contests.clock.sleep(4 * 60)
            assert mine.hold() is None
        mine.wait_until(two_contests.clock.now() + timedelta(minutes=15))
        two_contests.clock.sleep(19 * 60)
        assert "another run reads X just now" in collected(two_contests)[1]
        two_contests.clock.sleep(2 * 60)  # it stood still, and nobody was quick enough
        other = kept_files(two_contests.outside(), project(two_contests), KeptBranch.TURNS, NAME)
        other.read()
        assert mine.hold() is None
        with pytest.raises(FilesRaced):
            other.replace({"mine": b"{}"})
        with pytest.raises(FilesRaced), turn(two_contests):
            pass


def test_a_turn_that_can_not_be_read_stops_who_reads(two_contests):
    with turn(two_contests):
        (file,) = (two_contests.root / ".runner").glob("**/runner-turns/files/*")
        for text in ("soon", '{"run": "1", "until": "9999-12-31T23:59:59Z"}'):
            file.write_text(text)
            with pytest.raises(LedgerUnusable, match="whose turn it is"), turn(two_contests):
                pass
