"""Which store keeps the ledger."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from runner.cli.context import CommandContext
from runner.cli.local_x import is_local
from runner.ledger import Ask, Facts, Need
from runner.models.project import Project
from runner.problems import LedgerOutOfReach
from runner.publish.ports import Ledger
from runner.stores.files import FilesLedger
from runner.stores.project_store import git_ledger, is_on_this_machine

REHEARSALS = Path(".runner/local-ledger")
"""What went out to a local X, where the ledger itself is on a remote that is elsewhere."""


def ledger_of(
    context: CommandContext,
    project: Project,
    *,
    deadline: datetime | None = None,
    publishes: bool = True,
) -> Ledger:
    """The store that runner.yaml chooses; for a local X a folder, so that no rehearsal stands in
    the ledger of what is real. `deadline` is when it gives up to record what happened. Who
    `publishes` claims for the files as they are now. Raises LedgerUnusable."""
    settings = project.ledger
    folder = context.ledger
    if settings.store == "git" and not folder and _rehearses(context):
        folder = context.root / REHEARSALS
    if settings.store == "git" and not folder:
        return git_ledger(
            context.root,
            context.environ,
            clock=context.clock,
            branch=settings.branch,
            deadline=deadline,
            publishes=publishes,
        )
    return FilesLedger(folder or context.root / Path(settings.folder))


def _rehearses(context: CommandContext) -> bool:
    """Whether X is a local one, and the repository's remote is not."""
    if not is_local(context):
        return False
    return not is_on_this_machine(context.root, context.environ)


class ReadableLedger(Protocol):
    """A ledger for who only looks."""

    def read(self, need: Need | Ask) -> Facts: ...


class LedgerIfReachable:
    """The ledger, if it can be reached. Where it is out of reach, for a fork or without a network,
    nothing is known to be out, and a notice says so. Raises LedgerUnusable where it is unreadable.
    """

    def __init__(self, open_ledger: Callable[[], ReadableLedger]) -> None:
        self._open = open_ledger
        self._missing: Facts | None = None

    def read(self, need: Need | Ask) -> Facts:
        if self._missing is None:
            try:
                return self._open().read(need)
            except LedgerOutOfReach as error:
                unknown = "what is out already can’t be known, and is shown as still to come"
                self._missing = Facts(notices=(f"{error.message}: {unknown}",))
        if callable(need):
            need(self._missing)
        return self._missing
