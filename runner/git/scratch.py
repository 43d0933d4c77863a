"""A bare repository of our own in a temporary folder, from which the remote `origin` is reached.

The person's repository gets no ref, no object, no change of its index.
"""

import os
import shutil
import weakref
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from runner.git.checkout import Checkout
from runner.git.program import Git

_ALONE: Final = (
    ("protocol.version", "2"),
    ("push.gpgSign", "false"),
    ("push.followTags", "false"),
    ("fetch.negotiationAlgorithm", "default"),
)
FETCH: Final = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head")
EXACT: Final = ("-c", "fetch.negotiationAlgorithm=noop")
"""The objects that are named and no more: what we have does not make others superfluous."""


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
        """What the person's repository has counts as being here, and what it lacks of its history
        as lacking."""
        lenders = self.folder / "objects" / "info" / "alternates"
        lenders.parent.mkdir(exist_ok=True)
        lenders.write_bytes(os.fsencode(checkout.objects) + b"\n")
        with suppress(FileNotFoundError):
            (self.folder / "shallow").write_bytes(checkout.shallow.read_bytes())
