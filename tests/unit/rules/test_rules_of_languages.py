"""What is written once, and goes out in two languages."""

from typing import Any

import pytest

from runner.problems import Severity
from tests.unit.rules.building import a_file, a_post, an_occurrence, found

BOTH = ["shop", "tienda"]
TEXT = {"lv": "Kurš?", "es": "¿Cuál?"}


def told(post: dict[str, Any], **more: Any) -> tuple[tuple[str | int, ...], ...]:
    file = a_file({"ask": post}, **{"accounts": BOTH, **more})
    problems = found(a_post(an_occurrence(file, "ask")), rule="one-language")
    assert all(each.severity is Severity.WARNING for each in problems)
    return tuple(each.place.route[2:] for each in problems)


def test_the_first_answer_of_a_poll_is_told() -> None:
    post = {"text": TEXT, "poll": {"options": ["27", "Indigo", "Black"]}}
    assert told(post) == (("poll", "options", 1),)


def test_the_description_of_a_picture_is_told() -> None:
    post = {"text": TEXT, "media": [{"file": "media/a.jpg", "alt": "Zila jaka"}]}
    assert told(post) == (("media", 0, "alt"),)


def test_a_part_of_a_thread_is_told_where_it_stands() -> None:
    part = {"text": TEXT, "poll": {"options": ["Jā", "Varbūt"]}}
    assert told({"thread": [TEXT, part]}) == (("thread", 1, "poll", "options", 1),)


FINE: dict[str, dict[str, Any]] = {
    "in each": {"options": [{"lv": "Zils", "es": "Azul"}, {"lv": "Melns", "es": "Negro"}]},
    "no words": {"options": ["27", "S", "👍", "10 €"]},
}


@pytest.mark.parametrize("name", FINE)
def test_what_is_written_in_each_or_is_no_word_is_not_told(name: str) -> None:
    assert told({"text": TEXT, "poll": FINE[name]}) == ()


def test_who_speaks_one_language_writes_it_once() -> None:
    post = {"text": "Kurš?", "poll": {"options": ["Zils", "Melns"]}}
    assert told(post, accounts=["shop"]) == ()
    assert told(post, locale="lv") == ()
