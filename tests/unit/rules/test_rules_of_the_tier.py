"""What X lets only some of its customers do."""

from runner.problems import Severity
from tests.unit.rules.building import a_file, a_part, a_post, a_project, an_occurrence, found

QUOTE = "https://x.com/denimdaily/status/1888000000000000101"


def a_quote():
    file = a_file({"voice": {"text": "Well said.", "quote": QUOTE}})
    return a_post(an_occurrence(file, "voice"), a_part("Well said.", quote="1888"))


def test_a_quote_needs_the_enterprise_tier() -> None:
    (problem,) = found(a_quote(), rule="needs-enterprise", project=a_project())
    assert problem.message == "`shop` may not quote posts: its tier is pay-per-use"
    assert problem.place.route == ("posts", "voice", "quote")
    assert problem.help == "use `repost`, or mend the tier of `shop` in runner.yaml"
    assert problem.severity is Severity.ERROR


def test_an_account_with_the_tier_may_quote() -> None:
    accounts = {"shop": {"handle": "acme_lv", "locale": "lv", "tier": "enterprise"}}
    project = a_project(accounts=accounts)
    assert found(a_quote(), rule="needs-enterprise", project=project) == ()
