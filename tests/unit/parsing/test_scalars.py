"""Unquoted scalars mean what their author sees."""

from decimal import Decimal

import pytest

from runner.parsing import parse


def read(text):
    parsed = parse("a.yaml", f"a: {text}\n".encode())
    assert parsed.problems == ()
    return parsed.data["a"]


@pytest.mark.parametrize(
    "text",
    [
        *("12:30", "09:00", "1:2:3", "2026-12-01", "2026-12-01 10:00", "2026-03-29T10:00:00"),
        *("no", "NO", "yes", "on", "off", "y", "n", "tRUE", "none", "nil"),
        *("010", "0612", "+37120000000", "+5", "0x1F", "0o17", "1e5", "1.5e3", "1_000", "1,5"),
        *(".inf", "-.inf", ".nan", ".5", "5.", "1.2.3", "4h", "40%", "-x", "=", "1" * 41),
    ],
)
def test_codes_times_and_words_stay_texts(text):
    assert read(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("27", 27), ("-3", -3), ("59.90", Decimal("59.90")), ("-0.5", Decimal("-0.5"))],
)
def test_plain_numbers_are_numbers(text, value):
    assert read(text) == value
    assert type(read(text)) is type(value)


def test_a_fraction_keeps_its_digits():
    assert str(read("59.90")) == "59.90"


def test_an_id_of_many_digits_is_exact():
    assert read("1995123456789012345") == 1995123456789012345


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("True", True), ("TRUE", True), ("false", False), ("FALSE", False)],
)
def test_true_and_false_are_bools(text, value):
    assert read(text) is value


@pytest.mark.parametrize("text", ["27", "true", "null", "", "59.90", "12:30"])
def test_in_quotes_everything_is_a_text(text):
    assert read(f'"{text}"') == text
    assert read(f"'{text}'") == text
