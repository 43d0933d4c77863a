"""A folder whose files survive a crash: each is replaced as a whole, or stays as it was."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from runner.problems import LedgerUnusable
from runner.stores.json_lines import LONG, Content, FileStretch
from runner.system import locked, sync_folder


class Folder:
    """The bytes below one path, by name with `/`. Raises OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None when there is no such file."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def content(self, name: str) -> Content | None:
        """The bytes of a file; what is long is not read before somebody reads it, line by line."""
        path = self.path / name
        with suppress(FileNotFoundError):
            if (size := path.stat().st_size) > LONG:
                return FileStretch(path=path, start=0, size=size)
        return self.read(name)

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of the JSON lines in a folder, in order."""
        found = (self.path / folder).glob("*.jsonl")
        return tuple(sorted(path.relative_to(self.path).as_posix() for path in found))

    def folders(self, folder: str) -> tuple[str, ...]:
        """The names of the folders in a folder, in order."""
        path = self.path / folder
        return (
            tuple(sorted(each.name for each in path.iterdir() if each.is_dir()))
            if path.is_dir()
            else ()
        )

    def everything(self) -> tuple[str, ...]:
        """All JSON lines, wherever they are, in order."""
        found = self.path.rglob("*.jsonl")
        return tuple(sorted(path.relative_to(self.path).as_posix() for path in found))

    def replace(self, name: str, data: bytes) -> None:
        """The old file or the new one, never anything between."""
        path = self.path / name
        _make(path.parent)
        draft = path.with_name(f"{path.name}.new")
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)
        sync_folder(self.path)

    @contextmanager
    def locked(self, *, patience: float) -> Iterator[None]:
        """Alone among the processes of this machine; the system ends it with the process.

        Raises LedgerUnusable when another one holds it for longer than `patience` seconds.
        """
        _make(self.path)
        with (self.path / "lock").open("wb") as lock:
            deadline = time.monotonic() + patience
            while not locked(lock.fileno()):
                if time.monotonic() >= deadline:
                    raise LedgerUnusable(
                        f"another run holds the ledger in {self.path}",
                        help="see that no run hangs, then run again; nothing was sent",
                    )
                time.sleep(0.05)
            yield


def _make(folder: Path) -> None:
    """A new folder is there for good only when the one above is written too."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
