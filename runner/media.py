"""What a file of media really is, by its bytes: type, size, dimensions, frames, length.

Headers only: no picture is ever decoded, so none can be a bomb.
"""

import hashlib
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO
from types import MappingProxyType
from typing import Final

SOURCE: Final = "https://docs.x.com/x-api/media/quickstart/best-practices"
"""Where X's limits stand, as read on 2026-08-22."""


class Kind(StrEnum):
    """A post takes up to 4 photos, or 1 gif, or 1 video."""

    PHOTO = "photo"
    GIF = "gif"
    VIDEO = "video"


MAX_BYTES: Final = MappingProxyType(
    {Kind.PHOTO: 5 * 10**6, Kind.GIF: 15 * 10**6, Kind.VIDEO: 512 * 10**6}
)
MAX_PER_POST: Final = MappingProxyType({Kind.PHOTO: 4, Kind.GIF: 1, Kind.VIDEO: 1})
GIF_WIDTH: Final = 1280
GIF_HEIGHT: Final = 1080
GIF_FRAMES: Final = 350
VIDEO_SECONDS: Final = (0.5, 140.0)
"""For an account without Premium."""
MAX_PIXELS: Final = 8192 * 8192
"""Of one picture: more is a bomb, or a mistake. Our bound, not one that X documents."""

_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_FOREIGN = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}


class Fault(StrEnum):
    """Why bytes are no media for X."""

    UNKNOWN = "unknown"
    BROKEN = "broken"
    TOO_LARGE = "too-large"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMedia:
    """A refusal: what is wrong, and the thing to do."""

    fault: Fault
    message: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFacts:
    """What a file is. `size` in bytes, `digest` the sha256 of them; `seconds` is None for what
    stands still, or where the file doesn't say; a video's frames are not counted."""

    type: str
    kind: Kind
    size: int
    digest: str
    width: int
    height: int
    frames: int | None = 1
    seconds: float | None = None

    @property
    def animated(self) -> bool:
        return self.kind is not Kind.PHOTO or (self.frames or 1) > 1


_UNKNOWN = NotMedia(
    fault=Fault.UNKNOWN,
    message="it is neither a picture nor a film that X takes",
    help="save it as JPEG, PNG, WebP or GIF, or a film as MP4",
)
_BROKEN = NotMedia(
    fault=Fault.BROKEN,
    message="it is cut off or damaged",
    help="export it again and replace the file",
)
_TOO_LARGE = NotMedia(
    fault=Fault.TOO_LARGE,
    message=f"it has more than {MAX_PIXELS // 10**6} million pixels",
    help="scale it down: 4,096 pixels on the longer side are plenty",
)


def inspect(data: bytes) -> MediaFacts | NotMedia:
    """The facts, by content: a file's name says nothing."""
    try:
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _gif(data)
        if data[4:8] == b"ftyp":
            return _film(data)
        return _picture(data)
    except (struct.error, IndexError):
        return _BROKEN


def _facts(data: bytes, type: str, kind: Kind, size: tuple[int, int]) -> MediaFacts:
    return MediaFacts(
        type=type,
        kind=kind,
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        width=size[0],
        height=size[1],
    )


def _picture(data: bytes) -> MediaFacts | NotMedia:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
                width, height, form = image.width, image.height, image.format or ""
                # MPO is a JPEG with previews behind it, as phones make them
                frames = 1 if form == "MPO" else getattr(image, "n_frames", 1)
                if width * height > MAX_PIXELS:
                    return _TOO_LARGE
                image.verify()
    except UnidentifiedImageError:
        return _BROKEN if _looks_like_a_picture(data) else _UNKNOWN
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return _TOO_LARGE
    except (OSError, SyntaxError, ValueError, EOFError):
        return _BROKEN
    if _is_cut_off(data, form):
        return _BROKEN
    facts = _facts(data, _TYPES[form], Kind.PHOTO, (width, height))
    return replace(facts, frames=frames)


def _looks_like_a_picture(data: bytes) -> bool:
    riff = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return riff or data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def _is_cut_off(data: bytes, form: str) -> bool:
    match form:
        case "JPEG" | "MPO":  # the end of the image comes after the last scan
            return data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda")
        case "WEBP":
            return int.from_bytes(data[4:8], "little") + 8 > len(data)
        case _:
            return b"IEND" not in data[-64:]


def _gif(data: bytes) -> MediaFacts | NotMedia:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    if width * height > MAX_PIXELS:
        return _TOO_LARGE
    position = 13 + _colours(flags)
    frames = hundredths = 0
    while (block := data[position]) != 0x3B:
        if block == 0x21:
            if data[position + 1] == 0xF9:
                hundredths += int.from_bytes(data[position + 4 : position + 6], "little")
            position = _past_blocks(data, position + 2)
        elif block == 0x2C:
            frames += 1
            position = _past_blocks(data, position + 11 + _colours(data[position + 9]))
        else:
            return _BROKEN
    if not frames:
        return _BROKEN
    if frames == 1:
        return _facts(data, "image/gif", Kind.PHOTO, (width, height))
    facts = _facts(data, "image/gif", Kind.GIF, (width, height))
    return replace(facts, frames=frames, seconds=hundredths / 100)


def _colours(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _past_blocks(data: bytes, position: int) -> int:
    while length := data[position]:
        position += length + 1
    return position + 1


def _film(data: bytes) -> MediaFacts | NotMedia:
    brand = data[8:12]
    if brand in _FOREIGN:
        return _UNKNOWN
    boxes = {name: body for name, body in _boxes(data) if name != b"mdat"}
    moov = boxes.get(b"moov")
    if moov is None:
        return _BROKEN
    seconds = None
    width = height = 0
    for name, body in _boxes(moov):
        if name == b"mvhd":
            seconds = _seconds(body)
        elif name == b"trak":
            width, height = max((width, height), _dimensions(body))
    if not width or not height:
        return _UNKNOWN  # sound without a picture
    type = "video/quicktime" if brand == b"qt  " else "video/mp4"
    facts = _facts(data, type, Kind.VIDEO, (width, height))
    return replace(facts, frames=None, seconds=seconds)


def _boxes(data: bytes | memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """The boxes of an ISO media file, one level deep. Raises struct.error when one is cut off."""
    view, position = memoryview(data), 0
    while position < len(view):
        size, name = struct.unpack_from(">I4s", view, position)
        start = 8
        if size == 1:
            size, start = struct.unpack_from(">Q", view, position + 8)[0], 16
        elif size == 0:
            size = len(view) - position
        if size < start or position + size > len(view):
            raise struct.error("a box is cut off")
        yield name, view[position + start : position + size]
        position += size


def _seconds(mvhd: memoryview) -> float | None:
    form, offset = (">IQ", 20) if mvhd[0] == 1 else (">II", 12)
    scale, duration = struct.unpack_from(form, mvhd, offset)
    return round(duration / scale, 3) if scale else None


def _dimensions(trak: memoryview) -> tuple[int, int]:
    for name, body in _boxes(trak):
        if name == b"tkhd":  # width and height are its last eight bytes, 16.16 fixed
            width, height = struct.unpack_from(">II", body, len(body) - 8)
            return width >> 16, height >> 16
    return 0, 0
