"""Whatever is brought is read, or refused, within a second and 256 MB."""

import json
import struct
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from PIL import Image

from runner.problems import closest, id_of
from runner.text import weigh
from runner.text.characters import nfc
from runner.text.invisible import invisible, is_blank, with_marks

SECONDS = 1.0
MIB = 256
HEAP = "\u0315\u0300" * 62_000
MEASURE = """
import json, sys, time
from runner.media import MediaFacts, inspect
import PIL.Image, PIL.JpegImagePlugin, PIL.PngImagePlugin, PIL.WebPImagePlugin
found = {}
for path in sys.argv[1:]:
    began = time.process_time()
    with open(path, "rb") as file:
        facts = inspect(file)
    well = isinstance(facts, MediaFacts)
    said = facts.text if not well else ""
    status = open("/proc/self/status").read()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    found[path] = well, time.process_time() - began, peak, said
print(json.dumps(found))
"""


def box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def png_chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def drawn(form: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (32, 16)).save(out, form)
    return out.getvalue()


def evil() -> Iterator[tuple[str, bytes]]:
    """Files that are mostly pieces which say nothing."""
    ftyp, fifteen, four = box(b"ftyp", b"isom" + bytes(4)), 14_800_000, 4_000_000
    jpeg, png, webp = (drawn(form) for form in ("JPEG", "PNG", "WEBP"))
    yield "B4-boxes.mp4", ftyp + b"\0\0\0\x08free" * 8_000_000
    yield "B4-tracks.mp4", ftyp + box(b"moov", box(b"trak", box(b"tkhd", bytes(84))) * 40_000)
    yield "B4-boxes-in-a-track.mp4", ftyp + box(b"moov", box(b"trak", box(b"free") * 100_000))
    yield "B4-segments.jpg", jpeg[:2] + b"\xff\xfe\0\x02" * (fifteen // 4) + jpeg[2:]
    yield "B4-filling.jpg", jpeg[:2] + b"\xff" * four + jpeg[2:]
    yield "B4-junk.jpg", jpeg[:2] + b"\0" * four + jpeg[2:]
    yield "B4-junk-between.jpg", jpeg[:2] + (b"\xff\xfe\0\x02" + bytes(4_000)) * 999 + jpeg[2:]
    yield "B4-chunks.png", png[:33] + png_chunk(b"teXt") * (fifteen // 12) + png[33:]
    yield "B4-chunks-behind.png", png[:-12] + png_chunk(b"teXt") * (four // 12) + png[-12:]
    riff = webp[12:] + b"XXXX\0\0\0\0" * (four // 8)
    yield "B4-chunks.webp", b"RIFF" + struct.pack("<I", len(riff) + 4) + b"WEBP" + riff
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0)
    yield "B4-blocks.gif", head + b"\x21\xfe" + b"\x01x" * (four // 2) + b"\0;"
    frame = b"\x2c" + bytes(9) + b"\x02\x01x\0"
    yield "B4-frames.gif", head + frame * (fifteen // len(frame)) + b";"


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bool, float, float, str]]:
    """What one process made of each: whether it is media, seconds, peak MiB, what it says."""
    folder = tmp_path_factory.mktemp("evil")
    for name, data in evil():
        (folder / name).write_bytes(data)
    paths = sorted(str(path) for path in folder.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *paths], capture_output=True, check=True, timeout=120
    )
    for path in paths:
        Path(path).unlink()
    return {Path(path).name: tuple(facts) for path, facts in json.loads(done.stdout).items()}


@pytest.mark.parametrize(
    "name",
    [f"B4-{name}.mp4" for name in ("boxes", "tracks", "boxes-in-a-track")]
    + [f"B4-{name}.jpg" for name in ("segments", "filling", "junk", "junk-between")]
    + ["B4-chunks.png", "B4-chunks-behind.png", "B4-chunks.webp"]
    + ["B4-blocks.gif", "B4-frames.gif"],
)
def test_a_file_of_nothing_but_pieces_is_refused_in_time(
    name: str, measured: dict[str, tuple[bool, float, float, str]]
) -> None:
    well, seconds, peak, said = measured[name]
    assert not well
    assert "more pieces" in said
    assert seconds < SECONDS
    assert peak < MIB


def test_a_large_film_is_taken_in_piece_by_piece(tmp_path: Path) -> None:
    mvhd = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, 12_500) + bytes(80))
    tkhd = box(b"tkhd", bytes(76) + struct.pack(">II", 720 << 16, 1280 << 16))
    moov = box(b"moov", mvhd + box(b"trak", tkhd))
    path, size = tmp_path / "B4-large.mp4", 300_000_000
    with path.open("wb") as file:  # with a hole where its pictures would be
        file.write(box(b"ftyp", b"isom" + bytes(4)) + moov + struct.pack(">I4s", size, b"mdat"))
        file.truncate(file.tell() - 8 + size)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, check=True, timeout=60
    )
    ((well, _, peak, said),) = json.loads(done.stdout).values()
    assert well, said
    assert peak < MIB


HEAPS = {
    "B4-two-accents": HEAP,
    "B4-two-accents-on-a-letter": "a" + HEAP,
    "B4-vowels-of-hangul": "\u1100" + "\u1161" * 60_000,
    "B4-signs-of-several-classes": "a" + "\u0323\u0307\u05b0\u0345" * 31_000,
    "B4-joined-emoji": "👩\u200d" * 12_000,
    "B4-selectors": "❤\ufe0f\ufe0e" * 12_000,
}


@pytest.mark.parametrize("text", HEAPS.values(), ids=HEAPS)
def test_no_text_takes_long_however_it_is_piled_up(text: str) -> None:
    for work in (nfc, weigh, invisible, with_marks, is_blank, id_of):
        began = process_time()
        work(text)
        assert process_time() - began < SECONDS, work.__name__
    assert closest(text, ["locale", "campaign"]) is None


@pytest.mark.parametrize(
    "text", ["ā" * 29 + "\u0301", "ķ\u0301" * 900, "각" * 50, "e\u0301 " * 800]
)
def test_what_is_no_heap_is_composed_as_a_whole(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)
    assert nfc(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFC", text)
