"""A class has its name alone, so that a reader who meets it somewhere knows which one it is."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping

from tests.parsed import PACKAGE, modules

OF_X = {"Media", "Poll", "Post"}
"""X names these so, and the local X speaks as X does."""


def classes(sources: Mapping[str, Iterable[ast.AST]]) -> dict[str, list[str]]:
    """The modules of each class, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, nodes in sources.items():
        for node in nodes:
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


def sources() -> dict[str, Iterable[ast.AST]]:
    return {path.relative_to(PACKAGE).as_posix(): nodes for path, nodes in modules().items()}


def test_no_class_has_the_name_of_another() -> None:
    found = classes(sources())
    assert len(found) > 200
    assert not twice(found)


def test_a_name_that_stands_twice_is_seen() -> None:
    another = ast.parse("class Publisher: ...\nclass Post: ...\n").body
    again = {**sources(), "x/another.py": another}
    assert set(twice(classes(again))) == {"Publisher", "Post"}
