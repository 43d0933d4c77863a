import logging

import pytest

from runner.problems import BadUsage
from runner.x.auth import base_url
from runner.x.call import Gate, Shut
from runner.x.client import hush


@pytest.mark.parametrize("environ", [{}, {"X_API_URL": ""}, {"X_API_URL": " "}])
def test_x_is_at_api_x_com_unless_told_otherwise(environ: dict[str, str]) -> None:
    assert base_url(environ) == "https://api.x.com"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://x.example/", "https://x.example"),
        ("https://x.example:8443", "https://x.example:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.9.9.9:8000/", "http://127.9.9.9:8000"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        (" https://x.example\n", "https://x.example"),
    ],
)
def test_another_address_is_taken_over_https_or_on_this_machine(written: str, meant: str) -> None:
    assert base_url({"X_API_URL": written}) == meant


@pytest.mark.parametrize(
    "written",
    [
        "http://api.x.com",
        "http://10.0.0.1",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "ftp://127.0.0.1",
        "//api.x.com",
        "api.x.com",
        "https://",
        "https://api.x.com/2",
        "https://api.x.com?to=elsewhere",
        "https://api.x.com#there",
        "https://user:hush@api.x.com",
        "https://api.x.com@evil.example",
        "https://api.x.com:eighty",
        "https://[::1",
        "https://api.x.com\nHost: evil.example",
    ],
)
def test_an_address_that_is_open_or_not_one_is_bad_usage_and_not_repeated(written: str) -> None:
    with pytest.raises(BadUsage) as caught:
        base_url({"X_API_URL": written})
    assert "hush" not in f"{caught.value}{caught.value.help}"
    assert caught.value.exit_code == 2


def test_nothing_enters_a_shut_gate() -> None:
    gate = Gate()
    gate.shut()
    with pytest.raises(Shut):
        gate.enter(None)
    assert not gate.sent


def test_a_gate_remembers_what_went_through() -> None:
    gate = Gate()
    gate.enter(None)
    gate.shut()
    assert gate.sent


def test_loggers_that_would_write_signed_headers_are_kept_at_info() -> None:
    loud = ("tweepy", "tweepy.client", "oauthlib.oauth1.rfc5849", "requests_oauthlib", "urllib3.x")
    for name in loud:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    hush()
    assert not any(logging.getLogger(name).isEnabledFor(logging.DEBUG) for name in loud)
    assert logging.getLogger("urllib3").level == logging.ERROR
    logging.getLogger("urllib3").setLevel(logging.INFO)
