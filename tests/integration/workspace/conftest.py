"""Real repositories for each test."""

import pytest

from tests.integration.stores.repositories import Repositories


@pytest.fixture
def repositories(tmp_path) -> Repositories:
    return Repositories(tmp_path)
