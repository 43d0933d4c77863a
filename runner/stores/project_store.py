"""The git store of a project: on the remote `origin` of the repository that it lies in; and
whether this machine may push to it."""

import random
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from runner.git import Checkout, Git, GitFailed, ScratchRepository, Tip, tip_of
from runner.problems import LedgerOutOfReach
from runner.publish import Clock
from runner.stores.git import PATIENCE, GitLedger
from runner.stores.kept_files import BranchKeptFiles, KeptBranch
from runner.stores.refs import BRANCH, Patience
from runner.stores.remote import RemoteRefs
from runner.stores.upgrade import GitUpgrade, Upgrade

T = TypeVar("T")


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
    tip = partial(tip_of, checkout, environ)
    return _patiently(tip, clock, unless="the default branch can't be read")


def kept_branch(
    root: Path, environ: Mapping[str, str], kind: KeptBranch, name: str
) -> BranchKeptFiles:
    """A branch of a contest, or of an account's measurements, on the remote `origin` of the project
    in `root`. Raises LedgerUnusable."""
    checkout = Checkout(root, environ)
    refs = RemoteRefs(checkout, environ, branch=kind, witnesses=kind.witnesses)
    return BranchKeptFiles(refs, kind, name)


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


def is_on_the_remote(root: Path, environ: Mapping[str, str], branch: str, *, clock: Clock) -> bool:
    """Whether a ledger is there, of this or an older release; a project without a remote has none.
    Raises LedgerOutOfReach where that can't be asked."""
    folder = root.resolve()
    if not any((each / ".git").exists() for each in (folder, *folder.parents)):
        return False  # and perhaps no git to ask
    checkout = Checkout(root, environ)
    if not checkout.has_remote:
        return False
    refs = RemoteRefs(checkout, environ, branch=branch)

    def is_there() -> bool:
        heads = refs.heads(None)
        return bool(heads.branches or heads.witnesses or refs.old())

    return _patiently(is_there, clock, unless="nobody can tell whether the remote has a ledger")


def _patiently(ask: Callable[[], T], clock: Clock, *, unless: str) -> T:
    """What the remote answers, asked a few times. Raises LedgerOutOfReach, which says what can't be
    done `unless` it does."""
    failed = GitFailed("no time is left")
    for _ in Patience(clock, random.random).tries(clock.now() + PATIENCE, at_most=3):
        try:
            return ask()
        except GitFailed as error:
            failed = error
            if error.final:
                break
    raise LedgerOutOfReach(
        f"{unless}: {failed.message}",
        help=failed.help or "see that the repository can be reached, then run again",
    )


def is_on_this_machine(root: Path, environ: Mapping[str, str]) -> bool:
    """Whether `origin`, however it is rewritten, is a folder; False where there is none."""
    url = Git(root, environ).answer("ls-remote", "--get-url", "origin")
    if url in (None, "origin"):  # as git says its name back where it leads nowhere
        return False
    host, colon, _ = url.partition(":")
    is_path = not colon or "/" in host or Path(url).is_absolute()
    return is_path or url.startswith("file://")


def try_push(root: Path, environ: Mapping[str, str], ref: str) -> None:
    """Pushes an empty commit to `ref`, and deletes it again: a push that is only tried dry never
    meets the remote's rules. Raises GitFailed, and LedgerUnusable without a remote."""
    checkout = Checkout(root, environ)
    checkout.expect_remote()
    scratch = ScratchRepository(checkout, environ)  # as long as it is named, it is there
    git = scratch.git
    tree = git("mktree").decode().strip()
    commit = git("commit-tree", tree, "-m", "Try whether this may be pushed").decode().strip()
    for source in (commit, ""):
        git("push", "--quiet", "--no-verify", "origin", f"{source}:{ref}")
