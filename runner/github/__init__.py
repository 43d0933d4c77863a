"""GitHub over its REST API: the comment on a pull request, what a run left, a workflow's life,
what protects a branch.

It owns the requests and what their answers mean; when to make them is for `cli` to say.
"""

from runner.github.api import Api
from runner.github.pull_requests import MARKER, is_open, keep_comment
from runner.github.rules import default_branch, is_protected, rules_of
from runner.github.workflows import Artifact, artifacts, enable, last_success, text_of

__all__ = [
    "MARKER",
    "Api",
    "Artifact",
    "artifacts",
    "default_branch",
    "enable",
    "is_open",
    "is_protected",
    "keep_comment",
    "last_success",
    "rules_of",
    "text_of",
]
