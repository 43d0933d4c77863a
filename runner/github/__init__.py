"""GitHub over its REST API: the comment on a pull request, and the workflows' own life."""

from runner.github.api import Api
from runner.github.comment import MARKER, keep_comment
from runner.github.workflow import enable, last_success

__all__ = ["MARKER", "Api", "enable", "keep_comment", "last_success"]
