"""`runner report --propose-slots`: what it shows, and how runner.yaml would say it."""

from datetime import time

from runner.cli.commands.report import AskedReport, report
from runner.cli.commands.report_slots import edited, edits_of
from runner.cli.opened_project import open_project
from runner.report import SlotProposal
from runner.report.slot_proposals import HourReach
from tests.acceptance.conftest import PROJECT

TWO = """\
timezone: Europe/Riga   # ours
slots: {morning: 09:00, noon: "13:00"}   # of all
accounts:
  shop: {handle: acme_lv, locale: lv}
  tienda:
    handle: acme_es
    locale: es
    slots:
      noon: 14:00   # late lunch
"""


def better(account: str, slot: str, now: time, at: time) -> SlotProposal:
    hour = HourReach(hour=at.hour, at=at, posts=20, mean=1, error=0.1)
    return SlotProposal(account=account, slot=slot, now=now, posts=20, better=hour)


def same(account: str, slot: str, now: time) -> SlotProposal:
    return SlotProposal(account=account, slot=slot, now=now, posts=20)


def test_a_slot_is_moved_where_it_is_written_and_all_else_stays(desktop):
    desktop.write("runner.yaml", TWO)
    opened = open_project(desktop.outside())
    found = [
        better("shop", "morning", time(9), time(8, 30)),
        better("tienda", "morning", time(9), time(8, 30)),
        better("shop", "noon", time(13), time(12)),
        better("tienda", "noon", time(14), time(15)),
    ]
    edits = edits_of(opened.project, found)
    text = edited(opened.sources["runner.yaml"], edits)
    expected = TWO.replace("09:00", "08:30").replace('"13:00"', '"12:00"')
    assert text == expected.replace("14:00", "15:00")


def test_a_slot_of_all_stays_where_only_one_account_has_a_better_hour(desktop):
    desktop.write("runner.yaml", TWO)
    project = open_project(desktop.outside()).project
    found = [better("shop", "morning", time(9), time(8)), same("tienda", "morning", time(9))]
    assert edits_of(project, found) == {}


def test_without_posts_it_says_that_nothing_can_be_told(desktop):
    desktop.write("runner.yaml", PROJECT)
    outside = desktop.outside()
    assert report(outside, AskedReport(proposes_slots=True)) == 0
    said = outside.out.getvalue()
    assert "not enough posts to tell" in said
    assert "leave runner.yaml as it is" in said
