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
"""Look-alikes of YAML's marks, each with the mark that belongs in its place."""
BETWEEN: Final = {
    "，": ("a full-width comma", ", "),
    "、": ("an ideographic comma", ", "),
    "﹐": ("a small comma", ", "),
    "،": ("an Arabic comma", ", "),
    "；": ("a full-width semicolon", ", "),
    "｛": ("a full-width bracket", "{"),
    "｝": ("a full-width bracket", "}"),
    "［": ("a full-width bracket", "["),
    "］": ("a full-width bracket", "]"),
}
"""The same of brackets, and of what stands between their entries."""
_S: Final = "".join(SPACES)
_FOUND: Final = re.compile(
    rf"[ ]*(?:(?P<indent>[{_S}])|-(?P<dash>[{_S}])|(?P<bullet>[–—•])[ {_S}]"
    rf"|(?:-[ ]+)*[\w-]+(?:(?P<behind>[{_S}])[ ]*(?::|$)|:(?P<space>[{_S}])|[ ]?(?P<colon>：)))"
)


_OF_THE_KEYBOARD: Final = str.maketrans(
    {char: proper for char, (_, proper) in (BETWEEN | {"：": MARKS["："]}).items()}
)
_SPACE_AFTER: Final = re.compile(" {2,}")
_AT_THE_END: Final = re.compile(
    r"^(?P<opens>[｛［])$|(?P<parts>[，、﹐،；])[ ]*[\w-]+[ ]*$|(?P<ends>[｝］])[ ]*$"
)


def look_alike_at_the_end(text: str) -> tuple[Message, int] | None:
    """What is wrong with the one before the last word of a text, or at its end, and its index."""
    found = _AT_THE_END.search(text)
    if not found or not found.lastgroup:
        return None
    char, (name, proper) = found[found.lastgroup], BETWEEN[found[found.lastgroup]]
    message = f"`{char}` is {name} (U+{ord(char):04X})"
    help = f"write `{proper}` in its place"
    return Message("yaml-look-alike", message, help), found.start(found.lastgroup)


def look_alike_brackets(text: str) -> Message | None:
    """What is wrong with a text that begins with such a bracket, where a list or keys should be."""
    if text[:1] not in ("［", "｛"):
        return None
    name, _ = BETWEEN[text[0]]
    written = _SPACE_AFTER.sub(" ", text.translate(_OF_THE_KEYBOARD))
    message = f"`{text[0]}` is {name} (U+{ord(text[0]):04X})"
    return Message("yaml-look-alike", message, f"write it with those of the keyboard: {written}")


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
