"""G2: what hides that a request has left makes no run send twice. An answer, or an error, without
proof that nothing was sent is a doubt; and where nothing can prove it, nothing is sent."""

import pytest
import requests
from requests.adapters import HTTPAdapter

from runner.problems import Refused
from runner.publish.ports import Doubt, Release
from runner.x.call import ApiReply, Gate, Request, Silence
from runner.x.client import Client, Evidence
from runner.x.publisher import XPublisher
from tests.integration.x.local_x import POST, WHO, Say
from tests.integration.x.test_x_over_http import ME, closed_port

CREATE = Request(method="POST", route="/2/tweets")
WHO_AM_I = Request(method="GET", route="/2/users/me")
ANSWER = ApiReply(status=200, headers={}, body=b"{}")


@pytest.fixture
def hiding(monkeypatch):
    """A library that sends by an adapter of its own, as `requests` 2.32.1 does in effect: it has no
    hook of the name that ours overrides."""
    monkeypatch.setattr(requests.Session, "get_adapter", lambda *_, **__: HTTPAdapter())


def publisher_at(url: str) -> XPublisher:
    return XPublisher(Client(WHO, url), "acme_lv", sleep=lambda _: None)


@pytest.mark.usefixtures("hiding")
def test_g2_nothing_is_sent_by_who_can_not_prove_that_a_request_has_not_left(x):
    x.says(ME)
    with pytest.raises(Refused, match="hides from runner when a request leaves"):
        publisher_at(x.url).identify()


@pytest.mark.usefixtures("hiding")
def test_g2_a_lost_answer_is_a_doubt_though_nothing_was_seen_to_leave(x):
    x.says(Say(status=201, body={}, reset=True))
    answer = publisher_at(x.url).create(POST, media=(), reply_to=None)
    assert isinstance(answer, Doubt)
    assert len(x.asked) == 1


def test_g2_before_anything_is_proven_even_an_unreachable_x_is_a_doubt():
    url = f"http://127.0.0.1:{closed_port()}"
    assert isinstance(publisher_at(url).create(POST, media=(), reply_to=None), Doubt)
    assert isinstance(publisher_at(url).identify(), Release), "asking has no effect"


def test_g2_an_answer_to_what_has_an_effect_is_kept_whatever_was_seen():
    evidence = Evidence()
    assert evidence.checked_reply(CREATE, ANSWER, Gate()) == ANSWER
    assert evidence.silent(CREATE, Gate(), late=False) == Silence(sent=True, late=False)
    seen = Gate()
    seen.enter(None)
    evidence.checked_reply(WHO_AM_I, ANSWER, seen)
    assert evidence.silent(CREATE, Gate(), late=False) == Silence(sent=False, late=False)
    assert evidence.silent(CREATE, seen, late=True) == Silence(sent=True, late=True)
