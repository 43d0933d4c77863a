"""The project as it is published, which may be otherwise than it lies here."""

from runner.cli.context import CommandContext
from runner.cli.ledger_store import is_on_branches
from runner.cli.opened_project import OpenedProject, open_project
from runner.git import GitFailed
from runner.git.tip import Tip
from runner.problems import BadFiles, LedgerOutOfReach
from runner.stores.project_store import published_tip
from runner.workspace import FolderFiles, ProjectReader
from runner.workspace.campaigns import PROJECT


def open_published(context: CommandContext, *, shared: bool = True) -> OpenedProject:
    """Reads the files that are published: where the ledger is on branches of the remote, those of
    its default branch; else the working files. Raises BadFiles, LedgerOutOfReach."""
    here = ProjectReader(FolderFiles(context.root)).project()
    if here is None or not is_on_branches(context, here):
        return open_project(context, shared=shared)
    tip = published_tip(context.root, context.environ, clock=context.clock)
    _tell(context, tip)
    if tip.declared[PROJECT] is None:
        raise BadFiles(
            f"the default branch has no {PROJECT} in this folder",
            help="push and merge what is here: only that goes out which is merged",
        )
    try:
        opened = open_project(context, shared=shared, tip=tip)
    except GitFailed as failed:
        raise LedgerOutOfReach(
            f"the default branch can't be read: {failed.message}", help=failed.help or "run again"
        ) from None
    if opened.inputs and not is_on_branches(context, opened.inputs.project):
        raise LedgerOutOfReach(
            "runner.yaml of the default branch keeps the ledger in a folder, the one here keeps it "
            "on branches of the remote",
            help="merge what is right, then `git pull`",
        )
    return opened


def _tell(context: CommandContext, tip: Tip) -> None:
    """Says which commit is read, for whoever wonders why a run knows nothing of their edit."""
    here, at = context.commit(), tip.commit
    other = f", and not what is checked out here ({here[:9]})" if here and here != at else ""
    context.tell(f"Read from the default branch, at {at[:9]}{other}.")
