"""What begins with # or @ and is no hashtag, no mention, or only half of one."""

import pytest

from tests.unit.rules.building import a_file, a_post, an_occurrence, found

FILE = a_file({"tip": {"text": "x"}})


def hashtag(text: str) -> list[str]:
    proof = a_post(an_occurrence(FILE, "tip"), text)
    return [each.message for each in found(proof, rule="not-a-hashtag")]


def mention(text: str) -> list[str]:
    proof = a_post(an_occurrence(FILE, "tip"), text)
    return [each.message for each in found(proof, rule="not-a-mention")]


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        pytest.param("Denim in #2027", "#2027", "no hashtag of it", id="C6-digits"),
        pytest.param("It is #C++ time", "#C++", "a hashtag of `#C` alone", id="C6-signs"),
        pytest.param("#don't", "#don't", "a hashtag of `#don` alone", id="C6-apostrophe"),
        pytest.param("text#tag", "#tag", "no hashtag of it", id="C6-in-a-word"),
        pytest.param(
            "#Rīga-Jūrmala", "#Rīga-Jūrmala", "a hashtag of `#Rīga` alone", id="C6-hyphen"
        ),
        pytest.param("#a.lv", "#a.lv", "a hashtag of `#a` alone", id="C6-domain"),
        pytest.param("#😀", "#😀", "no hashtag of it", id="C6-emoji"),
    ],
)
def test_what_x_cuts_or_does_not_link_is_told(text: str, word: str, rest: str) -> None:
    assert hashtag(text) == [f"`tip` holds `{word}`, and X makes {rest}"]


@pytest.mark.parametrize(
    "text",
    [
        "#Rīga, labi",
        "We are #1!",
        "(#Slim27)",
        "#A/#B",
        "https://x.lv/#top",
        "C# and F#",
        "#Слим27.",
    ],
)
def test_whole_hashtags_are_well(text: str) -> None:
    proof = a_post(an_occurrence(FILE, "tip"), text)
    assert found(proof, rule="not-a-hashtag") == ()


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        pytest.param(
            "@user-name", "@user-name", "a mention of `@user` alone", id="C6-handle-hyphen"
        ),
        pytest.param("@@acme", "@@acme", "no mention of it", id="C6-two-signs"),
        pytest.param("@abcdefghijklmnop!", "@abcdefghijklmnop", "no mention of it", id="C6-long"),
    ],
)
def test_a_mention_of_somebody_else_is_told(text: str, word: str, rest: str) -> None:
    assert mention(text) == [f"`tip` holds `{word}`, and X makes {rest}"]


@pytest.mark.parametrize(
    "text",
    ["@lois’s jeans", "me@acme.lv", "(@lois)", "@lois/list", ".@lois hi", "@lois. Yes", "@ home"],
)
def test_whole_mentions_and_addresses_are_well(text: str) -> None:
    proof = a_post(an_occurrence(FILE, "tip"), text)
    assert found(proof, rule="not-a-mention") == ()
