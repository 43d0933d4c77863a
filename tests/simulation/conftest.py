"""What simulated worlds have come to, in the summary of a run of tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulation.check import counting


@pytest.fixture(autouse=True)
def figures(record_property: Any) -> Iterator[None]:
    counted: dict[str, int] = {}
    record_property("figures", counted)
    with counting(counted):
        yield
