"""Each rule breached once, in a project on disk, and what is found."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.machine import ShiftedClock
from runner.cli.opened_project import open_project
from runner.cli.planning import plan_ahead
from runner.cli.stores import ledger_of
from runner.rules import RULES, Rule, Stage
from runner.value import replace
from runner.views.problems import as_json
from tests import diagnostics
from tests.unit.rules.breaches import (
    NOW,
    PAIRS,
    breach_and_mend,
    files_of,
    lay_out,
    remember,
)


def found(
    rule: Rule,
    files: Mapping[str, str],
    told: Mapping[str, str],
    root: Path,
    rules: tuple[Rule, ...] = RULES,
) -> str:
    """What the rules find in the project at the stage of this one, as values."""
    lay_out(files, told, root)
    outside = CommandContext(
        root=root,
        clock=ShiftedClock(datetime.fromisoformat(told.get("now", NOW))),
        environ={},
        out=io.StringIO(),
        talk=io.StringIO(),
    )
    opened = open_project(outside, checked=True, rules=rules)
    assert opened.inputs
    problems = all_problems(opened)
    if rule.stage is Stage.PLAN:
        ledger = ledger_of(outside, opened.inputs.project)
        remember(told, ledger)
        problems += plan_ahead(opened.inputs, ledger, outside.clock.now()).problems()
    return diagnostics.values(as_json(dict.fromkeys(problems), opened.sources))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_breach_is_told_where_it_is_and_how_it_is_mended(
    rule: Rule,
    tmp_path: Path,
    golden: Callable[[Path, str], None],
) -> None:
    text = found(rule, *files_of(rule.id), tmp_path)
    assert {problem.rule for problem in diagnostics.read(text)} == {rule.id}
    golden(PAIRS / f"{rule.id}.txt", text)


@pytest.mark.thorough
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_breach_that_is_mended_is_none(rule: Rule, tmp_path: Path) -> None:
    _, mend = breach_and_mend(rule.id)
    assert found(rule, *files_of(rule.id, mend), tmp_path) == ""


@pytest.mark.parametrize("id", ["quiet-hours", "renamed-post"])
def test_a_breach_that_is_not_mended_is_seen(id: str, tmp_path: Path) -> None:
    rule = next(rule for rule in RULES if rule.id == id)
    _, (word,) = breach_and_mend(id)
    assert found(rule, *files_of(id, {word: word}), tmp_path) != ""


@pytest.mark.parametrize("id", ["quiet-hours", "renamed-post"])
def test_a_rule_that_finds_nothing_is_seen(id: str, tmp_path: Path) -> None:
    rule = next(rule for rule in RULES if rule.id == id)
    blind = tuple(
        replace(each, look=lambda _: iter(())) if each is rule else each for each in RULES
    )
    assert found(rule, *files_of(id), tmp_path, blind) == ""


def test_every_rule_has_its_pair_and_every_pair_its_rule() -> None:
    for suffix in (".yaml", ".txt"):
        pairs = {path.stem for path in PAIRS.glob(f"*{suffix}")}
        assert pairs == {rule.id for rule in RULES}
