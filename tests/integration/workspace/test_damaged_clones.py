"""What git can't read any more in the person's repository is named, and stops nothing else."""

import os
import resource
import zlib
from pathlib import Path

import pytest

from runner.git import GitFailed
from runner.workspace.project_files import UnreadableFile
from tests.integration.stores.repositories import Repositories
from tests.integration.workspace.test_tip_files import BYTES, SLIM, files_of

FILM = "campaigns/film.mp4"


@pytest.fixture
def project(repositories) -> Path:
    """A clone whose objects are files of their own."""
    (repositories.main / FILM).write_bytes(os.urandom(2**17))
    repositories.push({})
    project = repositories.folder / "work"
    repositories.git("init", "--quiet", str(project))
    repositories.git("remote", "add", "origin", repositories.url, at=project)
    repositories.git("fetch", "--quiet", "origin", at=project)
    return project


def damage(at: Repositories, project: Path, what: str, data: bytes) -> None:
    id = at.git("rev-parse", f"origin/main{what}", at=project)
    file = project / ".git/objects" / id[:2] / id[2:]
    file.chmod(0o644)
    file.write_bytes(data)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("what", ["^{commit}", "^{tree}", ":campaigns"])
def test_a_clone_that_is_damaged_is_named_with_what_mends_it(repositories, project, what):
    damage(repositories, project, what, b"")
    with pytest.raises(GitFailed, match="this clone is damaged") as failed:
        repositories.tip(project)
    assert failed.value.final
    assert "clone the repository anew" in str(failed.value.help)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"what is this",
        zlib.compress(b"blob 131072\0" + os.urandom(2**17))[:100_000],
        zlib.compress(b"blob 13\0kind: series\n"),
    ],
    ids=["empty", "no-object", "half-an-object", "another-object"],
)
def test_a_damaged_file_keeps_no_other_from_being_read(repositories, project, data):
    damage(repositories, project, f":{FILM}", data)
    files = files_of(repositories, project)
    for _ in range(2):
        with pytest.raises(UnreadableFile, match="can't be had out of git") as refused:
            files.opened(FILM)
        assert "clone" in str(refused.value.message.help)
        assert files.read(SLIM, 99) == BYTES[SLIM]


def test_a_file_that_finds_no_room_keeps_no_other_from_being_read(repositories):
    (repositories.main / FILM).write_bytes(os.urandom(2**20))
    repositories.push({})
    files = files_of(repositories, repositories.clone("work"))
    files.exists(FILM)  # the folders are known from now on
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**19, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            files.opened(FILM)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files.read(SLIM, 99) == BYTES[SLIM]


def test_a_remote_that_sends_nothing_is_asked_once(repositories):
    project = repositories.clone("work", "--filter=blob:none", "--no-checkout")
    path = repositories.program('case "$*" in *fetch*) exit 0;; esac; exec $git "$@"')
    repositories.environ["PATH"] = path
    with pytest.raises(GitFailed, match="the remote did not send"):
        repositories.tip(project)
