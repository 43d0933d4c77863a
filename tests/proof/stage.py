"""A project whose posts fall due day by day, a local X over HTTP, and a ledger for real."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

from runner.cli.commands.post_run import PostOptions, PostRun
from runner.cli.context import CommandContext
from runner.ledger import Key, Record
from runner.local_x.server import Sandbox
from runner.stores.files import FilesLedger
from runner.stores.project_store import git_ledger
from tests.acceptance.clones import cloned, git
from tests.acceptance.conftest import TestClock

ACCOUNTS = {"shop": "acme_lv", "tienda": "acme_es"}
FIRST = datetime.fromisoformat("2027-03-01T10:00+02:00")
PROJECT = """\
timezone: Europe/Riga
accounts:
  shop: {{handle: acme_lv, locale: en}}
  tienda: {{handle: acme_es, locale: en}}
ledger: {{store: {store}, folder: .runner/ledger}}
rules: {{min-gap: 1m}}
"""
CAMPAIGN = """\
kind: series
accounts: [shop, tienda]
posts:
"""
POSTS = {
    "alone": '{{at: {at}, text: "Alone, {name}"}}',
    "story": '{{at: {at}, thread: ["One, {name}", "Two, {name}", "Three, {name}"]}}',
    "photo": '{{at: {at}, text: "A photo, {name}", media: [{{file: media/blue.png, alt: Blue}}]}}',
    "share": '{{at: {at}, repost: "https://x.com/levis/status/{target}"}}',
}
TEXTS = {
    "alone": ("Alone, {name}",),
    "story": ("One, {name}", "Two, {name}", "Three, {name}"),
    "photo": ("A photo, {name}",),
    "share": ("https://x.com/levis/status/{target}",),
}
FEW = ("story", "photo")
"""Posts of a day that is short."""
Part = tuple[Key, int]
"""An occurrence, and the number of one of its parts."""


@dataclass
class Stage:
    """What each day's posts are, and the ways to send them: processes, or a run in this one."""

    root: Path
    store: str
    sandbox: Sandbox
    days: int
    posts: tuple[str, ...]
    """Those of a day, by name."""
    clock: TestClock = field(init=False)
    targets: list[str] = field(init=False)
    """Of each day, the stranger's post that is shared."""

    def __post_init__(self) -> None:
        self.clock = TestClock(FIRST - timedelta(days=1), self.sandbox)
        self.targets = [self.sandbox.seed("levis", f"Day {day}").id for day in range(self.days)]
        self._write()
        if self.store == "git":
            remote = self.root.parent / "posts.git"
            cloned(self, remote)
            git(remote, "config", "uploadpack.allowFilter", "true")
            git(remote, "config", "gc.auto", "0")
            git(self.root, "remote", "set-url", "origin", remote.as_uri())

    def _write(self) -> None:
        campaigns = self.root / "campaigns"
        (campaigns / "media").mkdir(parents=True)
        (self.root.parent / "tmp").mkdir()
        Image.new("RGB", (40, 30), "navy").save(campaigns / "media/blue.png")
        (self.root / "runner.yaml").write_text(PROJECT.format(store=self.store))
        for day, target in enumerate(self.targets):
            name = self.name(day)
            text = CAMPAIGN
            for number, post in enumerate(self.posts):
                # another one is the first of each day
                due = self.ten(day) + timedelta(minutes=(day + number) % len(self.posts))
                post_text = POSTS[post].format(at=f"{due:%Y-%m-%d %H:%M}", name=name, target=target)
                text += f"  {post}: {post_text}\n"
            (campaigns / f"{name}.yaml").write_text(text)

    @staticmethod
    def ten(day: int) -> datetime:
        """In the morning; five minutes later all posts of the day are due."""
        return FIRST + timedelta(days=day)

    @staticmethod
    def name(day: int) -> str:
        return f"day-{day}"

    def declared(self, days: int) -> dict[tuple[str, str], Part]:
        """The parts that are due on the first days, by the account and by what X shows of them."""
        return {
            (account, text.format(name=self.name(day), target=self.targets[day])): (
                Key(account, self.name(day), post),
                number,
            )
            for day in range(days)
            for account in ACCOUNTS
            for post in self.posts
            for number, text in enumerate(TEXTS[post], start=1)
        }

    def environ(self) -> dict[str, str]:
        """The temporary folders of a killed run stay, and belong to the test."""
        temporary = {"TMPDIR": str(self.root.parent / "tmp"), "USER": "anna"}
        return {**os.environ, **self.sandbox.environment(), **temporary}

    @contextmanager
    def started(self, now: datetime) -> Iterator[subprocess.Popen[bytes]]:
        """`runner post` as a process of its own, which is gone at the end."""
        with (
            (self.root.parent / "said.txt").open("ab") as said,
            subprocess.Popen(
                [sys.executable, "-m", "runner", "post", "--now", now.isoformat()],
                cwd=self.root,
                env=self.environ(),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            ) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    def said(self) -> str:
        """The end of what the processes said."""
        return (self.root.parent / "said.txt").read_text()[-5000:]

    def stay(self, now: datetime) -> str:
        """A run in this process that stays for an hour, by a clock that its sleeps alone move: what
        it said."""
        self.clock.set(now)
        out = io.StringIO()
        outside = CommandContext(
            root=self.root, clock=self.clock, environ=self.environ(), out=out, talk=out
        )
        PostRun(outside, PostOptions(wait=timedelta(hours=1))).run()
        return out.getvalue()

    def ledger(self) -> Record:
        """All that stands in it, read by a fresh store."""
        if self.store == "files":
            return FilesLedger(self._folder).everything()
        store = git_ledger(self.root, self.environ(), clock=self.clock)
        return store.everything()

    def version(self) -> bytes:
        """Of the ledger, without reading it: changes with each record."""
        version = (
            self._folder / "ledgers/shop/head.json"
            if self.store == "files"
            else self.root.parent / "posts.git/refs/heads/runner-ledgers/shop"
        )
        return version.read_bytes() if version.exists() else b""

    @property
    def _folder(self) -> Path:
        return self.root / ".runner/ledger"


@contextmanager
def staged(
    folder: Path, *, store: str, days: int, posts: tuple[str, ...] = tuple(POSTS)
) -> Iterator[Stage]:
    """All below one folder, which is empty."""
    before = FIRST - timedelta(days=1)
    root = folder / "project"
    root.mkdir(parents=True)
    with Sandbox.start(ACCOUNTS, clock=lambda: before, rate_limits=False) as sandbox:
        yield Stage(root=root, store=store, sandbox=sandbox, days=days, posts=posts)
