"""What the standard templates say over everything that a campaign may bring: a page a language,
which somebody who speaks it reads."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.unit.templates.building import GOLDEN, LOCALES, TYPICAL, campaign, threads

pytestmark = pytest.mark.thorough

AT = {"at": "2027-02-08 10:00"}
ENTERED = ("announce", "last-call")
PRIZES: dict[str, dict[str, str]] = {
    "a prize in one word": {"lv": "Sega", "es": "Manta", "ru": "Плед", "en": "Blanket"},
    "a prize with an ending mark": {
        "lv": "Vilnas sega.",
        "es": "Manta de lana.",
        "ru": "Шерстяной плед.",
        "en": "Wool blanket!",
    },
    "a prize in quotes": {
        "lv": "vilnas sega „Ziemeļi”",
        "es": "manta de lana «Norte»",
        "ru": "шерстяной плед «Север»",
        "en": "wool blanket “North”",
    },
    "a long prize": {
        "lv": "vilnas sega, divi spilveni un nakšņošana diviem viesu namā pie jūras",
        "es": "una manta de lana, dos cojines y una noche para dos en una casa junto al mar",
        "ru": "шерстяной плед, две подушки и ночь для двоих в гостевом доме у моря",
        "en": "a wool blanket, two cushions and a night for two at a guest house by the sea",
    },
    "a prize in block text": {
        "lv": "vilnas sega\n",
        "es": "manta de lana\n",
        "ru": "шерстяной плед\n",
        "en": "wool blanket\n",
    },
}
BLANKET = {
    "lv": "Sega „Ziemeļi”",
    "es": "Manta «Norte»",
    "ru": "Плед «Север»",
    "en": "North blanket",
}
OFFERS = {
    "percent": {"percent": 20, "code": "NORTE20"},
    "percent without a code": {"percent": 20},
    "amount": {"amount": Decimal("10.50"), "currency": "EUR", "code": "NORTE20"},
    "neither": {"code": "NORTE20"},
}
UNTIL = "2027-02-13 20:00"
Case = tuple[str, dict[str, Any], dict[str, Any] | None]


def contest(locale: str, posts: tuple[str, ...], **more: Any) -> dict[str, Any]:
    return campaign("contest", locale, TYPICAL, posts=dict.fromkeys(posts, AT), **more)


def launch(
    locale: str, posts: tuple[str, ...], price: str = "59.90", **more: Any
) -> dict[str, Any]:
    product = {"name": BLANKET[locale], "url": "https://acme.lv/sega"}
    product |= {"price": Decimal(price), "currency": "EUR"} if price else {}
    posts_at = dict.fromkeys(posts, AT)
    return campaign("launch", locale, TYPICAL, posts=posts_at, product=product, **more)


def of_contests(locale: str) -> Iterator[Case]:
    for count in (1, 2, 5, 11, 21, 101):
        given = contest(locale, ("announce", "closed", "winners"), winners=count)
        names = [f"winner_{place}" for place in range(1, count + 1)]
        yield f"winners: {count}", given, {"drawn": "2027-02-10 15:00", "winners": names}
    for name, prizes in PRIZES.items():
        posts = ("announce", "halfway", "last-call", "closed")
        yield name, contest(locale, posts, prize=prizes[locale]), None
    phrase = TYPICAL["phrase"][locale]
    for how in ("reply", "mention", "hashtag", "repost"):
        entry = {"how": how} if how == "repost" else {"how": how, "phrase": phrase}
        yield f"entered by {how}", contest(locale, ENTERED, entry=entry), None
    for age in ("1h", "12h", "21h", "36h", "1d", "21d", "30d"):
        entry = {"how": "mention", "account-age": age}
        yield f"accounts of {age}", contest(locale, ("announce",), entry=entry), None
    one_day = {"opens": "2027-02-09 09:00", "closes": "2027-02-09 20:00"}
    yield "opens and closes on one day", contest(locale, ENTERED, **one_day), None
    midnight = {"closes": "2027-02-09 00:00"}
    yield "closes at midnight", contest(locale, (*ENTERED, "reminder"), **midnight), None
    yield "closes at one", contest(locale, ENTERED, closes="2027-02-09 01:00"), None
    yield "with a partner", contest(locale, ("announce",), partner="none"), None
    yield "with a partner who pays", contest(locale, ("announce",), partner="paid"), None


def of_launches(locale: str) -> Iterator[Case]:
    for price in ("", "0", "1", "1234.5", "12345"):
        yield f"price: {price or 'none'}", launch(locale, ("launch",), price), None
    for name, offer in OFFERS.items():
        given = launch(locale, ("launch", "reminder", "last-day"), offer=offer | {"until": UNTIL})
        yield f"offer: {name}", given, None
    ends = {"until": "2027-02-09 00:00", "percent": 20}
    yield "an offer until midnight", launch(locale, ("reminder", "last-day"), offer=ends), None
    posts = ("teaser", "launch", "story", "reminder", "last-day", "thanks")
    yield "without an offer", launch(locale, posts), None
    yield "launched at midnight", launch(locale, ("teaser",), launches="2027-03-01 00:00"), None
    yield "without a link", launch(locale, ("launch",), "1") | {"product": {"name": "A."}}, None
    yield "with a partner", launch(locale, ("launch",), partner="none"), None


def of_partners(locale: str) -> Iterator[Case]:
    posts = dict.fromkeys(("announce", "mention", "story", "thanks"), AT)
    yield "with a product", campaign("partner", locale, TYPICAL, posts=posts), None
    yield "without one", campaign("partner", locale, TYPICAL, posts=posts, product=None), None


def page(locale: str) -> str:
    cases = (*of_contests(locale), *of_launches(locale), *of_partners(locale))
    return "\n".join(
        f"== {given['kind']}, {name}\n\n" + "\n".join(said(given, draw))
        for name, given, draw in cases
    )


def said(given: dict[str, Any], draw: dict[str, Any] | None) -> Iterator[str]:
    for post, parts in threads(given, draw).items():
        for number, part in enumerate(parts, start=1):
            name = f"{post} {number}/{len(parts)}" if len(parts) > 1 else post
            text = part.text.replace("\n", "\n    ").replace("\n    \n", "\n\n")
            yield f"  {name} ({part.weight})\n\n    {text}\n"


@pytest.mark.thorough
@pytest.mark.parametrize("locale", LOCALES)
def test_each_language_reads_as_its_own(locale: str, golden: Callable[[Path, str], None]) -> None:
    found = page(locale)
    assert not re.search(r"\.\.|[!?]\.|[.:] *\n+ *[.!]|:\.|\s[.,!?](\s|$)|  \.", found)
    golden(GOLDEN / f"matrix.{locale}.txt", found)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ["Lulū?", "Yahoo!", "A.", "“Lulū?”"])
def test_a_name_with_a_mark_of_its_own_gets_no_second_one(name: str, locale: str) -> None:
    """C13"""
    words = {
        **TYPICAL,
        "product": dict.fromkeys(LOCALES, name),
        "prize": dict.fromkeys(LOCALES, name),
    }
    draw = {"drawn": "2027-02-10 15:00", "winners": ["anna_demo", "karlis_demo", "ilze_demo"]}
    offer = {"percent": 20, "until": UNTIL}
    found = [
        *threads(campaign("contest", locale, words), draw).values(),
        *threads(campaign("launch", locale, words)).values(),
        *threads(campaign("launch", locale, words, offer=offer)).values(),
        *threads(campaign("partner", locale, words)).values(),
    ]
    text = "\n".join(part.text for parts in found for part in parts)
    assert name.rstrip(".") in text
    assert not re.search(r"[!?.]”?[:;,.](?!\S)|[!?]\.", text)
