"""answer.yml as teams copy it: a comment below an issue, and what goes out on X."""

import io
import re
from datetime import UTC, datetime

import pytest

from runner.cli.commands.answer import answer
from runner.cli.commands.inbox import inbox
from runner.cli.context import CommandContext
from runner.local_x.server import Sandbox
from tests.workflows.acting import ACTOR, ROOT, Acted, Machine
from tests.workflows.conftest import PROJECT, secrets
from tests.workflows.hostile import HOSTILE, nothing_of_it_was_done
from tests.workflows.hub import NAME, RUNNER, WRITES

TEXT = "Thank you! It makes our day to read this."


@pytest.fixture
def asked(machine: Machine, sandbox: Sandbox) -> str:
    """A private repository in which a mention has its issue; the mention's id."""
    machine.hub.is_private = True
    machine.hub.people = {ACTOR: "write", "anna": "read"}
    machine.hub.commit({"runner.yaml": f"{PROJECT}inbox: {{}}\n"})
    said = sandbox.seed("karlis", "@acme_lv Love my jeans")
    assert inbox(context_of(machine, sandbox)) == 0
    return said.id


def context_of(machine: Machine, sandbox: Sandbox) -> CommandContext:
    """A job of another workflow, in this process."""
    environ = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(machine.hub.folder),
        **machine.hub.git_config,
        **sandbox.environment(),
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": machine.hub.api,
        "GITHUB_REPOSITORY": NAME,
        "GITHUB_TOKEN": WRITES,
    }
    return CommandContext(
        root=machine.hub.work, environ=environ, out=io.StringIO(), talk=io.StringIO()
    )


def says(machine: Machine, text: str, *, author: str = ACTOR) -> int:
    """Somebody comments on the issue; the comment's id."""
    at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return machine.hub.says(author, text, on=101, at=at)


def acts(machine: Machine, comment: int, *, private: bool = True) -> Acted:
    """The run that a comment starts."""
    (body,) = (each["body"] for each in machine.hub.comments if each["id"] == comment)
    payload = {
        "issue": {"number": 101},
        "comment": {"id": comment, "body": body},
        "repository": {
            "name": NAME.partition("/")[2],
            "full_name": NAME,
            "default_branch": "trunk",
            "private": private,
            "owner": {"login": NAME.partition("/")[0]},
        },
    }
    return machine.run("answer.yml", "issue_comment", payload)


def digest_of(machine: Machine, sandbox: Sandbox, text: str) -> str:
    comment = says(machine, text)
    assert answer(context_of(machine, sandbox), issue=101, comment=comment) == 0
    return re.findall(r"/send ([0-9a-f]{12})", machine.hub.comments[-1]["body"])[-1]


def answers(sandbox: Sandbox) -> list[tuple[str | None, str]]:
    return [(post.reply_to, post.text) for post in sandbox.timeline("acme_lv")]


def test_what_was_shown_goes_out_and_the_issue_is_closed(
    machine: Machine, sandbox: Sandbox, asked: str
) -> None:
    digest = digest_of(machine, sandbox, "/answer thanks")
    run = acts(machine, says(machine, f"/send {digest}"))
    assert run.jobs == {"show": "success", "send": "success"}, str(run)
    assert answers(sandbox) == [(asked, TEXT)]
    assert machine.hub.issues[0]["state"] == "closed"


@pytest.mark.slow
def test_to_show_an_answer_no_secret_is_needed(
    machine: Machine, sandbox: Sandbox, asked: str
) -> None:
    machine.secrets.clear()
    run = acts(machine, says(machine, "/answer thanks"))
    assert run.jobs == {"show": "success"}, str(run)
    assert TEXT in machine.hub.comments[-1]["body"]
    assert answers(sandbox) == []


@pytest.mark.slow
def test_what_a_stranger_writes_sends_nothing_and_says_nothing(
    machine: Machine, sandbox: Sandbox, asked: str
) -> None:
    digest = digest_of(machine, sandbox, "/answer thanks")
    run = acts(machine, says(machine, f"/send {digest}", author="anna"))
    assert run.jobs == {"show": "success"}, str(run)
    assert machine.hub.comments[-1]["body"] == f"/send {digest}"
    assert answers(sandbox) == []


@pytest.mark.slow
def test_in_a_public_repository_and_for_other_comments_no_job_starts(
    machine: Machine, sandbox: Sandbox, asked: str
) -> None:
    assert acts(machine, says(machine, "/answer thanks"), private=False).jobs == {}
    assert acts(machine, says(machine, "Thanks, /answer thanks")).jobs == {}
    assert answers(sandbox) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_comment_is_a_text_whatever_stands_in_it(
    machine: Machine, sandbox: Sandbox, asked: str, text: str
) -> None:
    run = acts(machine, says(machine, f"/answer {text}"))
    assert run.jobs == {"show": "success"}, str(run)
    nothing_of_it_was_done(machine, run)
    assert machine.hub.comments[-1]["user"]["login"] != ACTOR
    assert answers(sandbox) == []


@pytest.mark.slow
def test_a_repository_of_campaigns_alone_calls_it_as_the_page_says(
    machine: Machine, sandbox: Sandbox, asked: str
) -> None:
    page = (ROOT / "docs/how-to/work-as-a-team.md").read_text(encoding="utf-8")
    (caller,) = re.findall(r"```text\n(name: Answer\n.*?)```", page, re.DOTALL)
    caller = caller.replace("OWNER/campaign-runner", RUNNER).replace("COMMIT", "ab" * 20)
    machine.hub.part()
    machine.hub.commit({".github/workflows/answer.yml": caller})
    digest = digest_of(machine, sandbox, "/answer thanks")
    run = acts(machine, says(machine, f"/send {digest}"))
    assert set(run.jobs.values()) == {"success"}, str(run)
    assert answers(sandbox) == [(asked, TEXT)]


@pytest.mark.slow
def test_who_answers_for_the_others_sends_with_its_own_secrets(
    machine: Machine, sandbox: Sandbox
) -> None:
    machine.hub.is_private, machine.hub.people = True, {ACTOR: "write"}
    both = PROJECT.replace("locale: en}", "locale: en}\n  tienda: {handle: acme_es, locale: es}")
    machine.hub.commit({"runner.yaml": f"{both}inbox: {{answers-from: tienda}}\n"})
    machine.secrets = secrets(sandbox, "tienda")
    said = sandbox.seed("karlis", "@acme_lv @acme_es Love my jeans")
    assert inbox(context_of(machine, sandbox), accounts=["shop"]) == 0
    digest = digest_of(machine, sandbox, "/answer Glad to hear it")
    run = acts(machine, says(machine, f"/send {digest}"))
    assert run.jobs == {"show": "success", "send": "success"}, str(run)
    assert [(each.reply_to, each.text) for each in sandbox.timeline("acme_es")] == [
        (said.id, "Glad to hear it")
    ]
    assert machine.hub.issues[0]["state"] == "closed"
