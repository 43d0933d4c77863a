"""Domains in a text, with the path and the query that follow: what a link is made of.

The rules are X's (https://github.com/twitter/twitter-text, 2021-10-21, the newest). Its regexes try
every start with every end; here each dot inside a word leads to the run of characters around it,
and each run is read once, so that no text takes quadratic time.
"""

import re
from collections.abc import Callable, Iterator, Set
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
    """Of which characters the labels of a domain are."""

    run: re.Pattern[str]
    """Labels with their dots."""
    letter: re.Pattern[str]
    """What the last character of a label may be."""
    start: re.Pattern[str]
    """What stands directly before the first of them."""


class TopLevels:
    """The `known` top-level domains of a text in NFC, for all its readings: each is looked up once,
    when one comes to it. Punycode is known, whatever it says."""

    __slots__ = ("_ends", "_first", "_known", "_text", "mixed")

    def __init__(self, text: str, known: Set[str]) -> None:
        self.mixed = False
        """Whether a domain that was read has other characters than those of ASCII domains."""
        self._text = text
        self._known = known
        self._ends: dict[int, int] = {}
        self._first = self._next_dot(0)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self._first >= 0

    def next_dot(self, at: int) -> int:
        """Where the next dot stands that one follows; -1 where there is none."""
        return self._first if at <= self._first else self._next_dot(at)

    def end(self, dot: int) -> int:
        """Where the one ends that follows this dot; 0 where there is none."""
        if dot in self._ends:
            return self._ends[dot]
        return self._look_up(dot, _dot().match(self._text, dot))

    def _next_dot(self, at: int) -> int:
        search = _dot().search
        while found := search(self._text, at):
            dot, at = found.span()
            if self._ends[dot] if dot in self._ends else self._look_up(dot, found):
                return dot
        return -1

    def _look_up(self, dot: int, found: re.Match[str] | None) -> int:
        end = 0
        if found and (word := found[1]) and (found[2] or word.lower() in self._known):
            end = found.end()
        elif found:
            end = self._end_of_other_letters(dot + 1)
        self._ends[dot] = end
        return end

    def _end_of_other_letters(self, start: int) -> int:
        """Of one that has more than the letters of ASCII."""
        letters = _letters().match(self._text, start, start + _LONGEST_TOP_LEVEL)
        if letters and not letters[0].isascii():
            for end in range(letters.end(), start, -1):
                last = self._text[end : end + 1]
                if last not in _GOES_ON and self._text[start:end].lower() in self._known:
                    return end
        return 0


def addresses(
    text: str, top_levels: TopLevels, labels: Callable[[], Labels] | None = None, at: int = 0
) -> Iterator[Address]:
    """What may be links: the domains under the `top_levels`, from left to right.

    Their labels are of any script, if nothing else is said. The character before the first of them
    stands at `at` or later.
    """
    run, letter, before = (labels or any_script)()
    dot = top_levels.next_dot(at)
    while dot >= 0:
        stop = dot + 1
        if dot > at and letter.match(text, dot - 1):
            start = dot - _length(run.match(text[at:dot][::-1]))
            stop += _length(run.match(text, stop))
            top_levels.mixed = top_levels.mixed or not _ascii_labels().fullmatch(text, start, stop)
            for address in _in_run(text, start, stop, at, top_levels, before):
                yield address
                at = address.end
            at = max(at, stop)
        dot = top_levels.next_dot(max(at, stop))


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
        re.compile(_LETTER),
        re.compile(f"{half}|(?:[^{PREVENTS}]|^)(?={_LETTER})"),
    )


@cache
def latin() -> Labels:
    """Labels of Latin letters, with accents or without."""
    letter = f"0-9A-Za-z{LATIN_ACCENTS}"
    return Labels(
        re.compile(f"[-_.{letter}]*+"),
        re.compile(f"[{letter}]"),
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
    """Of each label from which a domain reaches to a top-level one: start, dot, end of the domain.

    A chain of labels reaches as far as it can. Its last label before the top-level domain has no
    underscore, and all but its first one are whole.
    """
    chains: list[tuple[int, int, int]] = []
    *labels, last = text[start:stop].split(".")
    dot, further = stop - len(last) - 1, 0
    for label in reversed(labels):
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


def _length(found: re.Match[str] | None) -> int:
    return found.end() - found.start() if found else 0


@cache
def _ascii_labels() -> re.Pattern[str]:
    return re.compile("[-_.0-9A-Za-z]*")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"{_LETTER}+")


@cache
def _dot() -> re.Pattern[str]:
    """A dot before a label, with the label if it may be a top-level domain of ASCII letters."""
    punycode = "[xX][nN]--[-0-9A-Za-z]+"
    return re.compile(rf"\.(?={_LETTER})(({punycode})|[A-Za-z]{{2,}}+(?![0-9@+-]))?")


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
