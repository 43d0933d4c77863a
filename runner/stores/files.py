"""The ledger in a folder of one machine.

    open.jsonl                            everything unsettled
    campaigns/<campaign>/<shelf>.jsonl    what happened to a campaign: `once`, or a nominal month
    accounts/<account>/<month>.jsonl      an account's sends, by UTC month
    accounted.json                        up to when each account is accounted for
    writing.json                          the record that is being written, if a crash left one

A record spans files. It is written down as a whole first, then into its files, then struck out:
before the first step nothing has happened, after it everything has, and the next run repeats what a
crash left undone. Repeating adds nothing twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
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
from runner.stores.folder import Folder
from runner.stores.lines import dump, load, whole

_SENT: TypeAdapter[Sent] = TypeAdapter(Sent)
_RECORD: TypeAdapter[Record] = TypeAdapter(Record)
_ACCOUNTED: TypeAdapter[dict[str, datetime]] = TypeAdapter(dict[str, datetime])
_OPEN = "open.jsonl"
_ACCOUNTED_FILE = "accounted.json"
_WRITING = "writing.json"
T = TypeVar("T")
L = TypeVar("L")


class FilesLedger:
    """Satisfies `Ledger`. Raises LedgerUnusable when the folder can't be read or written."""

    def __init__(self, path: Path, *, folder: Folder | None = None) -> None:
        self._folder = folder or Folder(path)
        self._held = False

    @contextmanager
    def held(self, *, patience: float = 30) -> Iterator[None]:
        """The folder for this process alone, so that two runs never claim the same post.

        Waits `patience` seconds for another run to end, then raises LedgerUnusable.
        """
        with ExitStack() as stack:
            with self._explained():
                stack.enter_context(self._folder.locked(patience=patience))
                self._held = True
                stack.callback(setattr, self, "_held", False)
                self._carry_out(self._interrupted())
            yield

    def read(self, need: Need) -> Facts:
        with self._explained():
            look = _Look(self._folder)
            interrupted = self._interrupted()
            unsettled = look.lines(_OPEN, ENTRY)
            entries = [entry for name in self._shelves(need) for entry in look.lines(name, ENTRY)]
            journal = [
                sent
                for account, month in sorted(need.months)
                for sent in look.lines(f"accounts/{account}/{month}.jsonl", _SENT)
            ]
            journal += [sent for sent in interrupted.sent if sent not in journal]
            return Facts(
                standings=stand((*entries, *unsettled, *interrupted.entries)),
                journal=tuple(
                    sorted(journal, key=lambda sent: (sent.at, str(sent.key), sent.part))
                ),
                accounted=_later(self._accounted(), interrupted.accounted),
                notices=tuple(look.notices),
            )

    def record(self, record: Record) -> None:
        if record == Record():
            return
        with nullcontext() if self._held else self.held(), self._explained():
            self._carry_out(self._interrupted())
            self._folder.replace(_WRITING, _RECORD.dump_json(record, exclude_none=True))
            self._carry_out(record)

    def _carry_out(self, record: Record) -> None:
        if record == Record():
            return
        for name, sent in _grouped(record.sent, _journal_path).items():
            self._add(name, sent)
        for name, entries in _grouped(record.entries, _shelf_path).items():
            self._add(name, entries)
        if record.accounted:
            accounted = _later(self._accounted(), record.accounted)
            self._folder.replace(_ACCOUNTED_FILE, _ACCOUNTED.dump_json(accounted))
        if record.entries:
            before = _Look(self._folder).lines(_OPEN, ENTRY)
            self._folder.replace(_OPEN, dump(still_open(before, record.entries)))
        self._folder.remove(_WRITING)

    def _interrupted(self) -> Record:
        """The record that a crash left half written; an empty one when there is none."""
        data = self._folder.read(_WRITING)
        return Record() if data is None else self._parsed(data, _RECORD, _WRITING)

    def _accounted(self) -> dict[str, datetime]:
        data = self._folder.read(_ACCOUNTED_FILE)
        return {} if data is None else self._parsed(data, _ACCOUNTED, _ACCOUNTED_FILE)

    def _parsed(self, data: bytes, adapter: TypeAdapter[T], name: str) -> T:
        try:
            return adapter.validate_json(data)
        except ValidationError:
            raise LedgerUnusable(
                f"{self._folder.path / name} is not readable",
                help="nothing was sent; restore the file from a backup",
            ) from None

    def _add(self, name: str, lines: Iterable[BaseModel]) -> None:
        """Those lines that are not there yet."""
        stands = self._folder.read(name) or b""
        kept = whole(stands)
        there = set(kept.splitlines())
        new = b"".join(
            line for line in dump(lines).splitlines(keepends=True) if line[:-1] not in there
        )
        self._folder.append(name, kept[len(stands) :] + new, after=min(len(kept), len(stands)))

    def _shelves(self, need: Need) -> Iterator[str]:
        wanted = {f"campaigns/{campaign}/{shelf}.jsonl" for campaign, shelf in need.shelves}
        for campaign in need.whole | need.newest:
            names = self._folder.names(f"campaigns/{campaign}")
            months = [name for name in names if not name.endswith("/once.jsonl")]
            wanted |= set(names if campaign in need.whole else months[-1:])
        yield from sorted(wanted)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LedgerUnusable(
                f"the ledger in {self._folder.path} can't be used: {error.strerror or error}",
                help="see that the folder can be written and that the disk has room",
            ) from error


class _Look:
    """One reading of the files, and what a person should know of it."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.notices: list[str] = []

    def lines(self, name: str, adapter: TypeAdapter[T]) -> list[T]:
        data = self._folder.read(name) or b""
        path = str(self._folder.path / name)
        if len(whole(data)) < len(data):
            self.notices.append(f"{path}: the last line was cut off in writing, so it is left out")
        return load(data, adapter, name=path)


def _later(old: Mapping[str, datetime], new: Mapping[str, datetime]) -> dict[str, datetime]:
    """Nobody is accounted for up to an earlier moment than before."""
    return {**old, **{name: max(at, old.get(name, at)) for name, at in new.items()}}


def _grouped(lines: Iterable[L], path: Callable[[L], str]) -> dict[str, list[L]]:
    groups: dict[str, list[L]] = defaultdict(list)
    for line in lines:
        groups[path(line)].append(line)
    return groups


def _journal_path(sent: Sent) -> str:
    return f"accounts/{sent.key.account}/{sent.at.astimezone(UTC):%Y-%m}.jsonl"


def _shelf_path(entry: Entry) -> str:
    return f"campaigns/{entry.key.campaign}/{entry.key.shelf}.jsonl"
