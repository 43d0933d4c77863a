"""The git store of a project: on the remote `origin` of the repository that it lies in."""

import random
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from runner.git import Git, GitFailed
from runner.git.checkout import Checkout
from runner.git.tip import Tip, tip_of
from runner.problems import LedgerOutOfReach
from runner.publish.ports import Clock
from runner.stores.contest_files import BranchContestFiles, ContestBranch
from runner.stores.git import PATIENCE, GitLedger
from runner.stores.patience import Patience
from runner.stores.refs import BRANCH
from runner.stores.remote import RemoteRefs
from runner.stores.upgrade import GitUpgrade, Upgrade


def git_ledger(
    root: Path,
    environ: Mapping[str, str],
    *,
    clock: Clock,
    accounts: Collection[str] | None = None,
    branch: str = BRANCH,
    deadline: datetime | None = None,
    tip: Tip | None = None,
) -> GitLedger:
    """The ledger of the project in `root`, on its remote `origin`, for these accounts. Who
    publishes gives the `tip` that the files are of. Raises LedgerUnusable."""
    checkout = tip.checkout if tip else Checkout(root, environ)
    repository = checkout.repository
    known = {tip.commit: tip.declared} if tip else {}
    return GitLedger(
        RemoteRefs(checkout, environ, branch=branch, known=known),
        clock=clock,
        accounts=accounts,
        files=tip.declared if tip else None,
        repository=repository,
        deadline=deadline,
        branch=branch,
    )


def published_tip(root: Path, environ: Mapping[str, str], *, clock: Clock) -> Tip:
    """What is published of the project in `root`: what the default branch of its remote `origin`
    says. Raises LedgerOutOfReach."""
    checkout = Checkout(root, environ)
    failed = GitFailed("no time is left")
    patience = Patience(clock, random.random)
    for _ in patience.tries(clock.now() + PATIENCE, at_most=3):
        try:
            return tip_of(checkout, environ)
        except GitFailed as error:
            failed = error
            if error.final:
                break
    raise LedgerOutOfReach(
        f"the default branch can't be read: {failed.message}",
        help=failed.help or "see that the repository can be reached, then run again",
    )


def contest_branch(
    root: Path, environ: Mapping[str, str], kind: ContestBranch, contest: str
) -> BranchContestFiles:
    """A branch of a contest on the remote `origin` of the project in `root`. Raises
    LedgerUnusable."""
    checkout = Checkout(root, environ)
    refs = RemoteRefs(checkout, environ, branch=kind, witnesses=f"refs/runner/{kind}")
    return BranchContestFiles(refs, contest)


def upgrade_on_the_remote(
    root: Path, environ: Mapping[str, str], *, branch: str, dry_run: bool
) -> Upgrade | None:
    """Takes over the ledger of an older release. Raises LedgerUnusable."""
    refs = RemoteRefs(Checkout(root, environ), environ, branch=branch)
    try:
        return GitUpgrade(refs, branch=branch).upgrade(dry_run=dry_run)
    except GitFailed as failed:
        raise LedgerOutOfReach(
            f"the ledger can't be taken over now: {failed.message}",
            help=failed.help or "say it again: it goes on where it ended",
        ) from None


def is_on_the_remote(root: Path, environ: Mapping[str, str], branch: str) -> bool:
    """Whether a ledger is there, of this or an older release, as far as it can be asked: no
    repository has none."""
    try:
        refs = RemoteRefs(Checkout(root, environ), environ, branch=branch)
        heads = refs.heads(None)
        return bool(heads.branches or heads.witnesses or refs.old())
    except (LedgerOutOfReach, GitFailed):
        return False


def is_on_this_machine(root: Path, environ: Mapping[str, str]) -> bool:
    """Whether `origin`, however it is rewritten, is a folder; False where there is none."""
    try:
        url = Git(root, environ)("ls-remote", "--get-url", "origin").decode().strip()
    except GitFailed:
        return False
    return url.startswith("file://") or Path(url).is_absolute()
