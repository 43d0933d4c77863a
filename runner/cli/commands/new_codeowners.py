"""`runner new codeowners`: the file that says who has to approve what."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from runner.cli.commands.new_skeleton import write_filled
from runner.cli.context import CommandContext
from runner.problems import BadUsage

PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where GitHub looks; it takes the first that is there
(https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners,
read 2026-11-29)."""
_OWNER: Final = re.compile(
    r"@[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:/[a-z0-9][a-z0-9._-]*)?|[^\s@#]+@[^\s@#]+\.[^\s@#]+",
    re.ASCII,
)
_EXAMPLE: Final = "runner new codeowners --owner @acme/marketing --engineer @acme/platform"
_PROGRAM: Final = (
    "the program, and what it is installed and started from (runner/,\n"
    "# bin/, action.yml, pyproject.toml, uv.lock, .gitattributes),"
)
"""What is beside the campaigns where both are in one repository."""


def new_codeowners(
    context: CommandContext, *, owners: Sequence[str], engineers: Sequence[str]
) -> int:
    """Writes it, for `owners` of the words and `engineers` of all else. Raises BadUsage where one
    is there, or an owner can't be one."""
    _check("--owner", owners)
    _check("--engineer", engineers)
    top = _top(context.root)
    for place in PLACES:
        if (top / place).exists():
            raise BadUsage(f"{place} is already there", help="add to it what it lacks, by hand")
    below = context.root.relative_to(top).as_posix()
    values = {
        "owners": " ".join(owners),
        "engineers": " ".join(engineers),
        "below": "" if below == "." else f"{below}/",
        "program": _PROGRAM if _holds_the_program(top) else ".gitattributes,",
    }
    write_filled(context, top / PLACES[0], "CODEOWNERS", values)
    context.say(
        "Next: give each of them the right to write, and require the review of code owners in a "
        "ruleset of the default branch"
    )
    return 0


def _check(option: str, named: Sequence[str]) -> None:
    if not named:
        raise BadUsage(f"nobody is named with {option}", help=_EXAMPLE)
    for each in named:
        if not _OWNER.fullmatch(each):
            raise BadUsage(
                f"`{each}` can't be an owner",
                help="write a person as @name, a team as @organisation/team, or an e-mail address",
            )


def _top(root: Path) -> Path:
    """The top of the repository that the project lies in, or its own folder where there is none."""
    return next((each for each in (root, *root.parents) if (each / ".git").exists()), root)


def _holds_the_program(top: Path) -> bool:
    return (top / "action.yml").is_file() and (top / "runner").is_dir()
