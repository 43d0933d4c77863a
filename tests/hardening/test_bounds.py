"""Whatever is brought is read, or refused, within a second and 256 MB."""

import json
import struct
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from PIL import Image

from runner.problems import closest, id_of
from runner.text import weigh
from runner.text.characters import nfc
from runner.text.invisible import invisible_characters, is_blank, with_marks

SECONDS = 1.0
MIB = 256
HEAP = "\u0315\u0300" * 62_000
MEASURE = """
import json, sys, time
from runner.media import MediaFacts, inspect
import PIL.Image, PIL.JpegImagePlugin, PIL.PngImagePlugin, PIL.WebPImagePlugin
began = time.process_time()
with open(sys.argv[1], "rb") as file:
    facts = inspect(file)
seconds = time.process_time() - began
well = isinstance(facts, MediaFacts)
status = open("/proc/self/status").read()
peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
print(json.dumps([well, seconds, peak, facts.text if not well else ""]))
"""


def box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def png_chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def riff(body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def drawn(form: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (32, 16)).save(out, form)
    return out.getvalue()


FTYP, FIFTEEN, FOUR = box(b"ftyp", b"isom" + bytes(4)), 14_800_000, 4_000_000
JPEG, PNG, WEBP = (drawn(form) for form in ("JPEG", "PNG", "WEBP"))
GIF = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0)
FRAME = b"\x2c" + bytes(9) + b"\x02\x01x\0"
EVIL: dict[str, Callable[[], bytes]] = {
    "B4-boxes.mp4": lambda: FTYP + b"\0\0\0\x08free" * 8_000_000,
    "B4-tracks.mp4": lambda: FTYP + box(b"moov", box(b"trak", box(b"tkhd", bytes(84))) * 40_000),
    "B4-boxes-in-a-track.mp4": lambda: FTYP + box(b"moov", box(b"trak", box(b"free") * 100_000)),
    "B4-segments.jpg": lambda: JPEG[:2] + b"\xff\xfe\0\x02" * (FIFTEEN // 4) + JPEG[2:],
    "B4-filling.jpg": lambda: JPEG[:2] + b"\xff" * FOUR + JPEG[2:],
    "B4-junk.jpg": lambda: JPEG[:2] + b"\0" * FOUR + JPEG[2:],
    "B4-junk-between.jpg": lambda: JPEG[:2] + (b"\xff\xfe\0\x02" + bytes(4_000)) * 999 + JPEG[2:],
    "B4-chunks.png": lambda: PNG[:33] + png_chunk(b"teXt") * (FIFTEEN // 12) + PNG[33:],
    "B4-chunks-behind.png": lambda: PNG[:-12] + png_chunk(b"teXt") * (FOUR // 12) + PNG[-12:],
    "B4-chunks.webp": lambda: riff(WEBP[12:] + b"XXXX\0\0\0\0" * (FOUR // 8)),
    "B4-blocks.gif": lambda: GIF + b"\x21\xfe" + b"\x01x" * (FOUR // 2) + b"\0;",
    "B4-frames.gif": lambda: GIF + FRAME * (FIFTEEN // len(FRAME)) + b";",
}
"""Files that are mostly pieces which say nothing."""


def measured(path: Path) -> tuple[bool, float, float, str]:
    """What a process makes of it: whether it is media, seconds, peak MiB, what it says."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, check=True, timeout=60
    )
    well, seconds, peak, said = json.loads(done.stdout)
    return well, seconds, peak, said


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", EVIL)
def test_a_file_of_nothing_but_pieces_is_refused_in_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(EVIL[name]())
    well, seconds, peak, said = measured(path)
    path.unlink()
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
    well, _, peak, said = measured(path)
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


@pytest.mark.sampled(2)
@pytest.mark.parametrize("text", HEAPS.values(), ids=HEAPS)
def test_no_text_takes_long_however_it_is_piled_up(text: str) -> None:
    for work in (nfc, weigh, invisible_characters, with_marks, is_blank, id_of):
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
