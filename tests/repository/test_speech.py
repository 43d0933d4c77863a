"""What no tracked file may say: the paths of one machine, and anything that looks like a secret."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file does not hold what it looks for.
OF_ONE_MACHINE = re.compile("/opt/" + "(pypi|wheels)|/work/" + "(main|shared)|/root/" + r"\.")
BESIDE = re.compile(r"\.\./" + "shared")
SECRETS = {
    "a private key": re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----"),
    "a token of GitHub": re.compile(r"g(h[opsur]_[A-Za-z0-9]{36}|ithub_pat_\w{60,})"),
    "a bearer token of X": re.compile(r"A{15}[A-Za-z0-9%]{60,}"),
    "an access token of X": re.compile(r"\b[0-9]{8,19}-[A-Za-z0-9]{40}\b"),
    "a signed request": re.compile(r"""oauth_(signature|token|consumer_key)=\\?["'][^"']{8,}"""),
    "an authorization header": re.compile(
        r"(?i)\bauthorization['\"]?:\s*\n?\s*-?\s*['\"]?(bearer|oauth) \w{8,}"
    ),
}


@pytest.fixture(scope="module")
def texts(tracked: list[Path]) -> dict[str, str]:
    """Every tracked text file but the lock, which uv writes."""
    contents = {str(path.relative_to(ROOT)): path.read_bytes() for path in tracked}
    return {
        name: content.decode(errors="replace")
        for name, content in contents.items()
        if name != "uv.lock" and b"\0" not in content
    }


def test_no_file_speaks_of_one_machine(texts: dict[str, str]) -> None:
    found = [name for name, text in texts.items() if OF_ONE_MACHINE.search(text)]
    found += [
        name
        for name, text in texts.items()
        if BESIDE.search(text) and not name.startswith("tests/")
    ]
    assert not found
    assert len(texts) >= 30


def test_no_file_holds_a_secret(texts: dict[str, str]) -> None:
    found = [
        f"{name}: {what}"
        for name, text in texts.items()
        for what, pattern in SECRETS.items()
        if pattern.search(text)
    ]
    assert not found
    assert len(texts) >= 30


@pytest.mark.parametrize("path", ["/opt/" + "pypi", "/work/" + "main/x", "/root/" + ".cache"])
def test_the_path_of_one_machine_is_seen(path: str) -> None:
    assert OF_ONE_MACHINE.search(f"see {path}")


@pytest.mark.parametrize(
    ("what", "example"),
    [
        ("a private key", "-----BEGIN RSA PRIVATE " + "KEY-----"),
        ("a token of GitHub", "ghp_" + "a1" * 18),
        ("a bearer token of X", "A" * 20 + "b%2F" * 20),
        ("an access token of X", "1234567890-" + "aB" * 20),
        ("a signed request", "oauth_" + 'signature="abcdefgh%3D"'),
        ("an authorization header", "Authorization:" + "\n      - OAuth oauth_consumer"),
    ],
)
def test_a_secret_is_seen(what: str, example: str) -> None:
    assert SECRETS[what].search(example)
