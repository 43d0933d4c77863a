"""Starting git: bounded in time, never asking, reading no more of a repository than it must."""

import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from runner.git.environment import environment
from runner.git.failure import GitFailed, failure_of

SECONDS = 60.0


class Git:
    """git in one folder, with one environment; `config` goes above all files of configuration, and
    `more` are variables that lead it elsewhere than to the repository of the folder."""

    def __init__(
        self,
        folder: Path,
        environ: Mapping[str, str],
        *,
        config: Iterable[tuple[str, str]] = (),
        **more: str,
    ) -> None:
        self._folder = folder
        self._environ = environment(environ, config, more)

    def __call__(
        self,
        *words: str,
        stdin: bytes = b"",
        into: BinaryIO | None = None,
        seconds: float = SECONDS,
    ) -> bytes:
        """What it writes; nothing where it writes `into` a file. Raises GitFailed."""
        process = self.started(*words, stdout=into, stderr=subprocess.PIPE)
        with process:
            try:
                out, errors = process.communicate(stdin, timeout=seconds)
            except subprocess.TimeoutExpired:
                _kill(process)
                raise GitFailed(
                    f"git {_command(words)} took longer than {seconds:.0f} s", slow=True
                ) from None
        if process.returncode:
            raise failure_of(errors.decode(errors="replace"), _command(words))
        return out or b""

    def started(
        self, *words: str, stdout: BinaryIO | None = None, stderr: int = subprocess.DEVNULL
    ) -> "subprocess.Popen[bytes]":
        """The process, to be talked with and ended. Raises GitFailed."""
        try:
            return subprocess.Popen(  # noqa: S603
                ["git", *words],  # noqa: S607
                cwd=self._folder,
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=stdout or subprocess.PIPE,
                stderr=stderr,
                # Ctrl+C ends no push half-way, and a kill reaches ssh; Windows has the second word
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise GitFailed(
                f"git can't be started: {error.strerror}", help="install git", final=True
            ) from None

    def answer(self, *words: str, seconds: float = SECONDS) -> str | None:
        """What it says, without the white space around; None where it refuses."""
        try:
            return self(*words, seconds=seconds).decode(errors="replace").strip()
        except GitFailed:
            return None


def _command(words: tuple[str, ...]) -> str:
    """What git is told to do, behind what it is configured with."""
    return words[2] if words[0] == "-c" else words[0]


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Ends git with all that it has started, where the system knows groups of processes."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
