"""Rivals are read over HTTP once a week, within a budget, and nothing of their words is kept."""

import json
import re
from datetime import datetime, timedelta

import pytest

from runner.cli.commands.doctor import doctor
from runner.cli.commands.measure import measure
from runner.cli.commands.preview import preview
from runner.cli.commands.report import AskedReport, ReportFormat, report
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.rivals import seen_rivals
from runner.local_x.accounts import user_id
from runner.local_x.audience import Audience
from runner.local_x.crowd import brand_acts
from tests.acceptance.conftest import PROJECT, output_of

MONDAY = datetime.fromisoformat("2027-02-01T00:00+02:00")
RIVALS = "rivals: [{handle: otherjeans, name: Other Jeans}]\n"


@pytest.fixture
def shop(desktop):
    """A desktop whose rival posts three times a day from the 1st of February on."""
    desktop.write("runner.yaml", PROJECT + RIVALS)
    followers = {user_id("otherjeans"): 3000}
    desktop.sandbox.attend(Audience(reach=1000, followers=400, followers_of=followers))
    desktop.sandbox.play(brand_acts("otherjeans", since=MONDAY, days=42))
    return desktop


def at(desktop, moment: str) -> tuple[int, str]:
    desktop.clock.set(moment)
    outside = desktop.outside()
    code = measure(outside)
    return code, outside.out.getvalue() + outside.talk.getvalue()


def looks(desktop):
    context = desktop.outside()
    project = inputs_of(open_project(context), context).project
    return seen_rivals(context, project).of("otherjeans")


def test_a_week_of_a_rival_is_read_once_when_all_of_its_posts_are_a_week_old(shop):
    code, text = at(shop, "2027-02-15T09:00+02:00")
    assert code == 0
    assert "@otherjeans: 20 posts of the week from 1 Feb ($0.11)." in text
    _, text = at(shop, "2027-02-21T09:00+02:00")
    assert "otherjeans" not in text
    _, text = at(shop, "2027-02-22T09:00+02:00")
    assert "@otherjeans: 20 posts of the week from 8 Feb ($0.11)." in text
    first, second = looks(shop)
    assert first.week.followers == 3000
    assert first.week.posts + first.week.replies + first.week.reposts == 20
    assert first.user == second.user == user_id("otherjeans")


@pytest.fixture
def measured_shop(shop):
    """The same, which has posted twice a day for a week, and was measured when that was a week old,
    with both weeks of its rival."""
    for number in range(14):
        shop.clock.set(MONDAY + timedelta(days=number // 2, hours=9 + number % 2 * 4))
        shop.sandbox.post_by_hand("shop", f"Wash it inside out, no. {number} #jeans")
    for days in (8.5, 10, 11.5, 13, 14.5):
        shop.clock.set(MONDAY + timedelta(days=days))
        assert measure(shop.outside()) == 0
    return shop


def told(desktop, **asked) -> str:
    outside = desktop.outside()
    assert report(outside, AskedReport(**{"since": "2027-02-01", **asked})) == 0
    return outside.out.getvalue()


def test_a_report_shows_rivals_beside_ours(measured_shop):
    text = told(measured_shop)
    assert "\nRivals      read so far: 1 week from 1 Feb on\n" in text
    assert re.search(r"\n +Other Jeans: [\d.]+ posts a day to shop’s 2; 0\.\d × \(", text)
    (rival,) = json.loads(told(measured_shop, format=ReportFormat.JSON))["rivals"]
    (week,) = rival["weeks"]
    assert week["theirs"] == rival["theirs"]
    assert (rival["ours"]["posts"], rival["ours"]["days"], rival["ours"]["hashtags"]) == (14, 7, [])
    assert rival["comparison"]["finding"] == "worse"  # as much done, by seven times the followers
    assert 5 < rival["comparison"]["ratio"]["value"] ** -1 < 12
    assert rival["theirs"]["posts"] == rival["theirs"]["originals"] + rival["theirs"]["quotes"]


def test_the_words_of_rivals_are_nowhere(measured_shop):
    summary = measured_shop.root / "summary.md"
    measured_shop.environ |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    _, said = at(measured_shop, "2027-02-22T09:00+02:00")
    assert "otherjeans" in summary.read_text()
    for format in ReportFormat:
        said += told(measured_shop, format=format)
    files = [file for file in measured_shop.root.rglob("*") if file.is_file()]
    everything = said.encode() + b"".join(file.read_bytes() for file in files)
    posts = [post.text for post in measured_shop.sandbox.timeline() if "no. " in post.text]
    theirs = [text for text in posts if "Our new jeans" in text]
    assert len(theirs) > 40
    assert b"#newin" in everything  # what stands in many of their posts
    assert b"Our new jeans" not in everything
    assert b"jeans are here" not in everything
    assert not any(f"no. {number} #newin".encode() in everything for number in range(99))


def test_without_a_week_that_was_read_the_report_says_why(desktop):
    desktop.write("runner.yaml", PROJECT + RIVALS)
    assert "Other Jeans: no week of these days was read yet" in told(desktop)


def test_what_rivals_cost_is_told_before_by_the_preview_and_by_the_doctor(desktop):
    few = PROJECT + RIVALS + "budget: {usd-per-month: 20, reading: 0.50}\n"
    desktop.write("runner.yaml", few)
    cost = "reading 1 rival costs $0.11 a week, $0.55 in a month of five, at the most"
    waits = f"{cost}: more than `budget.reading`, so that some of them wait for the next month"
    assert waits in output_of(desktop, preview)
    outside = desktop.outside()
    doctor(outside, offline=True)
    assert f"{waits} ($0.00 this month)" in outside.out.getvalue()


def test_a_handle_that_nobody_has_is_told_by_the_run_and_by_the_doctor(desktop):
    desktop.write("runner.yaml", PROJECT + RIVALS)
    code, text = at(desktop, "2027-02-15T09:00+02:00")
    assert code == 0
    todo = "X has nobody of that name: mend the handle in runner.yaml"
    assert f"@otherjeans: {todo}." in text
    outside = desktop.outside()
    doctor(outside, offline=True)
    assert f"the rival @otherjeans\n       = help: {todo}" in outside.out.getvalue()
    assert f"Other Jeans: {todo}." in told(desktop)
    _, text = at(desktop, "2027-03-15T09:00+02:00")  # four weeks later
    assert text.count(f"@otherjeans: {todo}.") == 1


def test_at_the_budget_rivals_wait_and_a_run_exits_with_three(shop):
    budget = "budget: {usd-per-month: 20, reading: 0.10}\n"
    shop.write("runner.yaml", PROJECT + RIVALS + budget)
    code, text = at(shop, "2027-02-15T09:00+02:00")
    assert code == 3
    assert "rivals of shop: X could not be read: what reading may cost this month" in text
    assert looks(shop) == ()
    shop.write("runner.yaml", PROJECT + RIVALS)
    assert at(shop, "2027-02-22T09:00+02:00")[0] == 0
    assert [look.monday.day for look in looks(shop)] == [8]
