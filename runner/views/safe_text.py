"""Lines that hide nothing, and command nothing, wherever they are printed; and their colours.

What is hidden is said in `runner.text`, for the rules as for the views.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from runner.text import code_point, invisible_characters
from runner.text import with_marks as unhidden
from runner.value import Value

__all__ = ["Clip", "Paint", "code_point", "safe", "unhidden", "visible", "width", "window_on"]
WIDEST: Final = 100
"""Cells of a terminal."""
SHOWN_TAB: Final = "→   "
_COLORS: Final = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_CODES: Final = {
    "bold": "1",
    "dim": "2",
    **_COLORS,
    **{f"bold {color}": f"1;{code}" for color, code in _COLORS.items()},
}
_LOOSE: Final = re.compile("(?:^|[\\s`'\"“”„«»])(?=[^\0-\u02ff])")


def safe(line: str) -> str:
    """A line for a log: nothing is hidden, and it is no command of the workflow that prints it.

    Workflow commands begin with `::`, spaces apart; the older form counts anywhere in a line.
    """
    shown = unhidden(line)
    start = "\u200b" if shown.lstrip().startswith("::") else ""
    return start + shown.replace("##[", "#\u200b#[")


class Clip(Value):
    """What is shown of a line; how many cells come before the mark, and how many it covers."""

    text: str
    lead: int
    marked: int


def window_on(line: str, start: int, end: int) -> Clip:
    """The part of a line around its mark that fits. Lines may be of any length."""
    first, last = max(start - WIDEST, 0), start + 2 * WIDEST
    cells = [(shown, width(shown)) for shown in _shown_characters(line[first:last])]
    start, end = min(start - first, len(cells)), min(end - first, len(cells))
    low, high = _range([cell[1] for cell in cells], start)
    left = "…" if first or low else ""
    right = "…" if first + high < len(line) else ""
    return Clip(
        text=left + "".join(shown for shown, _ in cells[low:high]) + right,
        lead=len(left) + sum(wide for _, wide in cells[low:start]),
        marked=max(sum(wide for _, wide in cells[start : min(end, high)]), 1),
    )


def _range(widths: list[int], start: int) -> tuple[int, int]:
    """The stretch that fits and has `start` in it, a third of the room before it at least."""
    low = high = start
    after = sum(widths[start:])
    room = WIDEST - after if after <= WIDEST * 2 // 3 else WIDEST // 3
    while low and widths[low - 1] <= room:
        low -= 1
        room -= widths[low]
    room = WIDEST - sum(widths[low:start])
    while high < len(widths) and widths[high] <= room:
        room -= widths[high]
        high += 1
    return low, high


def _shown_characters(text: str) -> list[str]:
    """The characters as they are safe to show: what is invisible, turns text around, or is an
    accent on no letter, which would change the sign before it, becomes visible."""
    hidden = frozenset((*invisible_characters(text), *_loose_accents(text)))
    if not hidden and text.isprintable():
        return list(text)
    return [_as_shown(char, hidden=at in hidden) for at, char in enumerate(text)]


def _loose_accents(text: str) -> Iterator[int]:
    """Where accents stand at the beginning, behind a space or behind a quote."""
    for found in _LOOSE.finditer("" if text.isascii() else text):
        accents = takewhile(
            lambda at: unicodedata.category(text[at])[0] == "M", range(found.end(), len(text))
        )
        yield from accents


def _as_shown(char: str, *, hidden: bool) -> str:
    if char == "\t":
        return SHOWN_TAB
    if ord(char) < 0x20:
        return chr(0x2400 + ord(char))
    return f"⟨{code_point(char)}⟩" if hidden else char


def visible(text: str) -> str:
    """A text on one line, in which nothing is hidden."""
    return "".join(_shown_characters(text))


class Paint(Value):
    """Paints when `on`; else gives the text back as it is."""

    on: bool

    def __call__(self, color: str, text: str) -> str:
        return f"\x1b[{_CODES[color]}m{text}\x1b[0m" if self.on and text else text


def width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
