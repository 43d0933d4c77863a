"""A job of GitHub in a private repository with one conversation, and those who write below it."""

import json
import re
from datetime import UTC, timedelta

from runner.cli.commands.answer import answer
from runner.cli.commands.inbox import inbox
from runner.cli.context import CommandContext
from tests.acceptance.conftest import PROJECT, Desktop
from tests.workflows.hub import NAME, WRITES, Hub

INBOX = "inbox: {}\n"
PEOPLE = {"marta": "write", "anna": "read"}


def begin_to_listen(desktop: Desktop, hub: Hub, inbox: str) -> None:
    """The desktop becomes a job of this repository, on a Monday, whose project has that inbox and
    no campaign."""
    desktop.write("runner.yaml", PROJECT + inbox)
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    desktop.clock.set("2027-03-01T09:00+02:00")
    become_job(desktop, hub)


def become_job(desktop: Desktop, hub: Hub) -> None:
    """The commands run in a workflow of this repository from now on."""
    desktop.environ |= {
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": hub.api,
        "GITHUB_REPOSITORY": NAME,
        "GITHUB_TOKEN": WRITES,
        "GITHUB_STEP_SUMMARY": str(desktop.root / "summary.md"),
    }


class AnswerDesk:
    """`said` is what the last run has printed."""

    def __init__(self, desktop: Desktop, hub: Hub) -> None:
        self.desktop, self.hub, self.x = desktop, hub, desktop.sandbox
        begin_to_listen(desktop, hub, INBOX)
        self.said = ""
        self.asked = ""

    def listen(self, outside: CommandContext | None = None) -> int:
        return inbox(outside or self.desktop.outside())

    def hears(self, text: str, *, reply_to: str | None = None) -> str:
        """Somebody mentions us, and *Listen* opens an issue; the id of the mention."""
        self.asked = self.x.seed("karlis", text, reply_to=reply_to).id
        self.later(minutes=5)
        assert self.listen() == 0
        self.later(minutes=5)
        return self.asked

    def later(self, **length: float) -> None:
        self.desktop.clock.set(self.desktop.clock.now() + timedelta(**length))

    def comment(self, text: str, *, author: str = "marta", on: int = 101, **more) -> int:
        """Somebody comments on an issue; the id."""
        at = f"{self.desktop.clock.now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return self.hub.says(author, text, on=on, at=at, **more)

    def run(self, comment: int, **more) -> int:
        """The run that a comment starts; its exit code."""
        outside = self.desktop.outside()
        (on,) = (each["on"] for each in self.hub.comments if each["id"] == comment)
        code = answer(outside, issue=on, comment=comment, **more)
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
    def kept(self) -> list[dict]:
        """The records of the inbox."""
        files = sorted((self.desktop.root / ".runner/ledger-inbox/shop").rglob("0*"))
        return [json.loads(each.read_bytes()) for each in files]

    @property
    def is_open(self) -> bool:
        return self.hub.issues[0]["state"] == "open"

    def issue_of(self, mention: str) -> int:
        """The issue of the conversation that began with a mention."""
        name = f"<!-- campaign-runner: inbox shop/{mention} -->"
        (found,) = (each["number"] for each in self.hub.issues if each["body"].startswith(name))
        return found
