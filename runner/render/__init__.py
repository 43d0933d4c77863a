"""What a post says: an occurrence and its templates in, exactly what X gets out.

It owns where a post's text comes from, what its template may see, and the rendered post. How
templates run is `templating`; whether the outcome is good is for `rules` to say.
"""

from runner.render.file_values import link_with_utm
from runner.render.render import rendering
from runner.render.rendered import (
    MADE_WITH_AI,
    PAID_PARTNERSHIP,
    RenderedMedia,
    RenderedPart,
    RenderedPoll,
    RenderedPost,
    Rendering,
    part_labels,
    recorded_part,
    shown_labels,
)
from runner.render.request import PostedLink, RenderAssets
from runner.render.text_source import standard_posts

__all__ = [
    "MADE_WITH_AI",
    "PAID_PARTNERSHIP",
    "PostedLink",
    "RenderAssets",
    "RenderedMedia",
    "RenderedPart",
    "RenderedPoll",
    "RenderedPost",
    "Rendering",
    "link_with_utm",
    "part_labels",
    "recorded_part",
    "rendering",
    "shown_labels",
    "standard_posts",
]
