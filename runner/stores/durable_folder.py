"""A folder of ledgers, whose files survive a crash: each is replaced as a whole, or stays as it
was. Beside their lines it says how many records there are of whom, and what is being written."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from pydantic import TypeAdapter

from runner.ledger import Record
from runner.problems import LedgerUnusable
from runner.stores.json_lines import LONG, Content, FileSlice, bytes_of, parsed
from runner.stores.ledger_files import NEW, PROJECT, Head
from runner.system import locked, sync_folder

T = TypeVar("T")
LEDGERS: Final = "ledgers"
SMALL: Final = 16 * 2**20
"""Bytes of one record, and of what else is no list of lines."""
_WRITING_FILE = f"{LEDGERS}/writing.json"


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
                return FileSlice(path=path, start=0, size=size)
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
        """Takes a file away for good, if it is there."""
        path = self.path / name
        with suppress(FileNotFoundError):
            path.unlink()
            sync_folder(path.parent)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedHead:
    """What `head.json` says."""

    number: int = 0
    head: Head = NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedRecord:
    """A record on its way into the files, and what it leaves of whom it speaks of."""

    record: Record
    kept: dict[str, NumberedHead]


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderState:
    """What the folder says: numbers and heads, and files that are not written yet. `damaged` are
    accounts that it can't tell of, and why."""

    kept: Mapping[str, NumberedHead] = field(default_factory=dict)
    pending: Mapping[str, bytes] = field(default_factory=dict)
    damaged: Mapping[str, LedgerUnusable] = field(default_factory=dict)

    @property
    def heads(self) -> dict[str, Head]:
        return {name: kept.head for name, kept in self.kept.items() if name != PROJECT}

    def number(self, name: str) -> int:
        return self.kept.get(name, NumberedHead()).number


@cache
def _unfinished() -> TypeAdapter[UnfinishedRecord]:
    return TypeAdapter(UnfinishedRecord)  # made when it is needed, since that takes long


@cache
def _numbered() -> TypeAdapter[NumberedHead]:
    return TypeAdapter(NumberedHead)


def state_on_disk(folder: Folder) -> FolderState:
    """What the folder says of each ledger. Raises LedgerUnusable where it can't of the project."""
    kept, damaged = {}, {}
    for name in folder.folders(LEDGERS):
        try:
            kept[name] = _parse(folder, _numbered, _head_file(name)) or NumberedHead()
        except LedgerUnusable as unusable:
            if name == PROJECT:
                raise
            damaged[name] = unusable
    return FolderState(kept=kept, damaged=damaged)


def write_head(folder: Folder, name: str, kept: NumberedHead) -> None:
    """What a ledger's records leave, from now on."""
    folder.replace(_head_file(name), _numbered().dump_json(kept, exclude_none=True))


def unfinished_record(folder: Folder) -> UnfinishedRecord | None:
    """The record that a crash left half written, or that another process is writing."""
    return _parse(folder, _unfinished, _WRITING_FILE)


def write_down(folder: Folder, writing: UnfinishedRecord) -> None:
    """A record as a whole, before it is written into its files."""
    folder.replace(_WRITING_FILE, _unfinished().dump_json(writing, exclude_none=True))


def carry_out(folder: Folder, writing: UnfinishedRecord, files: Mapping[str, bytes]) -> None:
    """A record that was written down into its files; then it is struck out."""
    for name, data in files.items():
        folder.replace(f"{LEDGERS}/{name}", data)
    for name, kept in writing.kept.items():
        write_head(folder, name, kept)
    folder.remove(_WRITING_FILE)


def _parse(folder: Folder, adapter: Callable[[], TypeAdapter[T]], name: str) -> T | None:
    data = folder.content(name)
    if data is None:
        return None
    try:
        return adapter().validate_python(parsed(bytes_of(data, at_most=SMALL)))
    except (ValueError, RecursionError):
        raise LedgerUnusable(
            f"{folder.path / name} is not readable",
            help="nothing was sent; restore the file from a backup",
        ) from None


def _head_file(name: str) -> str:
    return f"{LEDGERS}/{name}/head.json"
