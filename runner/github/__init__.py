"""GitHub over its REST API: the comment on a pull request, what a run left, a workflow's life."""

from runner.github.api import Api
from runner.github.artifact import Artifact, artifacts, text_of
from runner.github.comment import MARKER, keep_comment
from runner.github.pull import is_open
from runner.github.workflow import enable, last_success

__all__ = [
    "MARKER",
    "Api",
    "Artifact",
    "artifacts",
    "enable",
    "is_open",
    "keep_comment",
    "last_success",
    "text_of",
]
