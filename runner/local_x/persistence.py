"""Where the local X keeps what it has acknowledged: in memory, or in a folder.

In a folder: `events.jsonl`, one event a line, flushed to the disk before X answers; and `media/`.
A last line without its newline was never acknowledged: it is cut off.
"""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.json import encode

from runner.local_x.values import EVENT, Event
from runner.system import locked, sync_folder

_flush: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)
"""Faster than fsync where there is one; macOS has none."""


class JournalMemory:
    """Forgets everything at the end."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def events(self) -> Iterator[Event]:
        return iter(())

    def append(self, event: Event) -> None:
        pass

    def keep(self, id: str, data: bytes) -> None:
        self._files[id] = data

    def bytes(self, id: str) -> bytes | None:
        return self._files.get(id)

    def clear(self) -> None:
        self._files.clear()

    def close(self) -> None:
        pass


class JournalFolder:
    """A folder that one sandbox has at a time. Raises BlockingIOError when another one has it."""

    def __init__(self, folder: Path) -> None:
        self._media = folder / "media"
        self._media.mkdir(parents=True, exist_ok=True)
        self._path = folder / "events.jsonl"
        self._file = self._path.open("a+b", buffering=0)
        # of its own, since what is locked nobody else may read on Windows
        self._lock = (folder / "lock").open("wb")
        try:
            if not locked(self._lock.fileno()):
                raise BlockingIOError(errno.EWOULDBLOCK, "another sandbox has it", str(folder))
            self._cut_torn_line()
        except BaseException:
            self.close()
            raise
        sync_folder(folder)

    def events(self) -> Iterator[Event]:
        with self._path.open("rb") as lines:
            for line in lines:
                yield EVENT.decode(line)

    def append(self, event: Event) -> None:
        """Raises OSError when the disk is full; then the file ends where it ended before."""
        line = encode(event) + b"\n"
        end = self._file.seek(0, os.SEEK_END)
        try:
            if self._file.write(line) < len(line):
                raise OSError(errno.ENOSPC, "the event was written in part")
            _flush(self._file.fileno())
        except OSError:
            self._file.truncate(end)
            raise

    def keep(self, id: str, data: bytes) -> None:
        with (self._media / id).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._media)

    def bytes(self, id: str) -> bytes | None:
        path = self._media / id
        return path.read_bytes() if path.is_file() else None

    def clear(self) -> None:
        self._file.truncate(0)
        os.fsync(self._file.fileno())
        for path in self._media.iterdir():
            path.unlink()

    def close(self) -> None:
        self._file.close()
        self._lock.close()

    def _cut_torn_line(self) -> None:
        self._file.seek(0)
        data = self._file.read()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            self._file.truncate(whole)
