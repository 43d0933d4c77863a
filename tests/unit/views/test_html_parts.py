"""The pieces of the page by themselves: colours, months and weeks, pictures, cards."""

import re
from base64 import b64decode
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from runner.render import RenderedMedia, RenderedPart, RenderedPost
from runner.value import replace
from runner.views.difference import lines_of
from runner.views.html.calendar import Day, months, weeks
from runner.views.html.cards import LONGEST_SIDE, Album, ShownAccount, cards
from runner.views.html.templates import HUES, style
from runner.views.html.timeline import Length
from tests.unit.views.building import examples, picture

SHOP = ShownAccount(id="shop", handle="acme_lv", hue=3)


def luminance(color: str) -> float:
    """As WCAG defines it (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grounds() -> dict[str, tuple[str, str]]:
    """The value of each colour by name, in the light and in the dark page."""
    css = str(style("preview.css")).split("@media print")[0]
    found = re.findall(r"--([a-z]+): (#[0-9a-f]{6})", css)
    by_name: dict[str, list[str]] = {}
    for name, value in found:
        by_name.setdefault(name, []).append(value)
    # a name that is given once more in the dark page ends with that value
    return {name: (values[0], values[-1]) for name, values in by_name.items() if len(values) > 1}


def test_accounts_are_readable_and_visible_in_their_colours() -> None:
    assert len(set(HUES)) == len(HUES) >= 12
    for hue in HUES:
        assert contrast(hue, "#ffffff") >= 4.5
        for name in ("paper", "card", "ground"):
            for ground in grounds()[name]:
                assert contrast(hue, ground) >= 3


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ink", ["ink", "muted", "link", "alarm", "warn", "good"])
def test_text_stands_out_from_every_ground(ink: str, dark: bool) -> None:
    colors = {name: pair[dark] for name, pair in grounds().items()}
    for ground in ("paper", "card", "ground", "soft"):
        assert contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("dark", [False, True])
def test_a_link_stands_out_from_the_text_around_it(dark: bool) -> None:
    colors = {name: pair[dark] for name, pair in grounds().items()}
    assert contrast(colors["link"], colors["ink"]) >= 3


def test_a_month_has_all_its_days_in_weeks_from_monday() -> None:
    (month,) = months([Day(date=date(2027, 8, 15))])
    assert month.title == "August 2027"
    assert [len(week.days) for week in month.weeks] == [7] * 6
    own = [day.date.day for week in month.weeks for day in week.days if not day.neighbour]
    assert own == list(range(1, 32))
    assert all(week.days[0].date.weekday() == 0 for week in month.weeks)


def test_months_and_weeks_without_posts_are_not_shown() -> None:
    planned = [Day(date=date(2026, 12, 31)), Day(date=date(2027, 1, 1)), Day(date=date(2027, 3, 1))]
    assert [month.title for month in months(planned)] == [
        "December 2026",
        "January 2027",
        "March 2027",
    ]
    assert [(week.number, week.title) for week in weeks(planned)] == [
        (53, "28 Dec – 3 Jan 2027"),
        (9, "1 – 7 Mar 2027"),
    ]


def media(path: str = "a.png", type: str = "image/png") -> RenderedMedia:
    return RenderedMedia(path=path, digest="d", type=type, size=1, alt="An alt text")


def test_a_picture_is_scaled_down_and_told_by_its_content() -> None:
    src = Album(lambda path: picture(3000, 1500)).src(media())
    assert src
    assert src.startswith("data:image/webp;base64,")
    with Image.open(BytesIO(b64decode(src.split(",")[1]))) as made:
        assert made.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_small_picture_keeps_its_size() -> None:
    src = Album(lambda path: picture(40, 30, "JPEG")).src(media())
    assert src
    with Image.open(BytesIO(b64decode(src.split(",")[1]))) as made:
        assert made.size == (40, 30)


def test_what_is_no_picture_is_left_to_its_alt_text() -> None:
    def gone(path: str) -> bytes:
        raise OSError("is not there")

    assert Album(gone).src(media()) is None
    assert Album(lambda path: b"<svg onload=alert(1)>").src(media()) is None
    assert Album(lambda path: picture()[:50]).src(media()) is None
    assert Album(lambda path: b"").src(media("a.mp4", "video/mp4")) is None


def test_each_picture_is_read_once_and_none_comes_when_there_is_no_room() -> None:
    read: list[str] = []
    one = Album(lambda path: picture()).src(media())
    assert one

    def reading(path: str) -> bytes:
        read.append(path)
        return picture()

    album = Album(reading, room=2 * len(one))
    assert [bool(album.src(media())) for _ in range(3)] == [True, True, False]
    assert read == ["a.png"]
    assert album.left_out == 1


def test_cards_say_what_x_will_show() -> None:
    plan, _ = examples()
    post = next(action.post for action in plan.actions if action.post)
    part = RenderedPart(text="Look", weight=4, cost=post.cost, quote="77", made_with_ai=True)
    shared = replace(part, text="", quote=None, repost="88")
    whole: RenderedPost = replace(post, parts=(part,), reply_to_id="5")
    (card,) = cards(whole, SHOP, Album(lambda path: b""), at=post.due)
    assert (card.name, card.initials, card.hue) == ("shop", "AL", 3)
    assert card.quoted == "https://x.com/i/status/77"
    assert card.replying_to == "acme_lv"
    assert card.notes == ("Made with AI",)
    (repost,) = cards(replace(post, parts=(shared,)), SHOP, Album(lambda path: b""), at=post.due)
    assert repost.reposted_by == "shop"
    assert repost.text == "https://x.com/i/status/88"


def test_what_x_shows_below_a_post_stands_in_the_text_as_on_the_page() -> None:
    plan, _ = examples()
    post = next(action.post for action in plan.actions if action.post)
    part = replace(post.parts[0], paid_partnership=True, made_with_ai=True)
    assert lines_of(part)[-1] == "label: paid partnership, made with AI"
    (card,) = cards(replace(post, parts=(part,)), SHOP, Album(lambda path: b""), at=post.due)
    assert card.notes == ("Paid partnership", "Made with AI")


@pytest.mark.parametrize(
    ("handle", "initials"), [("acme_lv", "AL"), ("acme", "AC"), ("a_b_c", "AC"), ("_", "@")]
)
def test_initials_are_those_of_the_handle(handle: str, initials: str) -> None:
    assert ShownAccount(id="x", handle=handle, hue=0).initials == initials


@pytest.mark.parametrize(
    ("weight", "level", "percent"),
    [(0, "fits", 0), (259, "fits", 92), (260, "near", 92), (280, "near", 100), (281, "over", 100)],
)
def test_a_length_warns_as_x_does(weight: int, level: str, percent: int) -> None:
    length = Length(weight, 280)
    assert (length.level, length.percent) == (level, percent)
