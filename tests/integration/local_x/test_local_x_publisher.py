"""The runner's own publisher against the local X."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from runner.local_x.server import Sandbox
from runner.publish.ports import Doubt, Identity, Receipt, Rejection, Uploaded
from runner.render.rendered import RenderedMedia, RenderedPart, RenderedPoll
from runner.x.publisher import XPublisher, publisher_for
from runner.x_facts import instant

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
GIF = b"GIF89a" + b"\0" * 64


@pytest.fixture
def publisher(sandbox: Sandbox) -> Callable[[str], XPublisher]:
    def of(account: str) -> XPublisher:
        handle = sandbox.account(account).person.handle
        environ = sandbox.environment()
        return publisher_for(account, handle, environ, only_account=False, sleep=lambda _: None)

    return of


def part(text: str = "hello", **more: Any) -> RenderedPart:
    return RenderedPart(text=text, weight=len(text), cost=Decimal("0.015"), **more)


def test_the_runner_knows_itself_and_x_s_clock(
    publisher: Callable[[str], XPublisher], sandbox: Sandbox
) -> None:
    me = sandbox.account("shop").person.user_id
    expected = Identity(user_id=me, handle="acme_lv", server_time=NOON)
    assert publisher("shop").identify() == expected


def test_the_runner_posts_media_polls_and_threads(
    publisher: Callable[[str], XPublisher], sandbox: Sandbox
) -> None:
    shop = publisher("shop")
    digest = sha256(GIF).hexdigest()
    media = RenderedMedia(path="a.gif", digest=digest, type="image/gif", size=len(GIF), alt="denim")
    uploaded = shop.upload(media, GIF)
    assert isinstance(uploaded, Uploaded)
    assert uploaded.key == f"16_{uploaded.id}"
    first = shop.create(part("1/2"), media=(uploaded,), reply_to=None)
    assert isinstance(first, Receipt)
    assert first.at == instant(first.id) == NOON
    poll = RenderedPoll(options=("indigo", "black"), minutes=60)
    second = shop.create(part("2/2", poll=poll), media=(), reply_to=first.id)
    assert isinstance(second, Receipt)
    reply, root = sandbox.timeline("shop")
    assert (reply.reply_to, root.media) == (first.id, (uploaded.id,))


def test_the_runner_s_repost_is_a_receipt_each_time(
    publisher: Callable[[str], XPublisher], sandbox: Sandbox
) -> None:
    seeded = sandbox.seed("denimdaily", "share me")
    shop = publisher("shop")
    assert all(isinstance(shop.repost(seeded.id), Receipt) for _ in range(2))
    assert len(sandbox.timeline("shop")) == 1


def test_the_runner_tells_refused_from_doubtful(
    publisher: Callable[[str], XPublisher], sandbox: Sandbox
) -> None:
    shop = publisher("shop")
    sandbox.fail({"route": "create", "drop": True, "applied": True})
    assert isinstance(shop.create(part(), media=(), reply_to=None), Doubt)
    assert isinstance(shop.create(part("$A $B"), media=(), reply_to=None), Rejection)
    assert [post.text for post in sandbox.timeline()] == ["hello"]
