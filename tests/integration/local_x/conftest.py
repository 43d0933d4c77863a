"""A local X over HTTP, and signed sessions to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import requests
from PIL import Image
from requests_oauthlib import OAuth1Session

from runner.local_x.accounts import LocalAccount
from runner.local_x.server import Sandbox

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@dataclass
class Api:
    """Calls as one account."""

    sandbox: Sandbox
    account: LocalAccount
    session: OAuth1Session

    def __call__(self, method: str, path: str, **more: Any) -> requests.Response:
        more.setdefault("timeout", 10)
        return self.session.request(method, self.sandbox.url + path, **more)

    def post(self, text: str = "hello", **body: Any) -> requests.Response:
        return self("POST", "/2/tweets", json={"text": text, **body})

    def upload(self, data: bytes | None = None, alt: str | None = None) -> str:
        files = {"media": ("picture", data or picture())}
        form = {"media_category": "tweet_image"}
        answer = self("POST", "/2/media/upload", files=files, data=form)
        assert answer.status_code == 200, answer.text
        id: str = answer.json()["data"]["id"]
        if alt:
            body = {"id": id, "metadata": {"alt_text": {"text": alt}}}
            assert self("POST", "/2/media/metadata", json=body).status_code == 200
        return id

    @property
    def user_id(self) -> str:
        return self.account.person.user_id

    def timeline(self, **query: Any) -> requests.Response:
        return self("GET", f"/2/users/{self.user_id}/tweets", params=query)


def picture(colour: str = "navy") -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    accounts = [
        LocalAccount.of("shop", "acme_lv", name="Acme <Latvia> & co", timezone="Europe/Riga"),
        LocalAccount.of("tienda", "acme_es", premium=True),
    ]
    with Sandbox.start(accounts, clock=lambda: NOON) as running:
        yield running


@pytest.fixture
def api_of() -> Iterator[Callable[[Sandbox, str], Api]]:
    sessions: list[OAuth1Session] = []

    def sign_in(sandbox: Sandbox, account: str) -> Api:
        session = OAuth1Session(*sandbox.credentials(account).values())
        sessions.append(session)
        return Api(sandbox, sandbox.account(account), session)

    yield sign_in
    for session in sessions:
        session.close()


@pytest.fixture
def shop(sandbox: Sandbox, api_of: Callable[[Sandbox, str], Api]) -> Api:
    return api_of(sandbox, "shop")


@pytest.fixture
def tienda(sandbox: Sandbox, api_of: Callable[[Sandbox, str], Api]) -> Api:
    return api_of(sandbox, "tienda")


@pytest.fixture
def control(sandbox: Sandbox) -> Callable[..., requests.Response]:
    def call(method: str, path: str, **more: Any) -> requests.Response:
        return requests.request(method, f"{sandbox.url}/_sandbox/{path}", timeout=10, **more)

    return call
