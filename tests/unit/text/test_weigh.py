import unicodedata

import pytest

from runner.text import URL_WEIGHT, invalid_characters, weigh, weigh_strictly


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Hello", 5),
        ("two\nlines", 9),
        ("Laimīgu Jauno gadu!", 19),
        ("С Новым годом!", 14),
        ("¡Feliz año nuevo!", 17),
        ("שנה טובה", 8),
        ("“quotes” – and — dashes", 23),
    ],
)
def test_counts_one_for_a_character_of_most_alphabets(text, weight):
    assert weigh(text) == weight


@pytest.mark.parametrize("emoji", ["🤸‍♂️", "🤸🏿‍♂️", "🧖🏻‍♀️", "🏳️‍🌈"])
def test_knows_joined_emoji_in_all_tones_of_skin(emoji):
    assert weigh(emoji) == weigh_strictly(emoji) == 2


@pytest.mark.parametrize("character", "…€•→™№ế漢か한😀🫠☺")
def test_counts_two_for_other_characters(character):
    assert weigh(character) == 2


def test_counts_a_letter_and_its_accent_as_the_letter_they_compose():
    assert weigh(unicodedata.normalize("NFD", "ā ē ģ й")) == 7


@pytest.mark.parametrize("emoji", ["❤️", "1️⃣", "#️⃣", "1⃣", "⭐️", "☕️", "🇱🇻", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "👍🏽", "👨‍👩‍👧‍👦"])
def test_counts_two_for_an_emoji_with_all_its_parts(emoji):
    assert weigh(emoji) == weigh_strictly(emoji) == 2
    assert weigh(f"a{emoji}{emoji} b") == 7


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("🤸‍♂", 5),  # without U+FE0F
        ("🐱‍👤", 5),  # not in Unicode's list
        ("👨‍👩‍👧‍👦‍🐱", 5),
        ("👩🏻‍🤝‍👩🏻", 8),  # two of one tone are a single code point
        ("🇦🇦", 4),
        ("🇱🇻🇪🇪🇱", 6),
        ("❤︎", 4),
        ("©️", 2),
        ("©", 1),
        ("1️", 3),
        ("\u200d\u200d", 2),
    ],
)
def test_counts_what_is_no_emoji_piece_by_piece(text, weight):
    assert weigh(text) == weight


@pytest.mark.parametrize(
    "link",
    ["http://x.com", "https://example.com/" + "path/" * 40, "x.lv", "https://пример.рф/путь"],
)
def test_counts_23_for_a_link_however_long_it_is(link):
    assert weigh(link) == URL_WEIGHT
    assert weigh(f"Look: {link}!") == 6 + URL_WEIGHT + 1


@pytest.mark.parametrize("text", ["README.md", "end.Next", "main.py", "v1.zip", "ASP.NET"])
def test_counts_23_for_what_only_looks_like_a_domain(text):
    assert weigh(text) == URL_WEIGHT


@pytest.mark.parametrize("text", ["node.js", "index.html", "3.14", "e.g. this", "U.S.A."])
def test_counts_no_link_where_the_top_level_domain_is_none(text):
    assert weigh(text) == len(text)


def test_counts_strictly_the_pieces_of_emoji_that_x_may_not_know():
    assert weigh("❤️‍🔥") == 2
    assert weigh_strictly("❤️‍🔥") == 5
    assert weigh("🫱🏻‍🫲🏿") == 2
    assert weigh_strictly("🫱🏻‍🫲🏿") == 9


def test_counts_strictly_the_letters_of_a_link_that_x_may_not_know():
    short, long = "radio.music", "a-very-long-name-of-a-band.music/and-its-tour"
    assert (weigh(short), weigh_strictly(short)) == (23, 23)
    assert (weigh(long), weigh_strictly(long)) == (23, len(long))


def test_counts_strictly_as_usual_where_x_knows_everything():
    text = "Ziemas akcija ❤️ 👩🏽‍🚀 https://example.lv/akcija 🇱🇻"
    assert weigh_strictly(text) == weigh(text)


def test_finds_the_characters_that_x_refuses():
    assert invalid_characters("\ufeffāb\ufffe\uffff") == (0, 3, 4)


def test_finds_nothing_wrong_with_marks_of_direction():
    assert invalid_characters("\u2066\u202aשלום\u202c\u2069 \u200f") == ()


def test_finds_refused_characters_where_they_stand_in_nfc():
    assert invalid_characters("a\u0304\ufeff") == (1,)
