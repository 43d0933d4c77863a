"""The git program: the one place that starts it, with an environment of its own.

It owns what git gets to know of the environment and of the person's repository, how its failures
are told, and how objects are read that may be on the remote alone. Commands come in; bytes, or
`GitFailed`, go out. What they mean is for `stores` and `workspace`.
"""

from runner.git.failure import GitFailed
from runner.git.program import Git

__all__ = ["Git", "GitFailed"]
