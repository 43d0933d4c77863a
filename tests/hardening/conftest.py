"""What tests of pull requests begin with, and a local X."""

from collections.abc import Callable, Iterator

import pytest

from tests.acceptance.commits import git
from tests.hardening.pull_requests import Edits, Repository
from tests.integration.x.local_x import LocalX


@pytest.fixture
def restored(one: Repository) -> Repository:
    """The repository of a module, its fixture `one`, as it was before anything was edited."""
    git(one.root, "reset", "--quiet", "--hard", "main")
    git(one.root, "clean", "--quiet", "--force", "-d", "-x")
    return one


@pytest.fixture
def pull(restored: Repository) -> Callable[[Edits], Repository]:
    """The repository with an edit; all else is as it was."""
    return restored.edit


@pytest.fixture
def x() -> Iterator[LocalX]:
    local = LocalX()
    yield local
    local.close()
