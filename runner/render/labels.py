"""What X shows in small print below a post, by the key that sets it."""

from dataclasses import dataclass
from typing import Final

from runner.render.rendered import RenderedPart

PAID_PARTNERSHIP: Final = "paid partnership"
MADE_WITH_AI: Final = "made with AI"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLabel:
    """A key of a part, with its value as a comparison tells it."""

    key: str
    value: str
    shown: str | None
    """What a reader of the post is told; None where X says nothing."""


def part_labels(part: RenderedPart) -> tuple[PartLabel, ...]:
    """All labels that a part may have, in the order in which they are shown."""
    return (
        _switch("paid-partnership", part.paid_partnership, PAID_PARTNERSHIP),
        _switch("made-with-ai", part.made_with_ai, MADE_WITH_AI),
    )


def shown_labels(part: RenderedPart) -> tuple[str, ...]:
    """What X shows below this part."""
    return tuple(each.shown for each in part_labels(part) if each.shown)


def _switch(key: str, is_on: bool, shown: str) -> PartLabel:
    return PartLabel(key=key, value="yes" if is_on else "no", shown=shown if is_on else None)
