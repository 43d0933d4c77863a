"""The person's repository, from which nothing is taken but what it says, and to which nothing is
written: where its remote is, how one gets there, and what its working files are."""

import re
import shutil
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from runner.git import Git, GitFailed
from runner.problems import LedgerOutOfReach

DECLARED = ("campaigns", "templates", "runner.yaml")
_LITTER = tuple(f":(exclude,glob)**/{name}" for name in (".DS_Store", "Thumbs.db", ".*.sw?"))
"""What systems and editors leave, and nobody publishes."""
_WAY = (
    r"^(http\.|credential\.|url\.|protocol\.|ssh\.|core\.(sshcommand|gitproxy)$"
    r"|remote\.origin\.(url|pushurl|proxy|proxyauthmethod|uploadpack|receivepack)$)"
)


class Checkout:
    """The repository around the project in `root`. Raises LedgerOutOfReach where there is none."""

    def __init__(self, root: Path, environ: Mapping[str, str]) -> None:
        self.root = root
        self._environ = environ
        self._git = Git(root, environ)
        try:
            self.prefix = self._git("rev-parse", "--show-prefix").decode().strip()
        except GitFailed as failed:
            if failed.final:  # what git says is the matter: it is not there, or does not trust it
                raise LedgerOutOfReach(failed.message, help=failed.help) from None
            raise LedgerOutOfReach(
                f"{root} is in no git repository, which the git store needs: {failed.message}",
                help="run in a clone, or write `ledger: {store: files}` in runner.yaml",
            ) from None
        self._config = self._way()

    @property
    def url(self) -> str:
        """Of the remote `origin`, as it was written. Raises LedgerOutOfReach."""
        for name, value in self._config:
            if name == "remote.origin.url":
                return value
        raise LedgerOutOfReach(
            "the repository has no remote `origin`, where the git store keeps the ledger",
            help="git remote add origin URL, or write `ledger: {store: files}` in runner.yaml",
        )

    def expect_remote(self) -> None:
        """Raises LedgerOutOfReach where there is no `origin`."""
        _ = self.url

    @property
    def repository(self) -> str:
        """Where it is kept, as `host/path`, however one gets there."""
        return repository_of(self.url)

    def way(self) -> tuple[tuple[str, str], ...]:
        """The configuration that leads to the remote from anywhere, credentials included."""
        return (*self._config, *self._token())

    def declared_at_head(self, commit: str) -> dict[str, str | None] | None:
        """The ids at a commit if it is the one that is checked out, so that its trees are here."""
        try:
            head = self._git("rev-parse", "--verify", "HEAD").decode().strip()
        except GitFailed:
            return None
        return self.ids(self._git, commit) if head == commit else None

    def declared(self) -> dict[str, str | None]:
        """The ids of the working files, as if they were committed now."""
        with TemporaryDirectory(prefix="runner-") as scratch:
            try:
                return self._declared(Path(scratch))
            except GitFailed as failed:
                raise LedgerOutOfReach(
                    f"git can't tell what the files are: {failed.message}",
                    help="see what `git status` says",
                ) from None

    def _declared(self, scratch: Path) -> dict[str, str | None]:
        """Through a copy of the index, and with a place of its own for new objects."""
        index = scratch / "index"
        if (stands := self._path("index")).is_file():
            # with its time, by which git tells that an entry may be older than it seems
            shutil.copy2(stands, index)
        git = Git(
            self.root,
            self._environ,
            config=(("core.sparseCheckout", "false"),),
            GIT_INDEX_FILE=str(index),
            GIT_OBJECT_DIRECTORY=str(scratch),
            GIT_ALTERNATE_OBJECT_DIRECTORIES=str(self._path("objects")),
        )
        _forget_promises(git)
        there = [name for name in DECLARED if (self.root / name).exists()]
        gone = [name for name in DECLARED if name not in there]
        if there:
            # what is ignored would be published too, so it counts
            git("add", "--all", "--force", "--", *there, *_LITTER)
        if gone:
            git("rm", "--cached", "-r", "--quiet", "--ignore-unmatch", "--", *gone)
        _refuse_submodules(git)
        tree = git("write-tree", "--missing-ok").decode().strip()
        return self.ids(git, tree)

    def ids(self, git: Git, treeish: str) -> dict[str, str | None]:
        """Of what is declared, in a commit or a tree that `git` has."""
        names = {f"{self.prefix}{name}": name for name in DECLARED}
        found: dict[str, str | None] = dict.fromkeys(DECLARED)
        listed = git("ls-tree", "-z", "--full-tree", treeish, "--", *names)
        for line in listed.decode().split("\0")[:-1]:
            about, path = line.split("\t", 1)
            found[names[path]] = about.split()[2]
        return found

    def _path(self, name: str) -> Path:
        return self.root / self._git("rev-parse", "--git-path", name).decode().rstrip("\n")

    def _way(self) -> tuple[tuple[str, str], ...]:
        try:
            found = self._git(
                "config", "--local", "--includes", "--null", "--get-regexp", _WAY
            ).decode()
        except GitFailed:  # nothing is configured
            return ()
        pairs = (line.partition("\n") for line in found.split("\0")[:-1])
        return tuple((name, value if line else "true") for name, line, value in pairs)

    def _token(self) -> tuple[tuple[str, str], ...]:
        """GITHUB_TOKEN, where the remote is GitHub's and nothing else leads there."""
        token = self._environ.get("GITHUB_TOKEN")
        server = self._environ.get("GITHUB_SERVER_URL", "https://github.com")
        header = re.compile(r"http\..*\.?extraheader")
        if not token or not self.url.startswith(f"{server}/"):
            return ()
        if any(header.fullmatch(name) for name, _ in self._config):
            return ()
        basic = b64encode(f"x-access-token:{token}".encode()).decode()
        return ((f"http.{server}/.extraheader", f"AUTHORIZATION: basic {basic}"),)


def _forget_promises(git: Git) -> None:
    """Of files that git was told not to look at (`assume-unchanged`, `skip-worktree`), since what
    stands in them would be published all the same."""
    listed = git("ls-files", "-v", "-z", "--", *DECLARED).decode(errors="surrogateescape")
    told = [line[2:] for line in listed.split("\0") if line and line[0] != "H"]
    paths = "".join(f"{path}\0" for path in told).encode(errors="surrogateescape")
    for promise in ("--no-assume-unchanged", "--no-skip-worktree") if told else ():
        git("update-index", promise, "-z", "--stdin", stdin=paths)


def _refuse_submodules(git: Git) -> None:
    """A commit says nothing of the files in a repository within the repository."""
    listed = git("ls-files", "--stage", "-z", "--", *DECLARED).decode(errors="replace")
    for line in listed.split("\0"):
        about, _, path = line.partition("\t")
        if about.startswith("160000"):
            raise LedgerOutOfReach(
                f"`{path}` is a git repository of its own, so that no merge says what is in it",
                help="keep the files of campaigns and templates in this repository itself",
            )


def repository_of(url: str) -> str:
    """`github.com/acme/posts`, of an address in any of git's ways to write it."""
    scp = re.fullmatch(r"(?:[^@/]+@)?([^:/]+):(?!//)(.+)", url)
    if scp:
        host, path = scp.groups()
    else:
        parts = urlsplit(url)
        host, path = parts.hostname or "", parts.path
    return f"{host}/{path.strip('/')}".removesuffix(".git").lower()
