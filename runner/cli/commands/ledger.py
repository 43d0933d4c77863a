"""`runner ledger`: shows whose it is and what it holds, and moves it from one store to the
other."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from runner.cli.context import CommandContext, here, person_name
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.stores import ledger_of, upgrade_ledger
from runner.ledger import Need, Origin, Record
from runner.models import Project
from runner.problems import BadUsage, LedgerUnusable, joined
from runner.publish import Raced
from runner.stores import FilesLedger, Folder, is_old_layout, old_files
from runner.views.phrases import count
from runner.views.terminal.status import ledger_as_text, origin_as_text


class LedgerAction(StrEnum):
    SHOW = "show"
    EXPORT = "export"
    IMPORT = "import"
    ADOPT = "adopt"
    UPGRADE = "upgrade"


def command(
    deed: Annotated[
        LedgerAction,
        typer.Argument(
            help="`show` whose it is and what it holds; `export` all of it into FOLDER; `import` "
            "what was exported; `adopt` it, so that this repository goes on with it; `upgrade` one "
            "that an older release has kept for all accounts together."
        ),
    ],
    folder: Annotated[
        Path | None, typer.Argument(help="Of an exported ledger, or of the `files` store.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what `upgrade` would do; change nothing.")
    ] = False,
) -> None:
    """Show the ledger, move it from one store to the other, or take it over. Sends nothing."""
    context = here()
    if dry_run and deed is not LedgerAction.UPGRADE:
        raise BadUsage("--dry-run is for `upgrade`", help="runner ledger upgrade --dry-run")
    if deed in (LedgerAction.EXPORT, LedgerAction.IMPORT):
        if folder is None:
            raise BadUsage(f"`{deed}` needs a folder", help=f"runner ledger {deed} FOLDER")
        code = (
            export(context, folder) if deed is LedgerAction.EXPORT else import_from(context, folder)
        )
    elif folder is not None:
        raise BadUsage(f"`{deed}` takes no folder", help=f"runner ledger {deed}")
    elif deed is LedgerAction.UPGRADE:
        code = upgrade(context, dry_run=dry_run)
    else:
        code = show(context) if deed is LedgerAction.SHOW else adopt(context)
    raise typer.Exit(code)


def show(context: CommandContext) -> int:
    """Prints whose ledger it is and what it holds. Reads all of it, so that damage is found. Raises
    LedgerUnusable."""
    project = _project(context)
    ledger = ledger_of(context, project)
    facts, record = ledger.read(Need()), ledger.everything()
    context.say(ledger_as_text(project, facts, record))
    return 0


def export(context: CommandContext, folder: Path) -> int:
    """Writes all of it into a folder, in the layout of the files store. Raises BadUsage where
    something else is there."""
    record = ledger_of(context, _project(context)).everything()
    if folder.exists() and not _is_same_or_empty(folder, record):
        raise BadUsage(f"there is something else in {folder}", help="name a new folder")
    FilesLedger(folder).record(record)
    context.say(f"{_count(record)} exported to {folder}.")
    return 0


def import_from(context: CommandContext, folder: Path) -> int:
    """Imports a ledger, whole or not at all. Raises BadUsage where the ledger holds something
    else."""
    if not folder.is_dir() or not any(folder.rglob("*.jsonl")):
        raise BadUsage(
            f"there is no ledger in {folder}",
            help="name the folder of a files store, or one that `runner ledger export` has made",
        )
    record = old_files(Folder(folder)) if is_old_layout(Folder(folder)) else _kept_in(folder)
    ledger = ledger_of(context, _project(context))
    there = ledger.everything()
    if _say_the_same(there, record):
        context.say("The ledger holds exactly that already.")
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
    context.say(f"{_count(record)} imported from {folder}.")
    return 0


def adopt(context: CommandContext) -> int:
    """Takes over a ledger; who its accounts are on X is recorded anew by the next run."""
    project = _project(context)
    ledger = ledger_of(context, project)
    before = ledger.origin()
    if before is None:
        context.say("There is no ledger yet: the first run that posts begins one.")
        return 0
    ledger.record(
        Record(
            origin=Origin(
                at=context.clock.now().astimezone(project.timezone),
                run=context.run_id,
                by=person_name(context),
            )
        )
    )
    after = ledger.origin()
    context.say(f"It was the ledger {origin_as_text(before)}.")
    context.say(f"It is the ledger {origin_as_text(after or before)}.")
    return 0


def upgrade(context: CommandContext, *, dry_run: bool = False) -> int:
    """Gives each account a ledger of its own. Killed at any step, it goes on when run again."""
    done = upgrade_ledger(context, _project(context), dry_run=dry_run)
    if done is None:
        context.say(
            "There is nothing to upgrade: no ledger of an older release waits to be taken over."
        )
        return 0
    names = sorted(done.record.names)
    held = f"{_count(done.record)} about {count(len(names), 'account')}: {joined(names)}"
    if dry_run:
        context.say(f"{held}. Each would get a ledger of its own. Nothing was changed.")
    else:
        context.say(
            f"{held}. Each has a ledger of its own now; {done.old} stays as it was, closed."
        )
    return 0


def _project(context: CommandContext) -> Project:
    return inputs_of(open_project(context), context).project


def _kept_in(folder: Path) -> Record:
    return FilesLedger(folder).everything()


def _is_same_or_empty(folder: Path, record: Record) -> bool:
    if not folder.is_dir():
        return False
    if any(folder.rglob("*.jsonl")):
        return _say_the_same(FilesLedger(folder).everything(), record)
    return not any(folder.iterdir())


def _say_the_same(one: Record, other: Record) -> bool:
    return (one.entries, one.sent, one.holds) == (other.entries, other.sent, other.holds)


def _count(record: Record) -> str:
    return count(len(record.entries), "entry", "entries")
