"""How names, addresses, amounts and codes are written, and what else people write."""

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.models import amounts, formats, localized
from runner.models.codes import (
    ABBREVIATIONS,
    CURRENCIES,
    CURRENCY_WORDS,
    LANGUAGE_WORDS,
    LANGUAGES,
)
from runner.problems import InvalidValue, Suggestion


def help_of(form, value):
    with pytest.raises(InvalidValue) as refused:
        form(value)
    return str(refused.value.message.help)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *(("59,90", "59.90"), ("€59.90", "59.90"), ("59.90 EUR", "59.90"), ("59,90 €", "59.90")),
        *(("1 299,00 €", "1299.00"), ("1.299,00", "1299.00"), ("1,299.00", "1299.00")),
        *(("1,299", "1299"), ("$50", "50"), ("US$ 50", "50"), ("50.-", None)),
        *(("free", None), ("20%", None), ("about 50 euros", None), ("", None)),
        *((several, None) for several in ("1e3", "12 or 15", "59/60", "5€50", "5 + 5")),
    ],
)
def test_an_amount_is_read_out_of_what_is_written(written, number):
    help = help_of(amounts.money, written)
    if number:
        assert help.endswith(f": {number}")
        amounts.money(Decimal(number))
    else:
        assert help == "write a number: 59.90"


@pytest.mark.parametrize(
    ("form", "written", "meant"),
    [
        (amounts.currency_code, "€", "EUR"),
        (amounts.currency_code, "usd", "USD"),
        (amounts.currency_code, "Euros", "EUR"),
        (localized.locale, "EN", "en"),
        (localized.locale, "en_US", "en-US"),
        (localized.locale, "pt-br", "pt-BR"),
        (localized.locale, "Latvian", "lv"),
        (localized.locale, "español", "es"),
        (localized.locale, "cz", "cs"),
        (formats.zone, "Riga", "Europe/Riga"),
        (formats.zone, "europe/riga", "Europe/Riga"),
        (formats.zone, "Europe/Rigga", "Europe/Riga"),
        (formats.zone, "new york", "America/New_York"),
    ],
)
def test_a_code_is_known_by_other_words(form, written, meant):
    assert help_of(form, written) == str(Suggestion(meant))
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
        pytest.param("x3 ", "x3", id="C1-a-space-behind"),
        pytest.param("\tx3", "x3", id="C1-a-tab-before"),
        pytest.param(" @x3\n", "x3", id="C1-a-space-and-an-at"),
        pytest.param("https://x.com/x3 ", "x3", id="C1-an-address-and-a-space"),
    ],
)
def test_a_handle_is_read_out_of_what_is_written(written, bare):
    assert help_of(formats.handle, written).endswith(f": {bare}")
    assert formats.handle(bare) == bare


@pytest.mark.parametrize(
    ("written", "named"),
    [
        pytest.param("anna karlis", "no space", id="C1-a-space-within"),
        pytest.param("anna-k", "no `-`", id="C1-a-hyphen"),
        pytest.param("ann\u0430", "no `\u0430` (U+0430)", id="C1-a-letter-of-another-alphabet"),
        pytest.param("acme_jeans_of_riga", "underscores", id="C1-too-long"),
    ],
)
def test_what_can_not_stand_in_a_handle_is_named(written, named):
    assert help_of(formats.handle, written).endswith(named)


def test_a_space_around_a_handle_is_named():  # C1
    assert "without the space around it" in help_of(formats.handle, "x3 ")


def test_the_tables_lead_to_codes_that_there_are():
    assert set(LANGUAGE_WORDS.values()) <= LANGUAGES
    assert set(CURRENCY_WORDS.values()) <= CURRENCIES
    assert len(LANGUAGES) > 180
    assert len(CURRENCIES) > 150


ALL = (formats.handle, formats.hashtag, formats.slot, formats.zone, formats.url, amounts.money)


@given(st.text(max_size=30), st.sampled_from([*ALL, amounts.currency_code, localized.locale]))
def test_whatever_is_written_the_answer_says_what_to_do(text, form):
    caught = None
    try:
        form(text)
    except InvalidValue as refused:
        caught = refused
    assert caught is None or (caught.message.help and caught.message.text)


@pytest.mark.parametrize("form", [formats.url, formats.zone])
@pytest.mark.parametrize("piece", ["a/", "/ ", "x.com/", "Europe/"])
def test_a_long_text_is_refused_soon(form, piece):
    start = process_time()
    assert help_of(form, piece * 30_000)
    assert process_time() - start < 1


def test_no_zone_is_looked_for_however_deep_its_name_goes():
    assert help_of(formats.zone, "a" + "/ " * 10_000) == "write a place: `Europe/Riga`"


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("https://acme.lv/my jeans", "https://acme.lv/my%20jeans"),
        ("acme.lv/my jeans", "https://acme.lv/my%20jeans"),
        ("https://ac me.lv/jeans", "https://acme.lv/jeans"),
        (" https://acme.lv/a  b/c d", "https://acme.lv/a%20b/c%20d"),
        ("https://acme.lv/my new jeans", "https://acme.lv/my%20new%20jeans"),
        ("https://acme.lv/ jeans", "https://acme.lv/jeans"),
    ],
)
def test_a_space_in_an_address_belongs_to_its_path_or_goes(written, mended):
    assert help_of(formats.url, written) == f"write it so: {mended}"


def test_an_address_of_nothing_but_spaces_is_none():
    assert help_of(formats.url, "  ") == "write one address, whole, and no words"
