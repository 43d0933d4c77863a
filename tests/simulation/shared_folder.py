"""A folder in memory that several processes share, with a lock, below the real stores' code. Each
write is a step of the process that writes."""

from collections.abc import Iterator
from contextlib import contextmanager

from runner.problems import LedgerUnusable
from tests.simulation.process import Process
from tests.unit.stores.folders import MemoryFolder


class Kept:
    """The files, and who holds the lock."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.holder: Process | None = None
        self._backups: list[dict[str, bytes]] = []

    def back_up(self) -> None:
        """A copy of what a write has left."""
        if not self._backups or self._backups[-1] != self.files:
            self._backups.append(dict(self.files))

    def back(self, writes: int) -> None:
        """The copy that was made so many writes ago is put back."""
        if self._backups:
            backup = self._backups[-min(writes + 1, len(self._backups))]
            self.files.clear()
            self.files.update(backup)

    def folder_of(self, process: Process) -> "SharedFolder":
        return SharedFolder(self, process)


class SharedFolder(MemoryFolder):
    """The folder as one process sees it; the system gives the lock back when its holder is dead."""

    def __init__(self, kept: Kept, process: Process) -> None:
        super().__init__(kept.files)
        self._kept, self._process = kept, process

    def read(self, name: str) -> bytes | None:
        self._process.breathe(0.002)
        return super().read(name)

    def replace(self, name: str, data: bytes) -> None:
        replace = super().replace
        self._process.effect(f"write {name}", lambda: replace(name, data), takes=0.02)

    def remove(self, name: str) -> None:
        remove = super().remove
        self._process.effect(f"remove {name}", lambda: remove(name), takes=0.02)

    @contextmanager
    def locked(self, *, patience: float) -> Iterator[None]:
        waited = 0.0
        while (holder := self._kept.holder) and not holder.dead:
            if waited >= patience:
                raise LedgerUnusable("another run holds the ledger", help="wait")
            self._process.breathe(0.5)
            waited += 0.5
        self._kept.holder = self._process
        try:
            yield
        finally:
            if self._kept.holder is self._process:
                self._kept.holder = None
                self._kept.back_up()
