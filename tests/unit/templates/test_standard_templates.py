"""The standard posts: there in every language, within X's bounds, and fit to be read aloud."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from runner.render import RenderedPart
from runner.text import LIMIT, hashtags, links, mentions, weigh
from tests.unit.templates.building import (
    DRAW,
    GOLDEN,
    LOCALES,
    LONG,
    OFFERS,
    POSTS,
    PROJECT,
    SOURCES,
    STANDARD,
    TAGS,
    TYPICAL,
    Words,
    campaign,
    texts,
    threads,
)

pytestmark = pytest.mark.thorough

KEY = {"fingerprint": "wx5hagzlaujvjqkjnznhirkw7d", "user-id": "1234567890"}
DRAWN = DRAW | {"round": 30662982, "digest": "3f1c5a0e" * 8, "entries": 12345}


def with_a_key(
    locale: str, words: Mapping[str, Words], **extra: Any
) -> Iterator[tuple[dict[str, Any], dict]]:
    for how in ("reply", "mention"):
        entry = {"how": how, "phrase": words["phrase"][locale], "account-age": "30d"}
        for more in ({}, {"partner": "paid"}):
            yield campaign("contest", locale, words, entry=entry, key=KEY, **extra, **more), DRAWN


def variants(
    locale: str, words: Mapping[str, Words]
) -> Iterator[tuple[dict[str, Any], dict | None]]:
    """Every way in which a standard post can be worded, with these words."""
    extra = {"hashtags": TAGS[locale], "vars": {"benefit": words["benefit"][locale]}}
    phrase = words["phrase"][locale]
    for how in ("reply", "mention", "hashtag", "repost"):
        entry = {"how": how} if how == "repost" else {"how": how, "phrase": phrase}
        for more in ({}, {"partner": "paid"}):
            given = campaign("contest", locale, words, entry=entry, **extra, **more)
            yield given, None
            yield given | {"winners": 1}, DRAW | {"winners": ["anna_demo"]}
    yield from with_a_key(locale, words, **extra)
    many = [f"winner_of_jea{place}" for place in range(10, 31)]
    for count in (5, 6, 7, 8, 21):
        yield campaign("contest", locale, words, winners=count), DRAW | {"winners": many[:count]}
    for offer in OFFERS.values():
        for more in ({}, {"partner": "paid"}):
            yield campaign("launch", locale, words, offer=offer, **extra, **more), None
    yield campaign("launch", locale, words, product={"name": words["product"][locale]}), None
    for partner in ("paid", "none"):
        for product in ({}, {"product": None}, {"vars": {}}):
            yield campaign("partner", locale, words, **extra | {"partner": partner} | product), None
    for kind in ("series", "curation"):
        for more in ({}, {"partner": "paid"}, extra):
            yield campaign(kind, locale, words, **more), None
    alone = {"question": {"at": "2027-02-08 10:00"}, "story": {"at": "2027-02-08 11:00"}}
    yield campaign("series", locale, words, posts=alone, **extra), None


ANSWERS = ("apology", "hours", "returns", "sizes", "thanks", "write-us")


# --- There


def test_every_kind_has_its_posts_in_all_languages() -> None:
    texts = (*STANDARD, *(("answers", name) for name in ANSWERS))
    wanted = {f"{kind}/{post}.{locale}.j2" for kind, post in texts for locale in LOCALES}
    there = {name for name in SOURCES if "/" in name and "/_" not in name}
    assert there == wanted
    assert len(there) >= 88


def test_the_macros_say_the_same_in_all_languages() -> None:
    def macros(name: str) -> list[str]:
        return re.findall(r"macro (\w+\([^)]*\))", SOURCES[name])

    for stem in ("macros", "contest/_entry"):
        assert all(macros(f"{stem}.{locale}.j2") == macros(f"{stem}.lv.j2") for locale in LOCALES)
        assert len(macros(f"{stem}.lv.j2")) >= 5


# --- Within bounds


@pytest.mark.thorough
@pytest.mark.sampled(3)
@pytest.mark.parametrize("words", [TYPICAL, LONG], ids=["typical", "long"])
@pytest.mark.parametrize("locale", LOCALES)
def test_every_wording_is_fit_to_be_posted(locale: str, words: Mapping[str, Words]) -> None:
    seen = 0
    for given, draw in variants(locale, words):
        for post, parts in threads(given, draw).items():
            for part in parts:
                assert not faults(part), f"{given['kind']}/{post}: {part.text!r}: {faults(part)}"
                seen += 1
    assert seen > 200


def faults(part: RenderedPart) -> list[str]:
    """What is wrong with a text, whatever it says."""
    text = part.text
    checks = {
        "empty": not text,
        "too long": part.weight > LIMIT,
        "more than two hashtags": len(hashtags(text)) > 2,
        "more than one link": len(links(text)) > 1,
        "two spaces": "  " in text,
        "a space before a stop": bool(re.search(r" [.,!?:;](\s|$)", text)),
        "two stops": bool(re.search(r"[.!?][.,]|[,:;][.,:;]", text)),
        "left from a template": bool(re.search(r"[{}]|\bNone\b|undefined", text)),
        "shouting": bool(re.search(r"\b(?!SLIM20)[^\W\d_]{4,}\b", text) and text.isupper()),
        "a typewriter's quotes or dash": bool(re.search(r"""["']| - |--""", text)),
        "three dots": "..." in text,
        "a sentence that begins small": bool(re.search(r"(?<!\d)[.!?] [a-zа-яёāčēģīķļņšūž]", text)),
        "more than one emoji": len(re.findall("[\U0001f300-\U0001faff]", text)) > 1,
        "a colon before nothing": bool(re.search(r":\s*$", text)),
    }
    return [name for name, found in checks.items() if found]


@pytest.mark.thorough
def test_typical_posts_are_short() -> None:
    weights = [
        weigh(text)
        for locale in LOCALES
        for kind in POSTS
        for text in texts(campaign(kind, locale, TYPICAL)).values()
    ]
    assert sorted(weights)[len(weights) * 9 // 10] <= 210
    assert len(weights) == len(LOCALES) * len(STANDARD)


# --- In one language


def visible(source: str) -> str:
    """What a template says itself, words in expressions included."""
    words = re.findall(r'"([^"\n]*)"', " ".join(re.findall(r"\{\{.*?\}\}", source)))
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    return " ".join(
        [bare, *(word for word in words if not re.fullmatch(r"[a-z_\-.#]+(\.j2)?", word))]
    )


ENGLISH = re.compile(
    r"\b(the|and|you|your|our|with|us|for|of|this|until|prize|winners?|reply|new)\b", re.I
)


@pytest.mark.parametrize("locale", ["lv", "es", "ru"])
def test_templates_of_other_languages_hold_no_english(locale: str) -> None:
    own = {name: text for name, text in SOURCES.items() if f".{locale}." in name}
    found = {name: ENGLISH.findall(visible(text)) for name, text in own.items()}
    assert not {name: words for name, words in found.items() if words}
    assert len(own) >= 24


def test_english_is_found_where_it_is() -> None:
    found = [name for name in SOURCES if ".en." in name and ENGLISH.search(visible(SOURCES[name]))]
    assert len(found) >= 15


def test_russian_templates_are_written_in_cyrillic() -> None:
    own = {name: text for name, text in SOURCES.items() if ".ru." in name}
    assert not [name for name, text in own.items() if re.search(r"[A-Za-z]", visible(text))]
    assert all(re.search(r"[а-яё«]", visible(text)) for text in own.values())


@pytest.mark.parametrize("locale", ["lv", "es", "en"])
def test_no_other_templates_hold_cyrillic(locale: str) -> None:
    own = [text for name, text in SOURCES.items() if f".{locale}." in name]
    assert not re.search(r"[А-Яа-яЁё]", "".join(own))
    assert own


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", [kind for kind in POSTS if kind != "curation"])
def test_no_two_posts_of_a_kind_say_the_same(kind: str, locale: str) -> None:
    """Measured without what the campaign brings: its prize, its product, its item."""
    own = [
        set(re.findall(r"\w{3,}", visible(SOURCES[f"{kind}/{post}.{locale}.j2"]).casefold()))
        for post in POSTS[kind]
    ]
    for one, other in combinations(own, 2):
        assert one != other
        assert len(one & other) <= 0.5 * len(one | other)


# --- What each kind has to say


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("how", ["reply", "mention", "hashtag", "repost"])
def test_an_announcement_says_what_how_and_until_when(how: str, locale: str) -> None:
    phrase = None if how == "repost" else TYPICAL["phrase"][locale]
    entry = {"how": how, "phrase": phrase, "account-age": "30d"}
    parts = threads(campaign("contest", locale, TYPICAL, entry=entry))["announce"]
    assert "?" in parts[0].text or how == "repost"
    said = "\n".join(part.text for part in parts)
    assert TYPICAL["prize"][locale] in said
    assert phrase is None or phrase in said
    assert (PROJECT.accounts[locale].handle in mentioned(said)) is (how in ("mention", "hashtag"))
    assert re.search(r"\b9\b", said)
    assert "20:00" in said or "8:00" in said
    assert re.search("no viena konta|una sola cuenta|с одного аккаунта|multiple accounts", said, 2)
    assert bool(re.search(r"vienreiz|una sola vez|один раз|entry each", said)) is (how != "repost")
    assert "30 " in said


@pytest.mark.parametrize("locale", LOCALES)
def test_an_announcement_with_a_key_carries_the_code_first_and_says_when_it_is_drawn(
    locale: str,
) -> None:
    first, second = threads(campaign("contest", locale, TYPICAL, key=KEY))["announce"]
    assert re.search(r"\b[a-z2-7]{26}$", first.text)
    assert re.search(r"\b11\b", second.text)  # two days after it closes
    asked = campaign("contest", locale, TYPICAL, key=KEY, vars={"question": "¿Qué?"})
    assert "¿Qué?" in threads(asked)["announce"][0].text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("how", ["reply", "mention", "hashtag", "repost"])
def test_only_who_entered_by_naming_us_is_named_with_the_at(how: str, locale: str) -> None:
    """X may refuse to call others, and a reply can leave our name out."""
    entry = {"how": how, "phrase": "#MyJeans"}
    said = texts(campaign("contest", locale, TYPICAL, entry=entry), DRAW)["winners"]
    assert all(name in said for name in DRAW["winners"])
    assert mentioned(said) == (DRAW["winners"] if how == "mention" else [])


@pytest.mark.parametrize("locale", LOCALES)
def test_winners_learn_until_when_to_claim(locale: str) -> None:
    given = campaign("contest", locale, TYPICAL, **{"claim-by": "drawn + 3d"})
    assert re.search(r"\b13\b", texts(given, DRAW)["winners"])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("post", ["halfway", "reminder", "last-call"])
def test_who_has_to_find_the_announcement_gets_its_link(post: str, locale: str) -> None:
    said = texts(campaign("contest", locale, TYPICAL))[post]
    assert said.endswith("⟦link to announce⟧")
    alone = campaign("contest", locale, TYPICAL, posts={post: {"at": "2027-02-08 10:00"}})
    assert "⟦" not in texts(alone)[post]
    mention = campaign("contest", locale, TYPICAL, entry={"how": "mention"})
    assert "⟦" not in texts(mention)[post]


@pytest.mark.thorough
@pytest.mark.parametrize("count", [1, 3, 5, 6, 12, 13, 26, 27, 101])
@pytest.mark.parametrize("locale", LOCALES)
def test_all_winners_are_named_and_learn_what_they_have_won(count: int, locale: str) -> None:
    names = [f"winner_of_j_{place:03}" for place in range(count)]
    given = campaign("contest", locale, TYPICAL, winners=count, entry={"how": "mention"})
    parts = threads(given, DRAW | {"winners": names})["winners"]
    assert [name for part in parts for name in mentioned(part.text)] == names
    assert TYPICAL["prize"][locale] in parts[-1].text
    assert len(parts) == 1 if count <= 3 else len(parts) >= 2


@pytest.mark.thorough
def test_winners_are_counted_with_the_right_word() -> None:
    def drawn(locale: str, count: int) -> str:
        said = texts(campaign("contest", locale, TYPICAL, winners=count))["announce"]
        return re.search(rf"\b{count} (\w+)\.", said)[1]

    counts = (1, 2, 5, 11, 21)
    assert {locale: [drawn(locale, count) for count in counts] for locale in LOCALES} == {
        "lv": ["uzvarētājs", "uzvarētāji", "uzvarētāji", "uzvarētāji", "uzvarētājs"],
        "es": ["ganador", "ganadores", "ganadores", "ganadores", "ganadores"],
        "ru": ["победителя", "победителей", "победителей", "победителей", "победителя"],
        "en": ["winner", "winners", "winners", "winners", "winners"],
    }


@pytest.mark.thorough
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", POSTS)
def test_what_is_paid_says_so_first(kind: str, locale: str) -> None:
    disclosed = PROJECT.disclosure["paid"][locale]
    paid = texts(campaign(kind, locale, TYPICAL, partner="paid", hashtags=TAGS[locale]))
    assert all(text.startswith(f"{disclosed} ") for text in paid.values())
    free = texts(campaign(kind, locale, TYPICAL, partner="none"))
    assert not any(disclosed in text for text in free.values())
    if kind in ("contest", "launch", "partner"):
        first = paid["launch" if kind == "launch" else "announce"]
        assert LONG["partner"][locale] in first


@pytest.mark.parametrize("locale", LOCALES)
def test_a_launch_names_the_product_its_price_and_its_page(locale: str) -> None:
    said = texts(campaign("launch", locale, TYPICAL, offer=OFFERS["a percentage"]))
    assert all("Slim 27" in text for text in said.values())
    assert "59" in said["launch"]
    linked = {post for post, text in said.items() if "utm_campaign=a&utm_content=" in text}
    assert linked == {"launch", "reminder", "last-day"}
    assert all("SLIM20" in said[post] for post in linked)


@pytest.mark.parametrize("locale", LOCALES)
def test_items_are_framed_not_changed(locale: str) -> None:
    for kind in ("series", "curation"):
        for text in texts(campaign(kind, locale, TYPICAL)).values():
            assert TYPICAL["item"][locale] in text


def mentioned(text: str) -> list[str]:
    return [entity.text.removeprefix("@") for entity in mentions(text)]


# --- A contest of ten lines


@pytest.mark.parametrize("locale", LOCALES)
def test_a_contest_of_ten_lines_publishes_good_posts(
    locale: str, golden: Callable[[Path, str], None]
) -> None:
    posts = {
        "announce": {"at": "opens"},
        "last-call": {"at": "closes - 1d 09:00"},
        "closed": {"at": "closes"},
        "winners": {"at": "drawn + 1h"},
    }
    said = threads(campaign("contest", locale, TYPICAL, posts=posts), DRAW)
    pieces = [f"{post} ({part.weight}/{LIMIT})\n\n{part.text}\n" for post, [part] in said.items()]
    golden(GOLDEN / f"contest.{locale}.txt", "\n----\n\n".join(pieces))


@pytest.mark.parametrize("locale", LOCALES)
def test_who_moves_up_is_named_and_several_in_the_plural(
    locale: str, golden: Callable[[Path, str], None]
) -> None:
    given = campaign("contest", locale, TYPICAL, posts={"redrawn": {"at": "redrawn + 1h"}})
    pieces = []
    for redraws in ([None, None, 1], [None, 1, 1]):
        place = {"user": "1", "post": "2", "ticket": "a" * 96}
        places = [place | ({"redraw": redraw} if redraw else {}) for redraw in redraws]
        proof = {"closing-post": "1", "signature": "b" * 96, "places": places}
        moved_up = redraws.count(1)
        said = texts(given, DRAW | {"redrawn": ["2027-02-11 15:00"], "proof": proof})["redrawn"]
        assert [name for name in DRAW["winners"] if name in said] == DRAW["winners"][-moved_up:]
        pieces.append(f"{said}\n")
    golden(GOLDEN / f"redrawn.{locale}.txt", "\n----\n\n".join(pieces))


@pytest.mark.parametrize("locale", LOCALES)
def test_all_standard_posts_read_well(locale: str, golden: Callable[[Path, str], None]) -> None:
    """Whoever speaks the language reads this file, and accepts it."""
    offer = {"offer": OFFERS["a percentage"], "vars": {"benefit": TYPICAL["benefit"][locale]}}
    pieces = [
        f"{kind}/{post} ({part.weight}/{LIMIT})\n\n{part.text}\n"
        for kind in POSTS
        for post, [part] in threads(
            campaign(kind, locale, TYPICAL, **(offer if kind == "launch" else {})), DRAW
        ).items()
    ]
    assert len(pieces) == len(STANDARD)
    golden(GOLDEN / f"standard.{locale}.txt", "\n----\n\n".join(pieces))


def test_no_locale_lacks_a_golden_file() -> None:
    kept = Counter(path.name.split(".")[0] for path in GOLDEN.glob("*.txt"))
    of_each = dict.fromkeys(("contest", "redrawn", "standard", "matrix"), 4)
    assert kept == of_each | {"hostile": 1, "ordinary": 1}
