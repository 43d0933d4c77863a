"""What shouts, and what only looks like it."""

import pytest

from runner.problems import Severity
from tests.unit.rules.building import a_file, a_post, a_project, an_occurrence, found

HELLO = an_occurrence(a_file({"hello": {"text": "x"}}), "hello")
BRAND = a_file(
    {"hello": {"text": "x"}},
    kind="launch",
    launches="2026-12-01 10:00",
    product={"name": "ACME DENIM CLUB"},
    offer={"code": "SUPERSLIM", "until": "2026-12-02 10:00"},
)


def test_words_in_capitals_are_a_warning() -> None:
    (problem,) = found(a_post(HELLO, "SUPER SALE, only TODAY in our shop"), rule="shouting")
    assert problem.message == "`hello` shouts: 3 words in capitals (SUPER SALE TODAY)"
    assert problem.place.route == ("posts", "hello", "text")
    assert problem.help == "write them in small letters"
    assert problem.severity is Severity.WARNING


def test_short_words_count_where_most_letters_are_capitals() -> None:
    (problem,) = found(a_post(HELLO, "BUY 2 PAY 1 AND GO ON A TRIP"), rule="shouting")
    assert problem.message == "`hello` shouts: 6 words in capitals (BUY PAY AND GO ON TRIP)"


@pytest.mark.parametrize(("marks", "help"), [("!!!", "write one `!`"), ("???", "write one `?`")])
def test_rows_of_marks_shout(marks: str, help: str) -> None:
    (problem,) = found(a_post(HELLO, f"Klāt ir{marks} Nāc."), rule="shouting")
    assert problem.message == f"`hello` shouts: `{marks}`"
    assert problem.help == help


def test_capitals_and_marks_are_one_warning() -> None:
    (problem,) = found(a_post(HELLO, "ĀTRI NĀCIET ŠURP!!!"), rule="shouting")
    assert problem.message == "`hello` shouts: 3 words in capitals (ĀTRI NĀCIET ŠURP) and `!!!`"


@pytest.mark.parametrize(
    "text",
    [
        "The EU, the USA, NATO and UNESCO agree on it",
        "#SUPER #SALE #TODAY with @ACME_SHOP and $ACME",
        "Use SLIM20, SLIM30 or SLIM40 at the till",
        "https://acme.lv/SUPER/SALE/TODAY is where it is",
        "Really?! Yes!! ¿¡Cómo!?",
        "今日は全品半額です。ぜひご来店ください。",
        "اليوم فقط خصم كبير على كل شيء",
        "Three Words In Title Case, and More of Them",
    ],
)
def test_acronyms_tags_codes_links_and_other_scripts_do_not_shout(text: str) -> None:
    assert found(a_post(HELLO, text), rule="shouting") == ()


def test_names_and_codes_are_written_as_their_owners_write_them() -> None:
    post = a_post(an_occurrence(BRAND, "hello"), "ACME DENIM CLUB ir klāt: SUPERSLIM")
    assert found(post, rule="shouting") == ()


def test_the_project_says_how_many_words_may_stand_in_capitals() -> None:
    strict = a_project(rules={"shouting": {"at-most": 0}})
    post = a_post(HELLO, "Only TODAY in our shop")
    assert found(post, rule="shouting") == ()
    assert len(found(post, rule="shouting", project=strict)) == 1
