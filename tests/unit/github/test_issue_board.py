"""What is asked of GitHub about the issues of conversations, and what its answers mean."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runner.github import Api, IssueBoard
from runner.github.api import NotOnGitHub
from runner.github.issues import marked
from runner.problems import Refused
from tests.workflows.hub import BOT, NAME, WRITES, Call, Hub, listening

SINCE = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    hub = Hub(tmp_path)
    with listening(hub):
        yield hub


@pytest.fixture
def board(hub: Hub) -> IssueBoard:
    return IssueBoard(Api(url=hub.api, repository=NAME, token=WRITES))


def refusing(hub: Hub, method: str, ending: str, status: int) -> None:
    """The next such request is refused."""
    left = [status]

    def refuse(call: Call) -> int | None:
        is_meant = call.method == method and call.path.partition("?")[0].endswith(ending)
        return left.pop() if is_meant and left else None

    hub.refuses = refuse


def test_open_ones_and_those_that_changed_are_asked_for_and_each_is_found_once(hub, board):
    number, other = (board.open("inbox shop/1", "Title", "Text", []) for _ in range(2))
    found = board.issues(SINCE)
    assert [each.number for each in found["inbox shop/1"]] == [number, other]
    asked = [each.path.partition("&")[2] for each in hub.calls if "creator" in each.path]
    assert [each.partition("&per_page")[0] for each in asked] == [
        "state=open",
        "state=all&since=2027-03-01T09:00:00Z",
    ]
    hub.calls.clear()
    board.issues(None)
    assert len(hub.calls) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_an_issue_is_deleted_only_where_github_says_so_of_the_issue_itself(hub, board, status):
    number = board.open("inbox shop/1", "Title", "Text", [])
    board.comment(number, "mention 1", "Words", over=None)
    refusing(hub, "GET", "/comments", status)
    with pytest.raises(NotOnGitHub):
        board.comments(number)
    assert list(board.comments(number)) == ["mention 1"]
    hub.issues.clear()
    refusing(hub, "GET", "/comments", status)
    assert board.comments(number) is None


def test_an_issue_that_may_not_be_closed_is_not_taken_for_closed(hub, board):
    number = board.open("inbox shop/1", "Title", "Text", [])
    refusing(hub, "PATCH", f"/issues/{number}", 404)
    with pytest.raises(Refused):
        board.close(number)
    board.close(number)
    assert hub.issues[0]["state"] == "closed"
    hub.issues.clear()
    refusing(hub, "PATCH", f"/issues/{number}", 410)
    board.close(number)


def test_who_has_closed_an_issue_is_known(hub, board):
    number = board.open("inbox shop/1", "Title", "Text", [])
    board.close(number)
    assert not board.was_closed_by_a_person(number)
    hub.issues[0]["closed_by"] = {"login": "marta"}
    assert board.was_closed_by_a_person(number)


def test_an_issue_that_a_person_has_just_opened_again_was_closed_by_nobody(hub, board):
    number = board.open("inbox shop/1", "Title", "Text", [])
    hub.issues[0]["closed_by"] = None
    assert not board.was_closed_by_a_person(number)


def test_comments_that_github_has_made_twice_are_all_found(hub, board):
    number = board.open("inbox shop/1", "Title", "Text", [])
    for _ in range(2):
        board.comment(number, "mention 1", "Words", over=None)
    assert board.comments(number) == {"mention 1": [1, 2]}


def test_a_label_that_is_lacking_is_made_and_one_of_another_colour_stays_as_it_is(hub, board):
    hub.labels = {"Complaint": "00ff00"}
    number = board.open("inbox shop/1", "Title", "Text", ["complaint"])
    board.label(number, ["complaint", "praise"])
    assert hub.labels == {"Complaint": "00ff00", "praise": "ededed"}
    assert hub.issues[0]["labels"] == ["Complaint", "praise"]


def test_of_more_issues_than_a_search_of_github_would_find_each_is_found(hub, board):
    hub.issues += (
        {
            "number": number,
            "user": {"login": BOT},
            "state": "open",
            "body": marked(f"n {number}", ""),
        }
        for number in range(1, 1202)
    )
    assert len(board.issues(SINCE)) == 1201
