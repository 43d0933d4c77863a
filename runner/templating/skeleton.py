"""The skeleton of a text: its tags, with a mark in place of each stretch of plain words.

Most texts of a project differ in their words and share their tags, so that one compiled template
serves them all. A text qualifies when its only tags are plain `{{ … }}`: then each stretch of words
goes out as it stands, and nothing can look at it on the way.
"""

import re
from typing import Final

from runner.templating.values import Spoken

_TOO_MUCH: Final = ("{%", "{#", "{{-", "{{+", "-}}", "+}}", "\0", "\r")
_MARK: Final = re.compile("\0([0-9]+)\n*\0")


def skeleton(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The skeleton and the words that it stands for; None for a text with other tags.

    The mark of words that span lines spans as many, so that a line of one is a line of the other.
    """
    if "{{" not in text or any(sign in text for sign in _TOO_MUCH):
        return None
    words: list[str] = []
    pieces: list[str] = []
    at = 0
    while (opened := text.find("{{", at)) >= 0:
        closed = text.find("}}", opened)
        if closed < 0:
            return None
        pieces += _mark(text[at:opened], words), text[opened : closed + 2]
        at = closed + 2
    return "".join([*pieces, _mark(text[at:], words)]), tuple(words)


def _mark(said: str, words: list[str]) -> str:
    words.append(said)
    return f"\0{len(words) - 1}" + "\n" * said.count("\n") + "\0"


def fleshed_out(said: Spoken, words: tuple[str, ...]) -> Spoken:
    """What a skeleton came to, with the words back in their places."""

    def flesh_out(text: str) -> str:
        return _MARK.sub(lambda mark: words[int(mark[1])], text)

    if not words:
        return said
    return flesh_out(said) if isinstance(said, str) else said.with_words(flesh_out)
