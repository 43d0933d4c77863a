"""Folders for tests: one in memory, and one whose machine dies, or whose disk fills, half-way."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.stores.durable_folder import Folder


class Died(BaseException):
    """The process is gone; nothing runs after it."""


class MemoryFolder(Folder):
    """Keeps its files in a dictionary, so that a test can look at every state of it."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        super().__init__(Path("/ledger"))
        self.files = {} if files is None else files

    def read(self, name: str) -> bytes | None:
        return self.files.get(name)

    def content(self, name: str) -> bytes | None:
        return self.read(name)

    def folders(self, folder: str) -> tuple[str, ...]:
        start = f"{folder}/"
        below = (n.removeprefix(start) for n in self.files if n.startswith(start))
        return tuple(sorted({n.partition("/")[0] for n in below if "/" in n}))

    def everything(self) -> tuple[str, ...]:
        return tuple(sorted(n for n in self.files if n.endswith(".jsonl")))

    def names(self, folder: str) -> tuple[str, ...]:
        return tuple(
            sorted(n for n in self.files if n.rpartition("/")[0] == folder and n.endswith(".jsonl"))
        )

    def replace(self, name: str, data: bytes) -> None:
        self.files[name] = data

    def remove(self, name: str) -> None:
        self.files.pop(name, None)

    @contextmanager
    def locked(self, *, patience: float) -> Iterator[None]:
        yield


class FailingFolder(MemoryFolder):
    """Works for so many effects. The next one comes off `whole`, or not at all. Then the process is
    dead, or the disk is full for good."""

    def __init__(
        self, files: dict[str, bytes], *, after: int, whole: bool = False, full: bool = False
    ) -> None:
        super().__init__(files)
        self.left = after
        self.whole = whole
        self.full = full
        self.failed = False

    def replace(self, name: str, data: bytes) -> None:
        if self._fails():
            if self.whole:
                super().replace(name, data)
            self._fail()
        super().replace(name, data)

    def remove(self, name: str) -> None:
        if self._fails():
            if self.whole:
                super().remove(name)
            self._fail()
        super().remove(name)

    def _fails(self) -> bool:
        self.left -= 1
        return self.left < 0

    def _fail(self) -> None:
        self.failed = True
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        raise Died
