"""A post whose answer is lost, looked for over HTTP: the runner's own publisher, the local X."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from runner.ledger import Attempting, Key, Standing
from runner.local_x.accounts import LocalAccount
from runner.local_x.server import Sandbox
from runner.publish.ports import Doubt, Receipt, Unreadable, Uploaded
from runner.reconcile import TimelinePost, search, unexplained_posts
from runner.render.rendered import RenderedMedia, RenderedPart
from runner.x.publisher import XPublisher, publisher_for
from tests.integration.local_x.conftest import picture

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
KEY = Key("shop", "slim27", "launch")
TEXT = "Slim 27 ir klāt & <gaida> ✨ https://acme.lv/slim27?a=1&b=2"
LOST: dict[str, Any] = {"route": "create", "drop": True, "applied": True}


@pytest.fixture(params=[True, False], ids=["old names", "new names"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    accounts = [LocalAccount.of("shop", "acme_lv", premium=True)]
    with Sandbox.start(accounts, clock=lambda: NOON, old_names=request.param) as running:
        if not request.param:
            message = "The query parameter [tweet.fields] is not one of [post.fields]"
            body: dict[str, Any] = {"errors": [{"message": message}]}
            running.fail({"route": "timeline", "status": 400, "body": body})
        yield running


@pytest.fixture
def shop(sandbox: Sandbox) -> XPublisher:
    environ = sandbox.environment()
    return publisher_for("shop", "acme_lv", environ, only_account=True, sleep=lambda _: None)


def part(text: str = TEXT, **more: Any) -> RenderedPart:
    return RenderedPart(text=text, weight=len(text), cost=Decimal("0.015"), **more)


def attempt(*parts: RenderedPart, **more: Any) -> Attempting:
    return Attempting(
        key=KEY,
        at=NOON,
        run="r",
        attempt="a",
        send_by=NOON + timedelta(seconds=60),
        due=NOON,
        digest="d",
        parts=tuple(each.canonical() for each in parts),
        cost=Decimal("0.015"),
        **more,
    )


def in_doubt(*parts: RenderedPart, **more: Any) -> Standing:
    return Standing(key=KEY, entries=(attempt(*parts, **more),))


def read(shop: XPublisher) -> tuple[TimelinePost, ...]:
    timeline = shop.timeline(NOON - timedelta(minutes=10))
    assert not isinstance(timeline, Unreadable), timeline
    return timeline


def found(shop: XPublisher, standing: Standing) -> list[str]:
    matches = search([standing], read(shop), known=()).get(KEY, ())
    return [match.shown.id for match in matches]


def lose(shop: XPublisher, sandbox: Sandbox, one: RenderedPart, **more: Any) -> str:
    """Sends it, and loses the answer."""
    sandbox.fail(LOST)
    media = more.pop("media", ())
    assert isinstance(shop.create(one, media=media, reply_to=more.get("reply_to")), Doubt)
    return sandbox.timeline()[0].id


def test_a_post_whose_answer_was_lost_is_found(shop: XPublisher, sandbox: Sandbox) -> None:
    shop.create(part("another"), media=(), reply_to=None)
    id = lose(shop, sandbox, part())
    assert found(shop, in_doubt(part())) == [id]
    assert read(shop)[-1].text == TEXT


def test_a_post_that_never_arrived_is_not_found(shop: XPublisher, sandbox: Sandbox) -> None:
    sandbox.fail({"route": "create", "drop": True})
    assert isinstance(shop.create(part(), media=(), reply_to=None), Doubt)
    assert found(shop, in_doubt(part())) == []


def test_a_timeline_that_lags_shows_it_later(
    shop: XPublisher, sandbox: Sandbox, control: Callable[..., Any]
) -> None:
    id = lose(shop, sandbox, part())
    sandbox.set_lag(timedelta(minutes=5))
    sandbox.set_clock(NOON + timedelta(minutes=5) - timedelta(seconds=1))
    assert found(shop, in_doubt(part())) == []
    sandbox.set_clock(NOON + timedelta(minutes=5))
    assert found(shop, in_doubt(part())) == [id]
    assert control("PUT", "lag", json={"seconds": 301}).json() == {"seconds": 301}
    assert found(shop, in_doubt(part())) == []


def test_pictures_a_repost_and_the_rest_of_a_thread_are_found(
    shop: XPublisher, sandbox: Sandbox
) -> None:
    data = picture()
    media = RenderedMedia(path="a.png", digest="d", type="image/png", size=len(data))
    uploaded = shop.upload(media, data)
    assert isinstance(uploaded, Uploaded)
    one = lose(shop, sandbox, part("", media=(media,)), media=(uploaded,))
    two = shop.create(part("2/3"), media=(), reply_to=one)
    assert isinstance(two, Receipt)
    three = lose(shop, sandbox, part("3/3"), reply_to=two.id)
    thread = in_doubt(part("", media=(media,)), part("2/3"), part("3/3"), media=(uploaded.key,))
    assert found(shop, thread) == [one, two.id, three]
    shared = sandbox.seed("denimdaily", "share me")
    assert isinstance(shop.repost(shared.id), Receipt)
    assert found(shop, in_doubt(part("", repost=shared.id))) == [sandbox.timeline("shop")[0].id]


@pytest.mark.sampled(1)
def test_a_long_post_and_one_behind_many_others_are_found(
    shop: XPublisher, sandbox: Sandbox
) -> None:
    long = part("ļoti gari un plaši džinsi " * 150 + TEXT)
    id = lose(shop, sandbox, long)
    for number in range(99):
        shop.create(part(f"number {number}"), media=(), reply_to=None)
    sandbox.set_clock(NOON + timedelta(minutes=16))
    assert isinstance(shop.create(part("one more"), media=(), reply_to=None), Receipt)
    assert found(shop, in_doubt(long)) == [id]
    assert len(read(shop)) == 101


def test_a_post_that_a_person_edited_is_left_to_a_person(
    shop: XPublisher, sandbox: Sandbox
) -> None:
    first = lose(shop, sandbox, part())
    sandbox.set_clock(NOON + timedelta(minutes=20))
    edited = sandbox.edit(first, "Slim 28!")
    assert edited.id != first
    standing = in_doubt(part())
    assert found(shop, standing) == []
    (odd,) = unexplained_posts(standing, read(shop), known=(), taken=())
    assert (odd.id, odd.earlier, odd.text) == (edited.id, (first,), "Slim 28!")
    assert shop.deleted_ids([first, edited.id]) == frozenset()


def test_a_post_that_a_person_deleted_is_gone(shop: XPublisher, sandbox: Sandbox) -> None:
    kept, deleted, edited = (
        shop.create(part(text), media=(), reply_to=None) for text in ("a", "b", "c")
    )
    ids = [each.id for each in (kept, deleted, edited) if isinstance(each, Receipt)]
    sandbox.remove(ids[1])
    after = sandbox.edit(ids[2], "d").id
    sandbox.remove(ids[2])
    assert shop.deleted_ids([*ids, after]) == frozenset({ids[1], ids[2], after})
    assert [one.id for one in read(shop)] == ids[:1]


@pytest.mark.parametrize(
    "fault",
    [
        {"answer": "html"},
        {"answer": "unavailable"},
        {"answer": "rate-limit"},
        {"status": 200, "body": "<!DOCTYPE html><html></html>"},
        {"status": 200, "body": {}},
        {"status": 200, "body": {"data": []}},
        {"drop": True},
    ],
    ids=str,
)
def test_a_timeline_that_x_does_not_give_whole_is_unreadable(
    shop: XPublisher, sandbox: Sandbox, fault: dict[str, Any]
) -> None:
    lose(shop, sandbox, part())
    sandbox.fail({"route": "timeline", **fault})
    assert isinstance(shop.timeline(NOON), Unreadable)
