"""Domains in a text, with the path and the query that follow: what a link is made of.

The rules are X's (https://github.com/twitter/twitter-text, 2021-10-21, the newest). Its regexes try
every start with every end; here each dot inside a word leads to the run of characters around it,
and each run is read once, so that no text takes quadratic time.
"""

import re
from collections.abc import Iterator, Set
from functools import cache
from string import ascii_letters, digits
from typing import NamedTuple

from runner.text.characters import (
    CYRILLIC,
    DIRECTIONS,
    JOINTS,
    LATIN_ACCENTS,
    REFUSED,
    SIGNS,
    SPACES,
)

PREVENTS = f"0-9A-Za-z@＠$#＃{REFUSED}"
"""What can't stand directly before a link."""

QUERY = r"\?(?:[!?*'@();:+$%\[\].,~|]*+[-0-9A-Za-z_&=#/])+"
"""What belongs to a link from its question mark on; its end is no punctuation."""

_BREAKS = f"{SIGNS}{SPACES}{REFUSED}{DIRECTIONS}"
_LETTER = f"[^{JOINTS}{_BREAKS}]"  # of a label, in a wide sense: of any script, an emoji, a quote

# letters of which one at least is none of ASCII
_OTHER_LETTERS = rf"[^\x80-\U0010ffff{JOINTS}{_BREAKS}]*+[^\0-\x7f{_BREAKS}]"
_TOP_LEVEL = rf"(?:(([xX][nN]--[-0-9A-Za-z]+)|[A-Za-z]{{2,}}+(?![0-9@+-]))|(?={_OTHER_LETTERS}))"

_LONGEST_TOP_LEVEL = 24
_GOES_ON = frozenset(ascii_letters + digits + "@+-")  # after a top-level domain: it is none


class Address(NamedTuple):
    """A domain from `start` to `domain_end`, whose port, path and query reach to `end`."""

    before: str
    """The character before it, if there is one."""
    start: int
    domain_end: int
    end: int
    has_path: bool


class Labels(NamedTuple):
    """The characters that the labels of a domain are made of."""

    run: re.Pattern[str]
    """Labels with their dots."""
    dot: re.Pattern[str]
    """A dot behind them and before what may be a top-level domain, with that if it is of the
    letters of ASCII (1), perhaps in Punycode (2)."""
    start: re.Pattern[str]
    """What stands directly before the first of them."""


class TopLevels:
    """The `known` top-level domains of a text in NFC, for all its readings: each is looked up once,
    when one comes to it. Punycode is known, whatever it says."""

    __slots__ = ("_ends", "_known", "_text", "first", "mixed")

    def __init__(self, text: str, known: Set[str], first: re.Match[str]) -> None:
        """`first` is the first dot before what may be one."""
        self.mixed = False
        """Whether a domain that was read has other characters than those of ASCII domains."""
        self._text = text
        self._known = known
        self._ends: dict[int, int] = {}
        self.first = self._next_known(first)
        """The first dot that one follows; -1 where there is none."""

    def next_dot(self, at: int, labels: Labels) -> int:
        """The place of the next dot behind labels of this kind that a top-level domain follows; -1
        where there is none. The very first dot may stand behind labels of another kind."""
        if at <= self.first:
            return self.first
        return self._next_known(labels.dot.search(self._text, at))

    def _next_known(self, dot: re.Match[str] | None) -> int:
        text, ends = self._text, self._ends
        while dot:
            at = dot.start()
            if ends[at] if at in ends else self._look_up(dot):
                return at
            dot = dot.re.search(text, dot.end())
        return -1

    def end(self, dot: int) -> int:
        """The place where the top-level domain ends that follows this dot; 0 where none does."""
        if dot in self._ends:
            return self._ends[dot]
        found = any_script().dot.match(self._text, dot)
        return self._look_up(found) if found else 0

    def _look_up(self, dot: re.Match[str]) -> int:
        text, known, end = self._text, self._known, 0
        start = dot.start() + 1
        if (word := dot[1]) and (dot[2] or word.lower() in known):
            end = dot.end()
        elif letters := _other_letters().match(text, start, start + _LONGEST_TOP_LEVEL):
            for stop in range(letters.end(), start, -1):
                if text[stop : stop + 1] not in _GOES_ON and text[start:stop].lower() in known:
                    end = stop
                    break
        self._ends[start - 1] = end
        return end


def top_levels_of(text: str, known: Set[str]) -> TopLevels | None:
    """The top-level domains of a text in NFC, if it may have any."""
    first = any_script().dot.search(text)
    return TopLevels(text, known, first) if first else None


def addresses(
    text: str, top_levels: TopLevels, labels: Labels | None = None, at: int = 0
) -> Iterator[Address]:
    """What may be links: the domains under the `top_levels`, from left to right.

    Their labels are of any script, if nothing else is said. The character before the first of them
    stands at `at` or later.
    """
    labels = labels or any_script()
    while (dot := top_levels.next_dot(at, labels)) >= 0:
        start = dot - _length(labels.run.match(text[at:dot][::-1]))
        stop = dot + _length(labels.run.match(text, dot))
        top_levels.mixed = top_levels.mixed or not _are_ascii(text[start:stop])
        for address in _in_run(text, start, stop, at, top_levels, labels.start):
            yield address
            at = address.end
        at = max(at, stop)


def address_of(before: str, start: int, domain_end: int, text: str) -> Address:
    """The address that has this domain, with the port, the path and the query behind it."""
    rest = _rest().match(text, domain_end)
    end = rest.end() if rest else domain_end
    return Address(before, start, domain_end, end, bool(rest and rest[1]))


@cache
def any_script() -> Labels:
    """Labels of any script. JavaScript takes a code point past U+FFFF for two characters, so that
    a domain may begin in the midst of it: `@🎁.x.com`."""
    half = "(?=[\U00010000-\U0010ffff])"
    return Labels(
        re.compile(f"[^{_BREAKS}]*+"),
        re.compile(rf"\.{_TOP_LEVEL}"),
        re.compile(f"{half}|(?:[^{PREVENTS}]|^)(?={_LETTER})"),
    )


@cache
def latin() -> Labels:
    """Labels of Latin letters, with accents or without."""
    letter = f"0-9A-Za-z{LATIN_ACCENTS}"
    return Labels(
        re.compile(f"[-_.{letter}]*+"),
        re.compile(rf"\.(?<=[{letter}]\.){_TOP_LEVEL}"),
        re.compile(f"(?:[^{PREVENTS}]|^)(?=[{letter}])"),
    )


def _in_run(
    text: str, start: int, stop: int, at: int, top_levels: TopLevels, before: re.Pattern[str]
) -> Iterator[Address]:
    """The addresses with their domains in text[start:stop], after the character at `at`."""
    for first, dot, domain_end in _chains(text, start, stop, top_levels):
        if dot > at and (found := before.search(text, max(first - 1, at), dot)):
            address = address_of(found[0], found.end(), domain_end, text)
            at = address.end
            yield address


def _chains(text: str, start: int, stop: int, top_levels: TopLevels) -> list[tuple[int, int, int]]:
    """For each label from which a domain reaches to a top-level one: start, dot, end of the domain.

    A chain of labels reaches as far as it can. Its last label before the top-level domain has no
    underscore, and all but its first one are whole.
    """
    chains: list[tuple[int, int, int]] = []
    *labels, last = text[start:stop].split(".")
    dot, further = stop - len(last) - 1, 0
    for label in reversed(labels):
        if not further and dot < top_levels.first:
            break
        first = dot - len(label)
        ends_well = label[-1:] not in "-_"
        own = top_levels.end(dot) if ends_well and not further else 0
        if ends_well and (further or own):
            after_underscore = 0 if further else label.rfind("_") + 1
            chains.append((first + after_underscore, dot, further or own))
        is_whole = ends_well and label[0] not in "-_"
        further = (further or (own if "_" not in label else 0)) if is_whole else 0
        dot = first - 1
    return chains[::-1]


def _are_ascii(labels: str) -> bool:
    """Whether all characters are those of an ASCII domain: no control character, no quote."""
    return labels.isascii() and labels.isprintable() and not ('"' in labels or "`" in labels)


def _length(found: re.Match[str] | None) -> int:
    return found.end() - found.start() if found else 0


@cache
def _other_letters() -> re.Pattern[str]:
    return re.compile(f"{_OTHER_LETTERS}{_LETTER}*")


@cache
def _rest() -> re.Pattern[str]:
    last = rf"0-9A-Za-z\-+=_#/{CYRILLIC}{LATIN_ACCENTS}"  # may be the last character of a path
    other = r"!*';:,.$%\[\]\u2013~@|&"
    inner = f"[{last}{other}]"
    parentheses = rf"\((?!\)){inner}*+(?:\({inner}++\){inner}*+)?\)"
    # no possessive group around what may fail half-way: until Python 3.11.5 it does not go back to
    # where it was (https://github.com/python/cpython/issues/106052)
    path = f"/(?:(?:[{other}]|{parentheses})*[{last}])*(?:{parentheses})*"
    return re.compile(f"(?::[0-9]+)?({path})?(?:{QUERY})?")
