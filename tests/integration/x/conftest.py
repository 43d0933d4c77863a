"""A local X for every test, and how cassettes are kept.

Cassettes are recorded against the local X, which says what the test gives it to say, and are kept
as if api.x.com had answered: `pytest tests/integration/x/test_x_wire_format.py --vcr-record=all`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from vcr.request import Request

from runner.x.auth import DEFAULT_URL
from runner.x.call import CallLimits
from runner.x.client import Client
from runner.x.publisher import XPublisher
from tests.integration.x.local_x import WHO, LocalX, Say


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
        client = Client(WHO, url or x.url, limits=CallLimits(**limits))
        return XPublisher(client, "acme_lv", sleep=naps.append)

    return at


# --- Cassettes


@pytest.fixture(scope="module")
def vcr_config(vcr_config: dict[str, Any]) -> dict[str, Any]:
    return vcr_config | {
        "match_on": ["method", "scheme", "host", "port", "path", "query", "body"],
        "before_record_request": as_sent_to_x,
    }


def as_sent_to_x(request: Request) -> Request:
    """Without this machine's address, the version of anything, and a form's random boundary."""
    request.uri = re.sub(r"http://127\.0\.0\.1:\d+", DEFAULT_URL, request.uri)
    for name in list(request.headers):
        if name.lower() not in ("accept", "content-type"):
            del request.headers[name]
    type = str(request.headers.get("Content-Type", ""))
    if boundary := type.partition("boundary=")[2]:
        request.headers["Content-Type"] = type.replace(boundary, "boundary")
        request.body = request.body.replace(boundary.encode(), b"boundary")
    return request


@pytest.fixture
def vcr_cassette_name(request: pytest.FixtureRequest) -> str:
    return request.node.name.removeprefix("test_")


@pytest.fixture
def tape(
    request: pytest.FixtureRequest, vcr_cassette: Any, x: LocalX
) -> Iterator[Callable[..., XPublisher]]:
    """A publisher whose X is the cassette; while recording, the local one, which says `answers`."""
    recording = request.config.getoption("--vcr-record") not in (None, "none")

    def shop(*answers: Say) -> XPublisher:
        x.says(*answers)
        url = x.url if recording else DEFAULT_URL
        return XPublisher(Client(WHO, url), "acme_lv", sleep=lambda _: None)

    yield shop
    assert recording or x.asked == []
    assert recording or vcr_cassette.all_played
