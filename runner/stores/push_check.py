"""Trying whether this machine may push, with a ref that is taken away again."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from runner.git import Checkout, Git

_ALONE = (
    ("push.gpgSign", "false"),
    ("user.name", "campaign-runner"),
    ("user.email", "campaign-runner@users.noreply.github.com"),
)


def try_push(root: Path, environ: Mapping[str, str], ref: str) -> None:
    """Pushes an empty commit to `ref`, and deletes it again: a push that is only tried dry never
    meets the remote's rules. Raises GitFailed, and LedgerUnusable without a remote."""
    checkout = Checkout(root, environ)
    checkout.expect_remote()
    with TemporaryDirectory(prefix="runner-trial-") as objects:
        git = Git(root, environ, config=(*checkout.way(), *_ALONE), GIT_DIR=objects)
        git("init", "--quiet", "--bare", "--template=", objects)
        tree = git("mktree").decode().strip()
        commit = git("commit-tree", tree, "-m", "Try whether this may be pushed").decode().strip()
        for source in (commit, ""):
            git("push", "--quiet", "--no-verify", "origin", f"{source}:{ref}")
