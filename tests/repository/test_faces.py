"""Faces of rooms: what others take from the room itself, and where they may name its modules."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.parsed import PACKAGE, modules, nodes

ROOT = Path(__file__).parents[2]
CLOSED = (
    "compile",
    "git",
    "github",
    "inbox",
    "ledger",
    "local_x",
    "media",
    "models",
    "parsing",
    "plan",
    "publish",
    "reconcile",
    "render",
    "report",
    "rivals",
    "rules",
    "schedule",
    "stores",
    "templating",
    "text",
    "workspace",
)
OPEN = {
    "cache": "the front, which answers before all else is loaded, takes one module of it",
    "cli": "nobody stands above it",
    "contest": "what proves a contest needs the libraries of an extra",
    "measure": "what reads exports of other tools loads long, and one command gets to it",
    "views": "a command shows one of the formats",
    "x": "what asks X loads long, and a command asks one thing, or nothing",
}
"""Rooms of which others name a module, and why a face would cost each command its start."""

BESIDE = {"runner.inbox.composing"}
"""Modules that a closed face leaves out: they load what compiles, which few of its users need."""
OPENER = PACKAGE / "cli" / "stores.py"
"""Opens the stores, and names the module of each."""


def behind_faces(room: str, tree: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Which modules of other rooms a module of this room names, and what it takes from each."""
    for node in tree:
        match node:
            case ast.Import(names=names):
                taken = [(each.name, "") for each in names]
            case ast.ImportFrom(module=str(module), names=names):
                taken = [(module, each.name) for each in names]
            case _:
                continue
        for name, what in taken:
            root, other, *inner = [*name.split("."), ""]
            if root != "runner" or other == room:
                continue
            if any(inner):
                yield name, what
            elif what and is_module(other, what):
                yield f"{name}.{what}", ""


def is_module(room: str, name: str) -> bool:
    """Whether a room has such a module, and exports nothing of that name."""
    return (PACKAGE / room / f"{name}.py").exists() and name not in exported(room)


def all_behind_faces() -> list[tuple[str, str]]:
    return [
        found
        for path, tree in modules().items()
        for found in behind_faces(path.relative_to(PACKAGE).parts[0], tree)
        if path != OPENER or not found[0].startswith("runner.stores.")
    ]


def is_closed(name: str) -> bool:
    return name.split(".")[1] in CLOSED and name not in BESIDE


@cache
def exported(room: str) -> Collection[str]:
    """What the face of a room exports; nothing where it lists nothing."""
    for node in nodes(PACKAGE / room / "__init__.py"):
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                return frozenset(ast.literal_eval(value))
    return frozenset()


def test_nobody_reaches_behind_a_closed_face() -> None:
    found = all_behind_faces()
    assert len(found) > 100
    assert not [name for name, _ in found if is_closed(name)]


def test_each_room_has_a_closed_face_or_a_reason_for_none() -> None:
    rooms = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    assert rooms == sorted((*CLOSED, *OPEN))


def test_what_a_face_exports_is_taken_from_the_face() -> None:
    assert all(map(exported, CLOSED))
    found = ((name, what, exported(name.split(".")[1])) for name, what in all_behind_faces())
    assert not [(name, what) for name, what, face in found if what in face]


@pytest.mark.parametrize(
    "line",
    [
        "from runner.rules.rule import Rule",
        "import runner.rules.rule",
        "from runner.rules import rule",
    ],
)
def test_reaching_behind_a_face_is_seen(line: str) -> None:
    tree = list(ast.walk(ast.parse(line)))
    assert [is_closed(name) for name, _ in behind_faces("plan", tree)] == [True]
    assert not list(behind_faces("rules", tree))


def test_taking_from_the_face_itself_is_no_reach_behind_it() -> None:
    assert not list(behind_faces("plan", ast.walk(ast.parse("from runner.rules import Rule"))))


def test_the_page_names_the_rooms_with_a_closed_face_and_those_without() -> None:
    page = " ".join((ROOT / "CONTRIBUTING.md").read_text().split())
    sentence = re.search(r"closed face: ([^.]+)\..*?\. ([^.]+) are open on purpose", page)
    assert sentence
    closed, rest = (tuple(re.findall(r"`(\w+)`", part)) for part in sentence.groups())
    assert (closed, rest) == (CLOSED, tuple(OPEN))
