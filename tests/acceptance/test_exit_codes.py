"""Each exit code, by the command line as a person types it."""

import signal
import subprocess
import sys

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.problems import LedgerUnusable, Suggestion
from tests.acceptance.typed import typed


def run(desktop, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return typed(desktop.root, *words, environ={**desktop.environ, **environ})


def at_opening(desktop) -> tuple[str, str]:
    desktop.sandbox.set_clock(None)
    return ("--now", "2027-03-01T10:02+02:00")


def test_0_when_nothing_is_due(desktop):
    done = run(desktop, "post", "--now", "2027-02-28T12:00+02:00")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing due." in done.stdout


def test_1_when_the_files_have_problems(desktop):
    desktop.write("campaigns/broken.yaml", "kind: contest\naccount: shop\nprise: jeans\n")
    done = run(desktop, "validate")
    assert done.returncode == 1
    assert "error[unknown-key]: unknown key `prise`" in done.stdout
    assert "--> campaigns/broken.yaml:3:1" in done.stdout
    assert str(Suggestion("prize")) in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("post", "--now", "yesterday"),
        ("post", "--account", "shpo"),
        ("post", "--wait", "soon"),
        ("publish",),
        ("new", "raffle", "spring"),
        ("new", "contest", "Spring Giveaway"),
    ],
)
def test_2_when_the_command_is_used_wrongly(desktop, words):
    done = run(desktop, *words)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


def test_2_when_now_is_asked_for_against_the_real_x(desktop):
    desktop.environ.pop("X_API_URL")
    done = run(desktop, "post", "--now", "2027-03-01T10:02+02:00")
    assert done.returncode == 2
    assert "--dry-run" in done.stderr


def test_3_when_a_post_needs_a_person(desktop):
    desktop.sandbox.fail({"route": "create", "answer": "cashtags"})
    desktop.clock.set("2027-03-01T10:02+02:00")
    done = run(desktop, "post", "--now", "2027-03-01T10:02+02:00")
    assert done.returncode == 3, done.stdout + done.stderr
    assert run(desktop, "status", "--now", "2027-03-01T10:03+02:00").returncode == 3


def test_4_when_credentials_are_missing_and_the_message_names_them(desktop):
    environ = {"X_API_URL": desktop.sandbox.url}
    desktop.environ.clear()
    done = run(desktop, "post", "--now", "2027-03-01T10:02+02:00", **environ)
    assert done.returncode == 4
    assert "X_SHOP_API_KEY" in done.stdout


def test_5_when_the_ledger_cannot_be_read(desktop):
    desktop.write(".runner/ledger/ledgers/_project/head.json", '{"number":1}')
    desktop.write(".runner/ledger/ledgers/_project/origin.jsonl", "this is no entry\n")
    done = run(desktop, "post", "--now", "2027-03-01T10:02+02:00")
    assert done.returncode == 5
    assert "origin.jsonl, line 1" in done.stderr
    assert desktop.sandbox.timeline() == []


def test_5_on_actions_because_the_files_store_would_forget(desktop):
    desktop.environ.pop("X_API_URL")
    done = run(desktop, "post", GITHUB_ACTIONS="true")
    assert done.returncode == 5
    assert "forget" in done.stderr


def test_70_for_a_bug_with_what_to_report(desktop):
    program = (
        "import runner.cli.app as a, runner.cli as c\n"
        "def broken(): raise RuntimeError('boom')\n"
        "a.app.command('broken')(broken)\n"
        "c.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "broken"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 70
    assert "This is a bug in runner" in done.stderr
    assert "boom" in done.stderr


def test_g11_a_signal_while_a_result_is_written_in_vain_is_how_it_ended(desktop):
    outside = desktop.outside()

    class Posting:
        def run(self):
            outside.signals.hear(signal.SIGTERM)
            raise LedgerUnusable("the remote is away", help="wait")

    with pytest.raises(LedgerUnusable) as unusable:
        post(outside, PostOptions(), Posting())
    assert unusable.value.exit_code == 128 + signal.SIGTERM
    assert LedgerUnusable.exit_code == 5
