"""Whether a project needs what only contests need that anyone can check."""

from pathlib import Path
from typing import Final

INSTALL_CONTEST: Final = 'pip install "campaign-runner[contest]"'
"""For where the libraries are missing that check a draw."""


def has_lists(root: Path) -> bool:
    """Whether any results name a list of entries: those of most projects do not."""
    return any(b"digest:" in path.read_bytes() for path in root.glob("campaigns/**/results/*.yaml"))
