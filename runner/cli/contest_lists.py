"""Whether a project needs what only contests need that anyone can check."""

from pathlib import Path, PurePosixPath
from typing import Final

from runner.workspace import FolderFiles
from runner.workspace.project_files import YAML_LIMIT, UnreadableFile

INSTALL_CONTEST: Final = 'pip install "campaign-runner[contest]"'
"""For where the libraries are missing that check a draw."""


def has_lists(root: Path) -> bool:
    """Whether any results name a list of entries: those of most projects do not."""
    files = FolderFiles(root)
    results = (
        path for path in files.walk("campaigns") if PurePosixPath(path).parent.name == "results"
    )
    return any(_names_a_list(files, path) for path in results)


def _names_a_list(files: FolderFiles, path: str) -> bool:
    try:
        return b"digest:" in files.read(path, YAML_LIMIT)
    except UnreadableFile:
        return False  # which is told elsewhere
