"""Pictures inside a page: scaled down, as `data:` URLs, and no more of them than fit."""

from base64 import b64encode
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Final

from runner.render import RenderedMedia

LONGEST_SIDE: Final = 720
"""Pixels: a post's column on a phone, at twice its density."""
ROOM: Final = 3_000_000
"""Characters of all pictures of a page together."""

Read = Callable[[str], bytes]
"""The bytes of a media file, by its path. May raise OSError."""


class Album:
    """The pictures of one page. One that comes when the page is full is left out."""

    def __init__(self, read: Read, *, room: int = ROOM) -> None:
        self._made = cache(lambda path: _data_url(read, path))
        self._room = room
        self.left_out = 0

    def src(self, media: RenderedMedia) -> str | None:
        """Its `data:` URL; None for a film, for what is no picture, and where there is no room."""
        if media.type.startswith("video/"):
            return None
        url = self._made(media.path)
        if url and len(url) > self._room:
            self.left_out += 1
            return None
        self._room -= len(url or "")
        return url


def _data_url(read: Read, path: str) -> str | None:
    from PIL import Image, ImageOps

    made = BytesIO()
    try:
        with Image.open(BytesIO(read(path)), formats=("JPEG", "PNG", "WEBP", "GIF")) as image:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(image).convert("RGBA")
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            picture.save(made, "WEBP", quality=72)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return None  # the problems of the file say what is wrong with it
    return f"data:image/webp;base64,{b64encode(made.getvalue()).decode()}"
