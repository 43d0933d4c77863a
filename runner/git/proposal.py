"""A branch that proposes one change of what is published, for a pull request to be made of."""

import os
from collections.abc import Mapping
from typing import Final

from runner.git.checkout import Checkout
from runner.git.failure import GitFailed
from runner.git.scratch import EXACT, FETCH, ScratchRepository

_NAME: Final = "campaign-runner"
_EMAIL: Final = "campaign-runner@users.noreply.github.com"


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
    who = ("-c", f"user.name={_NAME}", "-c", f"user.email={_EMAIL}")
    made = git(*who, "commit-tree", tree, "-p", tip, stdin=os.fsencode(message)).decode().strip()
    lease = f"--force-with-lease={ref}:"
    git("push", "--quiet", "--no-verify", lease, "origin", f"{made}:{ref}")
    return True
