"""Regions of a language have its words, and dates, times and numbers of their own; what is no
language is refused with the right one."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

import pytest

from runner.models import MissingLocale, in_locale, locales_for
from runner.models.localized import is_locale, no_locale
from runner.problems import Suggestion
from runner.rules import RuleContext, TemplateLibrary
from runner.templating.evaluation import locale_named
from tests.unit.rules.building import (
    DISCLOSURE,
    a_file,
    a_post,
    a_project,
    an_occurrence,
    checked,
    found,
)
from tests.unit.templates.building import DRAW, POSTS, TYPICAL, campaign, texts

OFFER = {"percent": 20, "code": "N20", "until": "2027-02-13 13:00"}
SAID = {
    ("en-GB", "teaser"): "Save the date: 8 February, 10:00.",
    ("en-GB", "reminder"): "20% off with code N20, until 13:00 on 13 February.",
    ("en-GB", "launch"): "Price: €1,259.90.",
    ("en-US", "reminder"): "until 1:00\u202fPM on February 13.",
    ("en-CA", "teaser"): "Save the date: February 8, 10:00\u202fa.m.",
    ("en-AU", "last-day"): "only until 1:00\u202fpm today.",
    ("en-LV", "reminder"): "until 1:00\u202fPM on February 13.",
    ("es-MX", "teaser"): "8 de febrero a las 10:00 a.m.",
    ("es-MX", "last-day"): "solo hasta la 1:00 p.m.",
    ("es-MX", "launch"): "20% de descuento con el código N20.",
    ("es-ES", "last-day"): "solo hasta las 13:00.",
    ("es-419", "reminder"): "hasta el 13 de febrero a la 1:00 p.m.",
    ("lv-LV", "reminder"): "līdz 13. februārim plkst. 13:00.",
    ("ru-KZ", "last-day"): "только до 13:00.",
}
"""By locale and post of a launch: what CLDR 48 makes of moments, within the language's words."""


@cache
def of_launch(locale: str) -> Mapping[str, str]:
    given = campaign("launch", locale[:2], TYPICAL, offer=OFFER)
    price = {"price": Decimal("1259.90")}
    return texts(given | {"locale": locale, "product": given["product"] | price})


@pytest.mark.parametrize("case", SAID, ids=lambda case: f"C12-{'-'.join(case)}")
def test_a_region_has_the_words_of_its_language_and_its_own_moments(case: tuple[str, str]) -> None:
    locale, post = case
    said = re.sub(r"[\u00a0\u202f]", " ", of_launch(locale)[post])
    assert re.sub(r"[\u00a0\u202f]", " ", SAID[case]) in said
    assert ".." not in said


@pytest.mark.parametrize("locale", ["en-CA", "es-MX"])
def test_each_standard_text_is_there_in_a_region(locale: str) -> None:
    for kind, posts in POSTS.items():
        draw = DRAW if kind == "contest" else None
        said = texts(campaign(kind, locale[:2], TYPICAL) | {"locale": locale}, draw)
        assert said.keys() == set(posts)
        assert not any(".." in text for text in said.values())


WORDS = {"es": "Hola", "es-AR": "Che", "zh-Hant": "你好", "pt-BR": "Oi"}
LOOKED_FOR = {
    "es-MX": "Hola",
    "es": "Hola",
    "es-AR": "Che",
    "zh-Hant-TW": "你好",
    "pt-BR": "Oi",
}


@pytest.mark.parametrize("locale", LOOKED_FOR, ids=lambda locale: f"C12-words-{locale}")
def test_words_of_the_language_serve_its_regions(locale: str) -> None:
    assert in_locale(WORDS, locale) == LOOKED_FOR[locale]


@pytest.mark.parametrize("locale", ["en-GB", "pt", "pt-PT", "zh", "zh-Hans", "zh-TW", "est"])
def test_another_language_region_or_script_never_stands_in(locale: str) -> None:
    with pytest.raises(MissingLocale):
        in_locale(WORDS, locale)


def test_a_script_stays_as_it_is() -> None:
    assert locales_for("sr-Latn-RS") == ("sr-Latn-RS", "sr-Latn")
    assert locales_for("sr-Latn") == ("sr-Latn",)


WRONG = {
    "lat": "lv",
    "lav": "lv",
    "eng": "en",
    "spa": "es",
    "rus": "ru",
    "est": "et",
    "lv-lv": "lv-LV",
    "en_GB": "en-GB",
    "en-UK": "en-GB",
    "en-EN": "en",
    "EN": "en",
    "es_mx": "es-MX",
    "ua": "uk",
    "ua-UA": "uk-UA",
    "zh-hant-tw": "zh-Hant-TW",
    "Latvian": "lv",
    "por-BR": "pt-BR",
}


@pytest.mark.parametrize("code", WRONG, ids=lambda code: f"C12-code-{code}")
def test_a_wrong_code_is_refused_with_the_right_one(code: str) -> None:
    assert not is_locale(code)
    assert no_locale(code)[1] == Suggestion(WRONG[code])
    assert is_locale(WRONG[code])


@pytest.mark.parametrize("code", ["xx", "abc", "one", "", "lv-", "-LV", "lv-LV-LV", "en-XX-1"])
def test_what_is_nobodys_code_is_refused(code: str) -> None:
    assert not is_locale(code)
    assert no_locale(code)[1]


@pytest.mark.parametrize("code", ["lv", "en-GB", "pt-BR", "es-419", "sr-Latn", "uk", "fil", "ckb"])
def test_a_right_code_is_taken(code: str) -> None:
    assert is_locale(code)
    assert locale_named(code)


def test_a_region_without_data_has_those_of_its_language() -> None:
    assert locale_named("en-LV") == locale_named("en")
    assert locale_named("en-GB") != locale_named("en")


MEXICO = a_project(
    accounts={"shop": {"handle": "acme_mx", "locale": "es-MX"}}, disclosure=DISCLOSURE
)


def test_rules_look_words_up_as_posts_do() -> None:
    file = a_file({"new": {"text": {"es": "Con {{ partner.name }}"}}}, partner="lois")
    told = a_post(an_occurrence(file, "new"), "#publi Con Lois", locale="es-MX")
    assert found(told, rule="undisclosed-partner", project=MEXICO) == ()
    silent = a_post(an_occurrence(file, "new"), "Con **Lois**", locale="es-MX")
    [problem] = found(silent, rule="undisclosed-partner", project=MEXICO)
    assert "#publi" in problem.help
    assert problem.place.route == ("posts", "new", "text", "es")


def test_a_template_of_the_language_is_used_in_a_region() -> None:
    file = a_file({"new": {"template": "own/new"}})
    templates = {"own/new.es.j2": "Hola", "own/new.en.j2": "Hello"}
    rule_context = RuleContext(
        project=MEXICO,
        files=(file,),
        proofs=(),
        library=TemplateLibrary(templates),
        own_templates=frozenset(templates),
    )
    unused = [each for each in checked(rule_context) if each.rule == "unused-template"]
    assert [each.place.path for each in unused] == ["templates/own/new.en.j2"]


def test_a_slip_is_marked_in_the_words_of_the_language() -> None:
    file = a_file({"new": {"text": {"es": "Son **nuevos**"}}})
    post = a_post(an_occurrence(file, "new"), "Son **nuevos**", locale="es-MX")
    [problem] = found(post, rule="text-leftovers", project=MEXICO)
    assert problem.place.route == ("posts", "new", "text", "es")
    assert problem.place.inside == (1, 5)
