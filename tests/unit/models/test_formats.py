"""How names, addresses, amounts and codes are written, and what else people write."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from runner.models import formats
from runner.models.codes import (
    ABBREVIATIONS,
    CURRENCIES,
    CURRENCY_WORDS,
    LANGUAGE_WORDS,
    LANGUAGES,
)
from tests.diagnostics import did_you_mean


def help_of(form, value):
    with pytest.raises(PydanticCustomError) as refused:
        form(value)
    return refused.value.context["help"]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *(("59,90", "59.90"), ("€59.90", "59.90"), ("59.90 EUR", "59.90"), ("59,90 €", "59.90")),
        *(("1 299,00 €", "1299.00"), ("1.299,00", "1299.00"), ("1,299.00", "1299.00")),
        *(("1,299", "1299"), ("$50", "50"), ("US$ 50", "50"), ("50.-", None)),
        *(("free", None), ("20%", None), ("about 50 euros", None), ("", None)),
    ],
)
def test_an_amount_is_read_out_of_what_is_written(written, number):
    help = help_of(formats.money, written)
    if number:
        assert help.endswith(f": {number}")
        formats.money(Decimal(number))
    else:
        assert help == "write a number: 59.90"


@pytest.mark.parametrize(
    ("form", "written", "meant"),
    [
        (formats.currency, "€", "EUR"),
        (formats.currency, "usd", "USD"),
        (formats.currency, "Euros", "EUR"),
        (formats.locale, "EN", "en"),
        (formats.locale, "en_US", "en-US"),
        (formats.locale, "pt-br", "pt-BR"),
        (formats.locale, "Latvian", "lv"),
        (formats.locale, "español", "es"),
        (formats.locale, "cz", "cs"),
        (formats.zone, "Riga", "Europe/Riga"),
        (formats.zone, "europe/riga", "Europe/Riga"),
        (formats.zone, "Europe/Rigga", "Europe/Riga"),
        (formats.zone, "new york", "America/New_York"),
    ],
)
def test_a_code_is_known_by_other_words(form, written, meant):
    assert help_of(form, written) == did_you_mean(f"`{meant}`")
    form(meant)


@pytest.mark.parametrize("offset", ["GMT+2", "UTC+2", "+02:00", "utc +3", "Etc/GMT-2", "-0500"])
def test_an_offset_is_no_zone(offset):
    assert "summer time" in help_of(formats.zone, offset)


@pytest.mark.parametrize("name", ABBREVIATIONS)
def test_an_abbreviation_is_no_zone_but_names_a_place(name):
    help = help_of(formats.zone, name)
    assert str(formats.zone(help.split("`")[1])) == ABBREVIATIONS[name]


def test_utc_is_a_zone():
    assert str(formats.zone("UTC")) == "UTC"


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("@acme_lv", "acme_lv"),
        ("https://x.com/acme_lv", "acme_lv"),
        ("https://twitter.com/@acme_lv?lang=en", "acme_lv"),
        ("x.com/acme_lv/", "acme_lv"),
    ],
)
def test_a_handle_is_read_out_of_what_is_written(written, bare):
    assert help_of(formats.handle, written).endswith(f": {bare}")
    assert formats.handle(bare) == bare


def test_the_tables_lead_to_codes_that_there_are():
    assert set(LANGUAGE_WORDS.values()) <= LANGUAGES
    assert set(CURRENCY_WORDS.values()) <= CURRENCIES
    assert len(LANGUAGES) > 180
    assert len(CURRENCIES) > 150


ALL = (formats.handle, formats.hashtag, formats.slot, formats.zone, formats.url, formats.money)


@given(st.text(max_size=30), st.sampled_from([*ALL, formats.currency, formats.locale]))
def test_whatever_is_written_the_answer_says_what_to_do(text, form):
    caught = None
    try:
        form(text)
    except PydanticCustomError as refused:
        caught = refused
    assert caught is None or (caught.context["help"] and caught.message())
