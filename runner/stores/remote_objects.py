"""Commits, folders and files of the remote `origin`, by their ids: fetched as far as they are asked
for, one round trip a level, and kept; and commits that are made here.

A server that knows no filter sends more than was asked for, and all works the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from runner.git import (
    EMAIL,
    EXACT,
    FETCH,
    NAME,
    Checkout,
    GitFailed,
    ScratchRepository,
    entries_of,
)
from runner.stores.json_lines import LONG, Content, FileSlice, bytes_of
from runner.stores.ledger_files import owner
from runner.stores.refs import At

_AUTHOR = f"{NAME} <{EMAIL}>"


class RemoteObjects:
    """Objects in a scratch repository beside a checkout. `at_hand` are the commits that are here,
    and `filters` those by which the server may still let us have less than all."""

    def __init__(self, checkout: Checkout, environ: Mapping[str, str]) -> None:
        self._scratch = ScratchRepository(checkout, environ)
        self.git = self._scratch.git
        self.at_hand: set[str] = set()
        self.filters = ["tree:1", "tree:0", "blob:none"]
        self._contents: dict[str, Content] = {}
        self._batches = 0

    def commit(
        self,
        parent: str | None,
        changes: Mapping[str, bytes],
        message: str,
        *,
        date: datetime | None = None,
    ) -> str:
        """Makes a commit on this machine, as `Refs.commit` says."""
        if parent:
            self._have([parent])
        when = f"{date.timestamp():.0f} +0000" if date else "now"
        stream = [
            b"reset refs/heads/draft\n",
            b"commit refs/heads/draft\nmark :1\n",
            f"committer {_AUTHOR} {when}\n".encode(),
            _data(message.encode()),
            f"from {parent}\n".encode() if parent else b"",
        ]
        for name, data in changes.items():
            stream += [f"M 100644 inline {name}\n".encode(), _data(data)]
        stream.append(b"get-mark :1\ndone\n")
        made = self.git(
            "fast-import",
            "--quiet",
            "--force",
            "--done",
            f"--date-format={'raw' if date else 'now'}",
            stdin=b"".join(stream),
        )
        new = made.decode().strip()
        self.at_hand.add(new)
        added = ("-r", "-t", "-z", "--root", "--no-commit-id", "--diff-filter=d")
        written = self.git("diff-tree", *added, new).decode()
        ids = (line.split()[3] for line in written.split("\0")[:-1:2])
        self._keep([new, f"{new}^{{tree}}", *ids])
        return new

    def _have(self, commits: Iterable[str]) -> None:
        for commit in set(commits) - self.at_hand:
            self.fetch(f"+{commit}:refs/runner/seen", filters=self.filters)
            self.at_hand.add(commit)

    def fetch(self, *refspecs: str, filters: list[str]) -> None:
        """Fetches by the first of the filters that the server lets us have; the earlier ones go,
        unless it lets us have none: then it was something else."""
        before = self.filters
        for filter in tuple(filters):
            try:
                self.git(
                    *EXACT,
                    *FETCH,
                    "--prune",
                    "--depth=1",
                    f"--filter={filter}",
                    "origin",
                    *refspecs,
                )
            except GitFailed as failed:
                another_cause = failed.final or failed.slow or failed.brings_nothing
                if another_cause or filter == filters[-1]:
                    self.filters = before
                    raise
                if filter in self.filters:  # and those that ask for more of it
                    self.filters = self.filters[self.filters.index(filter) + 1 :]
            else:
                return

    def whole(self, commits: Collection[str]) -> Mapping[str, str]:
        """What stands in these commits."""
        self._have(commits)
        self._keep(sorted(set(commits) - self._contents.keys()))
        return {id: bytes_of(self._contents[id]).decode(errors="replace") for id in commits}

    def root(self, commit: str) -> str:
        """The id of a commit's topmost folder."""
        return self.whole([commit])[commit].partition("\n")[0].removeprefix("tree ")

    def ids_on_the_way(self, at: At, paths: Collection[str]) -> dict[str, str]:
        """Ids of all that lies on the way to these paths, and beside it; folders end in `/`."""
        owners = set(map(owner, paths))
        ids = {f"{name}/": self.root(commit) for name, commit in at.items() if name in owners}
        for level in range(1, max((path.count("/") for path in paths), default=0) + 1):
            heads = (
                "/".join(path.split("/")[:level]) for path in paths if path.count("/") >= level
            )
            folders = {folder: ids[folder] for folder in {f"{h}/" for h in heads} if folder in ids}
            contents = self.read(folders.values())
            for folder, id in folders.items():
                entries = entries_of(bytes_of(contents[id]), len(id))
                ids |= {f"{folder}{name}{'/' * each.is_folder}": each.id for name, each in entries}
        return ids

    def read(self, ids: Collection[str]) -> Mapping[str, Content]:
        """Contents by id, fetched at once as far as they are not known."""
        wanted = sorted(set(ids) - self._contents.keys())
        if wanted:
            lines = "".join(f"{id}\n" for id in wanted).encode()
            alone = "blob:none" if self.filters == ["blob:none"] else "tree:0"
            # git would tell the server of each commit whose history is not here
            (self._scratch.folder / "shallow").unlink(missing_ok=True)
            self.git(*EXACT, *FETCH, f"--filter={alone}", "--stdin", "origin", stdin=lines)
            self._keep(wanted)
        return self._contents

    def _keep(self, ids: Collection[str]) -> None:
        """Reads these objects, which are at hand, and keeps what is in them."""
        if not ids:
            return
        lines = "".join(f"{id}\n" for id in ids).encode()
        self._batches += 1  # what is long stays in its file
        batch = self._scratch.folder / f"batch-{self._batches}"
        with batch.open("w+b") as file:
            self.git("cat-file", "--batch", stdin=lines, into=file)
            file.seek(0)
            self._contents |= dict(_parse_batch(file, batch))


def _data(data: bytes) -> bytes:
    """Bytes as `git fast-import` takes them."""
    return f"data {len(data)}\n".encode() + data + b"\n"


def _parse_batch(file: BinaryIO, path: Path) -> Iterator[tuple[str, Content]]:
    """What `git cat-file --batch` writes: `<id> blob <size>`, the contents, and so on. What is long
    stays in the file."""
    while header := file.readline():
        id, _, size = header.decode().split()
        start, length = file.tell(), int(size)
        if length > LONG:
            yield id, FileSlice(path=path, start=start, size=length)
        else:
            yield id, file.read(length)
        file.seek(start + length + 1)
