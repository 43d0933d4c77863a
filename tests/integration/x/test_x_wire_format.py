"""What X gets, byte for byte, and answers: a changed request finds no answer on its cassette."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from runner.publish.ports import Identity, Receipt, Release, Uploaded
from runner.render.rendered import RenderedMedia, RenderedPoll
from runner.value import replace
from runner.x.answers import is_duplicate
from runner.x.publisher import XPublisher
from tests.integration.x.local_x import POST, Say

pytestmark = pytest.mark.vcr

Tape = Callable[..., XPublisher]

FIRST, SECOND = "1995412345678901234", "1995412349873205123"
PICTURE = RenderedMedia(
    path="media/slim27.png", digest="", type="image/png", size=11, alt="Zilas džinsas uz krēsla"
)
AT = datetime(2025, 12, 1, 8, 39, 10, 835000, tzinfo=UTC)


def out(id: str, text: str = POST.text) -> Say:
    return Say(status=201, body={"data": {"id": id, "text": text, "edit_history_post_ids": [id]}})


def problem(status: int, title: str, detail: str, type: str) -> Say:
    body = {"title": title, "detail": detail, "type": type, "status": status}
    return Say(status=status, body=body, headers={"Content-Type": "application/problem+json"})


def receipt(id: str = FIRST, at: datetime = AT) -> Receipt:
    return Receipt(id=id, url=f"https://x.com/acme_lv/status/{id}", at=at)


def test_create_with_text(tape: Tape) -> None:
    shop = tape(out(FIRST))
    assert shop.create(POST, media=(), reply_to=None) == receipt()


def test_create_with_media_and_alt(tape: Tape) -> None:
    told = {"id": "1995412000000000007", "media_key": "3_1995412000000000007", "size": 11}
    upload = Say(body={"data": told | {"expires_after_secs": 86400}})
    shop = tape(upload, Say(body={"data": {"id": told["id"]}}), out(FIRST))
    uploaded = shop.upload(PICTURE, b"no picture.")
    assert uploaded == Uploaded(id="1995412000000000007", key="3_1995412000000000007")
    part = replace(POST, media=(PICTURE,))
    assert shop.create(part, media=(uploaded,), reply_to=None) == receipt()


def test_create_with_film(tape: Tape) -> None:
    begun = {"id": "1995412000000000008", "media_key": "13_1995412000000000008"}
    going = {"processing_info": {"state": "pending", "check_after_secs": 1}}
    done = {"processing_info": {"state": "succeeded", "progress_percent": 100}}
    said = (begun, {"expires_at": 1795600000}, begun | going, begun | done)
    shop = tape(*(Say(body={"data": data}) for data in said), out(FIRST))
    film = replace(PICTURE, path="media/slim27.mp4", type="video/mp4", alt=None)
    uploaded = shop.upload(film, b"no film.")
    assert uploaded == Uploaded(id="1995412000000000008", key="13_1995412000000000008")
    part = replace(POST, media=(film,))
    assert shop.create(part, media=(uploaded,), reply_to=None) == receipt()


def test_create_with_poll(tape: Tape) -> None:
    poll = RenderedPoll(options=("indigo", "melna"), minutes=1440)
    shop = tape(out(FIRST, "Kura krāsa?"))
    part = replace(POST, text="Kura krāsa?", poll=poll)
    assert shop.create(part, media=(), reply_to=None) == receipt()


def test_create_with_every_setting(tape: Tape) -> None:
    shop = tape(out(FIRST))
    part = replace(POST, reply_settings="following", paid_partnership=True, made_with_ai=True)
    assert shop.create(part, media=(), reply_to=None) == receipt()


def test_create_thread(tape: Tape) -> None:
    shop = tape(out(FIRST, "1/2"), out(SECOND, "2/2"))
    first = shop.create(replace(POST, text="1/2"), media=(), reply_to=None)
    assert isinstance(first, Receipt)
    second = shop.create(replace(POST, text="2/2"), media=(), reply_to=first.id)
    assert isinstance(second, Receipt)
    assert (second.id, second.at > first.at) == (SECOND, True)


def test_repost(tape: Tape) -> None:
    me = Say(body={"data": {"id": "42", "name": "Acme Latvija", "username": "acme_lv"}})
    shop = tape(me, Say(body={"data": {"rest_id": FIRST, "retweeted": True}}))
    at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    url = f"https://x.com/i/web/status/{FIRST}"
    assert shop.repost(FIRST) == Receipt(id=FIRST, url=url, at=at)


def test_users_me(tape: Tape) -> None:
    shop = tape(Say(body={"data": {"id": "42", "name": "Acme Latvija", "username": "acme_lv"}}))
    at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert shop.identify() == Identity(user_id="42", handle="acme_lv", server_time=at)


def test_refused_402(tape: Tape) -> None:
    kind = "https://api.x.com/2/problems/credits-depleted"
    shop = tape(problem(402, "Payment Required", "credits depleted", kind))
    answer = shop.create(POST, media=(), reply_to=None)
    assert isinstance(answer, Release)
    assert answer.stop


def test_refused_403_duplicate(tape: Tape) -> None:
    detail = "You are not allowed to create a Tweet with duplicate content."
    shop = tape(problem(403, "Forbidden", detail, "about:blank"))
    assert is_duplicate(shop.create(POST, media=(), reply_to=None))
