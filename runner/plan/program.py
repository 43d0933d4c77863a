"""Which files of a repository are the program that holds the credentials, or say who may change it.

Campaigns, templates and runner.yaml are not: they run bounded, and what they do is in the preview.
"""

from collections.abc import Iterable, Iterator
from typing import Final

FOLDERS: Final = ("runner", "bin", ".github", ".ci", ".campaign-runner")
"""At the top of the repository, or of the project: the program, and what starts it."""
NAMES: Final = frozenset(
    {
        ".gitattributes",
        ".env",
        ".envrc",
        ".gitmodules",
        ".netrc",
        ".python-version",
        ".tool-versions",
        "action.yaml",
        "action.yml",
        ".lfsconfig",
        "codeowners",
        "constraints.txt",
        "dockerfile",
        "gnumakefile",
        "makefile",
        "mise.toml",
        "pip.conf",
        "pyproject.toml",
        "requirements.txt",
        "runner.py",
        "setup.cfg",
        "setup.py",
        "sitecustomize.py",
        "usercustomize.py",
        "uv.lock",
        "uv.toml",
    }
)
"""In whatever folder: what is installed and started, what git makes of files, who has to look."""


def program_paths(paths: Iterable[str], project: str = "") -> tuple[str, ...]:
    """The paths that belong to the program; they begin at the top of the repository. `project` is
    the folder of runner.yaml, with `/`. Some file systems don't tell capitals apart, so neither
    does this."""
    return tuple(path for path in paths if _is_program(path.casefold(), project.casefold()))


def _is_program(path: str, project: str) -> bool:
    folders = {place.partition("/")[0] for place in _places(path, project)}
    name = path.rpartition("/")[2]
    return not folders.isdisjoint(FOLDERS) or name in NAMES or name.endswith(".pth")


def _places(path: str, project: str) -> Iterator[str]:
    """The path from the top of the repository, and from the project's folder, where it is in it."""
    yield path
    if project and path.startswith(project):
        yield path.removeprefix(project)
