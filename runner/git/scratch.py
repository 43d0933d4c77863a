"""A bare repository of our own in a temporary folder, from which the remote `origin` is reached;
and the branch that proposes one change by it, for a pull request to be made of.

The person's repository gets no ref, no object, no change of its index.
"""

import os
import shutil
import weakref
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from runner.git.checkout import Checkout
from runner.git.failure import GitFailed
from runner.git.program import Git

NAME: Final = "campaign-runner"
EMAIL: Final = "campaign-runner@users.noreply.github.com"
_ALONE: Final = (
    ("protocol.version", "2"),
    ("push.gpgSign", "false"),
    ("push.followTags", "false"),
    ("fetch.negotiationAlgorithm", "default"),
    ("user.name", NAME),
    ("user.email", EMAIL),
)
FETCH: Final = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head")
EXACT: Final = ("-c", "fetch.negotiationAlgorithm=noop")
"""The objects that are named and no more: what we have does not make others superfluous."""


def head_to(folder: str) -> str:
    """What brings HEAD of the remote into a folder of refs. It is a pattern, since git takes a
    plain HEAD that leads nowhere for a branch or a tag of that name."""
    return f"+HEAD*:{folder}HEAD*"


class ScratchRepository:
    """Lives as long as this object does. `git` works in it; `folder` is where it is."""

    def __init__(self, checkout: Checkout, environ: Mapping[str, str]) -> None:
        name = mkdtemp(prefix="runner-git-")
        weakref.finalize(self, shutil.rmtree, name, ignore_errors=True)
        self.folder = Path(name)
        config = (*checkout.way(), *_ALONE)
        # where a remote that is given as a relative path begins
        self.git = Git(checkout.top, environ, config=config, GIT_DIR=name)
        format = f"--object-format={checkout.object_format}"
        self.git("init", "--quiet", "--bare", "--template=", format, name)

    def borrow(self, checkout: Checkout) -> None:
        """Takes the objects of the person's repository as its own. The remote is told that what is
        checked out is here, and none of its history, which may be long, or not be whole."""
        lenders = self.folder / "objects" / "info" / "alternates"
        lenders.parent.mkdir(exist_ok=True)
        lenders.write_bytes(os.fsencode(checkout.objects) + b"\n")
        if commit := checkout.commit:
            (self.folder / "shallow").write_text(f"{commit}\n")
            self.git.answer("update-ref", "refs/borrowed", commit)


def propose(
    checkout: Checkout,
    environ: Mapping[str, str],
    branch: str,
    path: str,
    data: bytes,
    message: str,
) -> bool:
    """Pushes a branch with one commit above the tip of the default branch, in which the file at
    `path` of the project says `data`. Does nothing, and gives False, where there is such a branch.
    Raises GitFailed, and LedgerOutOfReach without a remote."""
    checkout.expect_remote()
    scratch = ScratchRepository(checkout, environ)  # as long as it is named, it is there
    git = scratch.git
    ref = f"refs/heads/{branch}"
    listed = git("ls-remote", "origin", "HEAD", ref).decode().splitlines()
    refs = {name: id for id, name in (line.split("\t") for line in listed)}
    if ref in refs:
        return False
    if (tip := refs.get("HEAD")) is None:
        raise GitFailed("the remote `origin` has no default branch", final=True)
    git(*EXACT, *FETCH, "--depth=1", "--filter=blob:none", "origin", tip)
    file = git("hash-object", "-w", "--stdin", stdin=data).decode().strip()
    git("read-tree", tip)
    # the index knows files whose contents are on the remote alone
    git("update-index", "--add", "--cacheinfo", f"100644,{file},{checkout.prefix}{path}")
    tree = git("write-tree", "--missing-ok").decode().strip()
    made = git("commit-tree", tree, "-p", tip, stdin=os.fsencode(message)).decode().strip()
    lease = f"--force-with-lease={ref}:"
    git("push", "--quiet", "--no-verify", lease, "origin", f"{made}:{ref}")
    return True
