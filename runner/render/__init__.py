"""Occurrence + templates → rendered post: strict, sandboxed, bounded."""

from runner.render.render import render, rendering
from runner.render.rendered import (
    RenderedMedia,
    RenderedPart,
    RenderedPoll,
    RenderedPost,
    Rendering,
)
from runner.render.wording import standard_posts
from runner.render.workshop import PostedLink, Workshop

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
