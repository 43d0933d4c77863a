"""What each language writes, as a table for whoever reads the language; and each line of it is what
CLDR says, asked through Babel and mended where Babel leaves a rule out."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from babel import Locale
from babel.core import get_cldr_version
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent

from runner.templating.numbers import MINIMUM_GROUPING
from tests.unit.render.building import CONTEST, RIGA, campaign_file, posts, show

GOLDEN = Path(__file__).parents[2] / "golden" / "languages"
HOME = ("lv", "es", "ru", "en")
ABROAD = ("en-GB", "pt-BR", "pt-PT", "es-MX", "de", "fr", "pl", "uk", "ar", "he", "zh", "ja")
GROUPED_FROM = {"lv": 10_000, "es": 10_000, "pt-PT": 10_000, "pl": 10_000}
"""By CLDR's minimumGroupingDigits; a thousand elsewhere."""
PRICES = ("0.99", "59.90", "10", "1234.50", "12345.6", "1000000")
NUMBERS = ("0", "7", "999", "1234", "12345.6", "1234567")
SHARES = ("0", "5", "12.5", "100", "1200")
COUNTS = (0, 1, 2, 5, 11, 21, 22, 101, 111)
FORMS = {
    "lv": {"zero": "dienu", "one": "diena", "other": "dienas"},
    "es": {"one": "día", "other": "días"},
    "ru": {"one": "день", "few": "дня", "many": "дней"},
    "en": {"one": "day", "other": "days"},
}
DISTANCES = (
    *((timedelta(minutes=n), "minute", n) for n in (1, 2, 5, 21, 45)),
    *((timedelta(hours=n), "hour", n) for n in (1, 2, 5, 11, 21, 23)),
    *((timedelta(days=n), "day", n) for n in (1, 2, 5, 7, 11, 21, 22, 31, 60, 101)),
    *((-timedelta(days=n), "day", -n) for n in (1, 2, 5)),
)
DAYS = tuple(
    datetime(year, month, day, 13, 5, tzinfo=RIGA)
    for year, month, day in (
        *((2026, 1, 1), (2026, 1, 31), (2026, 2, 28), (2028, 2, 29), (2026, 3, 1)),
        *((2026, 5, 9), (2026, 8, 31), (2026, 12, 31), (2027, 1, 1)),
    )
)
TIMES = tuple(
    datetime(2026, 12, 1, hour, minute, tzinfo=RIGA)
    for hour, minute in ((0, 0), (0, 5), (9, 0), (12, 0), (13, 30), (23, 59))
)
VISIBLE = str.maketrans({"\u00a0": "⍽", "\u200e": "⟨LRM⟩", "\u200f": "⟨RLM⟩"})
LEGEND = "⍽ is the space at which no line breaks; ⟨LRM⟩ and ⟨RLM⟩ are marks of direction."


class Line(NamedTuple):
    """One expression, and what CLDR says that it shows. `closes` is at `at`, and the post is due so
    long `before` that; `label` is how a reader of the table knows it, else by its expression."""

    expression: str
    expected: str = ""
    label: str = ""
    at: datetime = datetime(2026, 12, 8, 20, 0, tzinfo=RIGA)
    before: timedelta = timedelta(hours=1)


def lines(locale: str) -> Iterator[tuple[str, list[Line]]]:
    babel = Locale.parse(locale, sep="-")
    yield "prices", [*priced(locale, babel), *priced_whole(locale, babel)]
    yield "numbers", list(numbered(locale, babel))
    yield "plurals", list(counted(locale, babel))
    yield "countdowns", list(counted_down(babel))
    yield "days", list(dated(babel))
    yield "times", list(timed(babel))


def grouped(number: str, locale: str) -> bool:
    return Decimal(number) >= GROUPED_FROM.get(locale, 1000)


def priced(locale: str, babel: Locale) -> Iterator[Line]:
    for price in PRICES:
        expected = format_currency(
            Decimal(price), "EUR", locale=babel, group_separator=grouped(price, locale)
        )
        # CLDR's currencySpacing, which Babel leaves out: of these languages only es-MX has `EUR`
        yield Line(f"'{price}' | currency('EUR')", re.sub(r"^EUR(?=\d)", "EUR\u00a0", expected))


def priced_whole(locale: str, babel: Locale) -> Iterator[Line]:
    """A price tag: CLDR has no pattern for it, so it is CLDR's less its zeros."""
    for price in ("10", "59.90", "1000000"):
        [plain] = (line for line in priced(locale, babel) if f"'{price}'" in line.expression)
        expected = plain.expected
        if Decimal(price) % 1 == 0:
            expected = re.sub(r"[.,]00(?!\d)", "", expected)
        yield Line(f"'{price}' | currency('EUR', whole=true)", expected)


def numbered(locale: str, babel: Locale) -> Iterator[Line]:
    for number in NUMBERS:
        expected = format_decimal(
            Decimal(number), locale=babel, group_separator=grouped(number, locale)
        )
        yield Line(f"'{number}' | number", expected)
    sign = babel.number_symbols["latn"]["percentSign"]
    for share in SHARES:
        expected = format_percent(
            Decimal(share) / 100,
            locale=babel,
            decimal_quantization=False,
            group_separator=grouped(share, locale),
        )
        # a space that CLDR has not: the language's own norm sets the sign apart
        expected = expected.replace("%", f"\u00a0{sign}" if locale == "lv" else sign)
        yield Line(f"'{share}' | percent", expected)


def counted(locale: str, babel: Locale) -> Iterator[Line]:
    forms = FORMS.get(locale, {form: form for form in sorted(babel.plural_form.tags | {"other"})})
    written = ", ".join(f"{form}='{word}'" for form, word in forms.items())
    for count in COUNTS:
        expected = f"{count} {forms[babel.plural_form(count)]}"
        yield Line(f"{count} ~ ' ' ~ ({count} | plural({written}))", expected, str(count))


def counted_down(babel: Locale) -> Iterator[Line]:
    for before, unit, count in DISTANCES:
        expected = format_timedelta(
            timedelta(**{f"{unit}s": count}),
            granularity=unit,
            threshold=10**9,
            add_direction=True,
            locale=babel,
        )
        yield Line("closes | countdown", expected, f"{count} {unit}", before=before)


def dated(babel: Locale) -> Iterator[Line]:
    for at in DAYS:
        expected = format_skeleton("MMMMd", at, locale=babel)
        yield Line("closes | date", expected, f"{at:%Y-%m-%d}", at)
    for length in ("short", "medium", "long", "full"):
        expected = format_date(DAYS[-1], length, locale=babel)
        label = f"{DAYS[-1]:%Y-%m-%d}, {length}"
        yield Line(f"closes | date('{length}')", expected, label, DAYS[-1])


def timed(babel: Locale) -> Iterator[Line]:
    for at in TIMES:
        yield Line("closes | time", format_time(at, "short", locale=babel), f"{at:%H:%M}", at)


def written(lines: Iterable[Line], locale: str) -> Iterator[str]:
    """What each shows: those that speak of one moment as the lines of one post."""
    for (at, before), alike in groupby(lines, key=lambda line: (line.at, line.before)):
        text = "\n".join(f"{{{{ {line.expression} }}}}" for line in alike)
        file = campaign_file(CONTEST, prize="x", locale=locale, posts=posts(text))
        post, problems = show(file, due=at - before, anchors={"closes": at})
        assert post, problems
        yield from post.parts[0].text.split("\n")


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    "locale", [*HOME, *(pytest.param(name, marks=pytest.mark.thorough) for name in ABROAD)]
)
def test_each_language_writes_as_its_readers_expect(
    locale: str, golden: Callable[[Path, str], None]
) -> None:
    """Whoever speaks the language reads this file, and accepts it."""
    table = [LEGEND]
    for name, found in lines(locale):
        table.append(f"\n{name}\n")
        for line, text in zip(found, written(found, locale), strict=True):
            assert text == plain(line.expected), line
            table.append(f"  {line.label or line.expression:<42}{text.translate(VISIBLE)}".rstrip())
    golden(GOLDEN / f"{locale}.txt", "\n".join(table) + "\n")


def plain(text: str) -> str:
    """With the narrow space that does not break, which weighs 2 on X, as the other one."""
    return text.replace("\u202f", "\u00a0")


def test_no_language_lacks_its_table() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {*HOME, *ABROAD}


# --- Where Babel is mended


def one(expression: str, locale: str) -> str:
    [text] = written([Line(expression)], locale)
    return text


def test_the_table_of_groups_is_of_the_cldr_that_babel_carries() -> None:
    """When this fails, look at minimumGroupingDigits of the new CLDR, and mend the table."""
    assert get_cldr_version() == "47"
    assert len(MINIMUM_GROUPING) == 21


@pytest.mark.parametrize(
    ("locale", "four", "five"),
    [
        ("es", "1234", "12.345"),
        ("es-ES", "1234", "12.345"),
        ("es-MX", "1,234", "12,345"),
        ("es-AR", "1.234", "12.345"),  # by its parent, es-419
        ("pt-PT", "1234", "12\u00a0345"),
        ("pt-MZ", "1234", "12\u00a0345"),  # by its parent, pt-PT
        ("pt-AO", "1\u00a0234", "12\u00a0345"),
        ("pt-BR", "1.234", "12.345"),
        ("lv-LV", "1234", "12\u00a0345"),
        ("bg", "1234", "12\u00a0345"),
        ("it", "1234", "12.345"),
        ("de", "1.234", "12.345"),
        ("ee", "1234", "12345"),
        ("en-IN", "1,234", "12,345"),
    ],
)
def test_four_digits_are_grouped_where_the_language_groups_them(
    locale: str, four: str, five: str
) -> None:
    assert one("1234 | number", locale) == four
    assert one("12345 | number", locale) == five
    assert one("1234.5 | currency('JPY')", locale).count("\u00a0") == (
        four.count("\u00a0") + one("5 | currency('JPY')", locale).count("\u00a0")
    )


def test_a_currency_in_letters_keeps_away_from_its_number() -> None:
    assert one("10 | currency('CHF')", "en") == "CHF\u00a010.00"
    assert one("10 | currency('USD')", "en") == "$10.00"
    assert one("10 | currency('USD')", "en-AU") == "USD\u00a010.00"
    assert one("10 | currency('BRL')", "en") == "R$10.00"
    assert one("10 | currency('SEK')", "sv") == "10,00\u00a0kr"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("lv", "10\u00a0€"),
        ("es", "10\u00a0€"),
        ("en", "€10"),
        ("ar", "\u200f10\u00a0€"),
        ("hi", "€10"),
    ],
)
def test_a_price_tag_has_no_decimals_of_a_whole_sum(locale: str, expected: str) -> None:
    assert one("10 | currency('EUR', whole=true)", locale) == expected
    assert one("'10.00' | currency('EUR', whole=true)", locale) == expected
    assert "10" in one("'10.50' | currency('EUR', whole=true)", locale)
    assert "50" in one("'10.50' | currency('EUR', whole=true)", locale)
    assert one("10 | currency('EUR', whole=false)", locale) == one("10 | currency('EUR')", locale)


def test_no_language_takes_the_months_of_another() -> None:
    """Babel 2.18 let the first that asked answer for all: Hebrew months in Italian."""
    expression = "closes | date('MMMM')"
    for locale, month in {
        "he": "דצמבר",
        "it": "dicembre",
        "nl": "december",
        "de": "Dezember",
    }.items():
        assert one(expression, locale) == month
    january = [Line(expression, at=datetime(2027, 1, 1, 12, 0, tzinfo=RIGA))]
    assert [*written(january, "de-AT"), *written(january, "de")] == ["Jänner", "Januar"]


@pytest.mark.parametrize(
    ("locale", "inflected", "alone"),
    [
        ("ru", "8 декабря", "декабрь"),
        ("uk", "8 грудня", "грудень"),
        ("pl", "8 grudnia", "grudzień"),
        ("cs", "8. prosince", "prosinec"),
        ("lv", "8. decembris", "decembris"),  # the nominative is CLDR's, with a day too
    ],
)
def test_months_are_inflected_beside_a_day_and_not_alone(
    locale: str, inflected: str, alone: str
) -> None:
    assert one("closes | date", locale) == inflected
    assert one("closes | date('MMMM')", locale) == alone


def test_a_day_with_its_year_is_written_as_in_a_letter() -> None:
    assert one("closes | date('yMMMMd')", "lv") == "2026. gada 8. decembris"
    assert one("closes | date('yMMMMd')", "ru") == "8 декабря 2026\u00a0г."
    assert one("closes | date('yMMMMEEEEd')", "lv") == "otrdiena, 2026. gada 8. decembris"


def test_a_word_follows_the_number_that_is_shown() -> None:
    assert one("1.0 | plural(one='hour', other='hours')", "en") == "hour"
    assert one("1.5 | plural(one='hour', other='hours')", "en") == "hours"
    assert one("'1.50' | number", "en") == "1.5"
