"""A remote in memory, and one process that works with it."""

import pytest

from runner.ledger import Need
from tests.unit.stores.remotes import Remote, Runner


@pytest.fixture
def remote() -> Remote:
    return Remote()


@pytest.fixture
def runner(remote: Remote) -> Runner:
    """One that has read."""
    runner = Runner(remote)
    runner.ledger.read(Need())
    return runner
