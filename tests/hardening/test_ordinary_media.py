"""Ordinary pictures and films pass without a warning, through files and rules."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from PIL import Image

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.machine import ShiftedClock
from runner.cli.opened_project import open_project
from tests.films import box, film
from tests.hardening.ordinary import PROJECT, posts_of

FIRST = datetime(2027, 1, 2, 10, tzinfo=UTC)


def picture(
    form: str,
    mode: str = "RGB",
    *,
    size: tuple[int, int] = (64, 48),
    frames: int = 1,
    **more: object,
) -> bytes:
    made = [Image.new(mode, size, at % 200) for at in range(frames)]
    out = io.BytesIO()
    several = {"save_all": True, "append_images": made[1:], "duration": 80} if frames > 1 else {}
    made[0].save(out, form, **several, **more)
    return out.getvalue()


def exif() -> Image.Exif:
    """What a phone writes: its name, and that the picture lies on its side."""
    told = Image.Exif()
    told[0x010F], told[0x0112] = "A phone", 6
    return told


ORDINARY: Mapping[str, bytes] = {
    "square.jpg": picture("JPEG", size=(1080, 1080)),
    "upright.jpg": picture("JPEG", size=(1080, 1350)),
    "wide.jpg": picture("JPEG", size=(1600, 900)),
    "progressive.jpg": picture("JPEG", progressive=True),
    "grey.jpg": picture("JPEG", "L"),
    "by-a-phone.jpg": picture("JPEG", size=(1512, 2016), exif=exif()),
    "with-a-profile.jpg": picture("JPEG", icc_profile=bytes(3000)),
    "other-ending.jpeg": picture("JPEG", quality=95),
    "plain.png": picture("PNG"),
    "see-through.png": picture("PNG", "RGBA"),
    "few-colours.png": picture("PNG", "P"),
    "line-art.png": picture("PNG", "1"),
    "banner.png": picture("PNG", size=(1500, 500)),
    "photo.webp": picture("WEBP"),
    "two-frames.gif": picture("GIF", "P", frames=2),
    "loop.gif": picture("GIF", "P", size=(480, 270), frames=24, loop=0),
    "still.gif": picture("GIF", "P"),
    "upright.mp4": film(),
    "square.mp4": film(size=(1080, 1024), seconds=30),
    "silent-short.mp4": film(seconds=0.5, rate=25),
    "longest.mp4": film(size=(1280, 720), seconds=140, rate=60),
    "from-quicktime.mov": film(brand=b"qt  ", size=(1280, 720)),
    "main-profile.mp4": film(profile=77, rate=24, size=(1280, 720)),
}
"""By file: what shops post every day."""
TOGETHER = ("square.jpg", "plain.png", "upright.jpg", "photo.webp")
"""Four that stand in one post."""
TOLD: Mapping[str, tuple[bytes, str]] = {
    "for-print.jpg": (picture("JPEG", "CMYK"), "unjudged-media"),
    "streamed.mp4": (film(fragments=box(b"trex", bytes(24))), "unjudged-media"),
    "from-a-phone.mp4": (film(codec=b"hvc1"), "media-format"),
    "long.mp4": (film(seconds=150), "media-duration"),
    "tall.mp4": (film(size=(1080, 1920)), "media-dimensions"),
    "wide.gif": (picture("GIF", "P", size=(1400, 10), frames=2), "media-dimensions"),
}
"""By file: what a rule is for, among the same posts."""


def told_of(root: Path, files: Mapping[str, bytes], *posts: tuple[str, ...]) -> dict[str, set[str]]:
    """By rule: the files of the posts that it speaks of; each post is due a day later."""
    (root / "campaigns/media").mkdir(parents=True)
    (root / "runner.yaml").write_text(PROJECT, "utf-8")
    for name, data in files.items():
        (root / "campaigns/media" / name).write_bytes(data)
    shown = {f"p{at}": names for at, names in enumerate(posts)}
    texts = posts_of("en")
    campaign = {
        "kind": "series",
        "account": "en",
        "grace": "2h",
        "posts": {
            post: {
                "at": f"{FIRST + timedelta(days=at):%Y-%m-%d %H:%M}",
                "text": texts[at],
                "media": [_shown(name) for name in names],
            }
            for at, (post, names) in enumerate(shown.items())
        },
    }
    (root / "campaigns/windows.yaml").write_text(yaml.safe_dump(campaign), "utf-8")
    talk = io.StringIO()
    clock = ShiftedClock(datetime(2026, 11, 1, 12, tzinfo=UTC))
    outside = CommandContext(root=root, clock=clock, environ={}, out=talk, talk=talk)
    found: dict[str, set[str]] = {}
    for problem in all_problems(open_project(outside, checked=True)):
        names = shown.get(str(problem.place.route[1]), ()) if problem.place.route[1:] else ()
        found.setdefault(problem.rule, set()).update(names or [problem.message])
    return found


def _shown(name: str) -> dict[str, str]:
    """A film has no description on X."""
    alt = {} if name.endswith((".mp4", ".mov")) else {"alt": f"The window with {name[:-4]}"}
    return {"file": f"media/{name}", **alt}


def test_no_rule_warns_of_ordinary_media(tmp_path: Path) -> None:
    assert len(ORDINARY) >= 20
    posts = [(name,) for name in ORDINARY]
    assert told_of(tmp_path, ORDINARY, *posts, TOGETHER) == {}


@pytest.mark.parametrize("name", TOLD)
def test_among_them_each_rule_finds_its_own(name: str, tmp_path: Path) -> None:
    data, rule = TOLD[name]
    files = {each: ORDINARY[each] for each in TOGETHER} | {name: data}
    assert told_of(tmp_path, files, TOGETHER, (name,)) == {rule: {name}}
