"""Help for what people write by mistake: the one thing to do, named at its place."""

from pathlib import Path
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from runner.models import CAMPAIGN
from runner.models.moment_context import AROUND, MomentContext
from runner.parsing import parse, validate
from runner.problems import Suggestion
from tests.hardening.advice import shown_in

SERIES = "kind: series\naccount: shop\nstarts: 2026-12-01\nends: 2026-12-20\nposts:\n  a:\n"
NB = "\u00a0"
RIGA = "which it is in Europe/Riga"


def helps(root: Path, text: str, files: dict[str, str] | None = None) -> list[tuple[str, str]]:
    shown = shown_in(root, {**(files or {}), "campaigns/a.yaml": text})
    return [(each.problem.message, each.help) for each in shown]


def of_model(text: str) -> list[tuple[str, str]]:
    """The same of what reading the file alone can tell, without the project around it."""
    parsed = parse("a.yaml", text.encode())
    around = {AROUND: MomentContext.of(parsed.data, ZoneInfo("Europe/Riga"))}
    _, problems = validate(parsed, CAMPAIGN, context=around)
    return [(each.message, each.help or "") for each in (*parsed.problems, *problems)]


TIMES = {
    "D2-seconds-and-Z": ("2026-12-01 10:00:00Z", f"write `2026-12-01 12:00`, {RIGA}"),
    "D2-machine": ("2026-12-01T10:00:00.000Z", f"write `2026-12-01 12:00`, {RIGA}"),
    "D2-offset": ("2026-12-01T10:00+03:00", f"write `2026-12-01 09:00`, {RIGA}"),
    "D2-offset-apart": ("2026-12-01 10:00 +03:00", "write `2026-12-01 09:00`"),
    "D2-offset-tight": ("2026-12-01 10:00 +0300", f"write `2026-12-01 09:00`, {RIGA}"),
    "D2-zone-of-its-own": ("2026-12-01 10:00 Europe/Riga", f"write `2026-12-01 10:00`, {RIGA}"),
    "D2-another-zone": ("2026-12-01 10:00 Europe/Madrid", f"write `2026-12-01 11:00`, {RIGA}"),
    "D2-short-zone": ("2026-12-01 10:00 EST", f"write `2026-12-01 17:00`, {RIGA}"),
    "D2-next-day": ("1.12.2026 5 pm EST", f"write `2026-12-02 00:00`, {RIGA}"),
    "D2-twice": ("2026-10-25 00:30Z", f"write `2026-10-25 03:30 +03:00`, {RIGA}"),
    "D2-anchor": ("starts 10:00 UTC", "write it in the campaign's zone, without `UTC`"),
    "D5-range": (
        "2026-12-01 10:00-12:00",
        "a post goes out at one moment: write `2026-12-01 10:00`",
    ),
    "D5-range-dash": (
        "2026-12-01 10:00–12:00",
        "a post goes out at one moment: write `2026-12-01 10:00`",
    ),
    "D5-no-range": ("2026-12-01 10:00-05:00", f"write `2026-12-01 17:00`, {RIGA}"),
    "D5-lv": ("2026. gada 1. decembrī plkst. 10.00", "write `2026-12-01 10:00`"),
    "D5-lv-short": ("2026-12-01 plkst. 10.00", "write `2026-12-01 10:00`"),
    "D5-es": ("1 de diciembre de 2026 a las 10:00", "write `2026-12-01 10:00`"),
    "D5-es-noon": ("1 de dic. de 2026 al mediodía", "write `2026-12-01 12:00`"),
    "D5-ru": ("1 декабря 2026 г. в 10:00", "write `2026-12-01 10:00`"),
    "D5-ru-short": ("2026-12-01 в 10:00", "write `2026-12-01 10:00`"),
    "D2-zone-that-begins-as-am": (
        "2026-12-01 10:00 America/New_York",
        f"write `2026-12-01 17:00`, {RIGA}",
    ),
    "D2-zone-and-am": ("2026-12-01 10 am America/New_York", f"write `2026-12-01 17:00`, {RIGA}"),
    "D2-zone-and-pm": ("2026-12-01 9 p.m. Pacific/Apia", f"write `2026-12-01 10:00`, {RIGA}"),
    "D2-zone-with-a-number": ("2026-12-01 10:00 Etc/GMT-3", f"write `2026-12-01 09:00`, {RIGA}"),
    "D2-zone-with-hyphens": (
        "2026-12-01 10:00 America/Port-au-Prince",
        f"write `2026-12-01 17:00`, {RIGA}",
    ),
    "D2-zone-in-small-letters": (
        "2026-12-01 10:00 asia/tokyo",
        f"write `2026-12-01 03:00`, {RIGA}",
    ),
    "D2-a-city": ("2026-12-01 10:00 New York time", f"write `2026-12-01 17:00`, {RIGA}"),
    "D2-offset-behind-utc": ("2026-12-01 10:00 UTC +3", f"write `2026-12-01 09:00`, {RIGA}"),
    "D4-colon-in-a-time": ("2026-12-01 10：00", "write `2026-12-01 10:00`"),
    "D4-ratio-in-a-time": ("2026-12-01 10∶00", "write `2026-12-01 10:00`"),
    "D4-hyphens-in-a-date": ("2026‑12‑01 10:00", "write `2026-12-01 10:00`"),
    "D4-one-hyphen-and-one-digit": ("2026‑12‑1 10:00", "write `2026-12-01 10:00`"),
    "D4-wide-digits": ("２０２６-12-01 10:00", "write `2026-12-01 10:00`"),
    "D5-es-midnight": (
        "2026-12-01 a medianoche",
        "write `2026-12-01 00:00` or `2026-12-02 00:00`",
    ),
    "D5-es-midnight-bare": (
        "2026-12-01 medianoche",
        "write `2026-12-01 00:00` or `2026-12-02 00:00`",
    ),
    "D5-en-midnight": ("2026-12-01 midnight", "write `2026-12-01 00:00` or `2026-12-02 00:00`"),
    "D5-lv-midnight": ("2026-12-01 pusnaktī", "write `2026-12-01 00:00` or `2026-12-02 00:00`"),
    "D5-ru-midnight": ("2026-12-01 в полночь", "write `2026-12-01 00:00` or `2026-12-02 00:00`"),
    "D5-lv-noon": ("2026-12-01 pusdienās", "write `2026-12-01 12:00`"),
    "D5-es-morning": ("2026-12-01 10 de la mañana", "write `2026-12-01 10:00`"),
    "D5-es-evening": ("2026-12-01 8 de la tarde", "write `2026-12-01 20:00`"),
    "D5-ru-evening": ("2026-12-01 8 вечера", "write `2026-12-01 20:00`"),
    "D5-lv-evening": ("2026-12-01 8:30 vakarā", "write `2026-12-01 20:30`"),
    "D5-end-of-day": ("2026-12-01 EOD", "write `2026-12-01 23:59`"),
    "D5-lv-dots": ("2026.12.01. 10.00", "write `2026-12-01 10:00`"),
    "D5-anchors-that-are-there": (
        "2026-12-01 10:00 !",
        "write it as in `2026-12-01 10:00`, `starts 10:00` or `ends - 1d 09:00`",
    ),
}


@pytest.mark.parametrize("name", TIMES)
def test_a_moment_gets_the_one_line_to_write(name, tmp_path):
    written, help = TIMES[name]
    text = f"{SERIES}    at: {written}\n    text: Hello\n"
    ((_, said),) = of_model(text) or helps(tmp_path, text)
    assert said == help


@pytest.mark.parametrize(
    ("closes", "help"),
    [
        pytest.param(
            "2026-12-08", "write `2026-12-08 23:59` where all of that day counts", id="D5-closes"
        ),
        pytest.param("8.12.2026", "write `2026-12-08 23:59`", id="D5-closes-dots"),
        pytest.param("2026-12-08T20:00:00Z", f"write `2026-12-08 22:00`, {RIGA}", id="D2-closes"),
        pytest.param("soon!", "write it as in `2026-12-01 10:00`", id="D5-closes-no-anchors"),
    ],
)
def test_the_end_of_a_contest_is_the_end_of_its_day(closes, help, tmp_path):
    contest = "kind: contest\naccount: shop\nprize: jeans\nopens: 2026-12-01 10:00\n"
    rest = f"closes: {closes}\nentry: {{how: reply}}\nposts: {{announce: {{at: opens}}}}\n"
    ((_, said),) = of_model(contest + rest) or helps(tmp_path, contest + rest)
    assert said == help


EVERY = {
    "D3-interval": ("interval: 2w", "a rhythm is days of the week and slots"),
    "D3-frequency": ("frequency: weekly", "a rhythm is days of the week and slots"),
    "D3-cron": ('cron: "0 9 * * 1"', "write its days and times as `days: [mon]`"),
    "D3-day": ("day: mon", str(Suggestion("days"))),
    "D3-until": ("until: 2026-12-10", "from the campaign's `starts` to its `ends`"),
    "D3-time": ("time: 09:00", f"{Suggestion('slots')} It is there, too: keep one of the two"),
}


@pytest.mark.parametrize("name", EVERY)
def test_a_rhythm_is_told_what_it_can_be(name):
    key, help = EVERY[name]
    ((_, said),) = of_model(f"{SERIES}    every: {{slots: [noon], {key}}}\n    text: Hi\n")
    assert help in said


LOOK_ALIKES = {
    "D4-behind-a-colon": f"    at: 2026-12-01 10:00\n    text:{NB}Hello\n",
    "D4-behind-the-first-colon": f"    at:{NB}2026-12-01 10:00\n    text: Hello\n",
    "D4-in-braces": f"    {{at: 2026-12-01 10:00, text:{NB}Hello}}\n",
    "D4-indent": f"{NB}   at: 2026-12-01 10:00\n    text: Hello\n",
    "D4-all-indents": f"{NB * 4}at: 2026-12-01 10:00\n",
    "D4-behind-a-dash": f"    at: 2026-12-01 10:00\n    thread:\n      -{NB}One\n      -{NB}Two\n",
    "D4-later-dash": f"    at: 2026-12-01 10:00\n    thread:\n      - One\n      -{NB}Two\n",
    "D4-behind-a-key": f"    at: 2026-12-01 10:00\n    text{NB}: Hello\n",
    "D4-full-width-colon": "    at：2026-12-01 10:00\n    text: Hello\n",
    "D4-full-width-colon-later": "    at: 2026-12-01 10:00\n    text：Hello\n",
    "D4-full-width-colon-in-braces": "    {at：2026-12-01 10:00, text: Hello}\n",
    "D4-en-dash-for-a-list": "    at: 2026-12-01 10:00\n    thread:\n      – One\n      – Two\n",
}


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_a_look_alike_is_named_and_nothing_else(name):
    ((message, _),) = of_model(SERIES + LOOK_ALIKES[name])
    assert any(code in message for code in ("U+00A0", "U+FF1A", "U+2013"))


@pytest.mark.parametrize(
    ("written", "named"),
    [
        pytest.param("2026-12-01 10：00", "U+FF1A", id="D4-colon"),
        pytest.param("2026‑12‑01 10:00", "U+2011", id="D4-hyphen"),
    ],
)
def test_a_look_alike_within_a_moment_is_named(written, named):
    ((message, _),) = of_model(f"{SERIES}    at: {written}\n    text: Hello\n")
    assert named in message


def test_a_look_alike_within_a_duration_is_named():  # D4
    text = f"{SERIES}    at: 2026-12-01 10:00\n    grace: ４h\n    text: Hello\n"
    assert [help for _, help in of_model(text)] == ["write `4h`"]
    assert "U+FF14" in of_model(text)[0][0]


def test_a_look_alike_within_a_text_is_as_good_as_any(tmp_path):
    text = f"    at: 2026-12-01 10:00\n    text: |\n      Prix:{NB}20 €\n      – un\n      – deux\n"
    assert helps(tmp_path, SERIES + text) == []


def picture(root: Path, name: str) -> None:
    path = root / "campaigns/media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8)).save(path, "PNG")


def post_with(file: str) -> str:
    post = f"    at: 2026-12-01 10:00\n    text: Hello\n    media: [{{file: {file}, alt: Jeans}}]\n"
    return SERIES + post


@pytest.mark.parametrize(
    ("there", "written"),
    [
        pytest.param("sega-ā.png", normalize("NFD", "sega-ā.png"), id="D4-nfd-in-the-campaign"),
        pytest.param(normalize("NFD", "sega-ā.png"), "sega-ā.png", id="D4-nfd-on-the-disk"),
        pytest.param(normalize("NFD", "й.png"), "й.png", id="D4-nfd-cyrillic"),
    ],
)
def test_accents_of_either_form_just_work(there, written, tmp_path):
    picture(tmp_path, there)
    assert helps(tmp_path, post_with(f"media/{written}")) == []


@pytest.mark.parametrize(
    ("there", "written"),
    [
        pytest.param("Photo.PNG", "media/photo.png", id="D4-case"),
        pytest.param("Photo.PNG", "Media/photo.png", id="D4-case-of-the-folder"),
        pytest.param("JEANS.png", "media/jeans.png", id="D4-capitals"),
    ],
)
def test_another_case_is_named_with_the_path_to_write(there, written, tmp_path):
    picture(tmp_path, there)
    ((message, help),) = helps(tmp_path, post_with(written))
    assert message.endswith("is not there: its capitals are others")
    assert help == str(Suggestion(f"media/{there}"))


def test_a_pointer_of_git_lfs_is_named(tmp_path):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12345\n"
    ((message, help),) = helps(tmp_path, post_with("a.png"), {"campaigns/a.png": pointer})
    assert "pointer of Git LFS" in message
    assert "`RUNNER_LFS`" in help
    for path in ("campaigns/b.yaml", "campaigns/data/tips.yaml"):
        tips = f"{SERIES}    every: {{slots: [noon]}}\n    items: data/tips.yaml\n"
        beside = {"campaigns/data/tips.yaml": "- text: Hello\n", path: pointer}
        assert "pointer of Git LFS" in helps(tmp_path / path, tips, beside)[0][0]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n", "has 16 MB, and X takes a photo of 5 MB", id="D4-png"),
        pytest.param(b"\xff\xd8\xff", "has 16 MB, and X takes a photo of 5 MB", id="D4-jpeg"),
        pytest.param(b"GIF89a", "has 16 MB, and X takes a gif of 15 MB", id="D4-gif"),
        pytest.param(b"nothing", "has 16 MB, and X takes no such file", id="D4-neither"),
    ],
)
def test_the_limit_is_that_of_the_medium(head, said, tmp_path):
    path = tmp_path / "campaigns/large.bin"
    path.parent.mkdir()
    with path.open("wb") as file:
        file.write(head)
        file.truncate(16 * 10**6)
    ((message, _),) = helps(tmp_path, post_with("large.bin"))
    assert message.endswith(said)


@pytest.mark.parametrize(
    "name",
    [pytest.param(f"p.{end}", id=f"D6-{end}") for end in ("csv", "xlsx", "ods", "TSV", "txt")],
)
def test_items_elsewhere_are_named_as_not_read_yet(name, tmp_path):
    text = f"{SERIES}    every: {{slots: [noon]}}\n    items: data/{name}\n"
    found = helps(tmp_path, text, {f"campaigns/data/{name}": "id,text\x01\n"})
    ((message, help),) = found
    assert message.endswith("which is not read yet")
    assert "p.yaml" in help


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://docs.acme.lv/d/1", id="D6-sheet-on-the-web"),
        pytest.param("file:///home/anna/items.yaml", id="D6-address-of-a-file"),
    ],
)
def test_an_address_in_the_place_of_a_file_is_quoted_as_it_is_written(address, tmp_path):
    items = f'{SERIES}    every: {{slots: [noon]}}\n    items: "{address}"\n'
    media = f"    media: [{{file: '{address}', alt: a}}]\n"
    post = f"{SERIES}    at: 2026-12-01 10:00\n    text: Hi\n{media}"
    for text in (items, post):
        ((message, _),) = helps(tmp_path, text)
        assert message == f"`{address}` is an address, not a file"


@pytest.mark.parametrize(
    ("link", "help"),
    [
        pytest.param("Https://acme.lv/x", None, id="D7-capital"),
        pytest.param("HTTP://ACME.lv", None, id="D7-capitals"),
        pytest.param('"https://acme.lv/x "', "https://acme.lv/x", id="D7-space-behind"),
        pytest.param(f'"https://acme.lv/x{NB}"', "https://acme.lv/x", id="D7-no-break-space"),
        pytest.param("https://acme.lv/my page", "https://acme.lv/my%20page", id="D7-space-within"),
        pytest.param("https:// acme.lv/x", "https://acme.lv/x", id="D7-space-in-the-host"),
        pytest.param("https://acme.lv/x.", "https://acme.lv/x", id="D7-dot"),
        pytest.param("https://acme.lv/x,", "https://acme.lv/x", id="D7-comma"),
        pytest.param("https:/acme.lv/x", "https://acme.lv/x", id="D7-one-slash"),
    ],
)
def test_an_address_is_taken_or_its_space_and_dot_are_named(link, help):
    post = "    at: 2026-12-01 10:00\n    text: 'Look {{ link }}'\n"
    found = of_model(f"link: {link}\n{SERIES}{post}")
    assert [said.rpartition(" ")[2] for _, said in found] == ([help] if help else [])


@pytest.mark.parametrize(
    ("keys", "route"),
    [
        pytest.param("rest: 2d, ", ("posts", "a", "rest"), id="D8-short-rest"),
        pytest.param("", ("posts", "a", "items"), id="D8-no-rest"),
        pytest.param("order: shuffle, ", ("posts", "a", "items"), id="D8-shuffled"),
    ],
)
def test_a_small_ring_is_told_once_at_its_cause(keys, route, tmp_path):
    items = "[{text: Wash the jeans cold}, {text: Dry in the shade}, {text: Iron them never}]"
    post = f"    {{every: {{slots: [noon]}}, {keys}items: {items}}}\n"
    (shown,) = shown_in(tmp_path, {"campaigns/a.yaml": SERIES + post})
    assert (shown.problem.rule, shown.problem.place.route) == ("duplicate-text", route)
    assert shown.help.startswith("add 4 items")
