"""In a private repository each conversation is an issue, and in a public one there is none."""

from datetime import timedelta

import pytest

from runner.cli.commands.inbox import inbox
from tests.acceptance.answer_desk import begin_to_listen
from tests.workflows.hub import READS, WRITES, Hub, listening

INBOX = "inbox: {on-duty: [octocat]}\n"


@pytest.fixture
def hub(tmp_path):
    made = Hub(tmp_path / "hub", is_private=True)
    with listening(made):
        yield made


@pytest.fixture
def shop(desktop, hub):
    """A job of GitHub that listens, on a Monday."""
    begin_to_listen(desktop, hub, INBOX)
    return desktop


def told(desktop) -> tuple[int, str]:
    outside = desktop.outside()
    code = inbox(outside)
    return code, outside.out.getvalue() + outside.talk.getvalue()


def later(desktop, **length: float) -> None:
    desktop.clock.set(desktop.clock.now() + timedelta(**length))


def test_a_complaint_becomes_an_issue_that_its_answer_closes(shop, hub, tmp_path):
    ours = shop.sandbox.post_by_hand("shop", "Our new jeans are here")
    later(shop, minutes=5)
    asked = shop.sandbox.seed("karlis", "@acme_lv Mine are broken", reply_to=ours.id)
    later(shop, minutes=5)
    assert told(shop)[0] == 0
    (issue,) = hub.issues
    assert issue["title"] == "shop: complaint of Mon 1 Mar 2027 09:05 +02:00"
    assert "ready answer: `apology`, `hours`, `returns`, `sizes`, `thanks`" in issue["body"]
    assert f"(https://x.com/i/status/{asked.id})" in issue["body"]
    assert f"[this post of yours](https://x.com/i/status/{ours.id})" in issue["body"]
    assert "On duty: @octocat" in issue["body"]
    (comment,) = hub.comments
    assert comment["on"] == issue["number"]
    assert "```text\n@acme_lv Mine are broken\n```" in comment["body"]
    assert "karlis" not in f"{issue}{comment}"
    later(shop, minutes=5)
    shop.sandbox.post_by_hand("shop", "We are sorry", reply_to=asked.id)
    later(shop, minutes=5)
    assert told(shop)[0] == 0
    assert [each["state"] for each in hub.issues] == ["closed"]
    assert len(hub.comments) == 1
    summary = (tmp_path / "summary.md").read_text()
    assert f"[complaint](https://x.com/i/status/{asked.id}), 5 minutes" in summary
    assert "broken" not in summary


def test_in_a_public_repository_nothing_is_written_and_the_page_says_why(shop, hub, tmp_path):
    hub.is_private = False
    shop.sandbox.seed("karlis", "@acme_lv Mine are broken")
    assert told(shop)[0] == 0
    assert [call.method for call in hub.calls] == ["GET"]
    assert (
        "this repository is public, and X's terms forbid" in (tmp_path / "summary.md").read_text()
    )


@pytest.mark.parametrize("token", [READS, "nobody"])
def test_where_github_refuses_the_counts_are_told_and_the_next_run_writes(shop, hub, token):
    shop.sandbox.seed("karlis", "@acme_lv Mine are broken")
    shop.environ["GITHUB_TOKEN"] = token
    code, text = told(shop)
    assert code == 4
    assert "1 mention waits" in text
    assert "GitHub answered 40" in text
    assert hub.issues == []
    shop.environ["GITHUB_TOKEN"] = WRITES
    assert told(shop)[0] == 0
    assert "Mine are broken" in hub.comments[0]["body"]


def test_outside_of_github_there_are_no_issues(shop, hub):
    shop.environ.pop("GITHUB_ACTIONS")
    shop.sandbox.seed("karlis", "@acme_lv Mine are broken")
    assert told(shop)[0] == 0
    assert hub.calls == []


def test_a_mention_that_is_deleted_while_it_waits_loses_its_words(shop, hub):
    asked = shop.sandbox.seed("karlis", "@acme_lv Call me at 29123456")
    told(shop)
    shop.sandbox.remove(asked.id)
    later(shop, days=1)
    assert told(shop)[0] == 0
    assert hub.comments == []
    assert [each["state"] for each in hub.issues] == ["closed"]
