"""What a file of media is, by its bytes alone."""

import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from runner.media import (
    GIF_FRAMES,
    MAX_BYTES,
    MAX_PER_POST,
    MAX_PIXELS,
    MediaFacts,
    MediaKind,
    inspect,
    kind_of,
)
from runner.media.inspection import BROKEN, TOO_LARGE, UNKNOWN
from runner.problems import Message
from tests.films import box, film


def picture(form: str, *, size: tuple[int, int] = (32, 16), frames: int = 1) -> bytes:
    made = [Image.new("RGB", size, (index * 40 % 256, index % 256, 50)) for index in range(frames)]
    out = BytesIO()
    more = {"save_all": True, "append_images": made[1:], "duration": 100} if frames > 1 else {}
    made[0].save(out, form, **more)
    return out.getvalue()


def facts_of(data: bytes) -> MediaFacts:
    facts = inspect(data)
    assert isinstance(facts, MediaFacts), facts
    return facts


def fault_of(data: bytes) -> Message:
    refused = inspect(data)
    assert isinstance(refused, Message), refused
    assert refused.help
    return refused


@pytest.mark.parametrize(
    ("form", "type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif")],
)
def test_a_picture_is_known_by_its_content(form: str, type: str) -> None:
    data = picture(form)
    facts = facts_of(data)
    assert facts == MediaFacts(
        type=type,
        kind=MediaKind.GIF if form == "GIF" else MediaKind.PHOTO,
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        width=32,
        height=16,
    )
    assert not facts.animated


def test_a_gif_that_moves_is_a_gif_with_frames_and_seconds() -> None:
    facts = facts_of(picture("GIF", frames=5))
    assert (facts.kind, facts.frames, facts.seconds) == (MediaKind.GIF, 5, 0.5)
    assert facts.animated


def test_a_webp_that_moves_is_told_from_one_that_stands_still() -> None:
    facts = facts_of(picture("WEBP", frames=3))
    assert (facts.kind, facts.frames, facts.animated) == (MediaKind.PHOTO, 3, True)


def test_a_phones_picture_with_previews_is_one_picture() -> None:
    out = BytesIO()
    first, preview = Image.new("RGB", (64, 64)), Image.new("RGB", (8, 8))
    first.save(out, "MPO", save_all=True, append_images=[preview])
    facts = facts_of(out.getvalue())
    assert (facts.type, facts.frames, facts.width) == ("image/jpeg", 1, 64)


def test_a_film_is_known_by_its_boxes() -> None:
    facts = facts_of(film())
    assert (facts.type, facts.kind, facts.seconds) == ("video/mp4", MediaKind.VIDEO, 12.5)
    assert (facts.width, facts.height, facts.frames) == (720, 1280, None)
    assert facts.animated
    assert facts_of(film(brand=b"qt  ")).type == "video/quicktime"


@pytest.mark.parametrize("type", ["image/jpeg", "image/png", "image/gif", "video/mp4"])
def test_the_kind_by_type_is_the_kind_by_content(type: str) -> None:
    form = type.partition("/")[2].upper()
    facts = facts_of(film() if form == "MP4" else picture(form))
    assert (facts.type, facts.kind) == (type, kind_of(type))


def test_a_film_says_how_it_is_made() -> None:
    facts = facts_of(film(codec=b"hvc1", profile=122, rate=59.94, sound=b"Opus"))
    assert (facts.codec, facts.profile, facts.sound) == ("hvc1", 122, "Opus")
    assert facts.rate == pytest.approx(59.92)


def test_a_film_in_fragments_lasts_what_it_says_or_nobody_knows() -> None:
    said = box(b"mehd", struct.pack(">II", 0, 12_500))
    assert (facts_of(film(fragments=said)).seconds, facts_of(film(fragments=said)).rate) == (
        12.5,
        None,
    )
    assert facts_of(film(fragments=b"")).seconds is None
    endless = box(b"mehd", struct.pack(">II", 0, 0xFFFFFFFF))
    assert facts_of(film(fragments=endless)).seconds is None


def test_boxes_in_boxes_do_not_raise() -> None:
    inner = b""
    for _ in range(3000):
        inner = box(b"mdia", inner)
    assert isinstance(inspect(box(b"ftyp", b"isom") + box(b"moov", box(b"trak", inner))), Message)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_picture_that_is_cut_off_is_broken(form: str, kept: float) -> None:
    data = picture(form, size=(200, 200), frames=1 if form in ("JPEG", "PNG") else 3)
    assert fault_of(data[: int(len(data) * kept)]) is BROKEN


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_a_film_that_is_cut_off_is_broken(kept: float) -> None:
    data = film()
    assert fault_of(data[: int(len(data) * kept)]) is BROKEN


def test_a_picture_whose_bytes_were_changed_is_broken() -> None:
    data = bytearray(picture("PNG", size=(200, 200)))
    data[60] ^= 0xFF
    assert fault_of(bytes(data)) is BROKEN


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"BM" + bytes(60)]
    + [box(b"ftyp", brand + bytes(4)) + bytes(20) for brand in (b"heic", b"avif", b"mif1")]
    + [b"\x1aE\xdf\xa3" + bytes(40)],
)
def test_what_x_does_not_take_is_refused(data: bytes) -> None:
    assert fault_of(data) is UNKNOWN


def test_sound_without_a_picture_is_no_film() -> None:
    moov = box(b"moov", box(b"trak", box(b"tkhd", bytes(84))))
    assert fault_of(box(b"ftyp", b"M4A " + bytes(4)) + moov) is UNKNOWN


def png_bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8200, 10_000, 50_000])
def test_a_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    assert side * side > MAX_PIXELS
    assert fault_of(png_bomb(side, side)) is TOO_LARGE
    gif = b"GIF89a" + struct.pack("<HHB", side, side, 0) + bytes(2) + b";"
    assert fault_of(gif) is TOO_LARGE


def test_a_gif_of_many_frames_is_counted_to_the_end() -> None:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    data = b"GIF89a" + struct.pack("<HHB", 1, 1, 0) + bytes(2) + frame * 100_000 + b";"
    facts = facts_of(data)
    assert facts.frames == 100_000 > GIF_FRAMES


def test_a_box_that_says_it_is_larger_than_the_file_is_refused() -> None:
    data = film()
    assert fault_of(data[:16] + struct.pack(">I4s", 1, b"mdat") + struct.pack(">Q", 2**60)) is (
        BROKEN
    )
    assert fault_of(data + struct.pack(">I4s", 4, b"free")) is BROKEN


SEEDS = [picture("JPEG"), picture("PNG"), picture("WEBP"), picture("GIF", frames=3), film()]


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8),
    st.integers(0, 10_000),
)
def test_damaged_files_never_raise(
    seed: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(seed)
    for position, value in changes:
        data[position % len(data)] = value
    cut = bytes(data[: max(1, length % (len(data) + 1))])
    assert isinstance(inspect(cut), MediaFacts | Message)


@given(st.binary(max_size=200))
def test_any_bytes_are_told_apart(data: bytes) -> None:
    assert isinstance(inspect(data), MediaFacts | Message)


def test_each_kind_has_its_limits() -> None:
    assert set(MAX_BYTES) == set(MAX_PER_POST) == set(MediaKind)
    assert MAX_PER_POST[MediaKind.PHOTO] == 4
