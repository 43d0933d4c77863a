"""Looking into a file of media: its headers only, piece by piece."""

import hashlib
import struct
import warnings
from io import SEEK_END, BytesIO
from typing import BinaryIO, Final

from runner.media.facts import MediaFacts, MediaKind, kind_of
from runner.media.film import read_film
from runner.media.pieces import Blocks, TooManyPieces, has_few_pieces
from runner.problems import Message
from runner.value import replace

HEAD: Final = 64
"""Bytes that tell a film from a picture."""
MAX_PIXELS: Final = 8192 * 8192
"""Of one picture: more is a bomb, or a mistake. Our bound, not one that X documents."""
LFS_POINTER: Final = b"version https://git-lfs.github.com/spec/v1\n"
"""What Git LFS keeps in the place of a file begins so
(https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md, read 2026-11-29)."""

_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_PIECE = 1 << 20
"""Bytes of a film that are taken in at once."""
_FOREIGN = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}

_RULE: Final = "bad-media"
POINTER: Final = Message(
    _RULE,
    "it is a pointer of Git LFS, which stands for a file that is not here",
    "get the file by `git lfs pull`, on GitHub by the repository's variable `RUNNER_LFS`, `true`; "
    "or keep it without LFS",
)
UNKNOWN: Final = Message(
    _RULE,
    "it is neither a picture nor a film that X takes",
    "save it as JPEG, PNG, WebP or GIF, or a film as MP4",
)
BROKEN: Final = Message(_RULE, "it is cut off or damaged", "export it again and replace the file")
TOO_LARGE: Final = Message(
    _RULE,
    f"it has more than {MAX_PIXELS // 10**6} million pixels",
    "scale it down: 4,096 pixels on the longer side are plenty",
)
TOO_MANY_PIECES: Final = Message(
    _RULE,
    "it is made of more pieces than a picture or a film is",
    "export it again and replace the file",
)


def likely_kind(head: bytes) -> MediaKind | None:
    """What a file will be, by its first bytes. None of what is neither a picture nor a film."""
    if head[4:8] == b"ftyp":
        return MediaKind.VIDEO
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return MediaKind.GIF
    return MediaKind.PHOTO if _looks_like_a_picture(head) else None


def inspect(source: bytes | BinaryIO) -> MediaFacts | Message:
    """The facts, by content, or why it is no media for X: a file's name says nothing. A
    film is read where it lies, piece by piece; of a picture the whole file is taken in."""
    file = BytesIO(source) if isinstance(source, bytes) else source
    head = file.read(HEAD)
    if head.startswith(LFS_POINTER):
        return POINTER
    try:
        if head[4:8] == b"ftyp":
            return _film(file, head[8:12])
        data = head + file.read()
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _gif(data)
        return _picture(data) if has_few_pieces(data) else TOO_MANY_PIECES
    except (struct.error, IndexError):
        return BROKEN
    except TooManyPieces:
        return TOO_MANY_PIECES


def _facts(data: bytes, type: str, size: tuple[int, int]) -> MediaFacts:
    return MediaFacts(
        type=type,
        kind=kind_of(type),
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        width=size[0],
        height=size[1],
    )


def _picture(data: bytes) -> MediaFacts | Message:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
                width, height, form = image.width, image.height, image.format or ""
                cmyk = image.mode == "CMYK"
                # MPO is a JPEG with previews behind it, as phones make them
                frames = 1 if form == "MPO" else getattr(image, "n_frames", 1)
                if width * height > MAX_PIXELS:
                    return TOO_LARGE
                image.verify()
    except UnidentifiedImageError:
        return BROKEN if _looks_like_a_picture(data) else UNKNOWN
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return TOO_LARGE
    except (OSError, SyntaxError, ValueError, EOFError):
        return BROKEN
    if _is_cut_off(data, form):
        return BROKEN
    facts = _facts(data, _TYPES[form], (width, height))
    return replace(facts, frames=frames, cmyk=cmyk)


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


def _gif(data: bytes) -> MediaFacts | Message:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    if width * height > MAX_PIXELS:
        return TOO_LARGE
    position = 13 + _colours(flags)
    frames = hundredths = 0
    blocks = Blocks(data)
    while (block := data[position]) != 0x3B:
        if block == 0x21:
            if data[position + 1] == 0xF9:
                hundredths += int.from_bytes(data[position + 4 : position + 6], "little")
            position = blocks.end(position + 2)
        elif block == 0x2C:
            frames += 1
            position = blocks.end(position + 11 + _colours(data[position + 9]))
        else:
            return BROKEN
    if not frames:
        return BROKEN
    if frames == 1:
        return _facts(data, "image/gif", (width, height))
    facts = _facts(data, "image/gif", (width, height))
    return replace(facts, frames=frames, seconds=hundredths / 100)


def _colours(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _film(file: BinaryIO, brand: bytes) -> MediaFacts | Message:
    if brand in _FOREIGN:
        return UNKNOWN
    size = file.seek(0, SEEK_END)
    film = read_film(file, size)
    if film is None:
        return BROKEN
    if not film.width or not film.height:
        return UNKNOWN  # sound without a picture
    return MediaFacts(
        type="video/quicktime" if brand == b"qt  " else "video/mp4",
        kind=MediaKind.VIDEO,
        size=size,
        digest=_digest(file),
        width=film.width,
        height=film.height,
        frames=None,
        seconds=film.seconds,
        codec=film.codec,
        profile=film.profile,
        sound=film.sound,
        rate=film.rate,
    )


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
