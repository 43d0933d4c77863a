"""GitHub over its REST API: pull requests and the one comment on each, what a run left, the life of
a workflow, what protects a branch.

It owns the requests and what their answers mean; when to make them is for `cli` to say. It must
not know files, the clock, the ledger or X. A repository and a token come in, with texts that others
have made; numbers, comments, runs and settings as GitHub tells them go out, or Refused.
"""

from runner.github.answer_desk import IssueAnswerDesk
from runner.github.api import Api
from runner.github.issues import IssueBoard, keep_issue
from runner.github.pull_requests import AUTHOR, MARKER, is_open, keep_comment, open_pull, pull_of
from runner.github.repository import (
    Artifact,
    artifacts,
    default_branch,
    enable,
    is_private,
    is_protected,
    last_success,
    rules_of,
    start,
    text_of,
)

__all__ = [
    "AUTHOR",
    "MARKER",
    "Api",
    "Artifact",
    "IssueAnswerDesk",
    "IssueBoard",
    "artifacts",
    "default_branch",
    "enable",
    "is_open",
    "is_private",
    "is_protected",
    "keep_comment",
    "keep_issue",
    "last_success",
    "open_pull",
    "pull_of",
    "rules_of",
    "start",
    "text_of",
]
