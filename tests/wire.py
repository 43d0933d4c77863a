"""The bytes that go between git and a remote, both ways."""

from pathlib import Path
from shutil import which


class Wire:
    """Counts what comes and goes. `git` on its `path` talks to the remote through `tee`."""

    def __init__(self, folder: Path, *, path: str) -> None:
        self._taken = folder / "taken"
        self._taken.mkdir(parents=True)
        ways = [f"-c remote.origin.{word}pack={self._way(word)}" for word in ("upload", "receive")]
        script = f'#!/bin/sh\nexec {which("git", path=path)} {" ".join(ways)} "$@"\n'
        _write(folder / "bin/git", script)
        self.path = f"{folder}/bin:{path}"

    def _way(self, word: str) -> Path:
        to = f"{self._taken}/{word}-$$"
        script = f'#!/bin/sh\ntee {to}.in | git-{word}-pack "$@" | tee {to}.out\n'
        return _write(self._taken.parent / f"{word}.sh", script)

    def taken(self, word: str = "") -> int:
        """Bytes since this was asked last."""
        files = [path for path in self._taken.iterdir() if path.name.startswith(word)]
        found = sum(path.stat().st_size for path in files)
        for path in self._taken.iterdir():
            path.unlink()
        return found


def _write(program: Path, script: str) -> Path:
    program.parent.mkdir(exist_ok=True)
    program.write_text(script)
    program.chmod(0o755)
    return program
