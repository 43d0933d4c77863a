"""What a post says: an occurrence and its templates in, exactly what X gets out.

It owns where a post's text comes from, what its template may see, and the rendered post. How
templates run is `templating`; whether the outcome is good is for `rules` to say.
"""

from runner.render.render import rendering
from runner.render.rendered import (
    RenderedMedia,
    RenderedPart,
    RenderedPoll,
    RenderedPost,
    Rendering,
)
from runner.render.request import PostedLink, RenderAssets
from runner.render.text_source import standard_posts

__all__ = [
    "PostedLink",
    "RenderAssets",
    "RenderedMedia",
    "RenderedPart",
    "RenderedPoll",
    "RenderedPost",
    "Rendering",
    "rendering",
    "standard_posts",
]
