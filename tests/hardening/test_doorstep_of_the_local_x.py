"""Who the local X answers: nobody who calls it by a name that a page of the web can point at it."""

import http.client
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from runner.local_x.server import Sandbox

AT = datetime(2027, 3, 1, tzinfo=UTC)
CONTROL = '{"now": "2027-03-01T00:00:00+00:00"}'


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start({"shop": "acme_lv"}, clock=lambda: AT) as started:
        yield started


def asked(
    sandbox: Sandbox, method: str, path: str, *headers: tuple[str, str], body: str = ""
) -> tuple[int, str]:
    """Status and body of an answer to a request with these headers alone."""
    connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in (*headers, ("Content-Length", str(len(body)))):
        connection.putheader(name, value)
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


@pytest.mark.parametrize("path", ["/", "/acme_lv", "/_sandbox/clock", "/2/users/me", "/nothing"])
@pytest.mark.parametrize(
    "host",
    [
        pytest.param("rebound.evil.example", id="F6-rebound"),
        pytest.param("rebound.evil.example:8280", id="F6-with-port"),
        pytest.param("localhost.evil.example", id="F6-begins-like-it"),
        pytest.param("evil.example@127.0.0.1", id="F6-with-a-user"),
        pytest.param("127.0.0.1/x.evil.example", id="F6-with-a-path"),
        pytest.param("127.0.0.1.nip.io", id="F6-address-in-a-name"),
        pytest.param("192.168.1.2:8280", id="F6-of-the-network"),
        pytest.param("0.0.0.0", id="F6-any"),
        pytest.param("api.x.com", id="F6-x-itself"),
        pytest.param("127.0.0.1:port", id="F6-no-port"),
    ],
)
def test_another_name_than_loopbacks_is_sent_away(sandbox, host, path):
    status, said = asked(sandbox, "GET", path, ("Host", host))
    assert (status, said) == (
        421,
        "This is a local X: it answers to localhost, 127.0.0.1 and [::1] alone.\n",
    )


def test_f6_two_names_at_once_are_sent_away(sandbox):
    twice = (("Host", "localhost"), ("Host", "evil.example"))
    assert asked(sandbox, "GET", "/_sandbox/clock", *twice)[0] in (400, 421)


@pytest.mark.parametrize(
    "host",
    [
        pytest.param(host, id=f"F6-{host}")
        for host in ("127.0.0.1", "localhost:8280", "LOCALHOST", "[::1]:8280", "127.0.0.2:1")
    ],
)
def test_loopbacks_own_names_are_answered(sandbox, host):
    assert asked(sandbox, "GET", "/_sandbox/clock", ("Host", host))[0] == 200
    assert "Nothing has been posted yet" in asked(sandbox, "GET", "/", ("Host", host))[1]


@pytest.mark.parametrize(
    "route", [("PUT", "/_sandbox/clock"), ("POST", "/_sandbox/reset"), ("POST", "/2/tweets")]
)
@pytest.mark.parametrize(
    "origin",
    [
        pytest.param("https://evil.example", id="F6-page"),
        pytest.param("null", id="F6-page-without-an-origin"),
        pytest.param("http://localhost.evil.example", id="F6-page-that-begins-like-it"),
        pytest.param("http://127.0.0.1@evil.example", id="F6-page-with-a-user"),
    ],
)
def test_a_page_of_another_site_changes_nothing(sandbox, origin, route):
    headers = (("Host", "localhost"), ("Origin", origin))
    status, said = asked(sandbox, *route, *headers, body=CONTROL)
    assert (status, said) == (403, "This is a local X: it is not for other sites' pages.\n")
    assert asked(sandbox, "GET", "/_sandbox/clock", *headers[:1])[1].endswith('"stands":false}')


def test_f6_a_page_of_this_machine_may(sandbox):
    headers = (("Host", "localhost"), ("Origin", "http://localhost:3000"))
    assert asked(sandbox, "PUT", "/_sandbox/clock", *headers, body=CONTROL)[0] == 200
    sandbox.reset()
