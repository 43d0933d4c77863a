"""The job summary of a run, and the form that takes a person's word."""

from datetime import timedelta
from decimal import Decimal

import pytest

from runner.ledger import State
from runner.problems import LedgerUnusable
from runner.publish import Outcome, Refusal, Result
from runner.views.markdown.outcome import outcome_as_markdown, stop_as_markdown
from runner.views.terminal.outcome import outcome_as_text
from tests.unit.plan.building import a_file, action_of, facts_of, plan_of
from tests.unit.stores.building import a_key, at, attempting, closed

NOW = "2026-12-01 10:05"
URL = "https://x.com/acme_lv/status/1"


def result(state: State | None, *, post: str = "one", **more) -> Result:
    action = action_of(plan_of(a_file({post: {}}), now=NOW), post)
    return Result(
        action=action, at=action.occurrence.due + timedelta(minutes=5), state=state, **more
    )


def test_what_went_out_is_shown_with_its_link_its_cost_and_how_late_it_was():
    sent = result(State.POSTED, urls=(URL,), cost=Decimal("0.015"))
    assert outcome_as_markdown(Outcome(results=(sent,)), plan_of(now=NOW)) == (
        "## Sent 1 post for $0.015\n"
        "\n"
        "| post | planned | went out | cost | |\n"
        "|---|---|---|---|---|\n"
        "| `shop/slim/one` | Tue  1 Dec 2026 10:00 +02:00 | 10:05 +02:00, 5 minutes late | $0.015"
        f" | [1]({URL}) |\n"
        "\n"
        "- $0.00 spent this month.\n"
        "- Nothing due, and nothing in the next 7 days.\n"
    )


def test_what_was_missed_is_shown_with_when_it_was_due():
    late = plan_of(a_file({"one": {}}), now="2026-12-01 15:00")
    missed = outcome_as_markdown(Outcome(missed=late.actions), late)
    assert "| Tue  1 Dec 2026 10:00 +02:00 | **missed** | | its time is over |" in missed


def test_what_needs_a_person_stands_first_and_says_what_to_do():
    refused = result(State.REJECTED, because="X: too long", help="shorten it")
    nobody = Refusal(account="shop", because="X has no credit", help="buy credit")
    outcome = Outcome(results=(refused,), refusals=(nobody,))
    lines = outcome_as_markdown(outcome, plan_of(now=NOW)).splitlines()
    assert lines[2:6] == [
        "### A person has to look",
        "",
        "- `account shop`: X has no credit. Buy credit.",
        "- `shop/slim/one`: X: too long. Shorten it.",
    ]


def test_words_of_others_ping_nobody_and_make_no_table():
    refused = result(State.REJECTED, because="no | @partner\n<b>")
    said = outcome_as_markdown(Outcome(results=(refused,)), plan_of(now=NOW))
    assert r"no \| " in said
    assert r"\<b\>" in said
    assert "@partner" not in said


def test_a_post_that_needs_a_person_is_told_once():
    refused = result(State.REJECTED, because="X refused it")
    asking = plan_of(a_file({"one": {"text": "{{ nothing }}"}}), now=at(NOW).isoformat())
    said = outcome_as_markdown(Outcome(results=(refused,)), asking)
    assert said.count("- `shop/slim/one`") == 1


def test_what_stops_a_run_is_told_with_what_to_do():
    stop = LedgerUnusable("the branch is gone", help="run `runner doctor`")
    said = stop_as_markdown(stop)
    assert said.startswith("## The run stopped\n\n- the branch is gone. Run ")


FORM = "https://github.com/acme/shop/actions/workflows/decide.yml"
SKIPS = "Decision `skip`, if nothing of it is to go out any more; Post `shop/slim/one`"
SAYS = (
    "Decision `posted` (with its Link), `not posted` (with Account `shop`) or `skip`; "
    "Post `shop/slim/one`"
)
ONE = a_key("one")
TRIED = attempting(ONE)
DOUBT = (TRIED, closed(ONE, State.UNKNOWN, look="unclear"))


@pytest.mark.parametrize(
    ("plan", "fields"),
    [
        (plan_of(a_file({"one": {}}), now=NOW).asking({ONE: "X shows another"}), SAYS),
        (plan_of(a_file({"one": {}}), now=NOW, facts=facts_of(DOUBT)), SAYS),
        (plan_of(now=NOW, facts=facts_of(DOUBT)), SAYS),
        (plan_of(now=NOW, facts=facts_of((TRIED, closed(ONE, State.REJECTED)))), SKIPS),
        (plan_of(a_file({"one": {"text": "{{ nothing }}"}}), now=NOW), SKIPS),
    ],
    ids=["unexplained", "in doubt", "in doubt without a file", "refused without one", "wrong"],
)
def test_what_to_fill_in_on_the_form_follows_from_what_is_asked(plan, fields):
    said = outcome_as_markdown(Outcome(), plan, form=FORM)
    assert f". [Decide]({FORM}): {fields}.\n" in said
    assert f"\n  = form: {FORM}: {fields}\n" in outcome_as_text(Outcome(), plan, form=FORM)


def test_where_there_is_no_form_nothing_is_said_of_one():
    plan = plan_of(a_file({"one": {}}), now=NOW, facts=facts_of(DOUBT))
    assert "Decide" not in outcome_as_markdown(Outcome(), plan)
    assert "form" not in outcome_as_text(Outcome(), plan)


def test_what_is_looked_for_asks_nobody():
    looked_for = plan_of(now=NOW, facts=facts_of((TRIED,)))
    assert "Decide" not in outcome_as_markdown(Outcome(), looked_for, form=FORM)
    said = outcome_as_text(Outcome(), looked_for, form=FORM)
    assert "in doubt  shop/slim/one" in said
    assert "form" not in said
