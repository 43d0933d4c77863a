"""Who may write answers below the issue of a conversation; what was shown goes out on X, once."""

import re
from datetime import UTC, timedelta

import pytest

from runner.cli.commands.answer import answer
from runner.cli.commands.inbox import inbox
from tests.acceptance.conftest import PROJECT
from tests.workflows.hub import NAME, WRITES, Hub, listening

INBOX = "inbox: {}\n"


@pytest.fixture
def hub(tmp_path):
    made = Hub(tmp_path / "hub", is_private=True, people={"marta": "write", "anna": "read"})
    with listening(made):
        yield made


class Shop:
    """A job of GitHub, in a private repository with one conversation."""

    def __init__(self, desktop, hub: Hub) -> None:
        self.desktop, self.hub, self.x = desktop, hub, desktop.sandbox
        self.said = ""
        self.asked = ""

    def listen(self) -> int:
        return inbox(self.desktop.outside())

    def hears(self, text: str) -> str:
        """Somebody mentions us, and *Listen* opens an issue; the id of the mention."""
        self.asked = self.x.seed("karlis", text).id
        self.later(minutes=5)
        assert self.listen() == 0
        self.later(minutes=5)
        return self.asked

    def later(self, **length: float) -> None:
        self.desktop.clock.set(self.desktop.clock.now() + timedelta(**length))

    def comment(self, text: str, *, author: str = "marta", **more) -> int:
        """Somebody comments on the issue; the id."""
        at = f"{self.desktop.clock.now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return self.hub.says(author, text, on=101, at=at, **more)

    def run(self, comment: int, **more) -> int:
        """The run that a comment starts; its exit code."""
        outside = self.desktop.outside()
        code = answer(outside, issue=101, comment=comment, **more)
        self.said = outside.out.getvalue() + outside.talk.getvalue()
        return code

    def writes(self, text: str, **more) -> str:
        """Somebody comments, and it is carried out; what is said back."""
        comment = self.comment(text, **more)
        self.run(comment)
        return self.reply_to(comment)

    def reply_to(self, comment: int) -> str:
        name = f"<!-- campaign-runner: on {comment} -->\n"
        found = [each["body"] for each in self.hub.comments if each["body"].startswith(name)]
        assert len(found) <= 1
        return found[0].removeprefix(name) if found else ""

    def shown(self, text: str, **more) -> str:
        """The digest of an answer that somebody has asked to see."""
        return re.search(r"/send ([0-9a-f]{12})", self.writes(text, **more))[1]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What is out on X: what it answers, and its text."""
        posts = self.x.timeline("acme_lv")
        return [(post.reply_to, post.text) for post in posts if post.reply_to]

    @property
    def is_open(self) -> bool:
        return self.hub.issues[0]["state"] == "open"


@pytest.fixture
def shop(desktop, hub, tmp_path):
    desktop.write("runner.yaml", PROJECT + INBOX)
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    desktop.clock.set("2027-03-01T09:00+02:00")
    desktop.environ |= {
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": hub.api,
        "GITHUB_REPOSITORY": NAME,
        "GITHUB_TOKEN": WRITES,
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    return Shop(desktop, hub)


def test_a_ready_answer_is_shown_then_sent_once_and_closes_the_issue(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    shown = shop.writes("/answer thanks")
    assert "41 of 280 characters, $0.01:" in shown
    assert "```text\nThank you! It makes our day to read this.\n```" in shown
    assert shop.answers == []
    digest = re.search(r"/send ([0-9a-f]{12})", shown)[1]
    assert shop.writes(f"/send {digest}").startswith("Sent: https://x.com/acme_lv/status/")
    assert shop.answers == [(asked, "Thank you! It makes our day to read this.")]
    assert not shop.is_open
    shop.writes(f"/send {digest}")
    assert len(shop.answers) == 1
    shop.listen()
    assert not shop.is_open
