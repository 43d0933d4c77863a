"""What X's addresses and prices are."""

from decimal import Decimal

import pytest

from runner.x_facts import (
    PRICES,
    PRICES_EFFECTIVE,
    PRICES_READ,
    PRICES_SOURCE,
    cost_of,
    post_address,
    post_at,
)


@pytest.mark.parametrize(
    ("link", "media", "alts", "usd"),
    [
        (False, 0, 0, "0.015"),
        (True, 0, 0, "0.200"),
        (False, 1, 1, "0.035"),
        (False, 4, 4, "0.095"),
        (True, 1, 1, "0.220"),
    ],
)
def test_a_post_costs_what_x_lists_for_its_parts(
    link: bool, media: int, alts: int, usd: str
) -> None:
    assert cost_of(link=link, media=media, alts=alts) == Decimal(usd)


def test_a_repost_has_one_price() -> None:
    assert cost_of(link=False, media=0, alts=0, repost=True) == Decimal("0.015")


def test_the_table_says_where_and_when_it_was_read() -> None:
    assert PRICES_SOURCE.startswith("https://docs.x.com/")
    assert PRICES_EFFECTIVE <= PRICES_READ


def test_prices_are_exact() -> None:
    assert all(isinstance(price, Decimal) for price in PRICES.values())
    assert sum((cost_of(link=False, media=0, alts=0) for _ in range(1000)), Decimal(0)) == 15


@pytest.mark.parametrize(
    ("address", "post"),
    [
        (post_address("1234", "loisjeans"), ("loisjeans", "1234")),
        ("http://mobile.twitter.com/a/web/status/1/photo/1?s=20", ("a", "1")),
        ("https://x.com/i/status/9223372036854775807#x", ("i", "9223372036854775807")),
        ("https://x.com/a/status/01", None),
        ("https://x.com/a/status/١٢٣", None),
        ("https://x.com/jānis/status/1", None),
        ("https://x.com/a", None),
        ("https://y.com/a/status/1", None),
    ],
)
def test_the_address_of_a_post_names_who_wrote_it_and_its_id(
    address: str, post: tuple[str, str] | None
) -> None:
    assert post_at(address) == post
