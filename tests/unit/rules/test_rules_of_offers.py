"""Codes that no longer work when their post goes out."""

from datetime import datetime
from decimal import Decimal

import pytest

from runner.problems import Problem, Severity
from runner.value import replace
from tests.unit.rules.building import RIGA, a_file, a_post, an_occurrence, found

OFFER = {"code": "SLIM20", "url": "https://acme.lv/akcija", "until": "2026-12-10 20:00"}


def names(
    text: str,
    due: str,
    until: str = "",
    *,
    post: dict[str, object] | None = None,
    offer: dict[str, object] = OFFER,
    locale: str = "lv",
) -> tuple[Problem, ...]:

    file = a_file({"last": {"text": "x", **(post or {})}}, offer=offer)
    occurrence = an_occurrence(file, "last", due)
    end = datetime.fromisoformat(until or due).replace(tzinfo=RIGA)
    proof = a_post(replace(occurrence, until=end), text, locale=locale)
    return found(proof, rule="dead-offer")


PERCENT = {"percent": 20, "until": "2026-12-10 20:00"}
AMOUNT = {"amount": Decimal("5.00"), "currency": "EUR", "until": "2026-12-10 20:00"}


@pytest.mark.parametrize(
    ("offer", "text", "said"),
    [
        pytest.param(PERCENT, "20% off all jeans", "20%", id="C2-percent"),
        pytest.param(PERCENT, "Atlaide 20\u00a0%!", "20\u00a0%", id="C2-percent-apart"),
        pytest.param(PERCENT, "20 percent off", "20 percent", id="C2-percent-in-words"),
        pytest.param(PERCENT, "Скидка 20 процентов", "20 процент", id="C2-percent-in-russian"),
        pytest.param(AMOUNT, "€5 off", "€5", id="C2-sign-before"),
        pytest.param(AMOUNT, "Par 5,00 € lētāk", "5,00 €", id="C2-sign-behind"),
        pytest.param(AMOUNT, "5 EUR off", "5 EUR", id="C2-code-of-a-currency"),
        pytest.param(
            {**AMOUNT, "currency": "USD"}, "Ahora 5 US$ menos", "5 US$", id="C2-sign-of-a-language"
        ),
    ],
)
def test_a_discount_without_a_code_is_named_by_its_sum(
    offer: dict[str, object], text: str, said: str
) -> None:
    (problem,) = names(text, "2026-12-11 10:00", offer=offer, locale="es")
    assert f"names `{said}`, an offer that ends" in problem.message
    assert names(text, "2026-12-09 10:00", offer=offer, locale="es") == ()


@pytest.mark.parametrize(
    ("offer", "text"),
    [
        pytest.param(PERCENT, "120% cotton, 0.20% elastane", id="C2-part-of-a-number"),
        pytest.param(PERCENT, "Only 20 pairs left", id="C2-a-number-of-something-else"),
        pytest.param(AMOUNT, "€50 or €5.90, 15 €", id="C2-other-sums"),
        pytest.param(AMOUNT, "5 stars", id="C2-no-currency"),
        pytest.param({"until": "2026-12-10 20:00"}, "Hello", id="C2-nothing-to-name"),
    ],
)
def test_what_only_looks_like_the_discount_is_well(offer: dict[str, object], text: str) -> None:
    assert names(text, "2026-12-11 10:00", offer=offer) == ()


@pytest.mark.parametrize(
    "text", ["Ar kodu SLIM20!", "slim20 gaida", "Šeit: https://acme.lv/akcija"]
)
def test_a_post_that_names_the_offer_after_its_end_is_a_warning(text: str) -> None:
    (problem,) = names(text, "2026-12-10 20:00", "2026-12-10 21:00")
    name = OFFER["url"] if "http" in text else "SLIM20"
    assert problem.message == (
        f"`last` names `{name}`, an offer that ends at 2026-12-10 20:00, and is due at "
        "2026-12-10 20:00"
    )
    assert problem.place.route == ("posts", "last", "at")
    assert problem.help == "move it before that, or leave the offer out"
    assert problem.severity is Severity.WARNING


def test_a_grace_that_outlasts_the_offer_is_a_warning_too() -> None:
    own = {"grace": "12h"}
    (problem,) = names("SLIM20", "2026-12-10 11:00", "2026-12-10 23:00", post=own)
    assert problem.message == (
        "`last` names `SLIM20`, an offer that ends at 2026-12-10 20:00, and may go out until "
        "2026-12-10 23:00"
    )
    assert problem.place.route == ("posts", "last", "grace")
    assert problem.help == "let its grace end sooner: `grace: 9h`"


def test_before_the_end_and_without_the_code_it_is_fine() -> None:
    assert names("Ar kodu SLIM20!", "2026-12-10 11:00", "2026-12-10 20:00") == ()
    for text in ("Paldies visiem!", "SLIM2000 un XSLIM20"):
        assert names(text, "2026-12-11 11:00", "2026-12-11 15:00") == ()


# --- What an offer says


def unclear(price: str = "59.90", **offer: object) -> list[tuple[str, tuple[str | int, ...]]]:
    given = {"until": "2026-12-08 20:00", **offer}
    product = {"name": "Slim", "price": Decimal(price), "currency": "EUR"}
    file = a_file(
        {"launch": {"at": "2026-12-01 10:00"}},
        kind="launch",
        launches="2026-12-01 10:00",
        product=product,
        offer=given,
    )
    problems = found(a_post(an_occurrence(file, "launch"), "x"), rule="unclear-offer")
    return [(each.message, each.place.route) for each in problems]


def test_an_offer_that_can_be_computed_and_typed_is_well() -> None:
    for offer in (
        {"percent": 20, "code": "SLIM20"},
        {"amount": Decimal("59.90"), "currency": "EUR", "code": "ZIEMA-20"},
        {"code": "ЗИМА20"},
        {"percent": 100},
        {"amount": Decimal(5), "currency": "EUR"},
    ):
        assert unclear(**offer) == []
    without = a_file({"a": {"text": "x"}})
    assert found(a_post(an_occurrence(without, "a"), "x"), rule="unclear-offer") == ()


@pytest.mark.parametrize(
    ("price", "offer", "message", "route"),
    [
        pytest.param(
            "59.90",
            {"percent": 20, "amount": Decimal(10), "currency": "EUR"},
            "an offer gives a percentage or an amount, not both",
            ("offer", "amount"),
            id="C5-both",
        ),
        pytest.param(
            "59.90",
            {"amount": Decimal("60"), "currency": "EUR"},
            "the offer takes 60 off, and the price is 59.90",
            ("offer", "amount"),
            id="C5-above-the-price",
        ),
        pytest.param(
            "59.90",
            {"amount": Decimal("500"), "currency": "USD"},
            "the offer takes 500 USD off a price in EUR",
            ("offer", "currency"),
            id="C5-another-currency",
        ),
        pytest.param(
            "59.905",
            {},
            "`59.905` has more decimals than EUR has",
            ("product", "price"),
            id="C5-price",
        ),
        pytest.param(
            "59.90",
            {"amount": Decimal("1.234"), "currency": "EUR"},
            "`1.234` has more decimals than EUR has",
            ("offer", "amount"),
            id="C5-amount",
        ),
        pytest.param(
            "59.90",
            {"code": "SLIM 20"},
            "the code `SLIM 20` has a space in it, and nobody knows whether to type it",
            ("offer", "code"),
            id="C5-space",
        ),
        pytest.param(
            "59.90",
            {"code": "SLI\u041c20"},
            "the code `SLI\u041c20` mixes letters of two alphabets: "
            "\u041c (U+041C) is no Latin letter",
            ("offer", "code"),
            id="C5-two-alphabets",
        ),
    ],
)
def test_an_offer_that_fails_at_the_till_is_told(
    price: str, offer: dict[str, object], message: str, route: tuple[str | int, ...]
) -> None:
    assert unclear(price, **offer) == [(message, route)]
