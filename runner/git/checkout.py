"""The person's repository, which is read and never written: where its remote is, how to reach that,
and where its objects are."""

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from runner.git.failure import GitFailed
from runner.git.program import Git
from runner.problems import LedgerOutOfReach

DECLARED = ("campaigns", "templates", "runner.yaml")
"""What is published is made of these, by their names in the project's folder."""
_WAY = (
    r"^(http\.|credential\.|url\.|protocol\.|ssh\.|core\.(sshcommand|gitproxy)$"
    r"|remote\.origin\.(url|pushurl|proxy|proxyauthmethod|uploadpack|receivepack)$)"
)
_LIST = re.compile(r"credential\.(.+\.)?helper|http\.(.+\.)?(extraheader|curloptresolve)")
"""Of these git takes all that is said, since the last that says nothing."""


class Checkout:
    """The repository around the project in `root`, whose folder is `prefix` below its `top`. Raises
    LedgerOutOfReach where there is none."""

    def __init__(self, root: Path, environ: Mapping[str, str]) -> None:
        self.root = root
        self._environ = environ
        self._git = Git(root, environ)
        try:
            asked = ("--show-object-format", "--show-cdup", "--show-prefix")
            answered = os.fsdecode(self._git("rev-parse", *asked)).removesuffix("\n")
        except GitFailed as failed:
            if failed.final:  # what git says is the matter: it is not there, or does not trust it
                raise LedgerOutOfReach(failed.message, help=failed.help) from None
            raise LedgerOutOfReach(
                f"{root} is in no git repository, which the git store needs: {failed.message}",
                help="run in a clone, or write `ledger: {store: files}` in runner.yaml",
            ) from None
        self.object_format, up, self.prefix = answered.split("\n", 2)
        self.top = root / up
        self._config = self._way()

    @property
    def url(self) -> str:
        """The address of the remote `origin`, as it was written. Raises LedgerOutOfReach."""
        for name, value in self._config:
            if name == "remote.origin.url":
                return value
        raise LedgerOutOfReach(
            "the repository has no remote `origin`, where the git store keeps the ledger",
            help="git remote add origin URL, or write `ledger: {store: files}` in runner.yaml",
        )

    @property
    def has_remote(self) -> bool:
        """Whether there is an `origin`."""
        return any(name == "remote.origin.url" for name, _ in self._config)

    def expect_remote(self) -> None:
        """Checks that there is an `origin`. Raises LedgerOutOfReach where there is none."""
        _ = self.url

    @property
    def repository(self) -> str:
        """The address of the repository as `host/path`, by whatever protocol it is reached."""
        return repository_of(self.url)

    def way(self) -> tuple[tuple[str, str], ...]:
        """The configuration that leads to the remote from anywhere, credentials included."""
        return (*self._config, *self._token())

    @cached_property
    def objects(self) -> Path:
        """The folder of its objects."""
        return self.root / self._git("rev-parse", "--git-path", "objects").decode().rstrip("\n")

    @cached_property
    def commit(self) -> str | None:
        """What is checked out; None before the first commit."""
        return self._git.answer("rev-parse", "--verify", "--quiet", "HEAD^{commit}")

    @cached_property
    def lfs(self) -> Path:
        """Where Git LFS keeps the files that it has here."""
        folder = self._git("rev-parse", "--git-common-dir").decode().rstrip("\n")
        storage = self._git.answer("config", "--type=path", "lfs.storage") or "lfs"
        return self.root / folder / storage / "objects"

    def committed_ids(self) -> dict[str, str | None] | None:
        """The ids of what is declared at the commit that is checked out, if there is one."""
        try:
            return self.ids(self._git, "HEAD")
        except GitFailed:
            return None

    def ids(self, git: Git, treeish: str) -> dict[str, str | None]:
        """The ids of what is declared, in a commit or a tree that `git` has."""
        names = {f"{self.prefix}{name}": name for name in DECLARED}
        found: dict[str, str | None] = dict.fromkeys(DECLARED)
        listed = git("ls-tree", "-z", "--full-tree", treeish, "--", *names)
        for line in os.fsdecode(listed).split("\0")[:-1]:
            about, path = line.split("\t", 1)
            found[names[path]] = about.split()[2]
        return found

    def _way(self) -> tuple[tuple[str, str], ...]:
        """What counts in this repository, wherever that stands: a file may be included in this
        folder alone. The person's own files are read elsewhere, too, so each list begins anew."""
        try:
            found = self._git("config", "--includes", "--null", "--get-regexp", _WAY).decode()
        except GitFailed:  # nothing is configured
            return ()
        parts = (line.partition("\n") for line in found.split("\0")[:-1])
        pairs = [(name, value if line else "true") for name, line, value in parts]
        lists = dict.fromkeys(name for name, _ in pairs if _LIST.fullmatch(name))
        return (*((name, "") for name in lists), *pairs)

    def _token(self) -> tuple[tuple[str, str], ...]:
        """GITHUB_TOKEN, where the remote is GitHub's and nothing else leads there."""
        token = self._environ.get("GITHUB_TOKEN")
        server = self._environ.get("GITHUB_SERVER_URL", "https://github.com")
        if not token or not self.url.startswith(f"{server}/"):
            return ()
        header = re.compile(rf"http\.({re.escape(server)}.*\.)?extraheader")
        if any(header.fullmatch(name) for name, value in self._config if value):
            return ()
        basic = b64encode(f"x-access-token:{token}".encode()).decode()
        return ((f"http.{server}/.extraheader", f"AUTHORIZATION: basic {basic}"),)


def repository_of(url: str) -> str:
    """`github.com/acme/posts`, of an address in any of git's ways to write it."""
    scp = re.fullmatch(r"(?:[^@/]+@)?([^:/]+):(?!//)(.+)", url)
    if scp:
        host, path = scp.groups()
    else:
        parts = urlsplit(url)
        host, path = parts.hostname or "", parts.path
    return f"{host}/{path.strip('/')}".removesuffix(".git").lower()
