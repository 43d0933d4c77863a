"""`runner ledger`: whose it is and what it holds; moving it from one store to the other."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from runner.cli.context import Outside, here, name_of
from runner.cli.ledger_store import ledger_of
from runner.cli.opened_project import desk_of, open_project
from runner.ledger import Need, Origin, Record
from runner.models.project import Project
from runner.problems import BadUsage, LedgerUnusable
from runner.publish.ports import Raced
from runner.stores.files import FilesLedger
from runner.views.phrases import count
from runner.views.terminal.ledger import ledger_as_text, origin_as_text


class Deed(StrEnum):
    SHOW = "show"
    EXPORT = "export"
    IMPORT = "import"
    ADOPT = "adopt"


def command(
    deed: Annotated[
        Deed,
        typer.Argument(
            help="`show` whose it is and what it holds; `export` all of it into FOLDER; `import` "
            "what was exported; `adopt` it, so that this repository goes on with it."
        ),
    ],
    folder: Annotated[
        Path | None, typer.Argument(help="Of an exported ledger, or of the `files` store.")
    ] = None,
) -> None:
    """Show the ledger, move it from one store to the other, or take it over. Sends nothing."""
    outside = here()
    if deed in (Deed.EXPORT, Deed.IMPORT):
        if folder is None:
            raise BadUsage(f"`{deed}` needs a folder", help=f"runner ledger {deed} FOLDER")
        code = export(outside, folder) if deed is Deed.EXPORT else import_from(outside, folder)
    elif folder is not None:
        raise BadUsage(f"`{deed}` takes no folder", help=f"runner ledger {deed}")
    else:
        code = show(outside) if deed is Deed.SHOW else adopt(outside)
    raise typer.Exit(code)


def show(outside: Outside) -> int:
    """Reads all of it, so that what can't be read is found. Raises LedgerUnusable."""
    project = _project(outside)
    ledger = ledger_of(outside, project, publishes=False)
    facts, record = ledger.read(Need()), ledger.everything()
    outside.say(ledger_as_text(project, facts, record))
    return 0


def export(outside: Outside, folder: Path) -> int:
    """Into the layout of the files store. Raises BadUsage where something else is there."""
    record = ledger_of(outside, _project(outside), publishes=False).everything()
    if folder.exists() and not _is_same_or_empty(folder, record):
        raise BadUsage(f"there is something else in {folder}", help="name a new folder")
    FilesLedger(folder).record(record)
    outside.say(f"{_count(record)} exported to {folder}.")
    return 0


def import_from(outside: Outside, folder: Path) -> int:
    """Whole or not at all. Raises BadUsage where the ledger holds something else."""
    if not folder.is_dir() or not any(folder.rglob("*.jsonl")):
        raise BadUsage(
            f"there is no ledger in {folder}",
            help="name the folder of a files store, or one that `runner ledger export` has made",
        )
    record = FilesLedger(folder).everything()
    ledger = ledger_of(outside, _project(outside), publishes=False)
    there = ledger.everything()
    if _same(there, record):
        outside.say("The ledger holds exactly that already.")
        return 0
    if there.entries or there.sent or there.holds:
        raise BadUsage(
            f"the ledger holds {_count(there)} already, and not the same",
            help="a ledger can only be imported where nothing was posted or held yet",
        )
    try:
        ledger.claim(record)
    except Raced:
        raise LedgerUnusable(
            "a run has just written the ledger, so nothing was imported",
            help="see what it did: runner status",
        ) from None
    outside.say(f"{_count(record)} imported from {folder}.")
    return 0


def adopt(outside: Outside) -> int:
    """Who its accounts are on X is recorded anew by the next run."""
    project = _project(outside)
    ledger = ledger_of(outside, project, publishes=False)
    before = ledger.whose()
    if before is None:
        outside.say("There is no ledger yet: the first run that posts begins one.")
        return 0
    ledger.record(
        Record(
            origin=Origin(
                at=outside.clock.now().astimezone(project.timezone),
                run=outside.run_id,
                by=name_of(outside),
            )
        )
    )
    after = ledger.whose()
    outside.say(f"It was the ledger {origin_as_text(before)}.")
    outside.say(f"It is the ledger {origin_as_text(after or before)}.")
    return 0


def _project(outside: Outside) -> Project:
    return desk_of(open_project(outside), outside).project


def _is_same_or_empty(folder: Path, record: Record) -> bool:
    if not folder.is_dir():
        return False
    if any(folder.rglob("*.jsonl")):
        return _same(FilesLedger(folder).everything(), record)
    return not any(folder.iterdir())


def _same(one: Record, other: Record) -> bool:
    return (one.entries, one.sent, one.holds) == (other.entries, other.sent, other.holds)


def _count(record: Record) -> str:
    return count(len(record.entries), "entry", "entries")
