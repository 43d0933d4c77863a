"""`git cat-file --batch`: one process that hands out objects as they are asked for."""

import hashlib
import weakref
from contextlib import AbstractContextManager, suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from runner.git.failure import GitFailed
from runner.git.program import Git

LONG: Final = 2**20
"""Bytes from which on an object is kept in a file."""
_PIECE: Final = 2**16
_ALGORITHMS: Final = {40: "sha1", 64: "sha256"}
"""git's hash by the number of digits of an id."""


class ObjectBatch:
    """Objects that are here, by id. It ends with this object; what is long goes into `folder`."""

    def __init__(self, git: Git, folder: Path) -> None:
        self._folder = folder
        process = git.started("cat-file", "--batch")
        assert process.stdin is not None  # noqa: S101 — both are asked for
        assert process.stdout is not None  # noqa: S101
        self._questions, self._answers = process.stdin, process.stdout
        weakref.finalize(self, _end, process)

    def opened(self, id: str) -> BinaryIO | None:
        """Its contents, from the beginning; None where it is not here. Raises GitFailed."""
        try:
            self._questions.write(f"{id}\n".encode())
            self._questions.flush()
        except OSError:
            raise _not_whole(id) from None
        answer = self._answers.readline().split()
        if not answer:
            raise _not_whole(id)
        if answer[-1] == b"missing":
            return None
        return self._contents(id, answer[1], int(answer[2]))

    def _contents(self, id: str, kind: bytes, size: int) -> BinaryIO:
        """All of them: git has not looked whether they are what the id stands for."""
        file: BinaryIO = BytesIO() if size < LONG else TemporaryFile(dir=self._folder)  # noqa: SIM115
        digest = hashlib.new(_ALGORITHMS[len(id)], b"%b %d\0" % (kind, size), usedforsecurity=False)
        try:
            for start in range(0, size, _PIECE):
                piece = self._answers.read(min(size - start, _PIECE))
                digest.update(piece)
                file.write(piece)
            if digest.hexdigest() != id:
                raise _not_whole(id)
            self._answers.readline()
            file.seek(0)
        except BaseException:
            with suppress(OSError):
                file.close()
            raise
        return file


def _not_whole(id: str) -> GitFailed:
    return GitFailed(
        f"git does not give {id} as it was committed",
        help="run again; where `git fsck` says that this clone is damaged, clone anew",
    )


def _end(process: AbstractContextManager[object]) -> None:
    with suppress(OSError), process:  # it may have ended by itself
        pass
