"""The ledger in a folder of one machine.

Beside the shared layout (`layout.py`) it holds

    accounted.json    up to when each account is accounted for
    version           how many records were written
    writing.json      the record that is being written, if a crash left one, and its number

A record spans files. It is written down as a whole first, then into its files, then struck out:
before the first step nothing has happened, after it everything has, and the next run repeats what a
crash left undone. Repeating adds nothing twice.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from pydantic import TypeAdapter

from runner.ledger import Ask, Facts, Id, Instant, Need, Origin, Record
from runner.problems import LedgerUnusable
from runner.publish.ports import Raced
from runner.stores.durable_folder import Folder
from runner.stores.json_lines import Content, bytes_of, parsed
from runner.stores.layout import LedgerLayout, later


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unfinished:
    """A record on its way into the files; `number` counts all records from 1."""

    number: int
    record: Record


_VERSION: TypeAdapter[int] = TypeAdapter(int)
_WRITING: TypeAdapter[_Unfinished] = TypeAdapter(_Unfinished)
_ACCOUNTED: TypeAdapter[dict[str, datetime]] = TypeAdapter(dict[Id, Instant])
_VERSION_FILE = "version"
_WRITING_FILE = "writing.json"
_ACCOUNTED_FILE = "accounted.json"
NOTHING: Mapping[str, bytes] = MappingProxyType({})
SMALL: Final = 16 * 2**20
"""Bytes of one record, and of what else is no list of lines."""
T = TypeVar("T")


class FilesLedger:
    """Satisfies `Ledger`. Raises LedgerUnusable when the folder can't be read or written, or when
    another process writes for longer than `patience` seconds."""

    def __init__(self, path: Path, *, folder: Folder | None = None, patience: float = 30) -> None:
        self._folder = folder or Folder(path)
        self._patience = patience
        self._seen: int | None = None
        """The number of the last record that this object has read or written, foreign ones not
        passed over."""

    def read(self, need: Need | Ask) -> Facts:
        with self._explained():
            # first the number: what is written from now on makes the next claim race
            version = self._version()
            writing = self._interrupted()
            self._seen = writing.number if writing else version
            pending = self._changes(writing.record) if writing else {}
            accounted = later(self._accounted(), writing.record.accounted if writing else {})
            return self._shelves(pending).facts(need, accounted)

    def everything(self) -> Record:
        """All that was ever recorded. Raises LedgerUnusable."""
        with self._alone() as self._seen:
            return self._shelves().everything(self._folder.everything(), self._accounted())

    def whose(self) -> Origin | None:
        """Whose ledger it says to be."""
        return self.read(Need()).origin

    def claim(self, record: Record) -> None:
        with self._alone() as version:
            if self._seen != version:
                raise Raced
            self._write(record, version)

    def record(self, record: Record) -> None:
        if record == Record():
            return
        with self._alone() as version:
            self._write(record, version)

    def stale(self) -> bool:
        """Never: a folder has no other files than those at hand."""
        return False

    @contextmanager
    def _alone(self) -> Iterator[int]:
        """The folder for this process, whole, and the number of its last record."""
        with self._explained(), self._folder.locked(patience=self._patience):
            writing = self._interrupted()
            if writing:
                self._carry_out(writing.number, self._changes(writing.record))
            yield self._version()

    def _write(self, record: Record, version: int) -> None:
        record = self._shelves().begun(record, repository=None)
        changes = self._changes(record)
        if changes:
            writing = _Unfinished(number=version + 1, record=record)
            self._folder.replace(_WRITING_FILE, _WRITING.dump_json(writing, exclude_none=True))
            self._carry_out(writing.number, changes)
            if self._seen == version:
                self._seen = writing.number

    def _carry_out(self, number: int, changes: Mapping[str, bytes]) -> None:
        for name, data in changes.items():
            self._folder.replace(name, data)
        self._folder.replace(_VERSION_FILE, _VERSION.dump_json(number))
        self._folder.remove(_WRITING_FILE)

    def _changes(self, record: Record) -> dict[str, bytes]:
        changes = self._shelves().changes(record)
        before = self._accounted()
        after = later(before, record.accounted)
        if after != before:
            changes[_ACCOUNTED_FILE] = _ACCOUNTED.dump_json(after)
        return changes

    def _shelves(self, pending: Mapping[str, bytes] = NOTHING) -> LedgerLayout:
        """The files, or those that are `pending` in their place."""
        return LedgerLayout(
            lambda names: {**self._read(names), **_among(pending, names)},
            lambda folder: sorted({*self._folder.names(folder), *_below(pending, folder)}),
            where=f"{self._folder.path}/",
        )

    def _read(self, names: Collection[str]) -> dict[str, Content]:
        found = {name: self._folder.content(name) for name in names}
        return {name: data for name, data in found.items() if data is not None}

    def _interrupted(self) -> _Unfinished | None:
        """The record that a crash left half written, or that another process is writing."""
        return self._parsed(_WRITING, _WRITING_FILE)

    def _version(self) -> int:
        return self._parsed(_VERSION, _VERSION_FILE) or 0

    def _accounted(self) -> dict[str, datetime]:
        return self._parsed(_ACCOUNTED, _ACCOUNTED_FILE) or {}

    def _parsed(self, adapter: TypeAdapter[T], name: str) -> T | None:
        data = self._folder.content(name)
        if data is None:
            return None
        try:
            return adapter.validate_python(parsed(bytes_of(data, at_most=SMALL)))
        except (ValueError, RecursionError):
            raise LedgerUnusable(
                f"{self._folder.path / name} is not readable",
                help="nothing was sent; restore the file from a backup",
            ) from None

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LedgerUnusable(
                f"the ledger in {self._folder.path} can't be used: {error.strerror or error}",
                help="see that the folder can be written and that the disk has room",
            ) from error


def _among(files: Mapping[str, bytes], names: Collection[str]) -> dict[str, bytes]:
    return {name: files[name] for name in names if name in files}


def _below(files: Mapping[str, bytes], folder: str) -> Iterator[str]:
    return (name for name in files if name.startswith(f"{folder}/"))
