"""What a file of media really is, by its bytes: type, size, dimensions, frames, length.

Headers only: no picture is ever decoded, so none can be a bomb. An open file comes in; its facts,
or why there are none, go out. Whether X takes it is for `rules` to say.
"""

from runner.media.facts import (
    GIF_FRAMES,
    GIF_HEIGHT,
    GIF_PIXELS,
    GIF_WIDTH,
    MAX_BYTES,
    MAX_PER_POST,
    VIDEO_LEAST,
    VIDEO_RATE,
    VIDEO_RATIO,
    VIDEO_SECONDS,
    VIDEO_SIDES,
    MediaFacts,
    MediaKind,
    kind_of,
)
from runner.media.inspection import HEAD, LFS_POINTER, MAX_PIXELS, inspect, likely_kind

__all__ = [
    "GIF_FRAMES",
    "GIF_HEIGHT",
    "GIF_PIXELS",
    "GIF_WIDTH",
    "HEAD",
    "LFS_POINTER",
    "MAX_BYTES",
    "MAX_PER_POST",
    "MAX_PIXELS",
    "VIDEO_LEAST",
    "VIDEO_RATE",
    "VIDEO_RATIO",
    "VIDEO_SECONDS",
    "VIDEO_SIDES",
    "MediaFacts",
    "MediaKind",
    "inspect",
    "kind_of",
    "likely_kind",
]
