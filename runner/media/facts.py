"""The facts of a media file, and what X takes of each kind."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from runner.value import Value

SOURCE: Final = "https://docs.x.com/x-api/media/quickstart/best-practices"
"""Where X's limits stand, as read on 2026-08-22."""


class MediaKind(StrEnum):
    """A post takes up to 4 photos, or 1 gif, or 1 video."""

    PHOTO = "photo"
    GIF = "gif"
    VIDEO = "video"


MAX_BYTES: Final = MappingProxyType(
    {MediaKind.PHOTO: 5 * 10**6, MediaKind.GIF: 15 * 10**6, MediaKind.VIDEO: 512 * 10**6}
)
MAX_PER_POST: Final = MappingProxyType({MediaKind.PHOTO: 4, MediaKind.GIF: 1, MediaKind.VIDEO: 1})
GIF_WIDTH: Final = 1280
GIF_HEIGHT: Final = 1080
GIF_FRAMES: Final = 350
GIF_PIXELS: Final = 300 * 10**6
"""Pixels of all frames together."""
VIDEO_SIDES: Final = (1280, 1024)
"""Pixels at most of the longer side and of the shorter: X recommends films that stand upright."""
VIDEO_LEAST: Final = 32
"""Pixels at least of each side."""
VIDEO_RATIO: Final = 3
"""How many times longer one side may be than the other."""
VIDEO_RATE: Final = 60
"""Frames a second, at most."""
VIDEO_SECONDS: Final = (0.5, 140.0)
"""For an account without Premium."""


class MediaFacts(Value, kw_only=True):
    """What a file is. `size` in bytes, `digest` the sha256 of them; `seconds` is None for what
    stands still, or where the file doesn't say; a video's frames are not counted. The rest is what
    a film says of itself (see Film), and whether a photo is in the colours of print."""

    type: str
    kind: MediaKind
    size: int
    digest: str
    width: int
    height: int
    frames: int | None = 1
    seconds: float | None = None
    codec: str | None = None
    profile: int | None = None
    sound: str | None = None
    rate: float | None = None
    cmyk: bool = False

    @property
    def animated(self) -> bool:
        return self.kind is MediaKind.VIDEO or (self.frames or 1) > 1


def kind_of(type: str) -> MediaKind:
    """The kind of what has a type. X takes each GIF as one, whether or not it moves: we upload it
    as `tweet_gif`, and X shows one a post."""
    if type == "image/gif":
        return MediaKind.GIF
    return MediaKind.VIDEO if type.startswith("video/") else MediaKind.PHOTO
