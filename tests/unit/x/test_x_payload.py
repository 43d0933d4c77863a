from decimal import Decimal
from typing import Any

import pytest

from runner.problems import BadUsage, Refused
from runner.publish.ports import Publisher, Uploaded
from runner.render.rendered import RenderedPart, RenderedPoll
from runner.value import replace
from runner.x.publisher import XPublisher, payload, publisher_for

PART = RenderedPart(text="Slim 27 ir klāt ✨", weight=18, cost=Decimal("0.015"))
ENVIRON = {
    "X_API_KEY": "hush-1",
    "X_API_SECRET": "hush-2",
    "X_ACCESS_TOKEN": "hush-3",
    "X_ACCESS_SECRET": "hush-4",
}


@pytest.mark.parametrize(
    ("changes", "adds"),
    [
        ({}, {}),
        (
            {"poll": RenderedPoll(options=("indigo", "black"), minutes=1440)},
            {"poll": {"options": ["indigo", "black"], "duration_minutes": 1440}},
        ),
        ({"reply_settings": "mentionedUsers"}, {"reply_settings": "mentionedUsers"}),
        ({"paid_partnership": True}, {"paid_partnership": True}),
        ({"made_with_ai": True}, {"made_with_ai": True}),
    ],
)
def test_only_what_is_set_is_sent(changes: dict[str, Any], adds: dict[str, Any]) -> None:
    body = payload(replace(PART, **changes), media=(), reply_to=None)
    assert body == {"text": PART.text, **adds}


def test_media_are_named_by_their_ids_in_order() -> None:
    media = (Uploaded(id="12", key="3_12"), Uploaded(id="11", key="3_11"))
    body = payload(PART, media=media, reply_to=None)
    assert body["media"] == {"media_ids": ["12", "11"]}


def test_a_picture_may_stand_without_words() -> None:
    media = (Uploaded(id="12", key="3_12"),)
    body = payload(replace(PART, text=""), media=media, reply_to=None)
    assert body == {"media": {"media_ids": ["12"]}}


def test_a_part_of_a_thread_replies_to_the_one_before() -> None:
    body = payload(PART, media=(), reply_to="1995412345678901234")
    assert body == {"text": PART.text, "reply": {"in_reply_to_tweet_id": "1995412345678901234"}}


def test_the_factory_makes_a_publisher_that_shows_no_secret() -> None:
    shop: Publisher = publisher_for(
        "shop", "acme_lv", ENVIRON, only_account=True, sleep=lambda _: None
    )
    assert isinstance(shop, XPublisher)
    assert "hush" not in f"{shop!r}{vars(shop)}"


def test_the_factory_refuses_half_a_set_and_an_open_address() -> None:
    half = {**ENVIRON, "X_API_SECRET": ""}
    with pytest.raises(Refused, match="X_API_SECRET"):
        publisher_for("shop", "acme_lv", half, only_account=True, sleep=lambda _: None)
    open_line = {**ENVIRON, "X_API_URL": "http://x.example"}
    with pytest.raises(BadUsage):
        publisher_for("shop", "acme_lv", open_line, only_account=True, sleep=lambda _: None)
