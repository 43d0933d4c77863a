"""Real HTTP on loopback, through tweepy and requests: how requests leave, and how they end."""

import logging
import re
import socket
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import urllib3.util.connection
from oauthlib.oauth1.rfc5849 import signature

from runner.publish.ports import AnswerOfX, Doubt, Identity, Receipt, Rejection, Release
from runner.render.rendered import RenderedMedia
from runner.x.call import CallLimits
from runner.x.client import Client
from runner.x.publisher import XPublisher
from tests.integration.x.local_x import DATE, POST, WHO, Asked, LocalX, Say

ID = "1995412345678901234"
OUT = Say(status=201, body={"data": {"id": ID, "text": POST.text}})
ME = Say(body={"data": {"id": "42", "name": "Acme", "username": "acme_lv"}})

At = Callable[..., XPublisher]


def create(publisher: XPublisher) -> AnswerOfX:
    return publisher.create(POST, media=(), reply_to=None)


def timed(publisher: XPublisher) -> tuple[AnswerOfX, float]:
    start = time.monotonic()
    return create(publisher), time.monotonic() - start


# --- how a request leaves


def is_signed_for(asked: Asked) -> bool:
    """Whether the signature is right for the address that the request really came to."""
    headers = {"Authorization": asked.headers["authorization"]}
    query = asked.url.partition("?")[2]
    found = dict(signature.collect_parameters(headers=headers, exclude_oauth_signature=False))
    params = signature.collect_parameters(uri_query=query, headers=headers)
    request = SimpleNamespace(
        http_method=asked.method, uri=asked.url, params=params, signature=found["oauth_signature"]
    )
    assert found["oauth_consumer_key"] == WHO.api_key
    assert found["oauth_token"] == WHO.access_token
    return bool(signature.verify_hmac_sha1(request, WHO.api_secret, WHO.access_secret))


def test_the_post_goes_to_the_configured_address_and_is_signed_for_it(
    x: LocalX, publisher: At
) -> None:
    x.says(OUT)
    assert isinstance(create(publisher()), Receipt)
    (asked,) = x.asked
    assert (asked.method, asked.path) == ("POST", "/2/tweets")
    assert asked.headers["host"] == x.url.removeprefix("http://")
    assert asked.headers["content-type"] == "application/json"
    assert asked.json == {"text": POST.text}
    assert is_signed_for(asked)
    elsewhere = Asked(**{**vars(asked), "url": "https://api.twitter.com/2/tweets"})
    assert not is_signed_for(elsewhere)


def test_forms_and_queries_are_signed_for_the_configured_address_too(
    x: LocalX, publisher: At
) -> None:
    going = {"id": "7", "processing_info": {"state": "pending", "check_after_secs": 1}}
    done = {"id": "7", "media_key": "16_7", "processing_info": {"state": "succeeded"}}
    x.says(*(Say(body={"data": data}) for data in ({"id": "7"}, {}, going, done)))
    gif = RenderedMedia(path="a.gif", digest="", type="image/gif", size=6)
    publisher().upload(gif, b"GIF89a")
    assert [asked.path.rsplit("/", 1)[-1] for asked in x.asked] == [
        "initialize",
        "append",
        "finalize",
        "upload",
    ]
    assert all(is_signed_for(asked) for asked in x.asked)


def test_a_request_names_the_program_carries_no_cookie_and_keeps_no_connection(
    x: LocalX, publisher: At
) -> None:
    shop = publisher()
    x.says(Say(body=ME.body, headers={"Set-Cookie": "guest=1"}), OUT)
    shop.identify()
    create(shop)
    for asked in x.asked:
        assert asked.headers["user-agent"].startswith("campaign-runner/")
        assert asked.headers["connection"] == "close"
        assert "cookie" not in asked.headers


def test_proxies_of_the_environment_are_not_used(
    x: LocalX, publisher: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    x.says(OUT)
    assert isinstance(create(publisher()), Receipt)


def test_signed_headers_reach_no_log_even_where_everything_is_logged(
    x: LocalX, publisher: At, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("", "tweepy.client", "oauthlib.oauth1.rfc5849", "requests_oauthlib", "urllib3"):
        caplog.set_level(logging.DEBUG, logger=name or None)
    x.says(OUT, Say(status=403, body={"detail": "no"}))
    create(publisher())
    create(publisher())
    logged = caplog.text + "".join(f"{record.__dict__}" for record in caplog.records)
    assert not re.search(r"oauth_|hush|key-of-the-app|42-token|Authorization", logged)


# --- one call, one request


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 408, 429, 500, 502, 503, 504])
def test_nothing_is_ever_sent_again(x: LocalX, publisher: At, status: int) -> None:
    x.says(Say(status=status, body={}, headers={"Retry-After": "0", "x-rate-limit-reset": "1"}))
    x.says(OUT)
    assert not isinstance(create(publisher()), Receipt)
    assert len(x.asked) == 1


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["/2/tweets", "http://[", "//evil.example/"])
def test_a_redirect_is_not_followed(x: LocalX, publisher: At, status: int, to: str) -> None:
    x.says(Say(status=status, body={}, headers={"Location": to}), OUT)
    assert isinstance(create(publisher()), Doubt)
    assert len(x.asked) == 1


def test_a_broken_line_after_the_request_is_a_doubt_and_not_tried_again(
    x: LocalX, publisher: At
) -> None:
    x.says(Say(reset=True), OUT)
    answer = create(publisher())
    assert isinstance(answer, Doubt)
    assert "connection" in answer.because
    assert len(x.asked) == 1


def test_an_answer_cut_short_is_a_doubt(x: LocalX, publisher: At) -> None:
    x.says(Say(status=201, body=OUT.body, cut=True))
    assert isinstance(create(publisher()), Doubt)


@pytest.mark.parametrize(
    "body",
    [{"detail": None}, {"errors": {"code": 1}}, {"errors": [7, None]}, [], None, b"\xff\xfe", b""],
    ids=str,
)
def test_bodies_that_tweepy_trips_over_are_still_answers(
    x: LocalX, publisher: At, body: object
) -> None:
    x.says(Say(status=403, body=body), Say(status=402, body=body))
    x.says(Say(status=429, body=body, headers={"x-rate-limit-reset": "soon"}))
    assert isinstance(create(publisher()), Doubt)
    assert isinstance(create(publisher()), Release)
    assert isinstance(create(publisher()), Release)


# --- no connection: provably not out


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def entered(x: LocalX, **limits: Any) -> tuple[XPublisher, Client]:
    """A publisher that knows whose credentials it has, as every run asks first; and its client."""
    client = Client(WHO, x.url, limits=CallLimits(**limits))
    publisher = XPublisher(client, "acme_lv", sleep=lambda _: None)
    x.says(ME)
    assert isinstance(publisher.identify(), Identity)
    x.asked.clear()
    return publisher, client


def test_a_refused_connection_is_released(x: LocalX) -> None:
    publisher, client = entered(x)
    client.url = f"http://127.0.0.1:{closed_port()}"
    answer = create(publisher)
    assert isinstance(answer, Release)
    assert not answer.stop
    assert answer.because == "X could not be reached, so nothing was sent"


def test_a_failed_handshake_is_released(x: LocalX) -> None:
    publisher, client = entered(x)
    client.url = x.url.replace("http:", "https:")
    answer = create(publisher)
    assert isinstance(answer, Release)
    assert x.asked == []


def slow_to_connect(monkeypatch: pytest.MonkeyPatch, seconds: float) -> threading.Event:
    """Names and connections that take their time; the event is set when one stands."""
    real, stands = urllib3.util.connection.create_connection, threading.Event()

    def slowly(*args: Any, **kwargs: Any) -> socket.socket:
        time.sleep(seconds)
        made = real(*args, **kwargs)
        stands.set()
        return made

    monkeypatch.setattr(urllib3.util.connection, "create_connection", slowly)
    return stands


def test_a_connection_that_stands_too_late_carries_nothing(
    x: LocalX, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher, _ = entered(x, whole=1.0)
    stands = slow_to_connect(monkeypatch, 1.2)
    answer, seconds = timed(publisher)
    assert isinstance(answer, Release)
    assert "in time" in answer.because
    assert seconds < 1.2
    assert stands.wait(5)
    time.sleep(0.2)
    assert x.asked == []


# --- the call ends as a whole


def test_an_answer_that_does_not_come_is_a_doubt_after_the_read_time(
    x: LocalX, publisher: At
) -> None:
    x.says(Say(status=201, body=OUT.body, after=5))
    answer, seconds = timed(publisher(read=0.3))
    assert isinstance(answer, Doubt)
    assert "in time" in answer.because
    assert seconds < 2


@pytest.mark.parametrize(
    "slow", [{"drip": 0.1}, {"drip_head": 0.1}], ids=["the body", "the headers"]
)
def test_an_answer_that_trickles_ends_with_the_call(
    x: LocalX, publisher: At, slow: dict[str, float]
) -> None:
    x.says(Say(status=201, body=OUT.body, **slow))
    answer, seconds = timed(publisher(whole=1.0))
    assert isinstance(answer, Doubt)
    assert "in time" in answer.because
    assert seconds < 2  # it would trickle for six seconds


def test_no_thread_outlives_a_call_that_was_ended(x: LocalX, publisher: At) -> None:
    before = set(threading.enumerate())
    x.says(Say(status=201, body=OUT.body, after=5))
    create(publisher(whole=0.8))
    calls = [each for each in set(threading.enumerate()) - before if "_work" in each.name]
    for each in calls:
        each.join(2)  # a busy machine wakes it later; the answer comes later still
    assert not any(each.is_alive() for each in calls)


def test_an_answer_without_end_is_read_to_its_limit_and_no_further(
    x: LocalX, publisher: At
) -> None:
    x.says(Say(status=201, body=b" " * 3_000_000 + b'{"data": {"id": "12"}}'))
    x.says(Say(status=401, body=b" " * 3_000_000))
    assert isinstance(create(publisher(answer=10_000)), Doubt)
    assert isinstance(create(publisher(answer=10_000)), Release)


# --- whose account, and reposts


def test_identify_tells_the_account_and_xs_clock(x: LocalX, publisher: At) -> None:
    x.says(ME)
    identity = publisher().identify()
    assert isinstance(identity, Identity)
    assert (identity.user_id, identity.handle) == ("42", "acme_lv")
    assert identity.server_time.isoformat() == "2026-12-01T08:00:00+00:00"
    assert DATE.startswith("Tue, 01 Dec 2026 08:00")
    assert (x.asked[0].method, x.asked[0].path) == ("GET", "/2/users/me")


@pytest.mark.parametrize(
    ("say", "stop"),
    [
        (Say(status=401, body={"title": "Unauthorized"}), True),
        (Say(status=402, body={}), True),
        (Say(status=429, body={}), False),
        (Say(status=503, body={}), False),
        (Say(status=404, body={}), False),
        (Say(body={"data": {}}), False),
        (Say(body={"data": {"id": "42", "username": "acme_lv"}}, headers={"Date": "soon"}), False),
        (Say(reset=True), False),
    ],
    ids=str,
)
def test_an_account_that_x_does_not_tell_is_released(
    x: LocalX, publisher: At, say: Say, stop: bool
) -> None:
    x.says(say)
    release = publisher().identify()
    assert isinstance(release, Release)
    assert release.stop is stop
    assert "may be out" not in release.because


@pytest.mark.parametrize(
    ("status", "help"), [(403, "the app is active and in a package"), (503, "docs.x.com/incidents")]
)
def test_g12_an_account_that_x_does_not_tell_is_named_as_that(
    x: LocalX, publisher: At, status: int, help: str
) -> None:
    x.says(Say(status=status, body={"title": "Forbidden", "detail": "Forbidden"}))
    release = publisher().identify()
    assert isinstance(release, Release)
    assert release.because.startswith("X does not say whose credentials these are: X answered")
    assert help in str(release.help)


def test_a_repost_asks_once_who_it_is_for(x: LocalX, publisher: At) -> None:
    shop = publisher()
    did = Say(body={"data": {"rest_id": ID, "retweeted": True}})
    x.says(ME, did, did)
    assert isinstance(shop.repost(ID), Receipt)
    assert isinstance(shop.repost(ID), Receipt)
    assert [asked.path for asked in x.asked] == ["/2/users/me", *["/2/users/42/retweets"] * 2]
    assert x.asked[1].json == {"tweet_id": ID}


def test_a_repost_for_nobody_is_not_sent(x: LocalX, publisher: At) -> None:
    x.says(Say(status=401, body={}))
    answer = publisher().repost(ID)
    assert isinstance(answer, Release)
    assert answer.stop
    assert len(x.asked) == 1


def test_a_refusal_is_read_from_the_wire(x: LocalX, publisher: At) -> None:
    detail = "Posts are limited to a maximum of one cashtag ($SYMBOL)"
    body = {"detail": detail, "type": "about:blank", "title": "Forbidden", "status": 403}
    x.says(Say(status=403, body=body, headers={"Content-Type": "application/problem+json"}))
    answer = create(publisher())
    assert isinstance(answer, Rejection)
    assert detail in answer.because
