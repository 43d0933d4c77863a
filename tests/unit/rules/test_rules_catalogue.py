"""What holds for every rule: its id, its explanation, its place in the list."""

import inspect
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import runner.rules
from runner.rules import RULES, Rule

HERE = Path(__file__).parent
LISTING = HERE.parents[1] / "golden" / "rules.txt"
MODULES: tuple[ModuleType, ...] = tuple(
    import_module(f"runner.rules.{found.name}")
    for found in iter_modules(runner.rules.__path__)
    if found.name not in ("catalogue", "checking")
)


def test_the_list_of_rules_is_what_it_was(golden: Callable[[Path, str], None]) -> None:
    lines = [f"{rule.id:22} {rule.severity:8} {rule.stage:7} {rule.summary}" for rule in RULES]
    golden(LISTING, "".join(f"{line}\n" for line in lines))


def test_every_rule_has_an_id_of_its_own_in_kebab_case() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"shouting|[a-z]+(-[a-z]+)+", id) for id in ids)


def test_every_rule_that_is_written_is_in_the_list() -> None:
    written = {
        rule.id
        for module in MODULES
        for _, rule in inspect.getmembers(module, lambda value: isinstance(value, Rule))
    }
    assert written == {rule.id for rule in RULES}


def test_every_rule_explains_what_it_asks_for_why_and_how_to_mend_it() -> None:
    for rule in RULES:
        first, *rest = rule.explanation.split("\n\n")
        assert first == rule.summary, f"{rule.id}: the first sentence stands alone, on one line"
        assert first.endswith("."), rule.id
        assert len(rest) >= 2, rule.id


def test_every_rule_is_named_as_its_function() -> None:
    assert [rule.id for rule in RULES] == [rule.look.__name__.replace("_", "-") for rule in RULES]
