"""The git program: the one place that starts it, with an environment of its own.

It owns what git gets to know of the environment and of the person's repository, how its failures
are told, and how objects are read that may be on the remote alone. Commands come in; bytes, or
`GitFailed`, go out. What they mean is for `stores` and `workspace`.
"""

from runner.git.checkout import Checkout
from runner.git.failure import GitFailed
from runner.git.object_batch import ObjectBatch
from runner.git.objects import TreeEntry, entries_of
from runner.git.program import Git
from runner.git.scratch import EMAIL, EXACT, FETCH, NAME, ScratchRepository, head_to, propose
from runner.git.tip import Tip, tip_of

__all__ = [
    "EMAIL",
    "EXACT",
    "FETCH",
    "NAME",
    "Checkout",
    "Git",
    "GitFailed",
    "ObjectBatch",
    "ScratchRepository",
    "Tip",
    "TreeEntry",
    "entries_of",
    "head_to",
    "propose",
    "tip_of",
]
