"""`runner report --propose-slots`: what it shows, and how runner.yaml would say it."""

from datetime import date, time

import pytest

from runner.cli.commands.report import AskedReport, report
from runner.cli.commands.report_slots import edited, edits_of, tell_proposals
from runner.cli.opened_project import open_project
from runner.problems import BadUsage
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


def test_accounts_that_never_post_at_a_slot_do_not_keep_it_where_it_is(desktop):
    desktop.write("runner.yaml", TWO)
    project = open_project(desktop.outside()).project
    silent = SlotProposal(account="tienda", slot="morning", now=time(9), posts=2, is_used=False)
    found = [better("shop", "morning", time(9), time(8)), silent]
    assert edits_of(project, found) == {("slots", "morning"): (time(9), time(8))}
    assert edits_of(project, found[:1]) == {}  # nobody has looked at the other


def test_slots_are_of_all_campaigns(desktop):
    with pytest.raises(BadUsage, match="slots are of all campaigns"):
        report(desktop.outside(), AskedReport(proposes_slots=True, campaigns=("tips",)))


def test_of_a_slot_that_is_better_for_some_of_its_accounts_it_says_what_to_write(desktop):
    desktop.write("runner.yaml", TWO)
    outside = desktop.outside()
    found = [better("shop", "morning", time(9), time(8)), same("tienda", "morning", time(9))]
    assert tell_proposals(outside, open_project(outside), found, date(2027, 3, 1)) == 0
    said = outside.out.getvalue()
    assert "to move it, write accounts.shop.slots.morning: 08:00" in said
    assert "leave runner.yaml as it is" not in said


def test_without_posts_it_says_that_none_went_out_at_a_slot(desktop):
    desktop.write("runner.yaml", PROJECT)
    outside = desktop.outside()
    assert report(outside, AskedReport(proposes_slots=True)) == 0
    said = outside.out.getvalue()
    assert said == "No post of these days went out at a slot.\n"


def test_slots_that_an_account_does_not_use_are_not_listed(desktop):
    desktop.write("runner.yaml", TWO)
    outside = desktop.outside()
    silent = SlotProposal(account="tienda", slot="morning", now=time(9), posts=2, is_used=False)
    found = [same("shop", "morning", time(9)), silent]
    assert tell_proposals(outside, open_project(outside), found, date(2027, 3, 1)) == 0
    said = outside.out.getvalue()
    assert "shop" in said
    assert "tienda" not in said
    assert "leave runner.yaml as it is" in said
