"""Requests to GitHub, against a stand-in for its REST API."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runner.github import MARKER, Api, enable, is_protected, keep_comment, last_success
from runner.problems import Refused
from tests.workflows.hub import BOT, NAME, READS, WRITES, Hub, listening


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = Hub(tmp_path)
    with listening(made):
        yield made


def api(hub: Hub, *, token: str = WRITES) -> Api:
    return Api(url=hub.api, repository=NAME, token=token)


def test_the_comment_is_made_once_and_edited_after(hub: Hub) -> None:
    keep_comment(api(hub), 7, "first")
    keep_comment(api(hub), 7, "second")
    assert [each["body"] for each in hub.comments] == [f"{MARKER}\nsecond"]
    assert [call.method for call in hub.calls] == ["GET", "POST", "GET", "PATCH"]


def test_comments_of_others_are_left_alone_whatever_they_say(hub: Hub) -> None:
    others = [
        {"id": 1, "user": {"login": "mallory"}, "body": f"{MARKER}\nmine"},
        {"id": 2, "user": {"login": BOT}, "body": f"another tool, quoting {MARKER}"},
        {"id": 3, "user": None, "body": None},
    ]
    hub.comments += [dict(each) for each in others]
    keep_comment(api(hub), 7, "ours")
    assert hub.comments[:3] == others
    assert hub.comments[3]["body"] == f"{MARKER}\nours"


def test_the_comment_is_found_behind_a_hundred_others(hub: Hub) -> None:
    hub.comments += [{"id": n, "user": {"login": "marta"}, "body": "hm"} for n in range(1, 101)]
    keep_comment(api(hub), 7, "first")
    keep_comment(api(hub), 7, "second")
    assert len(hub.comments) == 101
    assert hub.comments[100]["body"] == f"{MARKER}\nsecond"


def test_a_token_that_may_only_read_is_refused_with_what_to_look_at(hub: Hub) -> None:
    with pytest.raises(Refused, match="403: Resource not accessible") as refused:
        keep_comment(api(hub, token=READS), 7, "hello")
    assert "permissions" in str(refused.value.help)
    assert hub.comments == []


def test_no_answer_is_refused_and_no_secret_is_told() -> None:
    nobody = Api(url="http://127.0.0.1:1", repository=NAME, token="a-secret")
    with pytest.raises(Refused) as refused:
        keep_comment(nobody, 7, "hello")
    assert "a-secret" not in f"{refused.value} {nobody}"


def test_the_last_success_of_a_workflow_is_known(hub: Hub) -> None:
    assert last_success(api(hub), "post.yml") is None
    hub.runs.append({"run_started_at": "2027-03-01T10:00:00Z"})
    assert last_success(api(hub), "post.yml") == datetime(2027, 3, 1, 10, tzinfo=UTC)
    hub.runs[:] = [{"run_started_at": "yesterday"}]
    assert last_success(api(hub), "post.yml") is None


def test_a_workflow_is_kept_enabled(hub: Hub) -> None:
    enable(api(hub), "post.yml")
    assert hub.enabled == ["post.yml"]


def test_a_branch_is_unprotected_only_where_github_says_so(hub: Hub) -> None:
    hub.protected = {"main"}
    assert [is_protected(api(hub), name) for name in ("main", "other")] == [True, False]
    hub.refuses = lambda _: 500
    with pytest.raises(Refused):
        is_protected(api(hub), "main")
    hub.refuses = lambda _: 404
    assert not is_protected(api(hub), "main")
