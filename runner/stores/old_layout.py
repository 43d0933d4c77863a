"""The layout of older releases: one ledger for all accounts. It is only read, to take it over.

open.jsonl, holds.jsonl, origin.jsonl
campaigns/<campaign>/<period>.jsonl
accounts/<account>/<month>.jsonl
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

from runner.ledger import (
    Id,
    Instant,
    Record,
    is_id,
    on_one_line,
    once_each,
    plausible,
    standing_origin,
)
from runner.problems import LedgerUnusable
from runner.stores.durable_folder import Folder
from runner.stores.json_lines import Content, LineFormat, bytes_of, load, parsed
from runner.stores.ledger_files import ENTRIES, HELD, ORIGINS, SENDS
from runner.stores.ledger_reader import ReadStored
from runner.value import replace

OPEN: Final = "open.jsonl"
_HOLDS, _ORIGIN = "holds.jsonl", "origin.jsonl"
_ACCOUNTED_FILE: Final = "accounted.json"
_TRAILER: Final = "Accounted: "
_WRITING_FILE: Final = "writing.json"
_MOVED: Final = "moved: each account has a ledger of its own by now, and this runner is too old"
T = TypeVar("T")


def with_closing_line(opened: bytes) -> bytes:
    """The content of `open.jsonl` with a last line at which runners of older releases stop."""
    kept = opened if not opened or opened.endswith(b"\n") else opened[: opened.rfind(b"\n") + 1]
    return kept + json.dumps({"v": 2, "state": _MOVED}).encode() + b"\n"


def is_closed(opened: bytes) -> bool:
    return with_closing_line(b"").rstrip() in opened


def everything_old(
    names: Iterable[str], read: ReadStored, accounted: Mapping[str, datetime], *, where: str
) -> Record:
    """All that these files hold. Each account was born when all of it was, so that none turns
    young. Raises LedgerUnusable."""
    ordered = sorted(names)
    files = read(ordered)

    def lines(starts: str, kind: LineFormat[T]) -> tuple[T, ...]:
        found = (name for name in ordered if name.startswith(starts))
        return tuple(
            each for name in found for each in _load_lines(files[name], kind, where + name)
        )

    entries, sent = lines("campaigns/", ENTRIES), lines("accounts/", SENDS)
    origins = lines(_ORIGIN, ORIGINS)
    origin = standing_origin(origins)
    record = Record(entries=entries, sent=sent, accounted=accounted, holds=lines(_HOLDS, HELD))
    if origin is None:
        return record
    accounts = tuple(sorted(record.names.union(origin.users)))
    began = origins[0].at
    origin = origin.model_copy(update={"at": began, "accounts": accounts})
    return replace(record, origin=origin, born=dict.fromkeys(accounts, began))


def accounted_in_old(message: str) -> dict[str, datetime]:
    """The instant up to which each account is accounted for, by the message of a commit of an older
    release. Raises LedgerUnusable rather than forget one."""
    found = {}
    for line in message.splitlines():
        if line.startswith(_TRAILER):
            account, _, at = line.removeprefix(_TRAILER).partition(" ")
            try:
                if not is_id(account):
                    raise ValueError(account)
                found[account] = plausible(datetime.fromisoformat(at)).astimezone(UTC)
            except ValueError:
                raise LedgerUnusable(
                    f"the ledger's last commit says `{on_one_line(line)}`, which is not readable",
                    help="nothing was changed; only the runner may write the ledger's branch",
                ) from None
    return found


def is_old_layout(folder: Folder) -> bool:
    """Whether a folder has a ledger of an older release in it."""
    return any(folder.content(name) is not None for name in ("version", OPEN, _ORIGIN))


def expect_no_old_files(folder: Folder) -> None:
    """Refuses a folder where a ledger of an older release waits to be taken over. Raises
    LedgerUnusable."""
    if is_old_layout(folder):
        raise LedgerUnusable(
            f"the ledger in {folder.path} is one for all accounts, as older releases kept it",
            help="runner ledger upgrade (with --dry-run it only says what it would do)",
        )


def old_files(folder: Folder) -> Record:
    """All that a folder of an older release holds. Raises LedgerUnusable."""

    def read(names: Iterable[str]) -> dict[str, Content]:
        found = {name: folder.content(name) for name in names}
        return {name: data for name, data in found.items() if data is not None}

    names = (name for name in folder.everything() if not name.startswith("ledgers/"))
    accounted = _parse(folder, _ACCOUNTED_FILE, _accounted_in)
    record = everything_old(names, read, accounted, where=f"{folder.path}/")
    return _parse(folder, _WRITING_FILE, lambda raw: _with(record, raw))


def _accounted_in(raw: Any) -> dict[str, datetime]:
    moments: TypeAdapter[dict[str, datetime]] = TypeAdapter(dict[Id, Instant])
    return moments.validate_python(raw or {})


def _with(record: Record, writing: Any) -> Record:
    """The record together with the one that a crash has left half written, if there is one."""
    if writing is None:
        return record
    half = TypeAdapter(Record).validate_python(writing["record"])
    return replace(
        record,
        entries=once_each((*record.entries, *half.entries)),
        sent=tuple(dict.fromkeys((*record.sent, *half.sent))),
        accounted={**record.accounted, **half.accounted},
        holds=tuple(dict.fromkeys((*record.holds, *half.holds))),
    )


def _parse(folder: Folder, name: str, told: Callable[[Any], T]) -> T:
    """What a file says, None where there is none. Raises LedgerUnusable."""
    data = folder.content(name)
    try:
        return told(None if data is None else parsed(bytes_of(data)))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise LedgerUnusable(
            f"{folder.path / name} is not readable",
            help="nothing was changed; restore the file from a backup",
        ) from None


def _load_lines(content: Content, kind: LineFormat[T], name: str) -> list[T]:
    return load(content, kind, name=name)[0]
