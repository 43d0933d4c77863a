"""The git store of a project: on the remote `origin` of the repository that it lies in."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from runner.git import Git, GitFailed
from runner.problems import LedgerOutOfReach
from runner.publish.ports import Clock
from runner.stores.checkout import Checkout
from runner.stores.git import GitLedger
from runner.stores.remote import RemoteRefs


def git_ledger(
    root: Path,
    environ: Mapping[str, str],
    *,
    clock: Clock,
    branch: str = "runner-ledger",
    deadline: datetime | None = None,
    publishes: bool = True,
) -> GitLedger:
    """The ledger of the project in `root`, on its remote `origin`. With `publishes` the working
    files count as they are now: make it when they are read. Raises LedgerUnusable."""
    checkout = Checkout(root, environ)
    repository = checkout.repository
    return GitLedger(
        RemoteRefs(checkout, environ, branch=branch),
        clock=clock,
        files=checkout.declared() if publishes else None,
        repository=repository,
        deadline=deadline,
        branch=branch,
    )


def is_on_the_remote(root: Path, environ: Mapping[str, str], branch: str) -> bool:
    """Whether a ledger is there, as far as it can be asked: no repository has none."""
    try:
        heads = RemoteRefs(Checkout(root, environ), environ, branch=branch).heads()
    except (LedgerOutOfReach, GitFailed):
        return False
    return (heads.branch or heads.witness) is not None


def is_on_this_machine(root: Path, environ: Mapping[str, str]) -> bool:
    """Whether `origin`, however it is rewritten, is a folder; False where there is none."""
    try:
        url = Git(root, environ)("ls-remote", "--get-url", "origin").decode().strip()
    except GitFailed:
        return False
    return url.startswith("file://") or Path(url).is_absolute()
