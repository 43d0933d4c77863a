"""What goes wrong on purpose, as a client sees it."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from runner.local_x.error_answers import NAMED
from runner.local_x.server import Sandbox

Api = Any
HTML = "<html><body>Over capacity</body></html>"


def texts(sandbox: Sandbox) -> list[str]:
    return [post.text for post in sandbox.timeline()]


@pytest.mark.parametrize("name", NAMED)
def test_each_named_answer_is_given_and_nothing_is_posted(
    shop: Api, sandbox: Sandbox, name: str
) -> None:
    sandbox.fail({"route": "create", "answer": name})
    answer = shop.post()
    assert answer.status_code == NAMED[name].status
    assert (answer.text if name == "html" else answer.json()) == NAMED[name].body
    assert texts(sandbox) == []
    assert shop.post().status_code == 201


def test_an_error_may_hide_a_post_that_went_out(shop: Api, sandbox: Sandbox) -> None:
    sandbox.fail({"route": "create", "status": 503, "applied": True})
    assert shop.post("am I out?").status_code == 503
    assert texts(sandbox) == ["am I out?"]
    assert shop.post("am I out?").json()["detail"] == NAMED["duplicate"].body["detail"]  # type: ignore[index]


@pytest.mark.parametrize("applied", [True, False])
def test_an_answer_is_lost_with_its_connection(shop: Api, sandbox: Sandbox, applied: bool) -> None:
    sandbox.fail({"route": "create", "drop": True, "applied": applied})
    with pytest.raises(requests.ConnectionError):
        shop.post("lost")
    assert texts(sandbox) == ["lost"] * applied
    assert shop.post("found").status_code == 201


def test_a_slow_answer_outlasts_a_client_and_the_post_is_out(shop: Api, sandbox: Sandbox) -> None:
    sandbox.fail({"route": "create", "delay": 5})
    with pytest.raises(requests.ReadTimeout):
        shop("POST", "/2/tweets", json={"text": "slow"}, timeout=0.2)
    assert texts(sandbox) == ["slow"]


def test_a_late_post_appears_after_its_client_gave_up(shop: Api, sandbox: Sandbox) -> None:
    sandbox.fail({"route": "create", "delay": 0.4, "late": True})
    with pytest.raises(requests.ReadTimeout):
        shop("POST", "/2/tweets", json={"text": "late"}, timeout=0.1)
    assert texts(sandbox) == []
    deadline = time.monotonic() + 5
    while not texts(sandbox) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert texts(sandbox) == ["late"]


def test_a_sandbox_stops_while_an_answer_is_delayed(shop: Api, sandbox: Sandbox) -> None:
    sandbox.fail({"route": "create", "delay": 60})
    with pytest.raises(requests.ReadTimeout):
        shop("POST", "/2/tweets", json={"text": "slow"}, timeout=0.1)
    started = time.monotonic()
    sandbox.stop()
    assert time.monotonic() - started < 3


def test_a_page_of_html_comes_in_place_of_an_answer(shop: Api, sandbox: Sandbox) -> None:
    sandbox.fail({"route": "timeline", "status": 502, "body": HTML})
    answer = shop.timeline()
    assert (answer.status_code, answer.text) == (502, HTML)
    assert answer.headers["content-type"].startswith("text/html")


def test_a_fault_keeps_the_limit_s_headers_when_it_is_applied(shop: Api, sandbox: Sandbox) -> None:
    sandbox.fail({"route": "create", "status": 500, "applied": True, "headers": {"x-a": "b"}})
    headers = shop.post().headers
    assert headers["x-rate-limit-remaining"] == "99"
    assert headers["x-a"] == "b"


def test_faults_are_set_over_http(shop: Api, control: Callable[..., requests.Response]) -> None:
    faults = {"next": [{"route": "me", "status": 401, "times": 2}, {"route": "me", "delay": 0.01}]}
    assert control("POST", "faults", json=faults).json() == {"waiting": 3}
    statuses = [shop("GET", "/2/users/me").status_code for _ in range(3)]
    assert statuses == [401, 401, 200]
    assert control("GET", "faults").json() == {"waiting": 0}
    wrong = control("POST", "faults", json={"next": [{"route": "nowhere"}]})
    assert wrong.status_code == 400
    assert "no route `nowhere`" in wrong.json()["error"]
    for shape in ({}, {"next": 5}, {"next": [5]}):
        assert control("POST", "faults", json=shape).status_code == 400
