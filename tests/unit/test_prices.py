from decimal import Decimal

import pytest

from runner.x_facts import PRICES, PRICES_EFFECTIVE, PRICES_READ, PRICES_SOURCE, cost_of


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
