"""Whatever X does to a text it is recognised; another text never is."""

import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runner.local_x import text_entities
from runner.reconcile import search
from runner.reconcile.timeline_post import is_alike, is_same_text
from runner.x.posts import timeline_post as as_shown
from tests.unit.reconcile.building import attempting, id_at, part, standing

LINKS = [
    "https://acme.lv/slim27?utm_source=x&utm_medium=social",
    "acme.lv",
    "ACME.lv/Slim",
    "https://Acme.LV",
    "https://acme.lv/",
    "https://acme.lv/džinsi/#krāsa",
    "https://bit.ly/3xYz?a=1&copy=2",
]
WORDS = [
    "Slim",
    "27",
    "ir",
    "klāt",
    "naïve",
    "A&W",
    "<3",
    "&amp;",
    "Š",
    "👖",
    "\n",
    "#reklāma",
    "—",
]
TEXTS = st.lists(st.sampled_from([*LINKS, *WORDS, "@lois", "見る", "ģ́"]), min_size=1).map(" ".join)


def as_x_answers(text: str, *, pictures: int = 0, cut: int | None = None) -> dict[str, Any]:
    """X's JSON of a post: escaped, links short, one more for the pictures, long texts in a note."""
    id = id_at(1)
    links = tuple((f"3_{n}", f"https://x.com/a/status/{id}/photo/1") for n in range(pictures))
    given = text_entities.shown_text(id, text_entities.normal(text), links)
    post: dict[str, Any] = {"id": id, "text": given.text, "entities": given.entities}
    if pictures:
        post["attachments"] = {"media_keys": [key for key, _ in links]}
    if cut is not None:
        post["note_tweet"] = {"text": given.text, "entities": given.entities}
        post |= {"text": f"{given.text[:cut]}… https://t.co/whole", "entities": {}}
    return post


def is_found(sent: str, post: dict[str, Any]) -> bool:
    one = as_shown(post, "acme_lv")
    return bool(search([standing(attempting(part(sent)))], [one], known=()))


@given(
    TEXTS,
    st.sampled_from(["NFC", "NFD"]),
    st.integers(0, 4),
    st.none() | st.integers(0, 40),
)
@example("acme.lv", "NFC", 1, None)
@example("see acme.lv.", "NFC", 0, None)
def test_whatever_x_does_to_a_text_it_is_found(
    text: str, form: Any, pictures: int, cut: int | None
) -> None:
    sent = unicodedata.normalize(form, text)
    if sent.strip():
        assert is_found(sent, as_x_answers(sent, pictures=pictures, cut=cut))


PLAIN = st.lists(st.text("abcčdeģK1 !,", min_size=1), min_size=1).map(" ".join)


@given(PLAIN, PLAIN)
@example("Slim 27", "slim 27")
@example("a", "b a")
def test_a_different_text_is_never_found(sent: str, out: str) -> None:
    assert is_found(sent, as_x_answers(out)) == (sent.split() == out.split() != [])


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("https://acme.lv", "http://acme.lv/"),
        ("(acme.lv/a)", "(http://acme.lv/a)"),
        ("see acme.lv/.", "see http://ACME.LV."),
        ("https://acme.lv/?a=1", "https://acme.lv?a=1"),
        ("https://žurnāls.lv/jā", "https://xn--urnls-hwa58f.lv/j%C4%81"),
        ("見acme.lv見", "見http://acme.lv見"),
        ("A &amp; B", "A & B"),
        ("two  words\n\nhere ", "two words here"),
        ("localhost:80/x a.lv:8080", "localhost:80/x http://a.lv:8080"),
    ],
)
def test_texts_that_differ_only_in_how_x_writes_them_are_alike(sent: str, shown: str) -> None:
    assert is_alike(sent, shown)
    assert is_alike(shown, sent)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("https://acme.lv/a", "https://acme.lv/A"),
        ("https://acme.lv/a", "https://acme.lv/b"),
        ("https://acme.lv/?a=1", "https://acme.lv/?a=2"),
        ("https://acme.lv", "https://acme.es"),
        ("hello", "hello!"),
        ("hello", "Hello"),
        ("hello @ann", "hello"),
        ("@ann hello", "hello"),
        ("", ""),
        (" ", ""),
        ("hello", ""),
    ],
)
def test_other_words_and_other_links_are_not_alike(sent: str, shown: str) -> None:
    assert not is_alike(sent, shown)
    assert not is_alike(shown, sent)
    assert not is_same_text(sent, shown)


def test_a_handle_before_an_answer_may_be_there_or_not() -> None:
    assert is_alike("@ann hello", "hello", is_reply=True)
    assert is_alike("hello", "@ann @b_2 hello", is_reply=True)
    assert not is_alike("hello", "ann hello", is_reply=True)
    assert not is_alike("hello", "@ann well hello", is_reply=True)
    assert not is_alike("hello", "@annhello", is_reply=True)


def test_a_long_word_is_read_once() -> None:
    assert not is_alike("a" * 25_000, "b" * 25_000)
