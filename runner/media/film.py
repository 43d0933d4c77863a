"""The boxes of a film (ISO/IEC 14496-12), read where they lie: no picture is loaded."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from runner.media.pieces import TooManyPieces

MOST_BOXES: Final = 20_000
"""Boxes of one file that are looked at. One that is written frame by frame has two for each of the
8,400 frames of 140 seconds."""
HEADER: Final = 16
"""Bytes of a box's name and size, at most."""
LARGEST_HEADER: Final = 4096
"""Bytes that are read of a box about the film or one of its tracks; they have about a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What a film says of itself. Pixels are 0 where it has only sound."""

    width: int = 0
    height: int = 0
    seconds: float | None = None


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
    """The length and the greatest track of a film; None where no box tells of it."""
    boxes = _Boxes(file)
    found: Film | None = None
    for name, start, end in boxes.within(0, size):
        if name == b"moov":
            found = _movie(boxes, start, end)
    return found


def _movie(boxes: _Boxes, start: int, end: int) -> Film:
    seconds = None
    width = height = 0
    for name, first, last in boxes.within(start, end):
        if name == b"mvhd":
            seconds = _seconds(boxes.read(first, last, LARGEST_HEADER))
        elif name == b"trak":
            width, height = max((width, height), _dimensions(boxes, first, last))
    return Film(width=width, height=height, seconds=seconds)


def _seconds(mvhd: bytes) -> float | None:
    form, offset = (">IQ", 20) if mvhd[0] == 1 else (">II", 12)
    scale, duration = struct.unpack_from(form, mvhd, offset)
    return round(duration / scale, 3) if scale else None


def _dimensions(boxes: _Boxes, start: int, end: int) -> tuple[int, int]:
    for name, first, last in boxes.within(start, end):
        if name == b"tkhd":  # width and height are its last eight bytes, 16.16 fixed
            body = boxes.read(max(first, last - 8), last, 8)
            width, height = struct.unpack(">II", body)
            return width >> 16, height >> 16
    return 0, 0
