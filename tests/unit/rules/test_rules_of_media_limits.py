"""What X takes, each limit by itself, held against real files."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from runner.media import MediaFacts, inspect
from runner.problems import Severity
from runner.rules import Proof
from runner.value import replace
from tests.films import box, film
from tests.unit.rules.building import (
    ACCOUNTS,
    a_file,
    a_medium,
    a_part,
    a_post,
    a_project,
    an_occurrence,
    found,
)

NAMES = ("front", "back")
PATHS = [f"campaigns/media/{name}" for name in NAMES]
LIMITS = ("media-size", "media-dimensions", "media-duration", "media-format", "unjudged-media")
FILE = a_file({"hello": {"text": "x", "media": [{"file": f"media/{name}"} for name in NAMES]}})


def picture(form: str, mode: str = "RGB", *, frames: int = 1) -> bytes:
    made = [Image.new(mode, (32, 16), index * 40) for index in range(frames)]
    out = BytesIO()
    more = {"save_all": True, "append_images": made[1:]} if frames > 1 else {}
    made[0].save(out, form, **more)
    return out.getvalue()


def gif_of(frames: int, width: int, height: int) -> bytes:
    frame = b"\x2c" + bytes(4) + b"\x01\x00\x01\x00\x00" + b"\x02\x02\x44\x01\x00"
    sides = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return b"GIF89a" + sides + bytes(3) + frame * frames + b";"


def facts_of(data: bytes, **more: Any) -> MediaFacts:
    facts = inspect(data)
    assert isinstance(facts, MediaFacts), facts
    return replace(facts, **more)


def a_post_of(*facts: MediaFacts) -> tuple[Proof, dict[str, MediaFacts]]:
    shown = dict(zip(PATHS, facts, strict=False))
    media = tuple(a_medium(path, type=each.type) for path, each in shown.items())
    return a_post(an_occurrence(FILE, "hello"), a_part("x", media=media)), shown


def said(facts: MediaFacts, **more: Any) -> Iterator[tuple[str, str]]:
    """The rule and the words of each problem with a file."""
    proof, media = a_post_of(facts)
    for rule in LIMITS:
        for problem in found(proof, rule=rule, media=media, **more):
            assert problem.place.route == ("posts", "hello", "media", 0)
            assert problem.help
            warned = problem.severity is Severity.WARNING
            assert warned == (rule == "unjudged-media")
            yield rule, problem.message.removeprefix("`front` ")


FIRES = {
    "photo-of-6-MB": (
        facts_of(picture("PNG"), size=6_200_000),
        ("media-size", "has 6.2 MB, and X takes a photo of 5 MB"),
    ),
    "gif-of-15-MB": (
        facts_of(picture("GIF"), size=15_000_001),
        ("media-size", "has 15.0 MB, and X takes a gif of 15 MB"),
    ),
    "gif-too-high": (
        facts_of(gif_of(2, 800, 1081)),
        ("media-dimensions", "has 800x1081 pixels, and X takes a gif of 1280x1080"),
    ),
    "C10-gif-of-482-million-pixels": (
        facts_of(gif_of(349, 1280, 1079)),
        (
            "media-dimensions",
            "has 482 million pixels in all frames, and X takes a gif of 300 million",
        ),
    ),
    "gif-of-351-frames": (
        facts_of(gif_of(351, 10, 10)),
        ("media-duration", "has 351 frames, and X takes a gif of 350"),
    ),
    "C10-3840x2160": (
        facts_of(film(size=(3840, 2160))),
        ("media-dimensions", "has 3840x2160 pixels, and X takes a video of 1280x1024 or 1024x1280"),
    ),
    "C10-8x8": (
        facts_of(film(size=(8, 8))),
        ("media-dimensions", "has 8x8 pixels, and X takes a video of 32x32 or more"),
    ),
    "C10-100x1000": (
        facts_of(film(size=(100, 1000))),
        ("media-dimensions", "has 100x1000 pixels, and X takes a video of 1:3 to 3:1"),
    ),
    "film-too-long": (
        facts_of(film(seconds=140.5)),
        ("media-duration", "lasts 140.5 seconds, and X takes a video of 0.5 to 140 from `shop`"),
    ),
    "film-too-short": (
        facts_of(film(seconds=0.2)),
        ("media-duration", "lasts 0.2 seconds, and X takes a video of 0.5 to 140 from `shop`"),
    ),
    "C10-hevc": (
        facts_of(film(codec=b"hvc1")),
        ("media-format", "is HEVC, and X takes a video in H.264"),
    ),
    "C10-av1": (
        facts_of(film(codec=b"av01")),
        ("media-format", "is AV1, and X takes a video in H.264"),
    ),
    "C10-prores": (
        facts_of(film(codec=b"apch", brand=b"qt  ")),
        ("media-format", "is ProRes, and X takes a video in H.264"),
    ),
    "codec-nobody-knows": (
        facts_of(film(codec=b"zzzz")),
        ("media-format", "is of the codec `zzzz`, and X takes a video in H.264"),
    ),
    "h264-of-4:2:2": (
        facts_of(film(profile=122)),
        ("media-format", "has colours of 4:2:2, and X takes a video in yuv420p"),
    ),
    "sound-in-opus": (
        facts_of(film(sound=b"Opus")),
        ("media-format", "has sound of the codec `Opus`, and X takes AAC"),
    ),
    "C10-120-fps": (
        facts_of(film(rate=120)),
        ("media-format", "has 120 frames a second, and X takes a video of 60"),
    ),
    "C10-fragments": (
        facts_of(film(fragments=b"")),
        (
            "unjudged-media",
            "does not say how long it lasts and its frames a second: look that X takes it",
        ),
    ),
    "C10-cmyk": (
        facts_of(picture("JPEG", "CMYK")),
        (
            "unjudged-media",
            "is in the colours of print (CMYK), and X does not say whether it takes them",
        ),
    ),
}


@pytest.mark.parametrize("case", FIRES.values(), ids=FIRES)
def test_what_x_does_not_take_breaks_one_rule(case: tuple[MediaFacts, tuple[str, str]]) -> None:
    facts, problem = case
    assert list(said(facts)) == [problem]


FINE = {
    "photo": facts_of(picture("JPEG"), size=5_000_000),
    "grey-photo": facts_of(picture("JPEG", "L")),
    "gif": facts_of(gif_of(200, 1280, 1080), size=15_000_000),
    "gif-of-350-frames": facts_of(gif_of(350, 900, 900)),
    "film-upright": facts_of(film(seconds=140.0)),
    "film-lying": facts_of(film(size=(1280, 720), rate=59.94)),
    "film-smallest": facts_of(film(size=(32, 96), seconds=0.5, codec=b"avc3", profile=77)),
}


@pytest.mark.parametrize("facts", FINE.values(), ids=FINE)
def test_what_x_takes_is_fine(facts: MediaFacts) -> None:
    assert list(said(facts)) == []


def test_each_limit_is_silent_where_it_is_kept() -> None:
    proof, media = a_post_of(facts_of(film()))
    assert found(proof, rule="media-size", media=media) == ()
    assert found(proof, rule="media-dimensions", media=media) == ()
    assert found(proof, rule="media-duration", media=media) == ()
    assert found(proof, rule="media-format", media=media) == ()
    assert found(proof, rule="unjudged-media", media=media) == ()


def test_a_film_in_fragments_that_says_how_long_is_held_against_the_limit() -> None:
    told = film(fragments=box(b"mehd", bytes(4) + (150_000).to_bytes(4, "big")))
    duration, unknown = said(facts_of(told))
    assert duration[1].startswith("lasts 150 seconds, ")
    assert unknown[1].startswith("does not say its frames a second: ")


def test_one_limit_is_ignored_without_the_others() -> None:
    reason = {"media-dimensions": "the account has shown larger films for years"}
    media = [{"file": "media/front"}]
    file = a_file({"hello": {"text": "x", "media": media, "ignore": reason}})
    large = facts_of(film(size=(1920, 1080), codec=b"hvc1"))
    part = a_part("x", media=(a_medium(PATHS[0], type=large.type),))
    proof, shown = a_post(an_occurrence(file, "hello"), part), {PATHS[0]: large}
    assert found(proof, rule="media-dimensions", media=shown) == ()
    assert len(found(proof, rule="media-format", media=shown)) == 1


def test_an_account_with_premium_may_show_long_films() -> None:
    project = a_project(accounts={**ACCOUNTS, "shop": {**ACCOUNTS["shop"], "premium": True}})
    assert list(said(facts_of(film(seconds=600)), project=project)) == []


def test_a_file_that_could_not_be_read_is_no_problem_of_these() -> None:
    proof, _ = a_post_of(facts_of(picture("PNG")))
    assert [problem for rule in LIMITS for problem in found(proof, rule=rule)] == []


PHOTO, STILL = facts_of(picture("PNG")), facts_of(picture("GIF"))
MOVING, FILM = facts_of(picture("GIF", frames=3)), facts_of(film())


@pytest.mark.parametrize(
    ("facts", "has"),
    [
        pytest.param((STILL, STILL), "2 gifs", id="C9-two-still-gifs"),
        pytest.param((STILL, PHOTO), "1 gif and 1 photo", id="C9-still-gif-beside-png"),
        pytest.param((MOVING, STILL), "2 gifs", id="C9-moving-beside-still"),
        pytest.param((MOVING, PHOTO), "1 gif and 1 photo", id="gif-beside-png"),
        pytest.param((FILM, FILM), "2 videos", id="two-films"),
        pytest.param((STILL, FILM), "1 gif and 1 video", id="C9-still-gif-beside-film"),
    ],
)
def test_a_post_takes_four_photos_or_one_other(facts: tuple[MediaFacts, ...], has: str) -> None:
    proof, media = a_post_of(*facts)
    (problem,) = found(proof, rule="media-mix", media=media)
    assert problem.message == f"`hello` has {has}, and X takes 4 photos, or 1 gif, or 1 video"
    assert problem.place.route == ("posts", "hello", "media", 1)
    mend = "remove what is too much, or give it a post of its own"
    as_png = "save a GIF that stands still as PNG, "
    assert problem.help == (as_png + mend if STILL in facts else mend)


def test_photos_together_and_anything_alone_are_fine() -> None:
    for facts in ((PHOTO, PHOTO), (STILL,), (MOVING,), (FILM,)):
        proof, media = a_post_of(*facts)
        assert found(proof, rule="media-mix", media=media) == ()
