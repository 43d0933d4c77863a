"""A class has its name alone, so that a reader who meets it somewhere knows which one it is."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OF_X = {"Media", "Poll", "Post"}
"""X names these so, and the local X speaks as X does."""


def classes(sources: Mapping[str, str]) -> dict[str, list[str]]:
    """The modules of each class, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path)
    return found


def twice(found: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Names that several classes have, but for those of X in the local X."""
    ours = {
        name: [path for path in paths if not (name in OF_X and path.startswith("local_x/"))]
        for name, paths in found.items()
    }
    return {name: paths for name, paths in ours.items() if len(paths) > 1}


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    package = ROOT / "runner"
    return {str(path.relative_to(package)): path.read_text() for path in package.rglob("*.py")}


def test_no_class_has_the_name_of_another(sources: dict[str, str]) -> None:
    found = classes(sources)
    assert len(found) > 200
    assert not twice(found)


def test_a_name_that_stands_twice_is_seen(sources: dict[str, str]) -> None:
    again = {**sources, "x/another.py": "class Publisher: ...\nclass Post: ...\n"}
    assert set(twice(classes(again))) == {"Publisher", "Post"}
