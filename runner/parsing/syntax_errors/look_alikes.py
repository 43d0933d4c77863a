"""Characters that look like those of YAML and are others: the spaces and colons of word processors.

Only where they stand in the place of structure; within a text they are as good as any.
"""

import re
from typing import Final

from runner.problems import Message

SPACES: Final = {
    "\u00a0": "a no-break space",
    "\u2007": "a figure space",
    "\u2009": "a thin space",
    "\u200a": "a hair space",
    "\u202f": "a narrow no-break space",
    "\u2002": "an en space",
    "\u2003": "an em space",
    "\u3000": "an ideographic space",
}
MARKS: Final = {
    "：": ("a full-width colon", ": "),
    "–": ("an en dash", "-"),
    "—": ("an em dash", "-"),
    "•": ("a bullet", "-"),
}
"""With what belongs in their place."""
_S: Final = "".join(SPACES)
_FOUND: Final = re.compile(
    rf"[ ]*(?:(?P<indent>[{_S}])|-(?P<dash>[{_S}])|(?P<bullet>[–—•])[ {_S}]"
    rf"|(?:-[ ]+)*[\w-]+(?:(?P<behind>[{_S}])[ ]*(?::|$)|:(?P<space>[{_S}])|[ ]?(?P<colon>：)))"
)


def look_alike(line: str) -> tuple[Message, int] | None:
    """What is wrong with the first one in the structure at the beginning of a line, of an entry or
    of a key, and its index in the line."""
    found = _FOUND.match(line)
    if not found or not found.lastgroup:
        return None
    char, at = found[found.lastgroup], found.start(found.lastgroup)
    code = f"U+{ord(char):04X}"
    if char in SPACES:
        behind = line[:at].strip()
        where = f"behind `{behind}`" if behind else "before the first word"
        text = f"{SPACES[char]} ({code}) stands {where}"
        help = "delete it" if found.lastgroup == "behind" else "put a space of the keyboard there"
    else:
        name, proper = MARKS[char]
        text, help = f"`{char}` is {name} ({code})", f"write `{proper}` in its place"
    return Message("yaml-look-alike", text, help), at
