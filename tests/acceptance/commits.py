"""A repository in a temporary folder, for what is compared with another commit."""

import subprocess
from pathlib import Path

WHO = ("-c", "user.name=Marta", "-c", "user.email=marta@example.com", "-c", "commit.gpgsign=false")


def git(folder: Path, *command: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *WHO, *command], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def begin(folder: Path) -> None:
    """The folder's files are the first commit of `main`; what follows is on `edit`."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    git(folder, "switch", "--quiet", "--create", "edit")


def commit(folder: Path, *paths: str) -> None:
    git(folder, "add", "--all", *(paths or (".",)))
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "An edit")
