"""The names of the anchors that redraws give: `redrawn`, then `redrawn-2` and so on."""

import re
from typing import Final

REDRAWN: Final = "redrawn"
_OF_ONE: Final = re.compile(rf"{REDRAWN}(?:-([2-9]|[1-9][0-9]+))?")


def redraw_of(anchor: str | None) -> int | None:
    """The number of the redraw that an anchor is the moment of; None for any other anchor."""
    match = _OF_ONE.fullmatch(anchor or "")
    return int(match[1] or 1) if match else None


def anchor_of_redraw(number: int) -> str:
    return REDRAWN if number == 1 else f"{REDRAWN}-{number}"
