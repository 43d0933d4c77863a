"""Money and shares that a template computes are decimal, exact, and rounded as people round."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.render.building import CONTEST, LAUNCH, campaign_file, posts, said, show

ACCOUNTS = {"lv": "shop", "es": "tienda", "ru": "magazin", "en": "support"}
CAMPAIGN = {**CONTEST, "prize": "x"}
PRODUCT = {"name": "Slim 27", "url": "https://acme.lv/slim27", "currency": "EUR"}
SAID = {
    "C8-a-discount": (
        "{{ (19.99 * 0.8) | currency('EUR') }}",
        ("15,99 €", "15,99 €", "15,99 €", "€15.99"),
    ),
    "C8-a-third-of-a-price": (
        "{{ (59.90 / 3) | currency('EUR') }}",
        ("19,97 €", "19,97 €", "19,97 €", "€19.97"),
    ),
    "C8-half-a-cent": (
        "{{ 1.005 | currency('EUR') }}",
        ("1,01 €", "1,01 €", "1,01 €", "€1.01"),
    ),
    "C8-half-of-a-negative": (
        "{{ (-2.01 / 2) | currency('EUR') }}",
        ("-1,01 €", "-1,01 €", "-1,01 €", "-€1.01"),
    ),
    "C8-no-decimals": (
        "{{ (999 / 2) | currency('JPY') }}",
        ("500 ¥", "500 JPY", "500 ¥", "¥500"),
    ),
    "C8-three-decimals": (
        "{{ (10 / 3) | currency('KWD') }}",
        ("3,333 KWD", "3,333 KWD", "3,333 KWD", "KWD 3.333"),
    ),
    "C8-rounds-to-a-whole-sum": (
        "{{ (29.999 / 3) | currency('EUR', whole=true) }}",
        ("10 €", "10 €", "10 €", "€10"),
    ),
    "C8-a-share-of-a-quotient": (
        "{{ (100 / 3) | percent }}",
        ("33,3 %", "33,3 %", "33,3 %", "33.3%"),
    ),
    "C8-a-share-with-no-decimals": (
        "{{ (200 / 3) | percent(digits=0) }}",
        ("67 %", "67 %", "67 %", "67%"),
    ),
    "C8-a-share-that-ends": (
        "{{ (100 / 8) | percent }}",
        ("12,5 %", "12,5 %", "12,5 %", "12.5%"),
    ),
    "C8-a-sum": ("{{ (0.1 + 0.2) | number }}", ("0,3", "0,3", "0,3", "0.3")),
    "C8-a-quotient": ("{{ (20 / 3) | number }}", ("6,67", "6,67", "6,67", "6.67")),
    "C8-so-many-digits": ("{{ 2.0005 | number(digits=3) }}", ("2,001", "2,001", "2,001", "2.001")),
    "C8-a-third-three-times": ("{{ (59.90 / 3 * 3) | number }}", ("59,9", "59,9", "59,9", "59.9")),
}
"""By row: what it writes in lv, es, ru and en, with plain spaces."""
PLAIN = {
    "C8-whole-again": ("{{ 19.5 * 2 }} {{ 6 / 2 }}", "39 3"),
    "C8-rounded-by-hand": ("{{ (19.99 * 0.8) | round(2) }}", "15.99"),
    "C8-as-written": ("{{ 0.30 }} {{ -2.5 }} {{ 0.0000001 }}", "0.3 -2.5 0.0000001"),
    "C8-equal": ("{{ 'yes' if 0.1 + 0.2 == 0.3 }}", "yes"),
    "C8-in-a-list": ("{{ 'yes' if 0.1 * 3 in [0.3, 1.5] }}", "yes"),
    "C8-in-a-mapping": ("{{ 'yes' if {'a': 0.3}['a'] == 0.1 + 0.2 }}", "yes"),
    "C8-in-a-tuple": ("{{ 'yes' if 0.1 * 3 in (0.3, [1.5]) }}", "yes"),
    "C8-floors": ("{{ -7 // 2 }} {{ -7.5 // 2 }} {{ -7 % 4 }} {{ -7.0 % 4 }}", "-4 -4 1 1"),
    "C8-a-whole-place": ("{{ ['a', 'b'][2 / 2] }}", "b"),
    "C8-many-digits": ("{{ 123456.789 * 1000000000 }}", "123456789000000"),
}
WRONG = {
    "C8-a-bare-sum": ("{{ 0.1 + 0.2 }}", "template-error", "computed fraction", "number"),
    "C8-a-bare-name": ("{% set a = 9.99 / 2 %}{{ a }}", "template-error", "`a` is", "a | currency"),
    "C8-a-bare-negative": ("{{ -(1 / 3) }}", "template-error", "computed fraction", "number"),
    "C8-joined": ("{{ 'a' ~ 1 / 3 }}", "template-error", "computed fraction", "currency"),
    "C8-as-a-text": ("{{ (1 / 3) | string }}", "template-error", "computed fraction", "percent"),
    "C8-by-nothing": ("{{ (0.5 / 0) | number }}", "template-error", "by nothing", "after"),
    "C8-rest-of-nothing": ("{{ 0.5 % 0.0 }}", "template-error", "by nothing", "after"),
    "C8-floor-by-nothing": ("{{ 0.0 // 0.0 }}", "template-error", "by nothing", "after"),
    "C8-too-large": ("{{ 900000000000000.5 * 2 }}", "unsafe-template", "too large", "smaller"),
    "C8-a-tiny-divisor": ("{{ 1 / 1e-300 }}", "template-error", "by nothing", "after"),
    "C8-too-many-digits": ("{{ 1 | number(digits=99) }}", "template-error", "0 to 12", "digits=2"),
    "C8-digits-of-a-text": ("{{ 1 | percent('a') }}", "template-error", "0 to 12", "digits=2"),
}


@pytest.mark.parametrize(("text", "expected"), SAID.values(), ids=SAID)
def test_what_is_computed_is_written_as_each_language_has_it(
    text: str, expected: tuple[str, ...]
) -> None:
    written = [said(text, CAMPAIGN, account=account) for account in ACCOUNTS.values()]
    assert tuple(each.replace("\u00a0", " ") for each in written) == expected


@pytest.mark.parametrize(("text", "expected"), PLAIN.values(), ids=PLAIN)
def test_arithmetic_is_exact(text: str, expected: str) -> None:
    assert said(text, CAMPAIGN) == expected


@pytest.mark.parametrize(("text", "rule", "message", "help"), WRONG.values(), ids=WRONG)
def test_what_nobody_can_read_is_refused(text: str, rule: str, message: str, help: str) -> None:
    post, [problem] = show(campaign_file(CAMPAIGN, posts=posts(text)))
    assert post is None
    assert problem.rule == rule
    assert message in problem.message
    assert help in problem.help


def test_a_price_of_the_file_is_what_a_template_writes() -> None:
    """C8: `59.90` in the campaign and in the template are one number, and print as written."""
    product = {**PRODUCT, "price": Decimal("59.90")}
    text = "{{ 'yes' if product.price == 59.90 }} {{ product.price }}"
    assert said(text, {**LAUNCH, "product": product}) == "yes 59.90"


SUMS = st.decimals(0, 10**6, places=4)


@settings(max_examples=60)
@given(SUMS, SUMS)
def test_currency_of_a_product_is_the_decimal_one(a: Decimal, b: Decimal) -> None:
    written = said(f"{{{{ ({a:f} * {b:f}) | currency('EUR') }}}}", CAMPAIGN, account="support")
    exact = (a * b).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert written == f"€{exact:,.2f}"
