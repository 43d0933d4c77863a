"""What a folder of ledgers says beside their lines: how many records there are of whom, and what is
being written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from pydantic import TypeAdapter

from runner.ledger import Record
from runner.problems import LedgerUnusable
from runner.stores.durable_folder import Folder
from runner.stores.head import NEW, Head
from runner.stores.json_lines import bytes_of, parsed
from runner.stores.ledger_files import PROJECT

T = TypeVar("T")
LEDGERS: Final = "ledgers"
SMALL: Final = 16 * 2**20
"""Bytes of one record, and of what else is no list of lines."""


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


_UNFINISHED: TypeAdapter[UnfinishedRecord] = TypeAdapter(UnfinishedRecord)
_HEAD: TypeAdapter[NumberedHead] = TypeAdapter(NumberedHead)
_WRITING_FILE = f"{LEDGERS}/writing.json"


def state_on_disk(folder: Folder) -> FolderState:
    """What the folder says of each ledger. Raises LedgerUnusable where it can't of the project."""
    kept, damaged = {}, {}
    for name in folder.folders(LEDGERS):
        try:
            kept[name] = _parse(folder, _HEAD, _head_file(name)) or NumberedHead()
        except LedgerUnusable as unusable:
            if name == PROJECT:
                raise
            damaged[name] = unusable
    return FolderState(kept=kept, damaged=damaged)


def write_head(folder: Folder, name: str, kept: NumberedHead) -> None:
    """What a ledger's records leave, from now on."""
    folder.replace(_head_file(name), _HEAD.dump_json(kept, exclude_none=True))


def unfinished_record(folder: Folder) -> UnfinishedRecord | None:
    """The record that a crash left half written, or that another process is writing."""
    return _parse(folder, _UNFINISHED, _WRITING_FILE)


def write_down(folder: Folder, writing: UnfinishedRecord) -> None:
    """A record as a whole, before it is written into its files."""
    folder.replace(_WRITING_FILE, _UNFINISHED.dump_json(writing, exclude_none=True))


def strike_out(folder: Folder) -> None:
    """The record that was written down stands in its files."""
    folder.remove(_WRITING_FILE)


def _parse(folder: Folder, adapter: TypeAdapter[T], name: str) -> T | None:
    data = folder.content(name)
    if data is None:
        return None
    try:
        return adapter.validate_python(parsed(bytes_of(data, at_most=SMALL)))
    except (ValueError, RecursionError):
        raise LedgerUnusable(
            f"{folder.path / name} is not readable",
            help="nothing was sent; restore the file from a backup",
        ) from None


def _head_file(name: str) -> str:
    return f"{LEDGERS}/{name}/head.json"
