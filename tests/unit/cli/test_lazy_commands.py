"""What the command line lists without its commands is what each says of itself."""

from pathlib import Path

import pytest

from runner.cli import commands
from runner.cli.app import COMMANDS, UNLISTED, load


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_has_the_first_paragraph_of_a_command_s_help(name: str) -> None:
    assert " ".join((load(name).help or "").partition("\n\n")[0].split()) == COMMANDS[name]


def test_each_command_is_listed() -> None:
    """What belongs to one command alone has its name and more: `preview_base`."""
    modules = {path.stem for path in Path(commands.__path__[0]).glob("[!_]*.py")}
    assert {name for name in modules if "_" not in name} == COMMANDS.keys()
    assert {name.partition("_")[0] for name in modules} == COMMANDS.keys()
    assert COMMANDS.keys() >= UNLISTED
