"""The refs of the remote `origin`, through the git program.

Everything goes through a bare repository of its own in a temporary folder; the person's repository
gets no ref, no object, no change of its index. Commits are fetched without their history and
without the contents of their files; contents that are needed come in one round trip. A server that
knows no filters sends more, and all works the same.
"""

import hashlib
import shutil
import weakref
from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import mkdtemp

from runner.stores.checkout import Checkout
from runner.stores.program import Git
from runner.stores.refs import WITNESS, Heads, RemoteFailed

_AUTHOR = "campaign-runner <campaign-runner@users.noreply.github.com>"
_ALONE = (
    ("core.hooksPath", "/dev/null"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("protocol.version", "2"),
    ("push.gpgSign", "false"),
    ("push.followTags", "false"),
    ("fetch.negotiationAlgorithm", "default"),
)
_FETCH = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head")
_EXACT = ("-c", "fetch.negotiationAlgorithm=noop")
"""The objects that are named and no more: what we have does not make others superfluous."""


class RemoteRefs:
    """Satisfies `Refs` for the branch `branch` of the remote of `checkout`."""

    def __init__(
        self, checkout: Checkout, environ: Mapping[str, str], *, branch: str = "runner-ledger"
    ) -> None:
        self._checkout = checkout
        self._branch = f"refs/heads/{branch}"
        self._objects = Path(mkdtemp(prefix="runner-ledger-"))
        weakref.finalize(self, shutil.rmtree, self._objects, ignore_errors=True)
        self._git = Git(
            checkout.root,
            environ,
            config=(*checkout.way(), *_ALONE),
            GIT_DIR=str(self._objects),
        )
        self._git("init", "--quiet", "--bare", "--template=", str(self._objects))
        self._at_hand: set[str] = set()
        self._contents: dict[str, bytes] = {}
        self._messages: dict[str, str] = {}
        self._declared: dict[str, Mapping[str, str | None]] = {}

    def heads(self) -> Heads:
        listed = self._git("ls-remote", "origin", self._branch, WITNESS, "HEAD").decode()
        refs = {name: id for id, name in (line.split("\t") for line in listed.splitlines())}
        return Heads(branch=refs.get(self._branch), witness=refs.get(WITNESS), tip=refs.get("HEAD"))

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        if tip not in self._declared:
            self._declared[tip] = self._checkout.declared_at_head(tip) or self._fetched_ids(tip)
        return self._declared[tip]

    def read(self, commit: str, names: Collection[str]) -> Mapping[str, bytes]:
        ids = self._listed(commit, *names)
        wanted = sorted({id for id in ids.values() if id not in self._contents})
        if wanted:
            lines = "".join(f"{id}\n" for id in wanted).encode()
            self._git(*_EXACT, *_FETCH, "--filter=blob:none", "--stdin", "origin", stdin=lines)
            self._contents |= _unbatched(self._git("cat-file", "--batch", stdin=lines))
        return {name: self._contents[id] for name, id in ids.items()}

    def names(self, commit: str, folder: str) -> tuple[str, ...]:
        found = self._listed(commit, f"{folder}/")
        return tuple(sorted(name for name in found if name.endswith(".jsonl")))

    def everything(self, commit: str) -> tuple[str, ...]:
        return tuple(sorted(self._listed(commit, deep=True)))

    def message(self, commit: str) -> str:
        if commit not in self._messages:
            self._have(commit)
            whole = self._git("cat-file", "commit", commit).decode()
            self._messages[commit] = whole.partition("\n\n")[2]
        return self._messages[commit]

    def commit(self, parent: str | None, changes: Mapping[str, bytes], message: str) -> str:
        if parent:
            self._have(parent)
        stream = [
            b"reset refs/heads/draft\n",
            b"commit refs/heads/draft\nmark :1\n",
            f"committer {_AUTHOR} now\n".encode(),
            _data(message.encode()),
            f"from {parent}\n".encode() if parent else b"",
        ]
        for name, data in changes.items():
            stream += [f"M 100644 inline {name}\n".encode(), _data(data)]
            self._contents[_id(data)] = data
        stream.append(b"get-mark :1\ndone\n")
        made = self._git(
            "fast-import",
            "--quiet",
            "--force",
            "--done",
            "--date-format=now",
            stdin=b"".join(stream),
        )
        new = made.decode().strip()
        self._at_hand.add(new)
        return new

    def push(self, new: str, *, old: str | None) -> None:
        refs = (self._branch, WITNESS)
        self._git(
            "push",
            "--quiet",
            "--atomic",
            "--no-verify",
            "--recurse-submodules=no",
            *(f"--force-with-lease={ref}:{old or ''}" for ref in refs),
            "origin",
            *(f"{new}:{ref}" for ref in refs),
        )

    def try_push(self, ref: str) -> None:
        """Pushes an empty commit to a ref of its own, and takes it away again. A push that is only
        tried dry never meets the remote's rules. Raises RemoteFailed."""
        new = self.commit(None, {}, "Try whether this may be pushed\n")
        for source in (new, ""):
            self._git("push", "--quiet", "--no-verify", "origin", f"{source}:{ref}")

    def _have(self, commit: str) -> None:
        if commit not in self._at_hand:
            self._fetch(commit, "blob:none", into="refs/runner/seen")
            self._at_hand.add(commit)

    def _fetch(self, commit: str, filter: str, *, into: str) -> None:
        self._git(*_FETCH, "--depth=1", f"--filter={filter}", "origin", f"+{commit}:{into}")

    def _fetched_ids(self, tip: str) -> Mapping[str, str | None]:
        """Of a tip that is not checked out: of a large repository a few trees are enough."""
        depth = self._checkout.prefix.count("/") + 1
        try:
            self._fetch(tip, f"tree:{depth}", into="refs/runner/tip")
        except RemoteFailed:  # a server may know that filter and forbid it
            self._fetch(tip, "blob:none", into="refs/runner/tip")
        return self._checkout.ids(self._git, tip)

    def _listed(self, commit: str, *paths: str, deep: bool = False) -> dict[str, str]:
        """Ids of files by name."""
        self._have(commit)
        how = ("-z", "--full-tree", *(("-r",) if deep else ()))
        listed = self._git("ls-tree", *how, commit, "--", *paths).decode()
        lines = (line.split("\t", 1) for line in listed.split("\0")[:-1])
        return {name: about.split()[2] for about, name in lines if about.split()[1] == "blob"}


def _data(data: bytes) -> bytes:
    return f"data {len(data)}\n".encode() + data + b"\n"


def _id(data: bytes) -> str:
    """As git names these contents."""
    return hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()


def _unbatched(answer: bytes) -> dict[str, bytes]:
    """What `git cat-file --batch` writes: `<id> blob <size>`, the contents, and so on."""
    found = {}
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        id, _, size = answer[at:end].decode().split()
        at = end + 1 + int(size)
        found[id] = answer[end + 1 : at]
        at += 1
    return found
