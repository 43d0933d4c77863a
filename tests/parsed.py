"""Python files as trees, each parsed and walked once for all tests that look at them."""

import ast
from functools import cache
from pathlib import Path

import runner

PACKAGE = Path(runner.__file__).parent
Nodes = tuple[ast.AST, ...]


@cache
def nodes(file: Path) -> Nodes:
    """All nodes of a file: the module first, then the rest in no useful order."""
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def modules(package: Path = PACKAGE) -> dict[Path, Nodes]:
    """The nodes of each module of a package, by its path."""
    return {path: nodes(path) for path in sorted(package.rglob("*.py"))}
