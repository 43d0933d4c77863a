"""`runner report --issue`, as report.yml runs it on Mondays: one issue a month, with all of it."""

import pytest

from runner.cli.commands.measure import measure
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.report import AskedReport, report
from tests.acceptance.answer_desk import become_job
from tests.acceptance.tips import AUDIENCE
from tests.workflows.hub import Hub, listening

LATE_IN_MARCH = """\
kind: series
account: shop
posts: {jacket: {at: 2027-03-30 10:00, text: Our jackets are here}}
"""


@pytest.fixture
def hub(tmp_path):
    made = Hub(tmp_path / "hub")
    with listening(made):
        yield made


@pytest.fixture
def shop(desktop, hub):
    """A shop that posts on the 30th of March, a Tuesday."""
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    desktop.write("campaigns/spring.yaml", LATE_IN_MARCH)
    desktop.sandbox.attend(AUDIENCE)
    return desktop


def reported(desktop, hub, day: str) -> list[str]:
    """Runs it on a morning; which issues are written."""
    desktop.clock.set(f"{day}T08:47+03:00")
    become_job(desktop, hub)
    before = len(hub.calls)
    assert report(desktop.outside(), AskedReport(as_issue=True)) == 0
    written = [each for each in hub.calls[before:] if each.method != "GET"]
    return [each.body["title"].removeprefix("What worked in ") for each in written]


def test_the_issue_of_a_month_ends_with_what_was_measured_of_its_last_days(shop, hub):
    assert reported(shop, hub, "2027-03-29") == ["March 2027"]
    shop.clock.set("2027-03-30T10:00+03:00")
    assert post(shop.outside(), PostOptions()) == 0
    shop.clock.set("2027-04-01T10:30+03:00")
    assert measure(shop.outside()) == 0
    assert reported(shop, hub, "2027-04-05") == ["March 2027", "April 2027"]
    march, _ = hub.issues
    assert "1 Mar 2027 to 31 Mar 2027" in march["body"]
    assert "spring/jacket" in march["body"]
    assert reported(shop, hub, "2027-04-12") == ["April 2027"]


def test_a_month_in_which_nothing_was_posted_gets_no_issue_once_it_is_over(shop, hub):
    assert reported(shop, hub, "2027-04-05") == ["April 2027"]
