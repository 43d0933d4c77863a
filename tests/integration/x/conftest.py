"""A local X for every test, and how cassettes are kept."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from local_x import WHO, LocalX

from runner.x.client import Limits
from runner.x.publisher import XPublisher


@pytest.fixture
def x() -> Iterator[LocalX]:
    local = LocalX()
    yield local
    local.close()


@pytest.fixture
def naps() -> list[float]:
    """The seconds that were slept."""
    return []


@pytest.fixture
def publisher(x: LocalX, naps: list[float]) -> Callable[..., XPublisher]:
    def at(url: str | None = None, **limits: Any) -> XPublisher:
        return XPublisher(WHO, "acme_lv", url or x.url, sleep=naps.append, limits=Limits(**limits))

    return at
