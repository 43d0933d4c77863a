"""The pages that lead into the code: what they name is there."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.parsed import PACKAGE, modules

ROOT = Path(__file__).parents[2]
TOPS = ("runner", "tests", "scripts", "docs", "campaigns", "templates")
NAMED = re.compile(r"`([\w./]+/|[\w./]+\.py)`")


def missing(page: str) -> list[str]:
    """The paths that a page names, and that are nowhere in the repository."""
    files = known_paths()
    return [path for path in NAMED.findall(page) if not any(f"/{path}" in each for each in files)]


def known_paths() -> tuple[str, ...]:
    """All that lies in these folders, each path behind a slash."""
    listed = (path.relative_to(ROOT) for top in TOPS for path in (ROOT / top).rglob("*"))
    return tuple(f"/{path.as_posix()}" for path in listed if path.suffix != ".pyc")


@pytest.mark.parametrize(("name", "least"), [("ARCHITECTURE.md", 60), ("CONTRIBUTING.md", 10)])
def test_each_path_that_a_page_names_exists(name: str, least: int) -> None:
    page = (ROOT / name).read_text()
    assert len(NAMED.findall(page)) >= least
    assert not missing(page)


def test_a_path_that_is_gone_is_seen() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    assert "`compile/texts.py`" in page
    planted = page.replace("`compile/texts.py`", "`compile/text.py`") + "`rooms/`"
    assert missing(planted) == ["compile/text.py", "rooms/"]


def glossary(page: str) -> list[str]:
    """The words that the page's glossary explains."""
    table = page.split("\n## Words\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z][\w ,]*) \|", table, re.MULTILINE)
    return [word for row in rows[1:] for word in row.split(", ")]


def words_of_rooms() -> list[str]:
    """The words that rooms explain at their top."""
    faces = (path.read_text().split('"""')[1] for path in PACKAGE.glob("*/__init__.py"))
    explained = (face.partition("\nIts word")[2] for face in faces)
    rows = re.findall(r"^([a-z][\w ,]*): ", "\n".join(explained), re.MULTILINE)
    return [word for row in rows for word in row.split(", ")]


@cache
def spoken() -> str:
    """All names and docstrings of the runner's modules, in small letters, with a space around each
    word; what a room's face says of itself is left out."""
    found = (
        text
        for path, nodes in modules().items()
        if path.name != "__init__.py"
        for node in nodes
        for text in (path.stem, *names_and_docstrings(node))
    )
    apart = (re.sub(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+", " ", text) for text in found)
    return f" {' ; '.join(apart)} ".lower()


def names_and_docstrings(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
            yield ast.get_docstring(node) or ""
        case ast.Module():
            yield ast.get_docstring(node) or ""


def unspoken(words: Iterable[str]) -> list[str]:
    return [each for each in words if f" {each.lower()} " not in spoken()]


def test_each_word_that_is_explained_is_spoken() -> None:
    words = glossary((ROOT / "ARCHITECTURE.md").read_text())
    assert len(words) >= 20
    assert len(words_of_rooms()) >= 20
    assert not unspoken(words + words_of_rooms())


def test_a_word_that_nobody_speaks_is_seen() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text().replace("| anchor |", "| anchor, mooring |")
    assert unspoken(glossary(page)) == ["mooring"]
