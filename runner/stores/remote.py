"""The refs of the remote `origin`, through the git program.

Everything goes through a bare repository of its own in a temporary folder; the person's repository
gets no ref, no object, no change of its index. Commits are fetched without their history, their
folders and their files; those that are needed come in one round trip a level, so that it does not
matter how much the ledger holds. A server that knows no such filter sends more, and all works the
same.
"""

import shutil
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from runner.git import Git, GitFailed
from runner.stores.checkout import Checkout
from runner.stores.json_lines import LONG, Content, FileStretch, bytes_of
from runner.stores.refs import WITNESS, Heads

_AUTHOR = "campaign-runner <campaign-runner@users.noreply.github.com>"
_ALONE = (
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
        folder = mkdtemp(prefix="runner-ledger-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._git = Git(
            checkout.root,
            environ,
            config=(*checkout.way(), *_ALONE),
            GIT_DIR=folder,
        )
        self._git("init", "--quiet", "--bare", "--template=", folder)
        self._at_hand: set[str] = set()
        self._folder = Path(folder)
        self._contents: dict[str, Content] = {}
        self._commits: dict[str, str] = {}
        self._filters = ["tree:1", "tree:0", "blob:none"]
        self._declared: dict[str, Mapping[str, str | None]] = {}

    def heads(self) -> Heads:
        listed = self._git("ls-remote", "origin", self._branch, WITNESS, "HEAD").decode()
        refs = {name: id for id, name in (line.split("\t") for line in listed.splitlines())}
        return Heads(branch=refs.get(self._branch), witness=refs.get(WITNESS), tip=refs.get("HEAD"))

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        if tip not in self._declared:
            self._declared[tip] = self._checkout.declared_at_head(tip) or self._fetched_ids(tip)
        return self._declared[tip]

    def read(self, commit: str, names: Collection[str]) -> Mapping[str, Content]:
        found = self._found(commit, names)
        ids = {name: found[name] for name in names if name in found}
        contents = self._objects(ids.values())
        return {name: contents[id] for name, id in ids.items()}

    def names(self, commit: str, folder: str) -> tuple[str, ...]:
        found = self._found(commit, [f"{folder}/any.jsonl"])
        inside = (name for name in found if name.startswith(f"{folder}/"))
        return tuple(sorted(name for name in inside if name.endswith(".jsonl")))

    def everything(self, commit: str) -> tuple[str, ...]:
        self._have(commit)
        listed = self._git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit).decode()
        return tuple(sorted(listed.split("\0")[:-1]))

    def message(self, commit: str) -> str:
        return self._whole(commit).partition("\n\n")[2]

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
        written = self._git("diff-tree", "-r", "-t", "-z", "--root", "--no-commit-id", new).decode()
        self._keep([self._root(new), *(line.split()[3] for line in written.split("\0")[:-1:2])])
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

    def _have(self, commit: str) -> None:
        if commit not in self._at_hand:
            self._fetch(commit, into="refs/runner/seen", filters=self._filters)
            self._at_hand.add(commit)

    def _fetch(self, commit: str, *, into: str, filters: list[str]) -> None:
        """A commit, by the first of the filters that the server lets us have; the others go."""
        while True:
            fetch = (*_FETCH, "--depth=1", f"--filter={filters[0]}", "origin", f"+{commit}:{into}")
            try:
                self._git(*fetch)
            except GitFailed as failed:
                if failed.final or len(filters) == 1:
                    raise
                del filters[0]
            else:
                return

    def _fetched_ids(self, tip: str) -> Mapping[str, str | None]:
        """Of a tip that is not checked out: of a large repository a few folders are enough."""
        levels = self._checkout.prefix.count("/") + 1
        self._fetch(tip, into="refs/runner/tip", filters=[f"tree:{levels}", "blob:none"])
        return self._checkout.ids(self._git, tip)

    def _whole(self, commit: str) -> str:
        if commit not in self._commits:
            self._have(commit)
            self._commits[commit] = self._git("cat-file", "commit", commit).decode()
        return self._commits[commit]

    def _root(self, commit: str) -> str:
        return self._whole(commit).partition("\n")[0].removeprefix("tree ")

    def _found(self, commit: str, paths: Collection[str]) -> dict[str, str]:
        """Ids of all that lies on the way to these paths, and beside it; folders end in `/`."""
        ids = {"": self._root(commit)}
        for level in range(max(path.count("/") for path in paths) + 1):
            heads = (
                "/".join(path.split("/")[:level]) for path in paths if path.count("/") >= level
            )
            wanted = {f"{head}/" if head else "" for head in heads}
            folders = {folder: ids[folder] for folder in wanted if folder in ids}
            contents = self._objects(folders.values())
            for folder, id in folders.items():
                entries = _entries(bytes_of(contents[id]), len(id))
                ids |= {f"{folder}{name}": each for name, each in entries}
        return ids

    def _objects(self, ids: Collection[str]) -> Mapping[str, Content]:
        """Contents by id, fetched at once as far as they are not known."""
        wanted = sorted(set(ids) - self._contents.keys())
        if wanted:
            lines = "".join(f"{id}\n" for id in wanted).encode()
            alone = "blob:none" if self._filters == ["blob:none"] else "tree:0"
            self._git(*_EXACT, *_FETCH, f"--filter={alone}", "--stdin", "origin", stdin=lines)
            self._keep(wanted)
        return self._contents

    def _keep(self, ids: Iterable[str]) -> None:
        """Reads what is at hand."""
        lines = "".join(f"{id}\n" for id in ids).encode()
        batch = self._folder / f"batch-{len(self._contents)}"
        with batch.open("w+b") as file:
            self._git("cat-file", "--batch", stdin=lines, into=file)
            file.seek(0)
            self._contents |= dict(_unbatched(file, batch))


def _data(data: bytes) -> bytes:
    return f"data {len(data)}\n".encode() + data + b"\n"


def _unbatched(file: BinaryIO, path: Path) -> Iterator[tuple[str, Content]]:
    """What `git cat-file --batch` writes: `<id> blob <size>`, the contents, and so on. What is long
    stays in the file."""
    while header := file.readline():
        id, _, size = header.decode().split()
        start, length = file.tell(), int(size)
        if length > LONG:
            yield id, FileStretch(path=path, start=start, size=length)
        else:
            yield id, file.read(length)
        file.seek(start + length + 1)


def _entries(tree: bytes, digits: int) -> Iterator[tuple[str, str]]:
    """Names, those of folders with a `/`, and ids in git's form of a folder: `<mode> <name>`, a
    zero, and the id in half as many bytes as it has digits."""
    at = 0
    while at < len(tree):
        end = tree.index(b"\0", at)
        mode, _, name = tree[at:end].decode(errors="surrogateescape").partition(" ")
        at = end + 1 + digits // 2
        yield name + "/" * (mode == "40000"), tree[end + 1 : at].hex()
