"""Occurrence + templates → rendered post: strict, sandboxed, bounded."""

from runner.render.render import render, rendering
from runner.render.rendered import (
    RenderedMedia,
    RenderedPart,
    RenderedPoll,
    RenderedPost,
    Rendering,
)
from runner.render.request import PostedLink, Workshop
from runner.render.text_source import standard_posts

__all__ = [
    "PostedLink",
    "RenderedMedia",
    "RenderedPart",
    "RenderedPoll",
    "RenderedPost",
    "Rendering",
    "Workshop",
    "render",
    "rendering",
    "standard_posts",
]
