"""Real repositories for each test."""

import pytest

from tests.integration.stores.repositories import Repositories, new_repositories


@pytest.fixture
def repositories(tmp_path) -> Repositories:
    return new_repositories(tmp_path)
