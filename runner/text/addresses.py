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
    start: re.Pattern[str]
    """What stands directly before the first of them."""


def addresses(
    text: str, known: Set[str], labels: Callable[[], Labels] | None = None, at: int = 0
) -> Iterator[Address]:
    """What may be links: the domains under `known` top-level ones, from left to right.

    Their labels are of any script, if nothing else is said. The character before the first of them
    stands at `at` or later.
    """
    run, before = (labels or any_script)()
    while dot := _inner_dot().search(text, at):
        start = dot.start() - _length(run.match(text[at : dot.start()][::-1]))
        stop = dot.end() + _length(run.match(text, dot.end()))
        for address in _in_run(text, start, stop, at, known, before):
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
        re.compile(f"[^{_BREAKS}]*+"), re.compile(f"{half}|(?:[^{PREVENTS}]|^)(?={_LETTER})")
    )


@cache
def latin() -> Labels:
    """Labels of Latin letters, with accents or without."""
    letter = f"0-9A-Za-z{LATIN_ACCENTS}"
    return Labels(re.compile(f"[-_.{letter}]*+"), re.compile(f"(?:[^{PREVENTS}]|^)(?=[{letter}])"))


def top_level_end(text: str, start: int, known: Set[str], punycode: bool = True) -> int:
    """Where the `known` top-level domain ends that begins at `start`; 0 where there is none.

    One in `punycode` is known, whatever it says.
    """
    word = _ascii_top_level().match(text, start)
    if word and (word[0].lower() in known or (punycode and word[1])):
        return word.end()
    letters = _letters().match(text, start, start + _LONGEST_TOP_LEVEL)
    if letters and not letters[0].isascii():
        for end in range(letters.end(), start, -1):
            if text[end : end + 1] not in _GOES_ON and text[start:end].lower() in known:
                return end
    return 0


def _in_run(
    text: str, start: int, stop: int, at: int, known: Set[str], before: re.Pattern[str]
) -> Iterator[Address]:
    """The addresses with their domains in text[start:stop], after the character at `at`."""
    for first, dot, domain_end in _chains(text, start, stop, known):
        if dot > at and (found := before.search(text, max(first - 1, at), dot)):
            address = address_of(found[0], found.end(), domain_end, text)
            at = address.end
            yield address


def _chains(text: str, start: int, stop: int, known: Set[str]) -> list[tuple[int, int, int]]:
    """Of each label from which a domain reaches to a top-level one: start, dot, end of the domain.

    A chain of labels reaches as far as it can. Its last label before the top-level domain has no
    underscore, and all but its first one are whole.
    """
    chains: list[tuple[int, int, int]] = []
    *labels, last = text[start:stop].split(".")
    dot, further = stop - len(last) - 1, 0
    for label in reversed(labels):
        own = top_level_end(text, dot + 1, known)
        first = dot - len(label)
        ends_well = label[-1:] not in "-_"
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
def _inner_dot() -> re.Pattern[str]:
    return re.compile(rf"\.(?={_LETTER})")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"{_LETTER}+")


@cache
def _ascii_top_level() -> re.Pattern[str]:
    return re.compile(r"([xX][nN]--[-0-9A-Za-z]+)|[A-Za-z]{2,}+(?![0-9@+-])")


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
