"""What every test of a room stands on: a bug of ours that the runner contained fails it, too."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from runner.bugs import noting


@contextmanager
def without_bugs() -> Iterator[None]:
    """What is done within comes upon no bug of ours, not even one that the runner contains."""
    with noting() as bugs:
        yield
    if bugs:
        raise AssertionError(f"a bug was contained: {bugs[0].summary}") from bugs[0].error


@pytest.fixture(autouse=True)
def no_bugs() -> Iterator[None]:
    with without_bugs():
        yield
