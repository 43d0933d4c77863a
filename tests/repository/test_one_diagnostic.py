"""What is wrong is said by one type, and a name that was meant is suggested in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import runner

RUNNER = Path(runner.__file__).parent
WORDS = "did you mean"
TEXTS = {"message", "text"}


def diagnostics_in(source: str) -> Iterator[str]:
    """The classes that declare a rule, a text and a help."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            declared = (each.target for each in node.body if isinstance(each, ast.AnnAssign))
            fields = {each.id for each in declared if isinstance(each, ast.Name)}
            if {"rule", "help"} <= fields and fields & TEXTS:
                yield node.name


def sources() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in RUNNER.rglob("*.py")}


def test_one_type_says_what_is_wrong_and_one_has_its_place() -> None:
    found = [
        name
        for text in sources().values()
        if "rule: str" in text and "help: " in text
        for name in diagnostics_in(text)
    ]
    assert sorted(found) == ["Message", "Problem", "ProblemRecord"]  # the last is its JSON


def test_a_suggestion_has_its_words_in_one_line() -> None:
    lines = [
        f"{path.name}: {line.strip()}"
        for path, text in sources().items()
        if WORDS in text
        for line in text.splitlines()
        if WORDS in line
    ]
    assert len(lines) == 1, lines
    assert lines[0].startswith("problems.py: return f")


@pytest.mark.parametrize(
    ("fields", "is_one"),
    [
        ("rule: str\n    message: str\n    help: str | None = None", True),
        ("rule: str\n    text: str\n    line: int\n    help: str", True),
        ("message: str\n    help: str", False),
        ("rule: str\n    severity: str", False),
    ],
    ids=["the-three", "and-more", "no-rule", "no-text"],
)
def test_another_type_of_the_kind_would_be_found(fields: str, is_one: bool) -> None:
    assert list(diagnostics_in(f"class Said:\n    {fields}\n")) == ["Said"] * is_one
