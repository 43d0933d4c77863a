"""What X takes, and that everybody learns what a picture shows."""

from typing import Any

import pytest

from runner.media import Kind, MediaFacts
from runner.problems import Severity
from runner.rules import Proof
from tests.unit.rules.factory import (
    ACCOUNTS,
    PATH,
    a_file,
    a_medium,
    a_part,
    a_post,
    a_project,
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


def the_facts(**more: Any) -> dict[str, MediaFacts]:
    given = {"type": "image/jpeg", "kind": Kind.PHOTO, "size": 1000, "digest": "0" * 64}
    return {BACK: MediaFacts(**{**given, "width": 800, "height": 600, **more})}


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


GIF = {"type": "image/gif", "kind": Kind.GIF}
VIDEO = {"type": "video/mp4", "kind": Kind.VIDEO}


@pytest.mark.parametrize(
    ("facts", "said", "help"),
    [
        ({"size": 6_200_000}, "has 6.2 MB, and X takes a photo of 5 MB", "save it smaller"),
        ({**GIF, "size": 15_000_001}, "has 15.0 MB, and X takes a gif of 15 MB", "save it smaller"),
        (
            {**GIF, "height": 1081},
            "has 800x1081 pixels, and X takes a gif of 1280x1080",
            "scale it down, or save it as a video",
        ),
        (
            {**GIF, "frames": 351},
            "has 351 frames, and X takes a gif of 350",
            "cut it, or save it as a video",
        ),
        (
            {**VIDEO, "seconds": 140.5},
            "lasts 140.5 seconds, and X takes a video of 0.5 to 140 from `shop`",
            "cut it",
        ),
        (
            {**VIDEO, "seconds": 0.2},
            "lasts 0.2 seconds, and X takes a video of 0.5 to 140 from `shop`",
            "make it longer",
        ),
    ],
)
def test_what_x_does_not_take_is_an_error(facts: dict[str, Any], said: str, help: str) -> None:
    (problem,) = found(a_picture(), rule="media-limits", media=the_facts(**facts))
    assert problem.message == f"`back.jpg` {said}"
    assert problem.place.route == ("posts", "hello", "media", 1)
    assert problem.help == help
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    "facts",
    [
        {"size": 5_000_000},
        {**GIF, "size": 15_000_000, "width": 1280, "height": 1080, "frames": 350},
        {**VIDEO, "seconds": 140.0, "frames": None},
        {**VIDEO, "seconds": None, "frames": None},
    ],
)
def test_what_x_takes_is_fine(facts: dict[str, Any]) -> None:
    assert found(a_picture(), rule="media-limits", media=the_facts(**facts)) == ()


def test_an_account_with_premium_may_show_long_films() -> None:
    project = a_project(accounts={**ACCOUNTS, "shop": {**ACCOUNTS["shop"], "premium": True}})
    facts = the_facts(**VIDEO, seconds=600.0)
    assert found(a_picture(), rule="media-limits", media=facts, project=project) == ()


def test_a_file_that_could_not_be_read_is_no_problem_of_these() -> None:
    assert found(a_picture(), rule="media-limits") == ()


def test_a_post_takes_four_photos_or_one_that_moves() -> None:
    paths = [f"campaigns/media/{name}" for name in ("front.jpg", "back.jpg")]
    part = a_part("x", media=tuple(a_medium(path) for path in paths))
    proof = a_post(an_occurrence(FILE, "hello"), part)
    photos = {path: the_facts()[BACK] for path in paths}
    assert found(proof, rule="media-limits", media=photos) == ()
    mixed = {**photos, paths[0]: the_facts(**GIF)[BACK]}
    (problem,) = found(proof, rule="media-limits", media=mixed)
    assert problem.message == (
        "`hello` has 1 gif and 1 photo, and X takes 4 photos, or 1 gif, or 1 video"
    )
    assert problem.place.route == ("posts", "hello", "media", 1)
    assert problem.help == "remove what is too much, or give it a post of its own"
    films = dict.fromkeys(paths, the_facts(**VIDEO)[BACK])
    (problem,) = found(proof, rule="media-limits", media=films)
    assert problem.message.startswith("`hello` has 2 videos, and ")
