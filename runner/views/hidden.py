"""Characters that nobody sees, or that turn a text around: shown by their numbers.

What joins an emoji, or chooses how it looks, stays as it is; so do line breaks and tabs.
"""

import re
from typing import Final

_EMOJI: Final = "\u203c-\u3299\ufe0f\U0001f000-\U0001faff"
HIDDEN: Final = re.compile(
    rf"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]"
    "|[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0d"
    "\ufeff\uffa0\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f"
    "\U000e0080-\U000e0fff]"
)
"""One such character. U+FFFD, which stands for what could not be read, is among them."""


def numbered(character: str) -> str:
    """`U+202E`, as Unicode writes it."""
    return f"U+{ord(character):04X}"


def unhidden(text: str) -> str:
    """The text with ⟨U+202E⟩ where something is hidden. It fits into HTML and UTF-8 always."""
    return HIDDEN.sub(lambda found: f"⟨{numbered(found[0])}⟩", text)


def safe(line: str) -> str:
    """A line for a log: nothing is hidden, and it is no command of the workflow that prints it.

    Workflow commands begin with `::`, spaces apart; the older form counts anywhere in a line.
    """
    shown = unhidden(line)
    start = "\u200b" if shown.lstrip().startswith("::") else ""
    return start + shown.replace("##[", "#\u200b#[")
