"""What holds for every rule: its id, its explanation, its test."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from runner.rules import (
    RULES,
    Rule,
    balance,
    length,
    media,
    money,
    partners,
    polls,
    text,
    tier,
    timing,
)

HERE = Path(__file__).parent
LISTING = HERE.parents[1] / "golden" / "rules" / "list.txt"
MODULES: tuple[ModuleType, ...] = (
    balance,
    length,
    media,
    money,
    partners,
    polls,
    text,
    tier,
    timing,
)


def test_the_list_of_rules_is_what_it_was(golden: Callable[[Path, str], None]) -> None:
    lines = [f"{rule.id:20} {rule.severity:8} {rule.stage:5} {rule.summary}" for rule in RULES]
    golden(LISTING, "".join(f"{line}\n" for line in lines))


def test_every_rule_has_an_id_of_its_own_in_kebab_case() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids) == 23
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", id) for id in ids)


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


def test_every_rule_has_a_case_that_fires_and_one_that_does_not() -> None:
    texts = [path.read_text() for path in HERE.glob("test_rules_of_*.py")]
    assert len(texts) == len(MODULES)
    for rule in RULES:
        (own,) = [text for text in texts if f'rule="{rule.id}"' in text and "== ()" in text][:1]
        assert own.count(f'rule="{rule.id}"') >= 1, rule.id
