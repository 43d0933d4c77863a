"""Links that cost, and budgets."""

from datetime import datetime
from decimal import Decimal

import pytest

from runner.ledger import Attempting, Closed, Facts, Key, Posted, State, standings_of
from runner.problems import Problem, Severity
from runner.rules import Proof, Today
from tests.unit.rules.building import (
    PATH,
    RIGA,
    a_file,
    a_part,
    a_post,
    a_project,
    an_occurrence,
    found,
)

RHYTHM = {"text": "x", "every": {"slots": ["morning"]}}
FILE = a_file({"a": {"text": "x"}, "b": {"text": "x"}, "tip": RHYTHM, "idea": {"draft": True}})


def costing(post: str, cost: str, due: str = "2026-12-10 10:00", **more: object) -> Proof:
    file = a_file(FILE.campaign.posts, **more) if more else FILE  # type: ignore[arg-type]
    return a_post(an_occurrence(file, post, due), a_part("x", cost=Decimal(cost)))


# --- link-cost


def test_an_address_that_nobody_meant_is_a_warning() -> None:
    post = a_post(an_occurrence(FILE, "a"), "Lasi README.md un https://acme.lv/a")
    (problem,) = found(post, rule="link-cost")
    assert problem.message == (
        "`a` has `README.md`, of which X makes a link; the post costs 0.20 USD in place of "
        "0.015 USD"
    )
    assert problem.place.route == ("posts", "a", "text")
    assert (
        problem.help
        == "if it is the name of a file, write `README`; else whole: `https://README.md`"
    )
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize("text", ["Lasi https://acme.lv/a.", "Labrīt. Un v2.0", "⟦link to a⟧"])
def test_a_link_that_is_meant_and_no_link_are_fine(text: str) -> None:
    assert found(a_post(an_occurrence(FILE, "a"), text), rule="link-cost") == ()


def test_a_rhythm_with_links_is_one_warning() -> None:
    proofs = [
        a_post(
            an_occurrence(FILE, "tip", f"2026-12-0{day} 09:00", nominal=f"2026-12-0{day}.morning"),
            f"https://acme.lv/{day}",
        )
        for day in (1, 2)
    ]
    (problem,) = found(*proofs, rule="link-cost")
    assert problem.message == (
        "`tip` recurs with a link; each time it costs 0.20 USD in place of 0.015 USD"
    )
    assert problem.place.route == ("posts", "tip", "every")
    assert problem.help == ("leave the link out, or say why: `ignore: {link-cost: the reason}`")


# --- campaign-budget


def test_a_campaign_that_costs_more_than_its_budget_is_an_error() -> None:
    posts = {"a": {"text": "x"}, "b": {"text": "x"}, "idea": {"draft": True}}
    file = a_file(posts, budget=Decimal("0.40"))

    def cost(post: str, usd: str) -> Proof:
        return a_post(an_occurrence(file, post), a_part(cost=Decimal(usd)))

    assert found(cost("a", "0.20"), cost("b", "0.20"), rule="campaign-budget") == ()
    assert found(cost("a", "0.20"), cost("idea", "0.50"), rule="campaign-budget") == ()
    (problem,) = found(cost("a", "0.20"), cost("b", "0.215"), rule="campaign-budget")
    assert problem.message == "the posts of `slim27` cost 0.415 USD, and its budget is 0.40 USD"
    assert (problem.place.path, problem.place.route) == (PATH, ("budget",))
    assert problem.help == "raise it to 0.415, or post less often"
    assert problem.severity is Severity.ERROR


def test_a_campaign_without_a_budget_may_cost_what_it_likes() -> None:
    assert found(costing("a", "1000"), rule="campaign-budget") == ()


# --- monthly-budget

NOW = datetime(2026, 12, 5, 10, tzinfo=RIGA)
PROJECT = a_project(budget={"usd-per-month": 50})


def month(*proofs: Proof, spent: str = "0", facts: Facts | None = None) -> tuple[Problem, ...]:
    today = Today(now=NOW, spent=Decimal(spent), facts=facts or Facts())
    return found(*proofs, rule="monthly-budget", project=PROJECT, today=today)


def test_a_month_that_costs_more_than_the_budget_is_an_error() -> None:
    proofs = costing("a", "1.50"), costing("b", "0.515", "2026-12-31 23:00")
    assert month(*proofs, spent="47.985") == ()
    (problem,) = month(*proofs, spent="48")
    assert problem.message == (
        "the posts of 2026-12 cost 50.015 USD (48.00 USD so far, 2.015 USD to come), and the "
        "budget is 50.00 USD"
    )
    assert (problem.place.path, problem.place.route) == (
        "runner.yaml",
        ("budget", "usd-per-month"),
    )
    assert problem.help == "raise it, or move posts into the next month"
    assert problem.severity is Severity.ERROR


def test_months_are_those_of_utc() -> None:
    first_of_january_in_riga = costing("a", "60", "2027-01-01 01:59")
    assert len(month(first_of_january_in_riga)) == 1
    assert month(costing("a", "60", "2027-01-01 02:00")) == ()


def test_drafts_and_what_is_out_or_reserved_do_not_count_again() -> None:
    assert month(costing("idea", "60")) == ()
    key = costing("a", "60").occurrence.key
    for facts, count in ((_attempted(key), 0), (_posted(key), 0), (_released(key), 1)):
        assert len(month(costing("a", "60"), facts=facts)) == count


def test_without_a_budget_nothing_is_too_much() -> None:
    today = Today(now=NOW, spent=Decimal(1000))
    assert found(rule="monthly-budget", today=today) == ()


def _attempt(key: Key) -> Attempting:
    return Attempting(
        key=key,
        at=NOW,
        run="1",
        attempt="a1",
        send_by=NOW,
        due=NOW,
        digest="0",
        parts=({},),
        cost=Decimal(60),
    )


def _attempted(key: Key) -> Facts:
    return Facts(standings=standings_of([_attempt(key)]))


def _posted(key: Key) -> Facts:
    posted = Posted(key=key, at=NOW, run="1", id="1", url="https://x.com/a/1", cost=Decimal(60))
    return Facts(standings=standings_of([_attempt(key), posted]))


def _released(key: Key) -> Facts:
    released = Closed(
        key=key, at=NOW, run="1", attempt="a1", state=State.RELEASED, because="refused"
    )
    return Facts(standings=standings_of([_attempt(key), released]))
