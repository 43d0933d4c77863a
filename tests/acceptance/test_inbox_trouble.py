"""What is wrong around an inbox: GitHub that refuses, keys that may only read, people who can't be
answered. Whoever can mend it is told, nothing is lost, and the next run goes on."""

from contextlib import suppress

import pytest

from runner.problems import Refused
from tests.acceptance.answer_desk import INBOX, PEOPLE, AnswerDesk
from tests.acceptance.conftest import PROJECT
from tests.workflows.hub import READS, WRITES, Call, Hub, listening

STATUSES = (403, 404, 410, 429, 500, 502)
READ_ONLY = {"errors": [{"code": 261, "message": "Application cannot perform write actions."}]}
SENDING, OPENING = 8, 5
"""Requests to GitHub of a run that sends, and of one that opens an issue."""


@pytest.fixture
def shop(desktop, tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("hub"), is_private=True, people=dict(PEOPLE))
    with listening(hub):
        yield AnswerDesk(desktop, hub)


def refuse(shop: AnswerDesk, number: int, status: int) -> None:
    """GitHub refuses its so-many-th request from now on, once."""
    begun = len(shop.hub.calls)
    shop.hub.refuses = lambda _: status if len(shop.hub.calls) - begun == number else None


@pytest.mark.sampled(3)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("number", range(1, SENDING + 1))
def test_an_answer_goes_out_once_whatever_github_refuses(shop, number, status):
    asked = shop.hears("@acme_lv Love my jeans")
    comment = shop.comment(f"/send {shop.shown('/answer thanks')}")
    refuse(shop, number, status)
    with suppress(Refused):
        shop.run(comment)
    shop.hub.refuses = lambda _: None
    assert shop.run(comment) == 0
    shop.listen()
    assert [to for to, _ in shop.answers] == [asked]
    assert not shop.is_open
    assert shop.reply_to(comment).startswith(("Sent: ", "Nothing waits"))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("number", range(1, OPENING + 1))
def test_an_issue_is_opened_once_whatever_github_refuses(shop, number, status):
    asked = shop.x.seed("karlis", "@acme_lv Love my jeans").id
    shop.later(minutes=5)
    refuse(shop, number, status)
    assert shop.listen() == (4 if number < OPENING + 1 else 0)
    shop.hub.refuses = lambda _: None
    shop.later(minutes=5)
    assert shop.listen() == 0
    (issue,) = shop.hub.issues
    (comment,) = shop.hub.comments
    assert f"mention {asked}" in comment["body"]
    assert issue["state"] == "open"


@pytest.mark.parametrize(
    ("status", "said", "help"),
    [
        (403, "Resource not accessible by integration", "look at the `permissions`"),
        (410, "Issues are disabled for this repo", "switch on what is disabled"),
        (403, "You have exceeded a secondary rate limit", "takes no more requests for a while"),
        (429, "Too many", "takes no more requests for a while"),
        (503, "Unavailable", "GitHub has trouble"),
    ],
)
def test_who_can_mend_what_github_refuses_is_told(shop, status, said, help):
    shop.x.seed("karlis", "@acme_lv Love my jeans")
    shop.later(minutes=5)
    shop.hub.refuses = lambda call: status if is_of_issues(call) else None
    shop.hub.reason = said
    outside = shop.desktop.outside()
    assert shop.listen(outside) == 4
    told = outside.talk.getvalue()
    assert f"GitHub answered {status}: {said}" in told
    assert help in told
    assert "GitHub answered" in (shop.desktop.root / "summary.md").read_text()
    shop.hub.refuses = lambda _: None
    assert shop.listen() == 0
    assert shop.is_open


def is_of_issues(call: Call) -> bool:
    return "/issues" in call.path


def test_a_token_that_may_write_no_issues_is_told_of_and_the_mention_is_heard(shop):
    shop.x.seed("karlis", "@acme_lv Love my jeans")
    shop.later(minutes=5)
    shop.desktop.environ["GITHUB_TOKEN"] = READS
    outside = shop.desktop.outside()
    assert shop.listen(outside) == 4
    assert "look at the `permissions` of the workflow's job" in outside.talk.getvalue()
    assert shop.hub.issues == []
    shop.desktop.environ["GITHUB_TOKEN"] = WRITES
    assert shop.listen() == 0
    assert len(shop.hub.comments) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 403, "body": READ_ONLY}, "the app may only read"),
        ({"answer": "credits"}, "no credit left"),
        ({"answer": "suspended"}, "suspended"),
        ({"answer": "rate-limit"}, "takes no more requests"),
    ],
)
def test_what_x_refuses_of_the_account_is_told_and_the_same_is_sent_later(shop, answer, said):
    asked = shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    shop.x.fail({"route": "create", **answer})
    told = shop.writes(f"/send {digest}")
    assert told.startswith("Not sent: ")
    assert said in told
    assert "once more when that is over" in told
    assert (shop.answers, shop.is_open) == ([], True)
    shop.later(minutes=20)
    assert shop.writes(f"/send {digest}").startswith("Sent: ")
    assert [to for to, _ in shop.answers] == [asked]


def test_who_has_blocked_the_account_is_not_answered_and_it_can_be_skipped(shop):
    shop.hears("@acme_lv Love my jeans")
    shop.x.fail({"route": "create", "answer": "forbidden"})
    told = shop.writes(f"/send {shop.shown('/answer thanks')}")
    assert told.startswith("Not sent: X does not permit this post and does not say why")
    assert "who has blocked the account" in told
    assert (shop.answers, shop.is_open) == ([], True)
    shop.writes("/skip has blocked us")
    assert not shop.is_open


def test_what_is_deleted_before_its_answer_closes_the_issue_the_next_day(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    shop.x.remove(asked)
    assert "Nobody can answer what is deleted" in shop.writes(f"/send {digest}")
    shop.later(days=1)
    shop.listen()
    assert not shop.is_open


def test_a_ready_answer_that_is_not_there_in_their_language_or_ours_is_told(shop):
    shop.desktop.write("runner.yaml", PROJECT.replace("locale: en", "locale: de") + INBOX)
    shop.hears("@acme_lv Liebe die Jeans")
    told = shop.writes("/answer thanks")
    assert told.startswith("This can't be an answer:")
    assert "templates/answers/thanks" in told
    assert "/send" not in told.partition("```")[2]


def test_too_long_an_answer_is_told_with_its_length(shop):
    shop.hears("@acme_lv Love my jeans")
    told = shop.writes(f"/answer\n{'long ' * 60}")
    assert "299 of 280 characters" in told
    assert "It can't be sent like that" in told
