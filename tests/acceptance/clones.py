"""A project that is a clone of a bare repository."""

import subprocess


def git(folder, *words: str, stdin: str = "") -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=Anna", "-c", "user.email=anna@example", *words],
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def cloned(desktop, remote) -> None:
    """The project's folder becomes a clone of that remote, which begins with it."""
    git(remote.parent, "init", "-q", "--bare", "-b", "main", str(remote))
    git(desktop.root, "init", "-q", "-b", "main")
    git(desktop.root, "remote", "add", "origin", str(remote))
    git(desktop.root, "add", "runner.yaml", "campaigns")
    git(desktop.root, "commit", "-q", "-m", "Begin")
    git(desktop.root, "push", "-q", "origin", "main")
