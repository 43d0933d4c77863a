"""An announcement in its own words says how old an account has to be, where the entry asks it."""

import pytest

from runner.rules.contest_words import TERMS
from tests.unit.rules.building import a_file, a_post, an_occurrence, found

PLAIN = {
    "en": "Giveaway! Reply and win jeans. One entry per person; multiple accounts don’t count.",
    "lv": "Konkurss! Atbildi un laimē džinsus. Viena atbilde dienā; vairāki konti neskaitās.",
    "es": "¡Sorteo! Responde y gana unos vaqueros. Una respuesta al día; no valen varias cuentas.",
    "ru": "Розыгрыш! Выиграйте джинсы. Одна заявка в день; за несколько аккаунтов — нет.",
}
SAID = {
    "C4-en": ("en", "Your account must be at least 30 days old."),
    "C4-en-months": ("en", "Accounts created before December only."),
    "C4-lv": ("lv", "Tavam kontam jābūt vismaz 30 dienas vecam."),
    "C4-es": ("es", "Tu cuenta debe tener al menos 30 días de antigüedad."),
    "C4-ru": ("ru", "Вашему аккаунту должно быть не меньше 30 дней."),
}


def helps(text: str, locale: str, age: str) -> list[str]:
    contest = a_file(
        {"announce": {"text": "x", "at": "opens"}},
        kind="contest",
        prize="jeans",
        opens="2026-12-01 10:00",
        closes="2026-12-08 20:00",
        entry={"how": "reply", "account-age": age},
    )
    post = a_post(an_occurrence(contest, "announce"), text, locale=locale)
    return [problem.help or "" for problem in found(post, rule="contest-terms")]


@pytest.mark.parametrize("age", ["30d", "12h"])
@pytest.mark.parametrize("locale", TERMS)
def test_who_may_not_enter_is_told_and_following_the_help_tells_it(locale: str, age: str) -> None:
    (help,) = [each for each in helps(PLAIN[locale], locale, age) if age[:-1] in each]
    sentence = help.removeprefix("add: `").removesuffix("`")
    assert helps(f"{PLAIN[locale]} {sentence}", locale, age) == []


@pytest.mark.parametrize(("locale", "sentence"), SAID.values(), ids=SAID)
def test_an_age_in_other_words_is_seen(locale: str, sentence: str) -> None:
    assert helps(f"{PLAIN[locale]} {sentence}", locale, "30d") == []
