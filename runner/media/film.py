"""The boxes of a film (ISO/IEC 14496-12), read where they lie: no picture is loaded."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from runner.media.pieces import TooManyPieces
from runner.value import Value, replace

MOST_BOXES: Final = 20_000
"""Boxes of one file that are looked at. One that is written frame by frame has two for each of the
8,400 frames of 140 seconds."""
HEADER: Final = 16
"""Bytes of a box's name and size, at most."""
LARGEST_HEADER: Final = 4096
"""Bytes that are read of a box about the film or one of its tracks; they have about a hundred."""

_INTO: Final = frozenset({b"mdia", b"minf", b"stbl"})
"""Boxes of a track that hold boxes about it."""
_READ: Final = frozenset({b"tkhd", b"hdlr", b"mdhd", b"stsd", b"stsz", b"stz2"})
_ENDLESS: Final = frozenset({0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF})
"""Durations that mean: not known."""


class Film(Value, kw_only=True):
    """What a film says of itself. Pixels are 0 where it has only sound; `codec` and `sound` are
    four-character codes, `profile` is that of H.264, `rate` is frames a second on average."""

    width: int = 0
    height: int = 0
    seconds: float | None = None
    codec: str | None = None
    profile: int | None = None
    sound: str | None = None
    rate: float | None = None


@dataclass(slots=True)
class _Boxes:
    """The boxes of a file, counted."""

    file: BinaryIO
    left: int = MOST_BOXES

    def within(self, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
        """Name, start and end of each box, one level deep. Raises struct.error when one is cut off,
        and TooManyPieces."""
        while start < end:
            self.left -= 1
            if self.left < 0:
                raise TooManyPieces
            header = self.read(start, end, HEADER)
            size, name = struct.unpack_from(">I4s", header)
            length = 8
            if size == 1:
                size, length = struct.unpack_from(">Q", header, 8)[0], 16
            elif size == 0:
                size = end - start
            if size < length or start + size > end:
                raise struct.error("a box is cut off")
            yield name, start + length, start + size
            start += size

    def read(self, start: int, end: int, most: int) -> bytes:
        self.file.seek(start)
        return self.file.read(min(end - start, most))


def read_film(file: BinaryIO, size: int) -> Film | None:
    """The length, the greatest track and the sound of a film; None where no box tells of it."""
    boxes = _Boxes(file)
    found: Film | None = None
    for name, start, end in boxes.within(0, size):
        if name == b"moov":
            found = _movie(boxes, start, end)
    return found


def _movie(boxes: _Boxes, start: int, end: int) -> Film:
    seconds = sound = None
    fragments: tuple[int, int] | None = None
    greatest, mvhd = Film(), b""
    for name, first, last in boxes.within(start, end):
        if name == b"mvhd":
            mvhd = boxes.read(first, last, LARGEST_HEADER)
            seconds = _seconds(mvhd)
        elif name == b"mvex":
            fragments = first, last
        elif name == b"trak":
            track = _track(boxes, first, last)
            sound = sound or track.sound
            greatest = max(greatest, track, key=lambda each: (each.width, each.height))
    if fragments:  # what stands before the fragments counts none of them
        seconds = _seconds_of_fragments(boxes, *fragments, mvhd)
        greatest = replace(greatest, rate=None)
    return replace(greatest, seconds=seconds, sound=sound)


def _seconds(header: bytes) -> float | None:
    """The length that `mvhd` or `mdhd` tells: they begin alike."""
    form, offset = (">IQ", 20) if header[0] == 1 else (">II", 12)
    return _quotient(*struct.unpack_from(form, header, offset))


def _quotient(scale: int, duration: int) -> float | None:
    """Seconds out of so many to a second; None where nobody knows."""
    return round(duration / scale, 3) if scale and duration not in _ENDLESS else None


def _seconds_of_fragments(boxes: _Boxes, start: int, end: int, mvhd: bytes) -> float | None:
    """The seconds that a fragmented film lasts, by its `mehd` box, which not every film has."""
    for name, first, last in boxes.within(start, end):
        if name == b"mehd" and mvhd:
            header = boxes.read(first, last, LARGEST_HEADER)
            (duration,) = struct.unpack_from(">Q" if header[0] == 1 else ">I", header, 4)
            (scale,) = struct.unpack_from(">I", mvhd, 20 if mvhd[0] == 1 else 12)
            return _quotient(scale, duration) or None
    return None


def _track(boxes: _Boxes, start: int, end: int) -> Film:
    told = _boxes_by_name(boxes, start, end)
    codec = _code(told.get(b"stsd", b"")[12:16])
    if told.get(b"hdlr", b"")[8:12] == b"soun":
        return Film(sound=codec)
    if b"tkhd" not in told:
        return Film()
    # width and height are the last eight bytes, 16.16 fixed
    width, height = struct.unpack(">II", told[b"tkhd"][-8:])
    return Film(
        width=width >> 16,
        height=height >> 16,
        codec=codec,
        profile=_profile(told.get(b"stsd", b"")),
        rate=_rate(told),
    )


def _boxes_by_name(boxes: _Boxes, start: int, end: int) -> dict[bytes, bytes]:
    """The boxes about a track, by name. Of two with one name the outer counts, or the first."""
    told: dict[bytes, bytes] = {}
    waiting = [(start, end)]
    while waiting:
        for name, first, last in boxes.within(*waiting.pop(0)):
            if name in _INTO:
                waiting.append((first, last))
            elif name in _READ and name not in told:
                told[name] = boxes.read(first, last, LARGEST_HEADER)
    return told


def _code(code: bytes) -> str | None:
    text = code.decode("latin-1").strip()
    return text if text.isascii() and text.isprintable() and text else None


def _profile(stsd: bytes) -> int | None:
    """The profile of H.264 (ISO/IEC 14496-15): it stands behind the version of what sets up the
    decoder."""
    at = stsd.find(b"avcC")
    return stsd[at + 5] if at >= 0 else None


def _rate(told: dict[bytes, bytes]) -> float | None:
    sizes = told.get(b"stsz") or told.get(b"stz2")
    seconds = _seconds(told[b"mdhd"]) if b"mdhd" in told else None
    if not sizes or not seconds:
        return None
    (frames,) = struct.unpack_from(">I", sizes, 8)
    return frames / seconds if frames else None
