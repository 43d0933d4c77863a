"""X's rules of text: how long a text is there, what becomes clickable in it, and what nobody sees
of it.

Positions count code points of the text in NFC. Text comes in; lengths, and what is clickable or
invisible with its place, go out. It knows no post: what may stand in one is for `rules` to say.
"""

from runner.text.characters import SCAN_LIMIT, graphemes, invalid_characters, nfc
from runner.text.entity import (
    Entity,
    EntityKind,
    Phrase,
    cashtags,
    entities,
    handles_like,
    hashtags,
    links,
    mentions,
)
from runner.text.invisible import code_point, invisible_characters, is_blank, with_marks
from runner.text.invisible_messages import HIDDEN_CHARACTER, as_spans, hidden_characters_message
from runner.text.tags import mention_spans
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
    "HIDDEN_CHARACTER",
    "LIMIT",
    "POLL_OPTION_LIMIT",
    "PREMIUM_LIMIT",
    "SCAN_LIMIT",
    "URL_WEIGHT",
    "Entity",
    "EntityKind",
    "Phrase",
    "as_spans",
    "cashtags",
    "code_point",
    "entities",
    "graphemes",
    "handles_like",
    "hashtags",
    "hidden_characters_message",
    "invalid_characters",
    "invisible_characters",
    "is_blank",
    "links",
    "mention_spans",
    "mentions",
    "nfc",
    "weigh",
    "weigh_as_published",
    "weigh_strictly",
    "with_marks",
]
