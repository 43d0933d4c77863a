"""Counting the pieces of a picture before anybody decodes it.

A file of pieces that say nothing takes long to read, and much room, for what it shows.
"""

from dataclasses import dataclass
from typing import Final, Literal

MOST_SEGMENTS: Final = 1_000
"""Of a JPEG, before its first scan. 5 MB in the largest segments that there are have 77."""
MOST_FILLING: Final = 4_096
"""Bytes between the segments of a JPEG that say nothing."""
MOST_CHUNKS: Final = 10_000
"""Of a PNG or a WebP. 5 MB in the smallest chunks that are usual, of 4 KiB, have 1,221."""
MOST_BLOCKS: Final = 500_000
"""Of a GIF, with all blocks in blocks. 15 MB in blocks of 255 bytes, as all are but the last of a
frame, have 59,000."""

_ALONE: Final = frozenset((0x00, 0x01, *range(0xD0, 0xD9)))
"""Markers of JPEG that no length follows."""


class TooManyPieces(ValueError):
    """A file has more pieces than any real picture or film."""


@dataclass(slots=True)
class Blocks:
    """The blocks of a GIF, counted."""

    data: bytes
    left: int = MOST_BLOCKS

    def end(self, at: int) -> int:
        """The place where a chain of blocks ends that begins at `at`. Raises IndexError where it is
        cut off, and TooManyPieces."""
        while True:
            self.left -= 1
            if self.left < 0:
                raise TooManyPieces
            length = self.data[at]
            at += length + 1
            if not length:
                return at


def has_few_pieces(data: bytes) -> bool:
    """Whether a JPEG, PNG or WebP is made of no more pieces than pictures are. What is none of them
    has none, and one that breaks off is for others to judge."""
    if data.startswith(b"\xff\xd8"):
        return _few_segments(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _few_chunks(data, 8, "big", 12)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _few_chunks(data, 12, "little", 8)
    return True


def _few_segments(data: bytes) -> bool:
    at, filling = 2, 0
    for _ in range(MOST_SEGMENTS):
        start = data.find(b"\xff", at, at + MOST_FILLING + 1)
        if start < 0:
            return len(data) - at <= MOST_FILLING
        marker = start + 1
        while data[marker : marker + 1] == b"\xff" and marker - start <= MOST_FILLING:
            marker += 1
        filling += marker - 1 - at
        if filling > MOST_FILLING:
            return False
        if marker >= len(data) or data[marker] == 0xDA:
            return True
        at = marker + 1
        if data[marker] not in _ALONE:
            at += max(int.from_bytes(data[at : at + 2], "big"), 2)
    return False


def _few_chunks(data: bytes, at: int, order: Literal["big", "little"], around: int) -> bool:
    """Whether a file has no more than `MOST_CHUNKS` chunks. PNG has the length of a chunk before
    its name, RIFF behind it, and makes it even. `around` are the bytes of a chunk beside what it
    holds."""
    is_riff = order == "little"
    for _ in range(MOST_CHUNKS):
        if at + 8 > len(data):
            return True
        place = at + 4 * is_riff
        length = int.from_bytes(data[place : place + 4], order)
        at += around + length + (length & is_riff)
    return False
