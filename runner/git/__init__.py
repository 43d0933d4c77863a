"""The git program: the one place that starts it, with an environment of its own."""

from runner.git.failure import GitFailed
from runner.git.program import Git

__all__ = ["Git", "GitFailed"]
