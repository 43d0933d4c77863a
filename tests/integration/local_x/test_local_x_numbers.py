"""What the local X counts of posts: in public, for their author alone, and for a price."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import requests

from runner.local_x.audience import Audience, Effect
from runner.local_x.server import Sandbox
from tests.integration.local_x.conftest import Api

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
NUMBERS = {"post.fields": "public_metrics,organic_metrics,non_public_metrics"}
DAY = timedelta(days=1)

Control = Callable[..., requests.Response]


def numbers(shop: Api, **query) -> list[dict]:
    return shop.timeline(**NUMBERS, **query).json().get("data", [])


def test_numbers_grow_with_a_post_s_age(shop: Api, sandbox: Sandbox) -> None:
    shop.post("hello https://acme.lv")
    sandbox.attend(Audience(reach=1000, spread=0))
    seen = []
    for hours in (0, 12, 24, 24 * 28):
        sandbox.set_clock(NOON + timedelta(hours=hours))
        (post,) = numbers(shop)
        seen.append(post["public_metrics"]["impression_count"])
    assert seen == [0, 500, 750, 1000]
    assert post["public_metrics"]["like_count"] == 20
    assert post["organic_metrics"]["url_link_clicks"] == 12
    assert post["non_public_metrics"]["engagements"] > 40


def test_what_was_paid_for_is_in_all_numbers_but_the_organic_ones(
    shop: Api, sandbox: Sandbox
) -> None:
    id = shop.post("hello").json()["data"]["id"]
    sandbox.attend(Audience(reach=100, spread=0, effects=(Effect(post=id, paid=900),)))
    sandbox.set_clock(NOON + 28 * DAY)
    (post,) = numbers(shop)
    assert post["public_metrics"]["impression_count"] == 1000
    assert post["non_public_metrics"]["impression_count"] == 1000
    assert post["organic_metrics"]["impression_count"] == 100


def test_what_people_really_do_is_counted_too(shop: Api, sandbox: Sandbox) -> None:
    id = shop.post("hello").json()["data"]["id"]
    sandbox.seed("anna", "nice", reply_to=id)
    (post,) = numbers(shop)
    assert post["public_metrics"]["reply_count"] == post["organic_metrics"]["reply_count"] == 1


def test_private_numbers_are_told_for_thirty_days(shop: Api, sandbox: Sandbox) -> None:
    shop.post("hello")
    sandbox.set_clock(NOON + 30 * DAY)
    assert len(numbers(shop)) == 1
    sandbox.set_clock(NOON + 31 * DAY)
    assert numbers(shop) == []
    assert len(shop.timeline(**{"post.fields": "public_metrics"}).json()["data"]) == 1


def test_private_numbers_are_told_to_the_author_alone(shop: Api, sandbox: Sandbox) -> None:
    theirs = sandbox.seed("denim", "share me")
    answer = shop("GET", f"/2/tweets/{theirs.id}", params=NUMBERS).json()
    assert "data" not in answer
    assert {error["type"].rsplit("/", 1)[1] for error in answer["errors"]} == {
        "not-authorized-for-field"
    }
    sandbox.refuse_private_numbers()
    shop.post("hello")
    assert numbers(shop) == []


def test_followers_grow_by_the_day(shop: Api, sandbox: Sandbox) -> None:
    sandbox.attend(Audience(followers=400, new_followers=2))
    query = {"user.fields": "public_metrics"}
    for day, followers in ((datetime(2027, 1, 1, tzinfo=UTC), 400), (NOON + 41 * DAY, 421)):
        sandbox.set_clock(day)
        me = shop("GET", "/2/users/me", params=query).json()["data"]
        assert me["public_metrics"]["followers_count"] == followers


def test_who_has_fewer_followers_gains_fewer(shop: Api, sandbox: Sandbox) -> None:
    user = sandbox.account("shop").person.user_id
    sandbox.attend(Audience(followers=400, new_followers=2, followers_of={user: 100}))
    sandbox.set_clock(NOON + 41 * DAY)
    query = {"user.fields": "public_metrics"}
    for path in ("/2/users/me", f"/2/users/{user}"):
        found = shop("GET", path, params=query).json()["data"]
        assert found["public_metrics"]["followers_count"] == 105


def test_a_thing_is_paid_for_once_a_day(shop: Api, sandbox: Sandbox, control: Control) -> None:
    for text in ("one", "two"):
        shop.post(text)
    for _ in range(2):
        shop.timeline()
        shop("GET", "/2/users/me", params={"user.fields": "public_metrics"})
        shop("GET", "/2/users/me")
    told = {"counts": {"read-owned": 2, "read-user": 1}, "usd": "0.012"}
    assert control("GET", "prices").json() == told
    sandbox.set_clock(NOON + DAY)
    theirs = sandbox.seed("denim", "share me")
    shop.timeline()
    shop("GET", "/2/tweets", params={"ids": theirs.id})
    assert str(sandbox.spent()) == "0.019"


def test_an_audience_is_given_over_http(shop: Api, sandbox: Sandbox, control: Control) -> None:
    shop.post("hello")
    assert control("PUT", "audience", json={"reach": 1000, "spread": 0}).status_code == 200
    sandbox.set_clock(NOON + 28 * DAY)
    assert numbers(shop)[0]["public_metrics"]["impression_count"] == 1000
    assert control("PUT", "audience", json={"reach": "many"}).status_code == 400
