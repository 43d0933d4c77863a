"""What lies in a cache is believed for the sake of its key, so nobody else may have brought it."""

import os
import threading
from pathlib import Path

import pytest

from runner.cache.folder import cache_folder

needs_posix = pytest.mark.skipif(os.name == "nt", reason="needs pipes, links and modes")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project in a folder of a repository."""
    project = tmp_path / "repository/marketing"
    (project.parent / ".git").mkdir(parents=True)
    project.mkdir()
    return project


@pytest.mark.parametrize("variable", ["CAMPAIGN_RUNNER_CACHE", "XDG_CACHE_HOME", "HOME"])
def test_a_key_that_may_have_come_with_a_commit_is_none(checkout: Path, variable: str) -> None:
    repository = checkout.parent
    for within in (repository, repository / ".cache", checkout, repository / "x/../.cache"):
        assert cache_folder(str(checkout), {variable: str(within)}) is None
    assert sorted(path.name for path in repository.iterdir()) == [".git", "marketing"]
    for outside in (repository.parent / "user", repository.parent / "repository.cache"):
        assert cache_folder(str(checkout), {variable: str(outside)})


@needs_posix
def test_a_way_by_a_link_into_the_checkout_is_seen(checkout: Path) -> None:
    link = checkout.parent.parent / "user"
    link.symlink_to(checkout.parent)
    assert cache_folder(str(checkout), {"XDG_CACHE_HOME": str(link)}) is None


def test_without_a_repository_the_project_is_what_came_along(tmp_path: Path) -> None:
    assert cache_folder(str(tmp_path / "project"), {"HOME": str(tmp_path / "project")}) is None
    assert cache_folder(str(tmp_path / "project"), {"HOME": str(tmp_path)})


@needs_posix
def test_a_key_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "key")
    found: list[object] = []
    environ = {"CAMPAIGN_RUNNER_CACHE": str(tmp_path)}
    asking = threading.Thread(target=lambda: found.append(cache_folder("/nowhere", environ)))
    asking.daemon = True
    asking.start()
    asking.join(5)
    assert found
    assert found[0]


@needs_posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_a_key_that_others_may_know_is_made_anew(tmp_path: Path, mode: int) -> None:
    environ = {"CAMPAIGN_RUNNER_CACHE": str(tmp_path)}
    before = cache_folder("/nowhere", environ)
    assert before
    assert cache_folder("/nowhere", environ) == before
    (tmp_path / "key").chmod(mode)
    after = cache_folder("/nowhere", environ)
    assert after
    assert after.key != before.key
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


@needs_posix
def test_a_key_of_somebody_else_is_neither_believed_nor_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"CAMPAIGN_RUNNER_CACHE": str(tmp_path)}
    assert cache_folder("/nowhere", environ)
    before = (tmp_path / "key").read_bytes()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert cache_folder("/nowhere", environ) is None
    assert (tmp_path / "key").read_bytes() == before
