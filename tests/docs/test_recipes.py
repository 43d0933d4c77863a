"""The lines for cron, for systemd, and for a clock outside of GitHub, as the pages have them."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import runner
from runner.local_x.server import Sandbox
from tests.docs.pages import ROOT, Block, pieces
from tests.workflows.hub import NAME, WRITES, Hub, listening

CRON = ROOT / "docs/how-to/publish-from-cron.md"
ON_TIME = ROOT / "docs/how-to/be-on-time.md"
PROJECT = """\
timezone: Africa/Abidjan
accounts:
  shop: {handle: acme_lv, locale: en}
ledger: {store: git}
"""


def shown(page: Path, language: str) -> list[str]:
    found = pieces(page.read_text(encoding="utf-8"))
    return [each.body for each in found if isinstance(each, Block) and each.language == language]


@dataclass
class Server:
    """A machine on which somebody did what the page says; `home` is that person's folder."""

    home: Path
    sandbox: Sandbox

    @property
    def campaigns(self) -> Path:
        return self.home / "campaigns"

    @property
    def environ(self) -> dict[str, str]:
        """What cron and systemd give: next to nothing."""
        return {"HOME": str(self.home), "PATH": "/usr/bin:/bin"}

    def run(self, command: str, environ: dict[str, str] | None = None) -> None:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            env=environ or self.environ,
            cwd=self.home,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @property
    def texts(self) -> list[str]:
        return [post.text for post in self.sandbox.timeline()]


def begin(hub: Hub) -> None:
    due = (datetime.now(UTC) - timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M")
    hello = f"kind: series\naccount: shop\nposts: {{hello: {{at: {due}, text: Hello}}}}\n"
    hub.create()
    hub.commit({"runner.yaml": PROJECT, "campaigns/hello.yaml": hello})


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    begin(hub := Hub(tmp_path))
    home = tmp_path / "home"
    hub.git("clone", "--quiet", str(hub.bare), str(home / "campaigns"), cwd=tmp_path)
    command = home / "campaigns/.venv/bin/runner"
    command.parent.mkdir(parents=True)
    code = Path(runner.__file__).parents[1]
    command.write_text(f'#!/bin/sh\nPYTHONPATH={code} exec {sys.executable} -m runner "$@"\n')
    command.chmod(0o755)
    with Sandbox.start({"shop": "acme_lv"}, clock=lambda: datetime.now(UTC)) as sandbox:
        (home / ".config").mkdir()
        lines = (f"{name}={value}\n" for name, value in secrets(sandbox).items())
        (home / ".config/runner.env").write_text("".join(lines))
        yield Server(home=home, sandbox=sandbox)


def secrets(sandbox: Sandbox) -> dict[str, str]:
    """Under the names that the page gives, and where X is."""
    (names, *_) = (block for block in shown(CRON, "ini") if "API_KEY" in block)
    given = sandbox.environment()
    four = re.findall(r"^(\w+)=…$", names, re.MULTILINE)
    assert len(four) == 4
    return {name: given[name] for name in (*four, "X_API_URL")}


@pytest.mark.slow
def test_the_line_for_cron_takes_what_was_merged_and_posts_it_once(server: Server) -> None:
    (line,) = shown(CRON, "crontab")
    schedule, command = re.fullmatch(r"((?:\S+ +){5})(.*)\n", line).groups()
    assert schedule.split() == ["*/10", "*", "*", "*", "*"]
    assert "%" not in command  # which cron would take for the end of the line
    for _ in range(2):
        server.run(command)
    assert server.texts == ["Hello"]


def units() -> dict[str, configparser.RawConfigParser]:
    _, *written = shown(CRON, "ini")
    names = re.findall(r"`~/.config/systemd/user/(runner\.\w+)`", CRON.read_text(encoding="utf-8"))
    assert names == ["runner.service", "runner.timer"]
    return dict(zip(names, map(unit, written), strict=True))


def unit(text: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read_string(text)
    return parser


@pytest.mark.slow
def test_the_units_for_systemd_do_the_same(server: Server) -> None:
    service = units()["runner.service"]["Service"]
    there = {key: value.replace("%h", str(server.home)) for key, value in service.items()}
    assert there["WorkingDirectory"] == str(server.campaigns)
    given = Path(there["EnvironmentFile"]).read_text().splitlines()
    environ = server.environ | dict(line.split("=", 1) for line in given)
    for key in ("ExecStartPre", "ExecStart"):
        server.run(f"cd {there['WorkingDirectory']} && exec {there[key]}", environ)
    assert server.texts == ["Hello"]


@pytest.mark.slow
def test_systemd_finds_nothing_wrong_with_the_units(server: Server) -> None:
    timer = units()["runner.timer"]
    assert timer["Timer"]["OnCalendar"] == "*:0/10"
    if not (program := shutil.which("systemd-analyze")):
        return  # then the two tests above are all there is
    folder = server.home / "units"
    folder.mkdir()
    for name, text in zip(units(), shown(CRON, "ini")[1:], strict=True):
        (folder / name).write_text(text.replace("%h", str(server.home)))
    files = [folder / name for name in units()]
    for words in (["verify", "--user", "--man=no", *files], ["calendar", "*:0/10"]):
        done = subprocess.run(
            [program, *words],
            env={**server.environ, "XDG_RUNTIME_DIR": str(server.home)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""


def test_a_clock_outside_asks_for_the_run_it_means(tmp_path: Path) -> None:
    (command,) = (each for each in shown(ON_TIME, "console") if "curl" in each)
    command = command.removeprefix("$ ").replace("OWNER/REPOSITORY", NAME)
    with listening(hub := Hub(tmp_path)):
        done = subprocess.run(
            ["/bin/sh", "-c", command.replace("https://api.github.com", hub.api)],
            env={"PATH": "/usr/bin:/bin", "TOKEN": WRITES},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    assert hub.dispatched == [("post.yml", {"ref": "main"})]
    assert "workflow_dispatch:" in (ROOT / ".github/workflows/post.yml").read_text()
    assert shlex.split(command)[0] == "curl"
