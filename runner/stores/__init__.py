"""Where the ledger is kept: a folder, or branches of the remote.

It owns the layout of the ledger's files, and reading and writing them so that nothing is lost or
told twice. Both stores satisfy `runner.publish.ports.Ledger`; what lines mean is for `ledger`.
"""

from runner.stores.durable_folder import Folder
from runner.stores.files import FilesLedger
from runner.stores.kept_files import FolderKeptFiles, KeptBranch, files_at
from runner.stores.ledger_files import PROJECT
from runner.stores.old_layout import is_old_layout, old_files
from runner.stores.project_store import (
    git_ledger,
    is_on_the_remote,
    is_on_this_machine,
    kept_branch,
    published_tip,
    try_push,
    upgrade_on_the_remote,
)
from runner.stores.upgrade import Upgrade, upgrade_folder

__all__ = [
    "PROJECT",
    "FilesLedger",
    "Folder",
    "FolderKeptFiles",
    "KeptBranch",
    "Upgrade",
    "files_at",
    "git_ledger",
    "is_old_layout",
    "is_on_the_remote",
    "is_on_this_machine",
    "kept_branch",
    "old_files",
    "published_tip",
    "try_push",
    "upgrade_folder",
    "upgrade_on_the_remote",
]
