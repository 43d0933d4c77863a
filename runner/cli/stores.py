"""What the project's stores have: its ledger, what is kept beside it, and the published files."""

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Protocol

from runner.cli.context import CommandContext
from runner.cli.local_clock import is_local
from runner.cli.opened_project import OpenedProject, open_project
from runner.git import GitFailed, Tip
from runner.ledger import Ask, Facts, Need
from runner.models import PROJECT_FILE, Project
from runner.problems import BadFiles, LedgerOutOfReach, LedgerUnusable
from runner.publish import Ledger
from runner.reading import KeptFiles
from runner.stores import (
    FilesLedger,
    FolderKeptFiles,
    KeptBranch,
    Upgrade,
    git_ledger,
    is_on_this_machine,
    kept_branch,
    published_tip,
    upgrade_folder,
    upgrade_on_the_remote,
)
from runner.workspace import FolderFiles, ProjectReader

REHEARSALS = Path(".runner/local-ledger")
"""What went out to a local X, where the ledger itself is on a remote that is elsewhere."""


def ledger_of(
    context: CommandContext,
    project: Project,
    *,
    accounts: Collection[str] | None = None,
    deadline: datetime | None = None,
    tip: Tip | None = None,
) -> Ledger:
    """The store that runner.yaml chooses, read for these accounts, or for all that it has.
    `deadline` is when it gives up to record what happened. Who publishes gives the `tip` that the
    files are of. Raises LedgerUnusable."""
    if folder := _folder(context, project):
        return FilesLedger(folder, accounts=accounts)
    return git_ledger(
        context.root,
        context.environ,
        clock=context.clock,
        accounts=accounts,
        branch=project.ledger.branch,
        deadline=deadline,
        tip=tip,
    )


def refuse_to_forget(context: CommandContext, project: Project) -> None:
    """Refuses a ledger that would be gone with the job's machine. Raises LedgerUnusable."""
    passes = context.on_actions and not is_local(context) and not context.ledger
    if passes and not project.ledger.on_branches:
        raise LedgerUnusable(
            "on GitHub Actions the files store forgets what stands in it, so that posts would go "
            "out again",
            help="write `ledger: {store: git}` in runner.yaml",
        )


def upgrade_ledger(context: CommandContext, project: Project, *, dry_run: bool) -> Upgrade | None:
    """What was taken over of the ledger of an older release, or would be; None where there is
    nothing to take over. Raises LedgerUnusable."""
    if folder := _folder(context, project):
        return upgrade_folder(folder, dry_run=dry_run)
    return upgrade_on_the_remote(
        context.root, context.environ, branch=project.ledger.branch, dry_run=dry_run
    )


def kept_files(context: CommandContext, project: Project, kind: KeptBranch, name: str) -> KeptFiles:
    """What is kept beside the ledger of a contest, or of an account. Raises LedgerUnusable."""
    if folder := _kept_folder(context, project, kind, name):
        return FolderKeptFiles(folder / kind)
    return kept_branch(context.root, context.environ, kind, name)


def kept_where(context: CommandContext, project: Project, kind: KeptBranch, name: str) -> str:
    """Where that is, for people: pushed at once, or on this machine."""
    if folder := _kept_folder(context, project, kind, name):
        is_below = folder.is_relative_to(context.root)
        return f"in {(folder.relative_to(context.root) if is_below else folder).as_posix()}"
    return f"on the branch {kind}/{name} of the remote"


def _kept_folder(
    context: CommandContext, project: Project, kind: KeptBranch, name: str
) -> Path | None:
    folder = _folder(context, project)
    return folder and folder.with_name(f"{folder.name}-{kind.folder}") / name


def is_on_branches(context: CommandContext, project: Project) -> bool:
    """Whether the ledger is on branches of the remote."""
    return _folder(context, project) is None


def _folder(context: CommandContext, project: Project) -> Path | None:
    """The folder of the ledger; None where it is on branches. Beside a local X it is always a
    folder, so that no rehearsal gets into the real ledger."""
    if context.ledger:
        return context.ledger
    if not project.ledger.on_branches:
        return context.root / Path(project.ledger.folder)
    return context.root / REHEARSALS if _rehearses(context) else None


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


def open_published(context: CommandContext, *, shared: bool = True) -> OpenedProject:
    """Reads the files that are published: where the ledger is on branches of the remote, those of
    its default branch; else the working files. Raises BadFiles, LedgerOutOfReach."""
    here = ProjectReader(FolderFiles(context.root)).project()
    if here is None or not is_on_branches(context, here):
        return open_project(context, shared=shared)
    tip = published_tip(context.root, context.environ, clock=context.clock)
    _tell(context, tip)
    if tip.declared[PROJECT_FILE] is None:
        raise BadFiles(
            f"the default branch has no {PROJECT_FILE} in this folder",
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
