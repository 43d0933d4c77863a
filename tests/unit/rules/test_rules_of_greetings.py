"""What a post says of its day, in four languages."""

import pytest

from runner.problems import Problem, Severity
from runner.rules.greeting_words import LANGUAGES
from runner.value import replace
from tests.unit.rules.building import a_file, a_post, an_occurrence, found


def says(
    text: str, due: str = "2026-12-04 10:00", until: str = "2026-12-04 14:00", locale: str = "en"
) -> tuple[Problem, ...]:
    """2026-12-04 is a Friday."""
    from datetime import datetime

    occurrence = an_occurrence(a_file({"hello": {"text": "x"}}), "hello", due)
    end = datetime.fromisoformat(until).replace(tzinfo=occurrence.zone)
    return found(a_post(replace(occurrence, until=end), text, locale=locale), rule="stale-greeting")


@pytest.mark.parametrize(
    ("locale", "text", "said"),
    [
        ("en", "Only today: free repairs", "today"),
        ("en", "Tomorrow we open", "Tomorrow"),
        ("lv", "Šodien labojam par velti", "Šodien"),
        ("lv", "Rīt atveram", "Rīt"),
        ("es", "Hoy, arreglos gratis", "Hoy"),
        ("es", "Abrimos mañana", "mañana"),
        ("ru", "Сегодня чиним бесплатно", "Сегодня"),
        ("ru", "Открываемся завтра", "завтра"),
    ],
)
def test_today_may_not_go_out_tomorrow(locale: str, text: str, said: str) -> None:
    (problem,) = says(text, until="2026-12-05 02:00", locale=locale)
    assert problem.message == f"`hello` says “{said}” and may go out until 2026-12-05 02:00"
    assert problem.place.route == ("posts", "hello", "text")
    assert problem.help == "write the date, or let its grace end sooner: `grace: 14h`"
    assert problem.severity is Severity.WARNING
    assert says(text, until="2026-12-05 00:00", locale=locale) == ()


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Today's jeans last for years. A good night’s sleep, a good morning"),
        ("es", "Hoy en día se lava poco. Por la mañana, cada mañana, de mañana"),
        ("lv", "Rītausma, krītošas cenas un parīt"),
        ("ru", "Сегодняшний день"),
        ("de", "Heute und morgen, guten Morgen"),
    ],
)
def test_other_words_and_other_languages_are_left_alone(locale: str, text: str) -> None:
    assert says(text, until="2026-12-05 02:00", locale=locale) == ()
    assert says(text, due="2026-12-04 20:00", until="2026-12-04 22:00", locale=locale) == ()


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "Good morning"), ("lv", "Labrīt"), ("es", "Buenos días"), ("ru", "Доброе утро")],
)
def test_nobody_wishes_a_good_morning_in_the_evening(locale: str, text: str) -> None:
    assert says(f"{text}!", locale=locale) == ()
    (problem,) = says(f"{text}!", due="2026-12-04 18:30", until="2026-12-04 22:00", locale=locale)
    assert problem.message == f"`hello` says “{text}” and is due at 18:30"
    assert problem.help == "move it, or greet in another way"
    (problem,) = says(f"{text}!", until="2026-12-04 20:00", locale=locale)
    assert problem.message == f"`hello` says “{text}” and may go out until 2026-12-04 20:00"
    assert problem.help.startswith("greet in another way, or let its grace end sooner: `grace: ")


def test_a_good_night_is_wished_from_the_evening_on() -> None:
    late = {"due": "2026-12-04 23:30", "until": "2026-12-05 00:30"}
    assert says("Good night!", **late) == ()
    assert says("Good night!", due="2026-12-04 01:00", until="2026-12-04 02:00") == ()
    assert len(says("Good night!")) == 1


@pytest.mark.parametrize(
    ("locale", "right", "wrong"),
    [
        ("en", "Happy Friday!", "Happy Sunday!"),
        ("lv", "Jauku piektdienu!", "Jauku svētdienu!"),
        ("es", "¡Feliz viernes!", "¡Feliz domingo!"),
        ("ru", "Хорошей пятницы!", "Хорошего воскресенья!"),
    ],
)
def test_a_weekday_is_wished_on_that_day(locale: str, right: str, wrong: str) -> None:
    assert says(right, locale=locale) == ()
    (problem,) = says(wrong, locale=locale)
    assert problem.message.endswith("and is due on a Friday")
    assert problem.help == "move it, or name that day"
    assert len(says(right, until="2026-12-05 02:00", locale=locale)) == 1


def test_the_hour_is_that_of_the_account() -> None:
    file = a_file({"hello": {"text": "x"}}, account="tienda")
    evening_in_madrid = an_occurrence(file, "hello", "2026-12-04 17:00", account="tienda")
    post = a_post(evening_in_madrid, "¡Buenas tardes!", locale="es")
    assert found(post, rule="stale-greeting") == ()


def test_each_language_has_seven_days_and_hints_for_all_its_words() -> None:
    for language in LANGUAGES.values():
        assert len(language.weekdays) == 7
        for word in language.of_the_day:
            assert any(hint in word for hint in language.hints), word
