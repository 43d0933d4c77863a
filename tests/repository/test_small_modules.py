"""A module is one thought: what is too small for one stands with what it belongs to."""

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Final

import pytest

from runner.cli.app import COMMANDS
from runner.models import KINDS
from runner.rules import RULES
from tests.parsed import PACKAGE, modules

LEAST: Final = 60
"""Lines. For less a reader who follows a value opens one file more, and finds a wrapper."""
WHAT_TO_DO: Final = (
    "merge it into the module that it belongs to, or with another of the same thought, under a "
    "name by which a stranger finds it. Alone may stand: a room's face, a command, a kind of "
    "campaign, and a rule"
)
WITH_A_REASON: Final = {
    "measure/ports.py": "what a room needs of the world stands in its `ports.py`",
    "schedule/item_rotation.py": "which item is next is no part of what items are, nor of dates",
    "value.py": "what all values of all rooms are made of, below them all",
    "views/terminal/report.py": "what each format has of the report stands in its `report.py`",
}
"""Small modules that have another reason to stand alone."""


def small_modules(lines: Mapping[str, int], alone: Collection[str]) -> list[str]:
    """What is wrong with modules that are small, and may not stand alone."""
    return [
        f"{path}: {count} lines: {WHAT_TO_DO}"
        for path, count in lines.items()
        if count < LEAST and not is_face(path) and path not in alone
    ]


def is_face(path: str) -> bool:
    """Whether it is the face of a room, or of the whole program (`python -m runner`)."""
    return PurePosixPath(path).name in ("__init__.py", "__main__.py")


def lines_of_modules() -> dict[str, int]:
    return {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules()
    }


def commands() -> set[str]:
    return {f"cli/commands/{name}.py" for name in COMMANDS}


def kinds() -> set[str]:
    return {as_path(model.__module__) for model in KINDS.values()}


def rules() -> set[str]:
    return {as_path(each.look.__module__) for each in RULES}


def may_stand_alone() -> set[str]:
    return commands() | kinds() | rules() | WITH_A_REASON.keys()


def as_path(module: str) -> str:
    return f"{module.removeprefix('runner.').replace('.', '/')}.py"


def test_a_small_module_has_a_reason_to_stand_alone() -> None:
    lines = lines_of_modules()
    found = small_modules(lines, may_stand_alone())
    assert not found, "\n".join(found)
    assert len(lines) > 400


def test_what_may_stand_alone_is_there() -> None:
    named = may_stand_alone()
    assert len(named) > 50
    lines = lines_of_modules()
    assert named <= lines.keys()
    assert all(lines[path] < LEAST for path in WITH_A_REASON), "which needs a reason no more"


@pytest.mark.parametrize(
    ("path", "count", "is_told"),
    [
        ("render/wrapper.py", 59, True),
        ("render/whole.py", 60, False),
        ("render/__init__.py", 1, False),
        ("cli/commands/release.py", 41, False),
        ("cli/commands/release_words.py", 41, True),
    ],
)
def test_a_module_that_is_too_small_is_seen(path: str, count: int, *, is_told: bool) -> None:
    assert bool(small_modules({path: count}, may_stand_alone())) is is_told
