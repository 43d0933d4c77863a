"""The files of another commit, read out of git's objects without a checkout."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from runner.git import Git, GitFailed
from runner.models import PROJECT_FILE
from runner.problems import BadUsage
from runner.value import Value
from runner.workspace.assets import TEMPLATES
from runner.workspace.project_files import MEDIA_LIMIT
from runner.workspace.project_reader import CAMPAIGNS

PATIENCE = 120
"""Seconds for each command of git; one that fetches takes the longest."""
_ORDINARY = frozenset({"100644", "100755"})
"""Modes of files. Symbolic links and submodules are not read."""


class Commit(Value):
    """A commit, as the `git` of the project's folder knows it."""

    git: Git
    id: str

    def write_to(self, folder: Path) -> None:
        """Writes what a project is made of to an empty folder: runner.yaml, campaigns with their
        media, templates. Raises BadUsage where git can't read them."""
        listed = _git_output(
            self.git, "ls-tree", "-rlz", self.id, "--", PROJECT_FILE, CAMPAIGNS, TEMPLATES
        ).decode(errors="surrogateescape")
        files = dict(_files(filter(None, listed.split("\0"))))
        asked = "".join(f"{blob}\n" for blob in files.values()).encode()
        contents = _blobs(_git_output(self.git, "cat-file", "--batch", given=asked))
        for path, content in zip(files, contents, strict=True):
            file = folder / path
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            except OSError as error:  # this system has no such name, or no room
                raise BadUsage(
                    f"`{path}` of the commit to compare with can't be written: {error.strerror}",
                    help="rename it, or make room in the folder for temporary files",
                ) from None

    def touched(self) -> tuple[str, ...]:
        """Every path that is not as it was, from the top of the repository on, in order: what HEAD
        has otherwise than this commit, and what the working files have otherwise than HEAD.

        Trees are compared entry by entry, with modes, links and submodules: no attribute, setting
        or likeness hides one. Raises BadUsage where git can't read them.
        """
        before, after = (_entries(self.git, commit) for commit in (self.id, "HEAD"))
        committed = {path for path, _ in before ^ after}
        return tuple(sorted(committed | _unsaved_paths(self.git)))

    def prefix(self) -> str:
        """The project's folder from the top of the repository on, with `/`; empty at the top."""
        shown = _git_output(self.git, "rev-parse", "--show-prefix")
        return shown.decode(errors="replace").rstrip("\n")


def _entries(git: Git, commit: str) -> set[tuple[str, str]]:
    """Each path of a commit, with mode, kind and id of what stands there."""
    listed = _git_output(git, "ls-tree", "-rz", "--full-tree", commit).decode(
        errors="surrogateescape"
    )
    entries = (line.partition("\t") for line in listed.split("\0") if line)
    return {(path, about) for about, _, path in entries}


def _unsaved_paths(git: Git) -> set[str]:
    """What is not committed, with new files that git is not told to ignore."""
    asked = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all")
    listed = _git_output(git, "--no-optional-locks", *asked, "--ignore-submodules=none")
    lines = listed.decode(errors="surrogateescape").split("\0")
    return {line[3:] for line in lines if line}


def _files(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Paths from the project's folder on, with the ids of their blobs."""
    for line in lines:
        about, _, path = line.partition("\t")
        mode, _, blob, size = about.split()
        if mode in _ORDINARY and _is_inside(path) and int(size) <= MEDIA_LIMIT:
            yield str(PurePosixPath(path)), blob


def _is_inside(path: str) -> bool:
    """Whether a path leads nowhere outside. A tree that was made by hand may hold any name; on
    Windows a backslash and a colon lead out, and what they stand in is never read anywhere."""
    return not ({"", ".", ".."} & set(path.split("/")) or re.search(r"[\\:]", path))


def _blobs(batch: bytes) -> Iterator[bytes]:
    """The contents that `git cat-file --batch` answers with."""
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        size = int(batch[at:end].split()[-1])
        yield batch[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def fork_point(root: Path, ref: str, environ: Mapping[str, str]) -> Commit:
    """The commit at which HEAD left `ref`. Raises BadUsage.

    In a shallow clone, which does not know where that is, a branch of a remote is fetched; its tip
    counts where HEAD is the merge of it, as on GitHub's runners.
    """
    git = Git(root, environ)
    try:
        git("rev-parse", "--verify", "HEAD")
    except GitFailed as failed:
        raise BadUsage(
            "`--base` compares with a commit of git, and there is none here",
            help=failed.help or "run it within a clone of the repository",
        ) from None
    is_shallow = git.answer("rev-parse", "--is-shallow-repository") == "true"
    tip = _tip(git, ref) or _fetched_tip(git, ref, is_shallow=is_shallow)
    if tip is None:
        raise BadUsage(
            f"git knows no commit `{ref}`",
            help="name a branch, a tag or a commit: --base origin/main"
            + ("; a shallow clone has few of them: `git fetch --unshallow`" if is_shallow else ""),
        )
    base = git.answer("merge-base", tip, "HEAD")
    if base is None and is_shallow and tip in _parents(git):
        base = tip
    if base:
        return Commit(git, base)
    if is_shallow:
        raise BadUsage(
            f"this clone is too shallow to know where HEAD left `{ref}`",
            help="give actions/checkout `fetch-depth: 0`, or run `git fetch --unshallow`",
        )
    raise BadUsage(
        f"HEAD and `{ref}` have no commit in common", help="name a commit that HEAD comes from"
    )


def _tip(git: Git, ref: str) -> str | None:
    # git would take it for an option
    if ref.startswith("-"):
        return None
    return git.answer("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")


def _fetched_tip(git: Git, ref: str, *, is_shallow: bool) -> str | None:
    """The tip of a branch of a remote that this clone has not heard of."""
    remotes = (git.answer("remote") or "").split()
    remote, _, branch = ref.removeprefix("refs/remotes/").partition("/")
    if remote not in remotes or not branch:
        return None
    kept = f"refs/remotes/{remote}/{branch}"
    # a depth would cut a whole clone off
    depth = ("--depth=1",) if is_shallow else ()
    asked = f"+refs/heads/{branch}:{kept}"
    git.answer("fetch", "--quiet", "--no-tags", *depth, "--", remote, asked, seconds=PATIENCE)
    return _tip(git, kept)


def _parents(git: Git) -> list[str]:
    """The parents of HEAD, as its commit says, whether this clone has them or not."""
    head = (git.answer("cat-file", "commit", "HEAD") or "").partition("\n\n")[0]
    return [line.split()[1] for line in head.splitlines() if line.startswith("parent ")]


def _git_output(git: Git, *command: str, given: bytes = b"") -> bytes:
    """What this command of git prints. Raises BadUsage where git refuses, or is not there."""
    try:
        return git(*command, stdin=given, seconds=PATIENCE)
    except GitFailed as failed:
        raise BadUsage(
            f"git can't read the files to compare with: {failed.message}",
            help=failed.help or "`git fetch --unshallow` gets what is missing",
        ) from None
