"""The ledger in a folder of one machine.

    open.jsonl                            everything unsettled
    campaigns/<campaign>/<shelf>.jsonl    what happened to a campaign: `once`, or a nominal month
    accounts/<account>/<month>.jsonl      an account's sends, by UTC month
    accounted.json                        up to when each account is accounted for

A record spans files, so their order carries it through a crash: `open.jsonl` first lists what may
be open, then the others grow, then it is trimmed. It may list too much, never too little.
"""

import fcntl
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from runner.ledger import (
    ENTRY,
    Entry,
    Facts,
    Need,
    Record,
    Sent,
    stand,
    still_open,
)
from runner.problems import LedgerUnusable
from runner.stores.lines import dump, load, whole

_SENT: TypeAdapter[Sent] = TypeAdapter(Sent)
_ACCOUNTED: TypeAdapter[dict[str, datetime]] = TypeAdapter(dict[str, datetime])
_OPEN = "open.jsonl"
_ACCOUNTED_FILE = "accounted.json"
T = TypeVar("T")
L = TypeVar("L")


class FilesLedger:
    """Satisfies `Ledger`. Raises LedgerUnusable when the folder can't be read or written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def held(self, *, patience: float = 30) -> Iterator[None]:
        """The folder for this process alone, so that two runs never claim the same post.

        Waits `patience` seconds for another run to end, then raises LedgerUnusable.
        """
        with _explained(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = (self._folder / "lock").open("w")
        with lock:
            deadline = time.monotonic() + patience
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError:
                    if time.monotonic() >= deadline:
                        raise LedgerUnusable(
                            f"another run holds the ledger in {self._folder}",
                            help="wait until it has ended, then run again; nothing was sent",
                        ) from None
                    time.sleep(0.05)
            yield

    def read(self, need: Need) -> Facts:
        with _explained(self._folder):
            entries: list[Entry] = []
            unsettled = self._entries(_OPEN)
            for campaign, shelf in sorted(need.shelves | self._newest(need.newest)):
                entries += self._entries(f"campaigns/{campaign}/{shelf}.jsonl")
            for campaign in sorted(need.whole):
                folder = self._folder / "campaigns" / campaign
                for path in sorted(folder.glob("*.jsonl")):
                    entries += self._entries(path.relative_to(self._folder).as_posix())
            journal = [
                sent
                for account, month in sorted(need.months)
                for sent in self._load(f"accounts/{account}/{month}.jsonl", _SENT)
            ]
            return Facts(
                standings=stand(_once_each([*entries, *unsettled])),
                journal=tuple(
                    sorted(journal, key=lambda sent: (sent.at, str(sent.key), sent.part))
                ),
                accounted=self._accounted(),
            )

    def record(self, record: Record) -> None:
        with _explained(self._folder):
            before = self._entries(_OPEN)
            after = still_open(before, record.entries)
            if record.entries:
                self._replace(_OPEN, dump(_once_each([*before, *after])))
            for path, sent in _grouped(record.sent, _journal_path).items():
                self._append(path, sent)
            for path, entries in _grouped(record.entries, _shelf_path).items():
                self._append(path, entries)
            if record.accounted:
                self._replace(
                    _ACCOUNTED_FILE, _ACCOUNTED.dump_json({**self._accounted(), **record.accounted})
                )
            if record.entries:
                self._replace(_OPEN, dump(after))

    def _entries(self, name: str) -> list[Entry]:
        return self._load(name, ENTRY)

    def _load(self, name: str, adapter: TypeAdapter[T]) -> list[T]:
        path = self._folder / name
        return load(path.read_bytes(), adapter, name=str(path)) if path.exists() else []

    def _newest(self, campaigns: Iterable[str]) -> set[tuple[str, str]]:
        """The last nominal month that each campaign has entries of."""
        found = set()
        for campaign in campaigns:
            months = [
                path.stem for path in (self._folder / "campaigns" / campaign).glob("2*.jsonl")
            ]
            if months:
                found.add((campaign, max(months)))
        return found

    def _accounted(self) -> Mapping[str, datetime]:
        path = self._folder / _ACCOUNTED_FILE
        try:
            return _ACCOUNTED.validate_json(path.read_bytes()) if path.exists() else {}
        except ValidationError:
            raise LedgerUnusable(
                f"{path} is not readable", help="restore it, or delete it"
            ) from None

    def _append(self, name: str, lines: Iterable[BaseModel]) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        with path.open("ab+") as file:
            file.seek(0)
            file.truncate(len(whole(file.read())))
            file.write(dump(lines))
            file.flush()
            os.fsync(file.fileno())
        if new:
            _sync_folder(path.parent)

    def _replace(self, name: str, data: bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync_folder(path.parent)


def _once_each(entries: Iterable[Entry]) -> list[Entry]:
    """Each entry once, where it first stands: `open.jsonl` repeats what the shelves hold."""
    return list({entry.model_dump_json(): entry for entry in entries}.values())


def _grouped(lines: Iterable[L], path: Callable[[L], str]) -> dict[str, list[L]]:
    groups: dict[str, list[L]] = defaultdict(list)
    for line in lines:
        groups[path(line)].append(line)
    return groups


def _journal_path(sent: Sent) -> str:
    return f"accounts/{sent.key.account}/{sent.at.astimezone(UTC):%Y-%m}.jsonl"


def _shelf_path(entry: Entry) -> str:
    return f"campaigns/{entry.key.campaign}/{entry.key.shelf}.jsonl"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LedgerUnusable(
            f"the ledger in {folder} can't be used: {error.strerror or error}",
            help="see that the folder can be written and that the disk has room",
        ) from error
