"""X's rules of text: how long a text is there, and what becomes clickable in it.

Positions count code points of the text in NFC. Text comes in; lengths, and what is
clickable with its place, go out. It knows no post: what may stand in one is for `rules` to say.
"""

from runner.text.characters import SCAN_LIMIT, invalid_characters
from runner.text.entity import (
    Entity,
    Phrase,
    cashtags,
    entities,
    handles_like,
    hashtags,
    links,
    mentions,
)
from runner.text.urls import URL_WEIGHT
from runner.text.weight import (
    ALT_TEXT_LIMIT,
    LIMIT,
    POLL_OPTION_LIMIT,
    PREMIUM_LIMIT,
    weigh,
    weigh_as_published,
    weigh_strictly,
)

__all__ = [
    "ALT_TEXT_LIMIT",
    "LIMIT",
    "POLL_OPTION_LIMIT",
    "PREMIUM_LIMIT",
    "SCAN_LIMIT",
    "URL_WEIGHT",
    "Entity",
    "Phrase",
    "cashtags",
    "entities",
    "handles_like",
    "hashtags",
    "invalid_characters",
    "links",
    "mentions",
    "weigh",
    "weigh_as_published",
    "weigh_strictly",
]
