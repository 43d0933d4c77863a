"""Characters in moments and durations that look like those of the keyboard and are others."""

from typing import Final
from unicodedata import name, normalize

LONGEST: Final = 80
"""Of a text that is looked into."""
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_COLONS: Final = "\u2236\ua789\u02d0\ufe55\uff1a"
_PROPER: Final = str.maketrans(
    {**dict.fromkeys(_HYPHENS, "-"), **dict.fromkeys(_COLONS, ":"), "\uff0e": ".", "\u2044": "/"}
)
_USUAL: Final = "\u2013\u2014\u2212"
"""Dashes that word processors put in, which are told from the hyphen without a word."""


def of_the_keyboard(text: str) -> str:
    """The text with the character that each of them looks like."""
    return text if text.isascii() else normalize("NFKC", text.translate(_PROPER))


def look_alike_in(text: str) -> str | None:
    """What the first of them is: `：` (U+FF1A, fullwidth colon)."""
    for char in text[:LONGEST]:
        if char not in _USUAL and of_the_keyboard(char) != char and of_the_keyboard(char).isascii():
            return f"`{char}` (U+{ord(char):04X}, {name(char, 'no name').lower()})"
    return None
