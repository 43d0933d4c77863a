"""The files of another commit, read out of git's objects without a checkout."""

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from runner.problems import BadUsage
from runner.workspace.assets import TEMPLATES
from runner.workspace.campaigns import CAMPAIGNS, PROJECT
from runner.workspace.ground import MEDIA_LIMIT

PATIENCE = 120
"""Seconds for each command of git; one that fetches takes the longest."""
_NEVER_ASK = ("-c", "credential.interactive=false", "-c", "core.askPass=true")
"""Nobody may be there to type a password: an empty one is refused at once."""
_ORDINARY = frozenset({"100644", "100755"})
"""Modes of files. Symbolic links and submodules are not read."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, found from the project's folder `root`."""

    root: Path
    id: str

    def write_to(self, folder: Path) -> None:
        """Writes what a project is made of to an empty folder: runner.yaml, campaigns with their
        media, templates. Raises BadUsage where git can't read them."""
        listed = _git(
            self.root, "ls-tree", "-rlz", self.id, "--", PROJECT, CAMPAIGNS, TEMPLATES
        ).decode(errors="surrogateescape")
        files = dict(_files(filter(None, listed.split("\0"))))
        asked = "".join(f"{blob}\n" for blob in files.values()).encode()
        contents = _blobs(_git(self.root, "cat-file", "--batch", given=asked))
        for path, content in zip(files, contents, strict=True):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def touched(self) -> tuple[str, ...]:
        """Every path that is not as it was, from the top of the repository on, in order: what HEAD
        has otherwise than this commit, and what the working files have otherwise than HEAD.

        Trees are compared entry by entry, with modes, links and submodules: no attribute, setting
        or likeness hides one. Raises BadUsage where git can't read them.
        """
        before, after = (_entries(self.root, commit) for commit in (self.id, "HEAD"))
        committed = {path for path, _ in before ^ after}
        return tuple(sorted(committed | _unsaved(self.root)))

    def prefix(self) -> str:
        """The project's folder from the top of the repository on, with `/`; empty at the top."""
        return _git(self.root, "rev-parse", "--show-prefix").decode(errors="replace").rstrip("\n")


def _entries(root: Path, commit: str) -> set[tuple[str, str]]:
    """Each path of a commit, with mode, kind and id of what stands there."""
    listed = _git(root, "ls-tree", "-rz", "--full-tree", commit).decode(errors="surrogateescape")
    entries = (line.partition("\t") for line in listed.split("\0") if line)
    return {(path, about) for about, _, path in entries}


def _unsaved(root: Path) -> set[str]:
    """What is not committed, with new files that git is not told to ignore."""
    asked = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all")
    listed = _git(root, "--no-optional-locks", *asked, "--ignore-submodules=none")
    lines = listed.decode(errors="surrogateescape").split("\0")
    return {line[3:] for line in lines if line}


def _files(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Paths from the project's folder on, with the ids of their blobs."""
    for line in lines:
        about, _, path = line.partition("\t")
        mode, _, blob, size = about.split()
        # a tree that was made by hand may hold any name
        is_inside = not {"", ".", ".."} & set(path.split("/")) and not path.startswith("/")
        if mode in _ORDINARY and is_inside and int(size) <= MEDIA_LIMIT:
            yield str(PurePosixPath(path)), blob


def _blobs(batch: bytes) -> Iterator[bytes]:
    """The contents that `git cat-file --batch` answers with."""
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        size = int(batch[at:end].split()[-1])
        yield batch[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def fork_point(root: Path, ref: str) -> Commit:
    """The commit at which HEAD left `ref`. Raises BadUsage.

    In a shallow clone, which does not know where that is, a branch of a remote is fetched; its tip
    counts where HEAD is the merge of it, as on GitHub's runners.
    """
    if _answer(root, "rev-parse", "--verify", "HEAD") is None:
        raise BadUsage(
            "`--base` compares with a commit of git, and there is none here",
            help="run it within a clone of the repository",
        )
    is_shallow = _answer(root, "rev-parse", "--is-shallow-repository") == "true"
    tip = _tip(root, ref) or _fetched(root, ref, is_shallow=is_shallow)
    if tip is None:
        raise BadUsage(
            f"git knows no commit `{ref}`",
            help="name a branch, a tag or a commit: --base origin/main"
            + ("; a shallow clone has few of them: `git fetch --unshallow`" if is_shallow else ""),
        )
    base = _answer(root, "merge-base", tip, "HEAD")
    if base is None and is_shallow and tip in _parents(root):
        base = tip
    if base:
        return Commit(root, base)
    if is_shallow:
        raise BadUsage(
            f"this clone is too shallow to know where HEAD left `{ref}`",
            help="give actions/checkout `fetch-depth: 0`, or run `git fetch --unshallow`",
        )
    raise BadUsage(
        f"HEAD and `{ref}` have no commit in common", help="name a commit that HEAD comes from"
    )


def _tip(root: Path, ref: str) -> str | None:
    # git would take it for an option
    if ref.startswith("-"):
        return None
    return _answer(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")


def _fetched(root: Path, ref: str, *, is_shallow: bool) -> str | None:
    """The tip of a branch of a remote that this clone has not heard of."""
    remotes = (_answer(root, "remote") or "").split()
    remote, _, branch = ref.removeprefix("refs/remotes/").partition("/")
    if remote not in remotes or not branch:
        return None
    kept = f"refs/remotes/{remote}/{branch}"
    # a depth would cut a whole clone off
    depth = ("--depth=1",) if is_shallow else ()
    asked = f"+refs/heads/{branch}:{kept}"
    _answer(root, "fetch", "--quiet", "--no-tags", *depth, remote, asked)
    return _tip(root, kept)


def _parents(root: Path) -> list[str]:
    """Of HEAD, as its commit says, whether this clone has them or not."""
    head = (_answer(root, "cat-file", "commit", "HEAD") or "").partition("\n\n")[0]
    return [line.split()[1] for line in head.splitlines() if line.startswith("parent ")]


def _answer(root: Path, *command: str) -> str | None:
    """What git says; None where it refuses."""
    try:
        return _git(root, *command).decode(errors="replace").strip()
    except BadUsage:
        return None


def _git(root: Path, *command: str, given: bytes = b"") -> bytes:
    """Raises BadUsage where git refuses, or is not there."""
    try:
        ran = subprocess.run(  # noqa: S603
            ["git", *_NEVER_ASK, "-C", str(root), *command],  # noqa: S607
            input=given,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BadUsage(f"git did not answer: {error}", help="install git, or try again") from None
    if ran.returncode:
        why = ran.stderr.decode(errors="replace").strip().splitlines()
        raise BadUsage(
            f"git can't read the files to compare with: {why[-1] if why else command[0]}",
            help="`git fetch --unshallow` gets what is missing",
        )
    return ran.stdout
