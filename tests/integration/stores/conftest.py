"""Real repositories for each test."""

import pytest

from tests.integration.stores.repositories import Repositories


@pytest.fixture
def repositories(tmp_path) -> Repositories:
    return Repositories(tmp_path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the suite of all stores each fourth test meets real git; the rest is a long proof."""
    mine = [item for item in items if item.path.name == "test_contract_on_a_remote.py"]
    for number, item in enumerate(mine):
        if number % 4:
            item.add_marker(pytest.mark.slow)
