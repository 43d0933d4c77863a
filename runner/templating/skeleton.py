"""The skeleton of a text: its tags, with a mark in place of each stretch of plain words.

Most texts of a project differ in their words and share their tags, so that one compiled template
serves them all: it writes the words of the text that it runs for. What decides how Jinja treats the
spaces and line breaks around a tag is a part of the skeleton, so that it does so in either alike.
"""

import re
from typing import Final

from runner.value import Value

_SAID: Final = r"""'[^'\\]*'|"[^"\\]*\""""
_TAG: Final = re.compile(
    rf"""
    \{{\{{ (?: [^{{}}'"\\] | {_SAID} )* \}}\}}
    | \{{% (?! [-+]? \s*raw\b ) [-+]? (?: [^{{}}%'"\\] | %(?!\}}) | {_SAID} )* %\}}
    | (?P<opening> \{{\# [-+]? ) (?P<comment> .*? ) (?P<closing> [-+]? \#\}} )
    """,
    re.DOTALL | re.VERBOSE,
)
"""One tag as Jinja reads it, or none: what is rarer than this is left to Jinja. Without possessive
groups: those that look ahead match wrongly before Python 3.11.5, and Debian 12 has 3.11.2
(https://github.com/python/cpython/issues/106052)."""
_OPENING: Final = re.compile(r"\{[{%#]")
MARK: Final = re.compile("\0([0-9]+)\n\0")
"""Has one line break, so that no two tags of a skeleton that words divide share a line."""
_OPEN_MARK: Final = re.compile("\0([0-9]+)$")


class Skeleton(Value):
    """The text with its marks, and the words that they stand for."""

    text: str
    words: tuple[str, ...]

    def line(self, number: int) -> int:
        """The line of the text that is this line of the skeleton."""
        before = map(_OPEN_MARK.search, self.text.split("\n")[: number - 1])
        return number + sum(self.words[int(each[1])].count("\n") - 1 for each in before if each)


def skeleton(text: str) -> Skeleton | None:
    """The skeleton of a text; None where it has no tags, or one that is none of the usual ones."""
    if "\0" in text or "\r" in text:
        return None
    pieces: list[str] = []
    words: list[str] = []
    at, is_cut = 0, False
    while opening := _OPENING.search(text, at):
        start = opening.start()
        tag = _TAG.match(text, start)
        if tag is None:  # at the first, since the next ones may each look through the whole text
            return None
        pieces += _with_mark(text[at:start], words, cut_before=is_cut, cut_behind=_cuts(tag[0][:3]))
        pieces += _without_comment(tag, words)
        at, is_cut = tag.end(), _cuts(tag[0][:-4:-1])
    if not at:
        return None
    # Jinja takes away the last line break
    pieces += _with_mark(text[at:], words, cut_before=is_cut, cut_behind=True)
    return Skeleton("".join(pieces), tuple(words))


def _cuts(edge: str) -> bool:
    """Whether a tag with this edge may take away spaces and line breaks beside it."""
    return edge[1] in "%#" or edge[2:] in ("-", "+")


def _with_mark(stretch: str, words: list[str], *, cut_before: bool, cut_behind: bool) -> list[str]:
    """A stretch with a mark for all of it but the spaces and line breaks that may be taken away."""
    inner = stretch.lstrip() if cut_before else stretch
    start = len(stretch) - len(inner)
    inner = inner.rstrip() if cut_behind else inner
    if not inner:
        return [stretch]
    return [stretch[:start], _mark(inner, words), stretch[start + len(inner) :]]


def _without_comment(tag: re.Match[str], words: list[str]) -> list[str]:
    """The tag; of a comment only where it stands."""
    if tag["comment"] is None:
        return [tag[0]]
    return [tag["opening"], _mark(tag["comment"], words), tag["closing"]]


def _mark(inner: str, words: list[str]) -> str:
    words.append(inner)
    return f"\0{len(words) - 1}\n\0"
