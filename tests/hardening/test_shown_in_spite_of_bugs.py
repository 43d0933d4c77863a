"""What can't be shown, or written anywhere, hides nothing else and decides nothing."""

import errno
import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from runner.bugs import noting
from runner.cli.commands.accounts import accounts
from runner.cli.commands.preview import preview
from runner.cli.commands.validate import validate
from runner.cli.context import CommandContext
from runner.cli.entry_point import exit_code_of
from runner.cli.github_job import summarise
from runner.cli.streams import unbreakable
from runner.plan import Plan, PlanInputs
from runner.plan.change import compare
from runner.plan.snapshot import snapshots
from runner.problems import BadUsage, Place, Problem
from runner.value import replace
from runner.views.change_listing import change_listing
from runner.views.containment import outcome_shown, plan_shown, problems_shown
from runner.views.html.preview import Material, plan_as_html
from runner.views.ics import plan_as_ics
from runner.views.json.plan import plan_as_json
from runner.views.markdown.bounded import comment
from runner.views.markdown.listing import listing_as_markdown
from runner.views.markdown.outcome import outcome_as_markdown
from runner.views.plan_listing import plan_listing
from runner.views.problems import as_github, as_json, as_text
from runner.views.terminal.listing import listing_as_text
from runner.views.terminal.outcome import outcome_as_text
from tests.acceptance.test_watching import Slow
from tests.hardening.twenty import NAMES, PICTURE, PROJECT, Unforeseen, posted, the_machine, twenty

LIMIT = comment("see elsewhere")


class Sour:
    """A value of which nothing can be asked."""

    def __getattr__(self, name: str) -> object:
        raise Unforeseen

    def __str__(self) -> str:
        raise Unforeseen


MATERIAL = Material(project=PROJECT, read=lambda _: PICTURE)
VIEWS = {
    "text": lambda plan, _: listing_as_text(plan_listing(plan)),
    "markdown": lambda plan, _: listing_as_markdown(plan_listing(plan), LIMIT),
    "html": lambda plan, _: plan_as_html(plan, MATERIAL),
    "ics": lambda plan, _: plan_as_ics(plan),
    "json": lambda plan, _: plan_as_json(plan, (), {}),
    "change-text": lambda plan, change: listing_as_text(change_listing(change, plan)),
    "change-markdown": lambda plan, change: listing_as_markdown(
        change_listing(change, plan), LIMIT
    ),
    "change-json": lambda plan, change: plan_as_json(plan, (), {}, change),
}


@cache
def planned() -> tuple[PlanInputs, Plan]:
    inputs = twenty()
    return inputs, the_machine(inputs).plan()


@pytest.mark.parametrize("view", VIEWS.values(), ids=(f"B2-{name}" for name in VIEWS))
def test_a_post_that_can_not_be_shown_hides_no_other(view):
    _, plan = planned()
    change = compare({}, snapshots(plan))
    actions = tuple(
        replace(each, post=Sour()) if each.key.post == "j" else each for each in plan.actions
    )
    changes = tuple(
        replace(each, after=replace(each.after, action=replace(each.after.action, post=Sour())))
        if each.snapshot.key.post == "j"
        else each
        for each in change.changes
    )
    with noting() as bugs:
        shown = plan_shown(replace(plan, actions=actions), view, replace(change, changes=changes))
    for name in NAMES:
        assert f"This is {name}" in shown
    assert "bug in runner" in shown.replace("\r\n ", "")  # a calendar folds its lines
    assert bugs


def test_of_a_post_of_which_nothing_can_be_shown_a_notice_tells():
    _, plan = planned()
    actions = tuple(
        replace(each, occurrence=replace(each.occurrence, due=Sour()))
        if each.key.post == "j"
        else each
        for each in plan.actions
    )
    shown = plan_shown(replace(plan, actions=actions), VIEWS["text"])
    assert "Notice: shop/one/j can’t be shown, because of a bug in runner" in shown
    assert all(f"This is {name}" in shown for name in NAMES)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("view", [outcome_as_text, outcome_as_markdown], ids=["text", "markdown"])
def test_a_result_that_can_not_be_shown_hides_no_other(view):
    machine = the_machine()
    outcome = machine.run_out()
    spoiled = tuple(
        replace(each, urls=Sour(), cost=Sour()) if each.key.post == "d" else each
        for each in outcome.results
    )
    shown = outcome_shown(replace(outcome, results=spoiled), machine.ran.plan, view)
    assert "Sent " in shown
    if view is outcome_as_markdown:
        assert all(f"/{name}`" in shown for name in "abc")


@pytest.mark.parametrize("view", [as_text, as_json, as_github])
def test_a_problem_that_can_not_be_shown_hides_no_other(view):
    problems = [
        Problem(rule="too-long", message=f"wrong-{n}", place=Place(path="a.yaml")) for n in "abc"
    ]
    problems[1] = replace(problems[1], help=Sour())
    shown = problems_shown(problems, lambda these: view(these, {}))
    assert "wrong-a" in shown
    assert "wrong-c" in shown
    assert "a bug in runner, while showing it" in shown


# --- Whole commands, in one process


PROJECT_FILE = """\
timezone: Europe/Riga
accounts:
  shop: {handle: acme_lv, locale: en}
  support: {handle: acme_support, locale: en}
ledger: {store: files}
"""
CAMPAIGN = """\
kind: series
account: ACCOUNT
ends: 2027-03-31
posts:
  hello: {at: 2027-03-01 10:00, text: "TEXT"}
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "runner.yaml").write_text(PROJECT_FILE)
    for account, text in (
        ("shop", "{{ ends | date('Hm') }}"),
        ("support", "Žagaru vafeļu 🧇 laiks"),
    ):
        written = CAMPAIGN.replace("ACCOUNT", account).replace("TEXT", text)
        (tmp_path / f"campaigns/{account}-x.yaml").write_text(written, encoding="utf-8")
    return tmp_path


class FullDisk(io.StringIO):
    """Takes so many characters, then its disk is full."""

    def __init__(self, room: int, number: int = errno.ENOSPC) -> None:
        super().__init__()
        self.room, self.number = room, number

    def write(self, text: str) -> int:
        self.room -= len(text)
        if self.room < 0:
            raise OSError(self.number, os.strerror(self.number))
        return super().write(text)


def clock_at(folder: Path, **more: object) -> CommandContext:
    from runner.cli.machine import clock_at as clock

    given = {"out": io.StringIO(), "talk": io.StringIO(), "environ": {}, **more}
    return CommandContext(root=folder, clock=clock("2027-03-01T09:00+02:00"), **given)


def test_b1_a_template_that_fails_is_told_at_its_post_and_the_others_are_shown(folder):
    outside = clock_at(folder)
    assert exit_code_of(lambda: validate(outside), outside.talk) in (1, 70)
    assert "(posts.hello" in outside.out.getvalue()
    outside = clock_at(folder)
    assert exit_code_of(lambda: preview(outside), outside.talk) in (1, 70)
    assert "vafeļu" in outside.out.getvalue()
    outside = clock_at(folder)
    assert exit_code_of(lambda: accounts(outside), outside.talk) == 0


def test_an_error_that_names_a_file_sends_the_terminal_no_commands():
    def refused() -> int:
        raise BadUsage("a\x1b[31m\x9b.csv can't be read", help="rename\x07 it\nand try again")

    talk = io.StringIO()
    assert exit_code_of(refused, talk) == 2
    told = talk.getvalue()
    assert told == "error: a␛[31m\ufffd.csv can't be read\n  = help: rename␇ it\nand try again\n"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii"])
def test_b3_what_an_encoding_lacks_is_escaped(folder, encoding):
    raw = io.BytesIO()
    outside = clock_at(folder, out=io.TextIOWrapper(raw, encoding=encoding))
    preview(outside)
    assert rb"vafe\u013cu \U0001f9c7 laiks" in raw.getvalue()


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("number", "room"),
    [
        (errno.ENOSPC, 300),
        (errno.EPIPE, 300),
        pytest.param(errno.ENOSPC, 0, marks=pytest.mark.slow),
        pytest.param(errno.EIO, 300, marks=pytest.mark.slow),
    ],
)
def test_b3_an_output_that_breaks_decides_nothing(number, room):
    """A run goes on publishing and recording, and its exit code is its own."""
    machine, out, talk = the_machine(), FullDisk(room, number), io.StringIO()
    ended = posted(machine, out=out, talk=talk)
    assert ended.code == 0
    assert set(machine.states().values()) == {"posted"}
    assert len(machine.states()) == 20
    said = (
        ""
        if number == errno.EPIPE
        else f"error: standard output can't be written: {os.strerror(number).lower()}\n"
    )
    assert talk.getvalue() == said


def test_b3_a_closed_stream_or_none_is_no_fault(folder):
    closed = io.StringIO()
    closed.close()
    assert preview(clock_at(folder, out=closed)) == preview(clock_at(folder, out=None, talk=None))


def test_b3_a_file_that_can_not_be_written_is_one_line(folder):
    outside = clock_at(folder)
    with pytest.raises(BadUsage, match=r"`/dev/full` can't be written: no space left on device"):
        preview(outside, output=Path("/dev/full"))
    with pytest.raises(BadUsage, match="can't be written: no such file or directory"):
        preview(outside, output=folder / "nowhere" / "page.html")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("path", ["/dev/full", "/nowhere/at/all", "/"])
def test_b3_a_summary_that_can_not_be_written_decides_nothing(folder, path):
    outside = clock_at(folder, environ={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": path})
    summarise(outside, "## Sent 3 posts\n")
    assert outside.talk.getvalue().startswith("This job's summary can't be written (")
    machine = the_machine()
    assert posted(machine, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=path).code == 0


def test_b3_a_bar_on_a_terminal_that_breaks_does_not_break_the_work(folder):
    class Terminal(FullDisk):
        def isatty(self) -> bool:
            return True

    outside = replace(clock_at(folder, talk=Terminal(0)), clock=Slow())
    assert list(outside.watched(range(200), "rendering")) == list(range(200))


def test_a_stream_is_wrapped_once():
    stream = unbreakable(io.StringIO())
    assert unbreakable(stream) is stream


# --- Real processes


SHELL = {
    "closed-pipe": ("runner preview | head -1", ""),
    "closed-pipe-at-once": ("runner preview | true", ""),
    "full-disk": (
        "runner preview > /dev/full",
        "error: standard output can't be written: no space left on device\n",
    ),
    "no-output": ("runner preview >&-", ""),
    "nothing-at-all": ("runner preview >&- 2>&- <&-", ""),
    "help-full": (
        "runner --help > /dev/full",
        "error: standard output can't be written: no space left on device\n",
    ),
}


SAMPLE = ("closed-pipe",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(*case, id=f"B3-{name}", marks=() if name in SAMPLE else pytest.mark.slow)
        for name, case in SHELL.items()
    ],
)
def test_what_a_shell_does_with_the_output_is_no_failure(folder, line, said):
    (folder / "campaigns/shop-x.yaml").unlink()
    python = f'runner() {{ {sys.executable} -m runner "$@"; }}; set -o pipefail; '
    done = subprocess.run(
        ["bash", "-c", python + line],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, said)
