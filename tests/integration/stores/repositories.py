"""Real repositories: a bare remote, clones of it, and ledgers on it."""

import atexit
import os
import shutil
import subprocess
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from runner.git.checkout import Checkout
from runner.git.tip import Tip, tip_of
from runner.stores.git import GitLedger
from runner.stores.project_store import git_ledger
from runner.stores.remote import RemoteRefs
from tests.unit.stores.remotes import Clock

BRANCH, WITNESS = "refs/heads/runner-ledgers/shop", "refs/runner/heads/shop"
PROJECT = {
    "campaigns/slim.yaml": "kind: launch\n",
    "templates/launch/teaser.j2": "Soon\n",
    "runner.yaml": "timezone: Europe/Riga\n",
    "README.md": "# Posts\n",
}


class Repositories:
    """All below one folder. `remote` is bare; `main` is where its branch main is written."""

    def __init__(self, folder: Path, prefix: str, *, begun: "Repositories | None" = None) -> None:
        self.folder = folder
        self.prefix = prefix
        self.begun = begun
        self.remote = folder / "remote.git"
        self.main = folder / "main"
        self.url = f"file://{self.remote}"
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_ALLOW_PROTOCOL": "file",
            "GIT_TEMPLATE_DIR": os.environ["GIT_TEMPLATE_DIR"],
        }

    def git(self, *words: str, at: Path | None = None, stdin: str = "") -> str:
        who = ("-c", "user.name=anna", "-c", "user.email=anna@example.com")
        done = subprocess.run(
            ["git", *who, *words],
            cwd=at or self.folder,
            env=self.environ,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def push(self, files: dict[str, str]) -> str:
        """A commit on the remote's main."""
        write(self.main / self.prefix, files)
        self.git("add", "--all", "--force", at=self.main)
        self.git("commit", "--quiet", "--message=Edit", at=self.main)
        self.git("push", "--quiet", "origin", "main", at=self.main)
        return self.git("rev-parse", "HEAD", at=self.main)

    def clone(self, name: str, *options: str) -> Path:
        """The project's folder in a new clone."""
        if self.begun and bytes_of(self.remote) == bytes_of(self.begun.remote):
            copy_of(self.begun, clone_of(self.begun, options), self.folder / name)
        else:
            self.git("clone", "--quiet", *options, self.url, str(self.folder / name))
        return self.folder / name / self.prefix

    def ledger(
        self,
        project: Path,
        *,
        deadline: datetime | None = None,
        tip: Tip | None = None,
        **environ: str,
    ) -> GitLedger:
        """As a command makes it; one that publishes gives the tip."""
        environ = {**self.environ, **environ}
        return git_ledger(project, environ, clock=Clock(), deadline=deadline, tip=tip)

    def tip(self, project: Path) -> Tip:
        """What is published of a project."""
        return tip_of(Checkout(project, self.environ), self.environ)

    def refs(self, project: Path) -> RemoteRefs:
        return RemoteRefs(Checkout(project, self.environ), self.environ)

    def heads(self) -> dict[str, str]:
        """The remote's refs but for main."""
        listed = self.git("for-each-ref", "--format=%(refname) %(objectname)", at=self.remote)
        refs = dict(line.split() for line in listed.splitlines())
        return {name: id for name, id in refs.items() if name != "refs/heads/main"}

    def log(self) -> list[str]:
        """Subjects of the ledger's commits, newest first."""
        return self.git("log", "--format=%s", BRANCH, at=self.remote).splitlines()

    def show(self, name: str) -> str:
        """A file of the ledger."""
        return self.git("show", f"{BRANCH}:{name}", at=self.remote)

    def program(self, script: str) -> str:
        """A PATH on which `git` is a shell script; the real one is `$git` in it."""
        folder = self.folder / sha256(script.encode()).hexdigest()[:8]
        folder.mkdir(exist_ok=True)
        real = subprocess.run(
            ["which", "git"], capture_output=True, text=True, check=True
        ).stdout.strip()
        program = folder / "git"
        program.write_text(f"#!/bin/sh\ngit={real}\n{script}\n")
        program.chmod(0o755)
        return f"{folder}:{self.environ['PATH']}"


def new_repositories(folder: Path, *, filters: bool = True, prefix: str = "") -> Repositories:
    """A remote with the project, in a folder that is empty."""
    begun = begun_repositories(filters, prefix)
    (folder / "home").mkdir()
    for name in ("remote.git", "main"):
        copy_of(begun, name, folder / name)
    return Repositories(folder, prefix, begun=begun)


# --- Made once and copied, since it takes git some thirty processes


@cache
def begun_repositories(filters: bool, prefix: str) -> Repositories:
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "home").mkdir()
    made = Repositories(folder, prefix)
    made.git("init", "--quiet", "--bare", "--initial-branch=main", str(made.remote))
    made.git("config", "receive.autogc", "false", at=made.remote)
    made.git("config", "uploadpack.allowFilter", str(filters), at=made.remote)
    made.git("clone", "--quiet", made.url, str(made.main))
    made.git("config", "maintenance.auto", "false", at=made.main)
    made.git("switch", "--quiet", "--create", "main", at=made.main)
    made.push(PROJECT)
    for repository in (made.remote, made.main):  # few files are quick to copy
        made.git("repack", "-a", "-d", "-n", "--quiet", at=repository)
    return made


@cache
def clone_of(begun: Repositories, options: tuple[str, ...]) -> str:
    name = f"clone-{len(list(begun.folder.iterdir()))}"
    begun.git("clone", "--quiet", *options, begun.url, name)
    return name


def copy_of(begun: Repositories, name: str, to: Path) -> None:
    """A repository copied to where other paths lead to its remote."""
    shutil.copytree(begun.folder / name, to, symlinks=True)
    config = to / ("config" if name == begun.remote.name else ".git/config")
    config.write_text(config.read_text().replace(str(begun.folder), str(to.parent)))


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below, hidden ones included."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
