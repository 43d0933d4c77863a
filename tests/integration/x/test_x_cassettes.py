"""What the cassettes hold, and that they would notice."""

import re
from pathlib import Path
from typing import Any

import pytest

from runner.publish.ports import Receipt
from runner.value import replace
from runner.x.auth import DEFAULT_URL
from runner.x.client import Client
from runner.x.publisher import XPublisher
from tests.integration.x.local_x import POST, WHO

CASSETTES = sorted((Path(__file__).parent / "cassettes").glob("**/*"))
WORDS = re.compile(
    r"authorization|oauth|cookie|bearer|consumer|signature|secret|token|password|x-transaction"
    r"|127\.0\.0\.1|localhost|!!binary",
    re.IGNORECASE,
)
KEYS = re.compile(
    r"\b(?=\w*[A-Z])(?=\w*[a-z])(?=\w*\d)\w{25,}\b"  # an app's key or secret
    r"|\b\d+-[A-Za-z0-9]{30,}\b"  # an account's token
)


def test_there_are_ten_cassettes_one_a_test() -> None:
    tests = (Path(__file__).parent / "test_x_wire_format.py").read_text()
    named = re.findall(r"^def test_(\w+)", tests, re.MULTILINE)
    assert [path.name for path in CASSETTES] == sorted(f"{name}.yaml" for name in named)
    assert len(CASSETTES) == 10


@pytest.mark.parametrize(
    "key",
    [
        # put together here, so that no file looks as if it held one
        "Authorization" + ': OAuth oauth_token="1"',
        "set-cookie" + ": guest_id=v1",
        "xvz1evFS4wEE" + "PTGEFPHBog1234",
        "370773112-" + "GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    ],
)
def test_keys_and_signed_headers_would_be_found(key: str) -> None:
    assert WORDS.search(key) or KEYS.search(key)


@pytest.mark.parametrize("path", CASSETTES, ids=lambda path: path.stem)
def test_a_cassette_holds_nothing_private_and_speaks_of_x_alone(path: Path) -> None:
    text = path.read_text()
    assert not WORDS.search(text)
    assert not KEYS.search(text)
    own = (WHO.api_key, WHO.api_secret, WHO.access_token, WHO.access_secret)
    assert not any(value in text for value in own)
    uris = re.findall(r"uri: (\S+)", text)
    assert uris
    assert all(uri.startswith(f"{DEFAULT_URL}/2/") for uri in uris)
    assert set(re.findall(r"^ {6}(\S+):$", text, re.MULTILINE)) <= {
        *("Accept", "Content-Type", "Content-Length", "Date")
    }


@pytest.mark.vcr
@pytest.mark.parametrize(
    "changes", [{}, {"text": "Slim 27"}, {"made_with_ai": True}, {"text": f"{POST.text} "}], ids=str
)
def test_a_request_that_is_not_on_the_cassette_gets_no_answer(
    changes: dict[str, Any], vcr: Any
) -> None:
    with vcr.use_cassette("create_with_text"):
        shop = XPublisher(Client(WHO, DEFAULT_URL), "acme_lv", sleep=lambda _: None)
        answer = shop.create(replace(POST, **changes), media=(), reply_to=None)
    assert isinstance(answer, Receipt) is not bool(changes)
