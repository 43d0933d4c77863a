"""An exception that nobody foresaw, where posts are weighed, compared and shown together."""

from datetime import timedelta

import pytest

from runner.bugs import RULE, noting
from runner.ledger import Facts, Key, Standing, State
from runner.ledger.facts import tellable
from runner.plan import Plan, Verb
from runner.plan.limits import spent_in, within_limits
from runner.plan.matching_campaigns import renames
from runner.plan.plan_context import context_of_plan
from runner.plan.snapshot import PostSnapshot, snapshots
from runner.publish.deletions import look_for_deletions, out_since
from runner.rules import RULES, Rule, Stage, check_plan
from runner.value import replace
from runner.views.terminal.status import standings_as_text
from tests.hardening.twenty import (
    PROJECT,
    Unforeseen,
    later,
    posted,
    the_machine,
    twenty,
    with_publishers,
)
from tests.unit.plan.building import a_file, facts_of, plan_of
from tests.unit.stores.building import at, attempting, closed

NOW = at("2026-12-01 10:05")
J = Key("shop", "one", "j")


def broken(name: str) -> type[Standing]:
    """A standing that fails where one thing is asked of it."""

    def fail(_: Standing) -> object:
        raise Unforeseen

    return type("Broken", (Standing,), {name: property(fail)})


def planned() -> Plan:
    return the_machine().plan(texts="due")


@pytest.mark.parametrize("asked", ["reserved", "doubtful"], ids=["B1-cost", "B1-gap"])
def test_what_breaks_where_posts_are_weighed_together_asks_alone(asked):
    made = planned().actions
    standing = broken(asked)(key=J, entries=(closed(J, State.RELEASED),))
    actions = [replace(each, standing=standing) if each.key == J else each for each in made]
    with noting() as bugs:
        found = within_limits(actions, project=PROJECT, facts=Facts(), now=NOW)
    verbs = {action.key: action.verb for action in found}
    assert verbs.pop(J) is Verb.ASK
    assert set(verbs.values()) == {Verb.PUBLISH}
    assert len(bugs) == 1


def test_b1_what_nobody_can_tell_of_a_standing_is_paid_for_all_the_same():
    """A budget is never passed because of it."""
    opening = attempting(J, texts=["a", "b"])
    known = facts_of([opening])
    untold = replace(known, standings={J: broken("state")(key=J, entries=(opening,))})
    facts = tellable(untold)
    assert facts.standings == {}
    assert spent_in(facts, NOW) == spent_in(known, NOW) == opening.cost > 0
    campaign = a_file({"a": {}}, id="one", budget=opening.cost)
    (action,) = plan_of(campaign, facts=facts).actions
    assert (action.verb, action.because[:21]) == (Verb.WAIT, "the campaign's budget")


def test_b1_campaigns_that_can_not_be_compared_are_not_taken_for_renamed():
    class Dateless(PostSnapshot):
        @property
        def due(self):
            raise Unforeseen

    def made(*files):
        return snapshots(plan_of(*files))

    before = made(a_file({"a": {}}, id="old"), a_file({"b": {}}, id="older"))
    after = made(a_file({"a": {}}, id="new"), a_file({"b": {}}, id="newer"))
    key = Key("shop", "older", "b")
    snapshot = before[key]
    before[key] = Dateless(key=key, campaign=snapshot.campaign, action=snapshot.action)
    with noting() as bugs:
        assert {new: old.id for new, old in renames(before, after).items()} == {"new": "old"}
    assert bugs


@pytest.mark.sampled(1)
@pytest.mark.parametrize("asked", ["posted", "state"], ids=lambda name: f"B1-{name}")
def test_a_row_of_status_that_breaks_keeps_the_others(asked):
    machine = the_machine()
    posted(machine)
    first, *others = machine.standings().values()
    bad = broken(asked)(key=first.key, entries=first.entries)
    with noting() as bugs:
        shown = standings_as_text([bad, *others], PROJECT, {}, days=14)
    assert all(str(each.key) in shown for each in others)
    assert f"{bad.key} can’t be shown: a bug in runner" in shown
    assert bugs


def test_b2_an_account_of_which_x_can_not_be_asked_keeps_the_others():
    machine = the_machine()
    later(machine)
    machine.clock.go(timedelta(hours=1))
    standings = machine.standings().values()
    out = out_since(standings, since=NOW - timedelta(days=1), now=machine.clock.now())
    ports = with_publishers(machine.ports, account="shop", method="deleted_ids")
    facts = Facts(standings={each.key: each for each in standings})
    with noting() as bugs:
        checked = look_for_deletions(out, facts=facts, project=PROJECT, ports=ports)
    assert [each.account for each in checked.refusals] == ["shop"]
    assert "a bug in runner" in checked.refusals[0].because
    assert len(bugs) == 1


def failing(rule: Rule) -> Rule:
    """The rule, but it fails where the victim is among what is due."""

    def look(rule_context):
        yield from rule.look(rule_context)
        if any(each.key == J for each in rule_context.today.occurrences):
            raise Unforeseen

    return replace(rule, look=look)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.stage is Stage.PLAN], ids=lambda rule: f"B1-{rule.id}"
)
def test_a_rule_of_the_plan_that_breaks_is_a_problem_at_the_post(rule):
    inputs = twenty()
    occurrences = inputs.occurrences(now=NOW, until=NOW)
    rule_context = context_of_plan(inputs, planned(), Facts(), occurrences)
    before = check_plan(rule_context, (rule,))
    with noting() as bugs:
        found = check_plan(rule_context, (failing(rule),))
    (problem,) = [each for each in found if each.rule == RULE]
    assert (problem.place.path, problem.place.route) == ("campaigns/one.yaml", ("posts", "j"))
    others = [each for each in found if each.rule != RULE]
    assert others == [each for each in before if each.place.route[1:2] != ("j",)]
    assert bugs
