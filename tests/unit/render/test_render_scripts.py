"""Texts in other scripts: from right to left, without spaces, with accents and joined emoji. They
arrive as they were written, weigh what X says, and are cut between characters only."""

from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.render import RenderedPart
from runner.text import hashtags, links, mentions
from runner.text.characters import graphemes
from tests.unit.render.building import LAUNCH, campaign_file, posts, said, show

LRM, RLM, ALM, NBSP = "\u200e", "\u200f", "\u061c", "\u00a0"
LINK = (
    "https://acme.lv/slim27?ref=1&utm_source=x&utm_medium=social"
    "&utm_campaign=winter&utm_content=hello#top"
)
FACTS = (
    "{{ launches | date }}, {{ launches | time }}; {{ product.price | currency('EUR') }}, "
    "{{ offer.percent | percent }}\n{{ product.url }} {{ tags | hashtag }} {{ account | mention }}"
)
WRITTEN = {
    "ar": (
        "وصل الجينز الجديد (Slim 27)! ",
        ["جينز", "تخفيضات"],
        f"10 ديسمبر, 9:00 ص; {RLM}59.90{NBSP}€, 20{LRM}%{LRM}\n{LINK} #جينز #تخفيضات @acme_lv",
    ),
    "he": (
        "הג׳ינס החדש הגיע (Slim 27)! ",
        ["ג׳ינס", "מבצע"],
        f"10 בדצמבר, 9:00; {RLM}59.90{NBSP}{RLM}€, 20%\n{LINK} #ג׳ינס #מבצע @acme_lv",
    ),
    "fa": (
        "شلوار جدید رسید، آن را می\u200cخواهید؟ ",
        ["جین", "تخفیف"],
        f"10 دسامبر, 9:00; {LRM}€{NBSP}59.90, 20%\n{LINK} #جین #تخفیف @acme_lv",
    ),
    "zh": (
        "新款牛仔裤“Slim 27”到了！",
        ["牛仔裤", "新品"],
        f"12月10日, 09:00; €59.90, 20%\n{LINK} #牛仔裤 #新品 @acme_lv",
    ),
    "ja": (
        "新作ジーンズ「Slim 27」が登場。",
        ["ジーンズ", "新作"],
        f"12月10日, 9:00; €59.90, 20%\n{LINK} #ジーンズ #新作 @acme_lv",
    ),
}


def part_of(text: str, **more: Any) -> RenderedPart:
    post, problems = show(campaign_file(LAUNCH, posts=posts(text), **more))
    assert post, problems
    return post.parts[0]


def weight(text: str) -> int:
    """By X's rule, reckoned plainly: a link 23, letters up to Georgian 1, all others 2, but for the
    few signs of punctuation that X lets weigh 1."""
    text, link, rest = normalize("NFC", text).partition(LINK)
    light = (range(0x1100), range(0x2000, 0x200E), range(0x2010, 0x2020), range(0x2032, 0x2038))
    return (23 if link else 0) + sum(
        1 if any(ord(sign) in some for some in light) else 2 for sign in text + rest
    )


@pytest.mark.parametrize("locale", WRITTEN)
def test_a_post_in_any_script_is_rendered_and_counted_right(locale: str) -> None:
    opening, tags, facts = WRITTEN[locale]
    part = part_of(
        opening + FACTS.replace("tags", str(tags)),
        locale=locale,
        product={**LAUNCH["product"], "category": "x", "media": []},
    )
    assert part.text == opening + facts
    assert part.weight == weight(part.text)
    assert [link.text for link in links(part.text)] == [LINK]
    assert [tag.text for tag in hashtags(part.text)] == [f"#{tag}" for tag in tags]
    assert [name.text for name in mentions(part.text)] == ["@acme_lv"]
    assert str(part.cost) == "0.200"


@pytest.mark.parametrize(
    "text",
    [
        f"{RLM}שלום (Slim 27).{LRM}",
        f"مرحبًا {LRM}(Slim 27){LRM}!",
        "\u2067שלום\u2069 hello \u2066Slim 27\u2069",
        f"السعر{ALM}: 10",
        "\u202bשלום\u202c",
        "الكُوَيْت: سِرْوَال",  # with its vowels
        "בְּרֵאשִׁית",
        "می\u200cخواهم",  # the joiner that keeps letters apart
        "क्\u200dष",  # and the one that joins them
        "(א) [ב] «ג» {ד} <ה>",  # brackets stand as typed: screens mirror them, we don't
        "“שלום”, „sveiki”, 「こんにちは」、『本』",
        "全角　スペース",
        "👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈🇱🇻1️⃣❤️‍🔥",
        "Z̈ a̋ ņ̈ ж̂",  # accents that compose with nothing
    ],
)
def test_what_is_written_in_any_script_arrives_sign_by_sign(text: str) -> None:
    assert said(text) == normalize("NFC", text)
    assert said("{{ vars.a }}|{{ vars.a ~ '' }}|{{ [vars.a] | join }}", vars={"a": text}) == (
        "|".join([normalize("NFC", text)] * 3)
    )


def test_marks_of_direction_weigh_two_and_joiners_one() -> None:
    assert part_of(f"א{RLM}").weight == part_of(f"א{LRM}").weight == 3
    assert part_of(f"א{ALM}ב").weight == 3
    assert part_of("می\u200cخواهم").weight == 8


def test_a_hashtag_needs_a_space_before_it_where_words_have_none() -> None:
    """X takes `新品#牛仔裤` for no hashtag; with the filter and a space it is one."""
    assert hashtags(part_of("新品#牛仔裤").text) == ()
    [tag] = hashtags(part_of("新品 {{ '牛仔 裤' | hashtag }}").text)
    assert tag.text == "#牛仔裤"


def test_a_link_ends_where_japanese_goes_on() -> None:
    part = part_of("詳しくはhttps://acme.lv/jaをご覧ください。")
    assert [link.text for link in links(part.text)] == ["https://acme.lv/ja"]
    assert part.weight == 4 * 2 + 23 + 8 * 2


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("👨‍👩‍👧‍👦", 2),
        ("👩🏽‍🚀", 2),
        ("🇱🇻🇪🇸", 4),
        ("❤️", 2),
        ("1️⃣", 2),
        ("é", 1),
        ("ḗ", 2),
        ("a\u0316", 2),
        ("한국어", 6),
    ],
)
def test_an_emoji_weighs_two_and_accents_compose(text: str, weight: int) -> None:
    assert part_of(text).weight == part_of(normalize("NFD", text)).weight == weight


# --- Characters as people see them

CUT: Mapping[str, tuple[str, str]] = {
    "a slice": ("{{ vars.a[:2] }}", "a👩🏽‍🚀"),
    "a slice from the end": ("{{ vars.a[-2:] }}", "🇪🇸ņ̈"),
    "the first": ("{{ vars.a[1:] | first }}", "👩🏽‍🚀"),
    "the last": ("{{ vars.a | last }}", "ņ̈"),
    "by number": ("{{ vars.a[2] }}", "🇱🇻"),
    "turned round": ("{{ vars.a | reverse }}", "ņ̈🇪🇸🇱🇻👩🏽‍🚀a"),
    "how many": ("{{ vars.a | length }}", "5"),
    "in a loop": ("{% for c in vars.a %}[{{ c }}]{% endfor %}", "[a][👩🏽‍🚀][🇱🇻][🇪🇸][ņ̈]"),
    "as a list": ("{{ vars.a | list | join('·') }}", "a·👩🏽‍🚀·🇱🇻·🇪🇸·ņ̈"),
    "joined by": ("{{ vars.a | join('·') }}", "a·👩🏽‍🚀·🇱🇻·🇪🇸·ņ̈"),
    "words": ("{{ 'z̈ebra x̂-wort' | title }}", "Z̈ebra X̂-Wort"),
}


@pytest.mark.parametrize(("text", "expected"), CUT.values(), ids=CUT)
def test_a_text_is_cut_between_characters_only(text: str, expected: str) -> None:
    assert said(text, vars={"a": "a👩🏽‍🚀🇱🇻🇪🇸ņ̈"}) == normalize("NFC", expected)


@given(st.text(), st.integers(-9, 9))
def test_the_characters_of_a_text_make_it_up(text: str, place: int) -> None:
    found = graphemes(text)
    assert "".join(found) == text
    assert all(found)
    assert "".join(found[:place]) + "".join(found[place:]) == text


def test_a_heap_of_accents_is_one_character_and_soon_read() -> None:
    assert graphemes("a" + "\u0301" * 100_000 + "b") == ["a" + "\u0301" * 100_000, "b"]
    assert len(graphemes("🇱" * 100_001)) == 50_001
