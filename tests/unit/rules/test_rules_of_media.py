"""What X takes, and that everybody learns what a picture shows."""

from typing import Any

import pytest

from runner.problems import Severity
from runner.rules import Proof
from tests.unit.rules.building import (
    PATH,
    a_file,
    a_medium,
    a_part,
    a_post,
    an_occurrence,
    found,
)

BACK = "campaigns/media/back.jpg"
FILE = a_file(
    {
        "hello": {"text": "x", "media": [{"file": "media/front.jpg"}, {"file": "media/back.jpg"}]},
        "launch": {},
        "story": {"thread": ["one", {"text": "two", "media": [{"file": "media/back.jpg"}]}]},
    },
    kind="launch",
    launches="2026-12-01 10:00",
    product={"name": "Slim 27", "media": [{"file": "media/back.jpg", "alt": {"lv": "Kabata"}}]},
)


def a_picture(post: str = "hello", **more: Any) -> Proof:
    return a_post(an_occurrence(FILE, post), a_part("Labrīt!", media=(a_medium(BACK, **more),)))


@pytest.mark.parametrize("alt", [None, " "])
def test_a_picture_without_a_description_is_an_error(alt: str | None) -> None:
    (problem,) = found(a_picture(alt=alt), rule="missing-alt")
    assert problem.message == "`back.jpg` does not say what it shows"
    assert problem.place.route == ("posts", "hello", "media", 1)
    assert problem.help == "add it in `lv`: `alt: what there is to see`"
    assert problem.severity is Severity.ERROR


def test_a_description_is_enough_and_a_film_has_none() -> None:
    assert found(a_picture(alt="Kabata"), rule="missing-alt") == ()
    assert found(a_picture(alt=None, type="video/mp4"), rule="missing-alt") == ()


def test_a_picture_is_where_it_is_declared() -> None:
    (of_product,) = found(a_picture("launch", alt=None), rule="missing-alt")
    assert of_product.place.route == ("product", "media", 0)
    story = an_occurrence(FILE, "story")
    part = a_part("two", media=(a_medium(BACK, alt=None),))
    (of_part,) = found(a_post(story, "one", part), rule="missing-alt")
    assert of_part.place.route == ("posts", "story", "thread", 1, "media", 0)


def test_a_picture_of_an_item_is_where_the_item_is_written() -> None:
    listed = [{"id": "first", "text": "x", "media": [{"file": "media/back.jpg"}]}]
    file = a_file(
        {"tip": {"every": {"slots": ["morning"]}, "items": "data/tips.yaml"}},
        items={"tip": ("campaigns/data/tips.yaml", listed)},
    )
    part = a_part("x", media=(a_medium(BACK, alt=None),))
    (problem,) = found(a_post(an_occurrence(file, "tip"), part, item="first"), rule="missing-alt")
    assert (problem.place.path, problem.place.route) == (
        "campaigns/data/tips.yaml",
        (0, "media", 0),
    )


def test_a_picture_that_nothing_declares_is_where_the_post_is() -> None:
    part = a_part("x", media=(a_medium("campaigns/media/other.jpg", alt=None),))
    (problem,) = found(a_post(an_occurrence(FILE, "hello"), part), rule="missing-alt")
    assert (problem.place.path, problem.place.route) == (PATH, ("posts", "hello"))


def test_a_description_has_a_thousand_characters() -> None:
    assert found(a_picture("launch", alt="x" * 1000), rule="alt-too-long") == ()
    (problem,) = found(a_picture("launch", alt="x" * 1012), rule="alt-too-long")
    assert problem.message == (
        "the description of `back.jpg` is too long: 1,012 of 1,000, remove 12"
    )
    assert problem.place.route == ("product", "media", 0, "alt", "lv")
    assert problem.help == "shorten it"
