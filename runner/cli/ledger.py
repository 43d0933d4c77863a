"""Which store keeps the ledger."""

from pathlib import Path
from typing import TYPE_CHECKING

from runner.problems import LedgerUnusable

if TYPE_CHECKING:
    from runner.cli.outside import Outside
    from runner.project import Project
    from runner.stores.files import FilesLedger


def ledger_of(outside: "Outside", project: "Project") -> "FilesLedger":
    """The store that runner.yaml chooses. Raises LedgerUnusable."""
    from runner.stores.files import FilesLedger

    if project.ledger.store == "git":
        raise LedgerUnusable(
            "the git store is not part of this version",
            help="write `ledger: {store: files}` in runner.yaml",
        )
    return FilesLedger(outside.ledger or outside.root / Path(project.ledger.folder))
