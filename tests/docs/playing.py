"""A run, played with real commands in a project beside a local X."""

from collections.abc import Callable
from pathlib import Path

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.problems import Stop
from tests.acceptance.clones import cloned
from tests.acceptance.conftest import Desktop

Played = tuple[int, str]
"""The exit code, and what was printed."""
TIPS = "campaigns/tips.yaml"
ONE = PostOptions(campaigns=("tips",))
HELLO = "kind: series\naccount: shop\nposts: {hello: {at: 2027-03-01 09:00, text: Hello}}\n"


def given(desktop: Desktop, text: str = HELLO, *, at: str = "09:00") -> None:
    desktop.write(TIPS, text)
    desktop.environ["USER"] = "anna"
    now(desktop, at)


def now(desktop: Desktop, time: str) -> None:
    desktop.clock.set(f"2027-03-01T{time}+02:00")


def said(desktop: Desktop, command: Callable[..., int] = post, asked: PostOptions = ONE) -> Played:
    """One command, and how it ended, as `main` would end it."""
    outside = desktop.outside()
    try:
        code = command(outside, asked) if command is post else command(outside)
    except Stop as stop:
        outside.tell(f"error: {stop.message}\n  = help: {stop.help}")
        code = stop.exit_code
    return code, outside.out.getvalue() + outside.talk.getvalue()


def fails(desktop: Desktop, **fault: object) -> None:
    desktop.sandbox.fail({"route": "create", **fault})


def in_doubt(desktop: Desktop, *, applied: bool, text: str = HELLO) -> None:
    """A run got no answer that tells, three hours before its grace ends."""
    given(desktop, text)
    fails(desktop, status=503, applied=applied)
    assert said(desktop)[0] == 0


def on_git(desktop: Desktop) -> Path:
    """The project is a clone of this remote, and keeps its ledger there."""
    given(desktop)
    project = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", project.replace("store: files", "store: git"))
    remote = desktop.root.parent / f"{desktop.root.name}-hub" / "posts.git"
    remote.parent.mkdir()
    cloned(desktop, remote)
    return remote
