"""Dates, times, money, numbers and plurals as each language writes them (CLDR, through Babel)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.render.building import (
    CONTEST,
    LAUNCH,
    RIGA,
    campaign_file,
    posts,
    said,
    show,
    wrong,
)

ACCOUNTS = {"lv": "shop", "es": "tienda", "ru": "magazin", "en": "support"}
LOCALES = list(ACCOUNTS)


def spoken(text: str, locale: str, **more: object) -> str:
    return said(text, CONTEST, account=ACCOUNTS[locale], **{"prize": "x", **more})


WRITTEN = {
    "{{ closes | date }}": {
        "lv": "8. decembris",
        "es": "8 de diciembre",
        "ru": "8 декабря",
        "en": "December 8",
    },
    "{{ closes | date('EEEEMMMMd') }}": {
        "lv": "otrdiena, 8. decembris",
        "es": "martes, 8 de diciembre",
        "ru": "вторник, 8 декабря",
        "en": "Tuesday, December 8",
    },
    "{{ closes | date('yMMMMd') }}": {
        "lv": "2026. gada 8. decembris",
        "es": "8 de diciembre de 2026",
        "ru": "8 декабря 2026\u00a0г.",
        "en": "December 8, 2026",
    },
    "{{ closes | date('EEEE') }}": {
        "lv": "otrdiena",
        "es": "martes",
        "ru": "вторник",
        "en": "Tuesday",
    },
    "{{ closes | date('long') }}": {
        "lv": "2026. gada 8. decembris",
        "es": "8 de diciembre de 2026",
        "ru": "8 декабря 2026\u00a0г.",
        "en": "December 8, 2026",
    },
    "{{ closes | time }}": {"lv": "20:00", "es": "20:00", "ru": "20:00", "en": "8:00\u00a0PM"},
    "{{ closes | time('Hm') }}": {"lv": "20:00", "es": "20:00", "ru": "20:00", "en": "20:00"},
    "{{ '59.90' | currency('EUR') }}": {
        "lv": "59,90\u00a0€",
        "es": "59,90\u00a0€",
        "ru": "59,90\u00a0€",
        "en": "€59.90",
    },
    "{{ 1234.5 | currency('EUR') }}": {
        "lv": "1234,50\u00a0€",
        "es": "1234,50\u00a0€",
        "ru": "1\u00a0234,50\u00a0€",
        "en": "€1,234.50",
    },
    "{{ '59.905' | currency('EUR') }}": {
        "lv": "59,91\u00a0€",
        "es": "59,91\u00a0€",
        "ru": "59,91\u00a0€",
        "en": "€59.91",
    },
    "{{ 1500 | currency('JPY') }}": {
        "lv": "1500\u00a0¥",
        "es": "1500\u00a0JPY",
        "ru": "1\u00a0500\u00a0¥",
        "en": "¥1,500",
    },
    "{{ 1234567.5 | number }}": {
        "lv": "1\u00a0234\u00a0567,5",
        "es": "1.234.567,5",
        "ru": "1\u00a0234\u00a0567,5",
        "en": "1,234,567.5",
    },
    "{{ 20 | percent }}": {
        "lv": "20\u00a0%",
        "es": "20\u00a0%",
        "ru": "20\u00a0%",
        "en": "20%",
    },
    "{{ closes | countdown }}": {  # from 5 December, 11:00, to 8 December, 20:00
        "lv": "pēc 3 dienām",
        "es": "dentro de 3 días",
        "ru": "через 3 дня",
        "en": "in 3 days",
    },
    "{{ opens | countdown }}": {
        "lv": "pirms 4 dienām",
        "es": "hace 4 días",
        "ru": "4 дня назад",
        "en": "4 days ago",
    },
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", WRITTEN)
def test_each_language_writes_it_its_own_way(text: str, locale: str) -> None:
    assert spoken(text, locale) == WRITTEN[text][locale]


DISTANCES = [
    (timedelta(minutes=30), "in 30 minutes"),
    (timedelta(minutes=59), "in 59 minutes"),
    (timedelta(hours=1), "in 1 hour"),
    (timedelta(hours=3, minutes=59), "in 3 hours"),
    (timedelta(hours=23), "in 23 hours"),
    (timedelta(hours=24), "in 1 day"),
    (timedelta(hours=25, minutes=30), "in 1 day"),
    (timedelta(hours=45), "in 2 days"),  # the day after tomorrow, however many hours
    (timedelta(days=7), "in 7 days"),
    (timedelta(days=6, hours=21), "in 7 days"),
    (timedelta(days=45), "in 45 days"),
    (timedelta(hours=-3), "3 hours ago"),
    (timedelta(0), "now"),
    (timedelta(seconds=59), "now"),
    (timedelta(minutes=1), "in 1 minute"),
]


@pytest.mark.parametrize(("distance", "expected"), DISTANCES)
def test_a_countdown_counts_as_people_do(distance: timedelta, expected: str) -> None:
    due = datetime(2026, 12, 8, 20, 0, tzinfo=RIGA) - distance
    assert said("{{ closes | countdown }}", account="support", prize="x", due=due) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, "через 1 день"),
        (2, "через 2 дня"),
        (5, "через 5 дней"),
        (21, "через 21 день"),
        (22, "через 22 дня"),
        (25, "через 25 дней"),
    ],
)
def test_russian_counts_days_in_three_forms(days: int, expected: str) -> None:
    due = datetime(2026, 12, 8, 20, 0, tzinfo=RIGA) - timedelta(days=days)
    assert said("{{ closes | countdown }}", account="magazin", prize="x", due=due) == expected


def test_a_countdown_over_a_change_of_the_clocks_counts_real_hours() -> None:
    moment = datetime(2026, 10, 25, 6, 0, tzinfo=RIGA)
    due = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # 01:00 in Riga, three hours before
    file = campaign_file(
        CONTEST, account="support", prize="x", posts=posts("{{ closes | countdown }}")
    )
    post, problems = show(file, due=due, anchors={"closes": moment})
    assert post, problems
    assert post.parts[0].text == "in 6 hours"


def test_whole_days_count_by_the_calendar() -> None:
    text = "{{ ends | date }}, {{ ends | countdown }}"
    assert said(text, account="support", prize="x", ends="2026-12-24") == "December 24, in 19 days"


PLURAL = '{{ n | plural(one="победитель", few="победителя", many="победителей") }}'


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (1, "победитель"),
        (3, "победителя"),
        (5, "победителей"),
        (11, "победителей"),
        (21, "победитель"),
    ],
)
def test_russian_words_follow_their_number(number: int, form: str) -> None:
    assert said("{% set n = " + str(number) + " %}" + PLURAL, account="magazin", prize="x") == form


@pytest.mark.parametrize(("number", "form"), [(1, "a"), (2, "b"), (11, "b"), (21, "a"), (0, "b")])
def test_latvian_needs_no_form_for_zero(number: int, form: str) -> None:
    assert said(f'{{{{ {number} | plural(one="a", other="b") }}}}') == form


def test_a_form_that_the_language_needs_is_asked_for() -> None:
    [problem] = wrong('{{ 3 | plural(one="a", other="b") }}', account="magazin", prize="x")
    assert problem.message == "`plural` needs the form `few` in `ru`, for 3"
    assert problem.help == 'add it: plural(…, few="…")'


HASHTAGS = [
    ("{{ 'winter' | hashtag }}", "#winter"),
    ("{{ '#winter' | hashtag }}", "#winter"),
    ("{{ 'skinny jeans' | hashtag }}", "#skinnyjeans"),
    ("{{ 'back-to-school' | hashtag }}", "#backtoschool"),
    ("{{ hashtags | hashtag }}", "#ziema #Lois"),
    ("{{ [] | hashtag }}", ""),
    ("{{ 'acme' | mention }}", "@acme"),
    ("{{ '@acme' | mention }}", "@acme"),
    ("{{ partner | mention }}", "@loisjeans"),
    ("{{ account | mention }}", "@acme_lv"),
    ("{{ ['a', 'b'] | mention }}", "@a @b"),
]


@pytest.mark.parametrize(("text", "expected"), HASHTAGS)
def test_hashtags_and_mentions_are_written_as_x_reads_them(text: str, expected: str) -> None:
    assert said(text, hashtags=["ziema", "Lois"], partner="lois") == expected


WRONG = {
    "{{ closes }}": "`closes` is a moment, not a text",
    "{{ hashtags }}": "`hashtags` is a list, not a text",
    "{{ entry }}": "`entry` is not a text",
    "{{ offer }}": "`offer` is not given",
    "{{ offer.code }}": "there is no `code`, because what it belongs to is not given",
    "{{ starts | time }}": "a day has no time of day",
    "{{ prize | date }}": "`date` takes a moment",
    "{{ closes | date('shrt') }}": "`date` knows no format `shrt`",
    "{{ closes | date('%d.%m') }}": "`date` knows no format `%d.%m`",
    "{{ 5 | currency }}": "`currency` needs a currency",
    "{{ 5 | currency('euro') }}": "`euro` is not the code of a currency",
    "{{ prize | number }}": "this filter takes a number",
    "{{ '2026' | hashtag }}": "a hashtag of digits alone is none on X",
    "{{ true }}": "this is not a text",
    "{{ [] | first }}": "there is nothing in this list",
    "{% for a in offer %}{% endfor %}": "nothing can't be repeated over",
    "{{ 'a' < 1 }}": "`<` can't compare these two",
    "{{ 1 / 0 }}": "this divides by nothing",
    "{{ 'a' + 1 }}": "`+` works on numbers",
    "{{ prize | replace('a') }}": "the filter `replace` can't take these values",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_can_not_be_written_is_said_in_plain_words(text: str) -> None:
    [problem] = wrong(text, starts="2026-12-01")
    assert problem.message == WRONG[text]
    assert problem.help


def test_a_language_that_unicode_does_not_know_is_a_problem() -> None:
    [problem] = wrong("{{ closes | date }}", locale="ho", prize="x")
    assert problem.message == "Unicode knows no language `ho`"


@given(st.decimals(0, 10**9, places=2), st.sampled_from(LOCALES))
def test_no_decimal_is_ever_dropped(price: Decimal, locale: str) -> None:
    written = spoken(f"{{{{ '{price}' | currency('EUR') }}}}", locale)
    digits = "".join(character for character in written if character.isdigit())
    assert digits == f"{price:.2f}".replace(".", "")


def test_a_price_keeps_its_decimals() -> None:
    text = "{{ product.price | currency(product.currency) }}"
    assert said(text, LAUNCH) == "59,90\u00a0€"


LATVIAN = {
    1: ("janvārim", "janvārī"),
    2: ("februārim", "februārī"),
    3: ("martam", "martā"),
    4: ("aprīlim", "aprīlī"),
    5: ("maijam", "maijā"),
    6: ("jūnijam", "jūnijā"),
    7: ("jūlijam", "jūlijā"),
    8: ("augustam", "augustā"),
    9: ("septembrim", "septembrī"),
    10: ("oktobrim", "oktobrī"),
    11: ("novembrim", "novembrī"),
    12: ("decembrim", "decembrī"),
}


@pytest.mark.parametrize("month", LATVIAN)
def test_latvian_months_have_the_case_that_their_sentence_needs(month: int) -> None:
    due = datetime(2027, month, 9, 12, 0, tzinfo=RIGA)
    text = "līdz {{ at | date(case='dative') }}; {{ at | date(case='locative') }}"
    dative, locative = LATVIAN[month]
    assert said(text, due=due) == f"līdz 9. {dative}; 9. {locative}"
    whole = said("{{ at | date('full', case='locative') }}", due=due)
    assert whole.endswith(f", 2027. gada 9. {locative}")


def test_other_languages_have_no_case_to_choose() -> None:
    [problem] = wrong("{{ closes | date(case='dative') }}", account="magazin", prize="x")
    assert (problem.message, problem.help) == (
        "`case` is for Latvian",
        "leave it out: {{ at | date }}",
    )
    [problem] = wrong("{{ closes | date(case='vocative') }}")
    assert problem.message == "`case` is one of genitive, dative, locative"


def test_a_countdown_of_nothing_is_now_in_each_language() -> None:
    due = datetime(2026, 12, 8, 20, 0, tzinfo=RIGA)
    now = {
        account: said("{{ closes | countdown }}", account=account, prize="x", due=due)
        for account in ("shop", "tienda", "magazin", "support")
    }
    assert list(now.values()) == ["tagad", "ahora", "сейчас", "now"]


def test_a_countdown_to_a_whole_day_that_is_this_one_is_today() -> None:
    """E7"""
    due = datetime(2026, 12, 24, 10, 0, tzinfo=RIGA)
    today = {
        account: said(
            "{{ ends | countdown }}", account=account, prize="x", due=due, ends="2026-12-24"
        )
        for account in ("shop", "tienda", "magazin", "support")
    }
    assert list(today.values()) == ["šodien", "hoy", "сегодня", "today"]


@pytest.mark.parametrize(
    ("locale", "now"), [("de", "jetzt"), ("lt", "dabar"), ("pt-BR", "agora"), ("fr", "maintenant")]
)
def test_other_languages_have_a_word_for_now_too(locale: str, now: str) -> None:
    """E7"""
    due = datetime(2026, 12, 8, 20, 0, tzinfo=RIGA)
    assert said("{{ closes | countdown }}", locale=locale, prize="x", due=due) == now


DECLINED = {  # a date as CLDR writes it, and in the cases that a Latvian sentence needs
    "full": (
        "ceturtdienas, 2027. gada 8. aprīļa",
        "ceturtdienai, 2027. gada 8. aprīlim",
        "ceturtdienā, 2027. gada 8. aprīlī",
    ),
    "long": ("2027. gada 8. aprīļa", "2027. gada 8. aprīlim", "2027. gada 8. aprīlī"),
    "MMMMd": ("8. aprīļa", "8. aprīlim", "8. aprīlī"),
    "EEEE": ("ceturtdienas", "ceturtdienai", "ceturtdienā"),
    "EEEEMMMMd": (
        "ceturtdienas, 8. aprīļa",
        "ceturtdienai, 8. aprīlim",
        "ceturtdienā, 8. aprīlī",
    ),
    "yMMMM": ("2027. gada aprīļa", "2027. gada aprīlim", "2027. gada aprīlī"),
}


@pytest.mark.parametrize("pattern", DECLINED)
def test_a_latvian_date_is_declined_as_a_whole(pattern: str) -> None:
    due = datetime(2027, 4, 8, 12, 0, tzinfo=RIGA)
    said_so = tuple(
        said(f"{{{{ at | date('{pattern}', case='{case}') }}}}", due=due)
        for case in ("genitive", "dative", "locative")
    )
    assert said_so == DECLINED[pattern]


@pytest.mark.parametrize("pattern", ["medium", "MMMd", "MMMEd", "MMMMEd", "E", "yMMM"])
def test_a_date_with_short_words_has_no_other_case(pattern: str) -> None:
    [problem] = wrong(f"{{{{ at | date('{pattern}', case='dative') }}}}")
    assert problem.message == "`case` declines whole words, and this date has short ones"
    assert problem.help == 'ask for words in full: date("MMMMd", case="dative")'


WRITTEN_OUT = {  # a Thursday in April; each in the middle of a sentence
    "EEEE": ("ceturtdiena", "jueves", "четверг", "Thursday"),
    "yMMMM": ("2027. gada aprīlis", "abril de 2027", "апрель 2027\u00a0г.", "April 2027"),
    "EEEEMMMMd": (
        "ceturtdiena, 8. aprīlis",
        "jueves, 8 de abril",
        "четверг, 8 апреля",
        "Thursday, April 8",
    ),
    "MMMM": ("aprīlis", "abril", "апрель", "April"),
}


@pytest.mark.parametrize("pattern", WRITTEN_OUT)
def test_months_and_weekdays_stand_in_a_sentence(pattern: str) -> None:
    due = datetime(2027, 4, 8, 12, 0, tzinfo=RIGA)
    text = f"{{{{ at | date('{pattern}') }}}}"
    accounts = ("shop", "tienda", "magazin", "support")
    found = tuple(said(text, account=account, prize="x", due=due) for account in accounts)
    assert found == WRITTEN_OUT[pattern]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(27, "in 1 day"), (28, "12 hours ago")],  # clocks go forward in the night to the 28th
)
def test_the_same_hour_tomorrow_is_a_day_away_when_clocks_change(day: int, expected: str) -> None:
    moment = datetime(2027, 3, 28, 12, 0, tzinfo=RIGA)
    due = datetime(2027, 3, 27, 12, 0, tzinfo=RIGA)
    if day == 28:
        moment, due = (
            datetime(2027, 3, 28, 9, 0, tzinfo=RIGA),
            datetime(2027, 3, 28, 21, tzinfo=RIGA),
        )
    file = campaign_file(
        CONTEST, account="support", prize="x", posts=posts("{{ closes | countdown }}")
    )
    post, problems = show(file, due=due, anchors={"closes": moment})
    assert post, problems
    assert post.parts[0].text == expected


ENDED = {
    "Vilnas sega": "Vilnas sega.",
    "Vilnas sega.": "Vilnas sega.",
    "Wow!": "Wow!",
    "Really?": "Really?",
    "And so on…": "And so on…",
    "«Север»": "«Север».",
    "He said “yes.”": "He said “yes.”",
    "Sega\n": "Sega.",
}


@pytest.mark.parametrize("prize", ENDED)
def test_a_sentence_has_one_mark_at_its_end(prize: str) -> None:
    assert said("{{ prize | sentence }}", prize=prize) == ENDED[prize]


def test_a_sentence_takes_the_mark_that_it_is_given() -> None:
    assert said("{{ prize | sentence('!') }}", prize="Sega.") == "Sega!"
    assert said("{{ prize | sentence('!') }}", prize="Sega") == "Sega!"
    assert said("{{ prize | sentence('!') }}", prize="Sega?") == "Sega?"


@pytest.mark.parametrize(
    ("closes", "expected"), [((9, 0, 0), "8. decembris"), ((9, 0, 1), "9. decembris")]
)
def test_what_ends_at_midnight_ends_on_the_day_before(
    closes: tuple[int, int, int], expected: str
) -> None:
    day, hour, minute = closes
    moment = datetime(2026, 12, day, hour, minute, tzinfo=RIGA)
    file = campaign_file(CONTEST, posts=posts("{{ closes | last_day | date }}"))
    post, problems = show(file, anchors={"closes": moment})
    assert post, problems
    assert post.parts[0].text == expected
