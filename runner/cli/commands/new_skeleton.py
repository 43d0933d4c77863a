"""The files that `runner new` writes: skeletons, with values filled in."""

import os
from importlib.resources import files
from pathlib import Path
from string import Template

from runner.cli.context import CommandContext
from runner.cli.output_files import writing


def write_filled(
    context: CommandContext, path: Path, skeleton: str, values: dict[str, str]
) -> None:
    """A file that is not there yet, of the skeleton with the values filled in."""
    write_new(context, path, filled(skeleton, values))


def filled(skeleton: str, values: dict[str, str]) -> str:
    """The text of a skeleton with its values."""
    text = (files("runner.cli") / "skeletons" / skeleton).read_text(encoding="utf-8")
    return Template(text).substitute(values)


def write_new(context: CommandContext, path: Path, text: str) -> None:
    """Writes a file that is not there yet, and says so. Raises BadUsage where it can't."""
    name = Path(os.path.relpath(path, context.root)).as_posix()
    with writing(name):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    context.say(f"wrote {name}")
