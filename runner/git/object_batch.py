"""`git cat-file --batch`: one process that hands out objects as they are asked for."""

import weakref
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from runner.git.failure import GitFailed
from runner.git.program import Git

LONG: Final = 2**20
"""Bytes from which on an object is kept in a file."""
_PIECE: Final = 2**16


class ObjectBatch:
    """Objects that are here, by id. It ends with this object; what is long goes into `folder`."""

    def __init__(self, git: Git, folder: Path) -> None:
        self._folder = folder
        process = git.started("cat-file", "--batch")
        assert process.stdin is not None  # noqa: S101 — both are asked for
        assert process.stdout is not None  # noqa: S101
        self._questions, self._answers = process.stdin, process.stdout
        weakref.finalize(self, process.__exit__, None, None, None)

    def opened(self, id: str) -> BinaryIO | None:
        """Its contents, from the beginning; None where it is not here. Raises GitFailed."""
        try:
            self._questions.write(f"{id}\n".encode())
            self._questions.flush()
        except OSError:
            raise _ended() from None
        answer = self._answers.readline().split()
        if not answer:
            raise _ended()
        if answer[-1] == b"missing":
            return None
        return self._contents(int(answer[-1]))

    def _contents(self, size: int) -> BinaryIO:
        file: BinaryIO = BytesIO() if size < LONG else TemporaryFile(dir=self._folder)  # noqa: SIM115
        for start in range(0, size, _PIECE):
            piece = self._answers.read(min(size - start, _PIECE))
            if not piece:
                raise _ended()
            file.write(piece)
        self._answers.readline()
        file.seek(0)
        return file


def _ended() -> GitFailed:
    return GitFailed("git cat-file ended before it had answered")
