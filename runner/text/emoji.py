"""Which emoji and top-level domains are known, to the standards today or to X as far as it says;
where a text has emoji of more than one code point: joined, toned, flags, keycaps.

An emoji of a single code point needs no care: like its neighbours, it weighs 2. X's libraries of
text for JavaScript and Java both know the emoji of Unicode 11 and the top-level domains of 2021.
What X's servers know by now is not public.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from runner.text import _data
from runner.text.characters import SCAN_LIMIT

_TONES = "🏻🏼🏽🏾🏿"
_FLAG_LETTERS = "\U0001f1e6-\U0001f1ff"
_SUFFIXES = f"\ufe0f\u20e3{_TONES}\U000e0061-\U000e007a\U000e007f"
_JOINER = "\u200d"
_NO_STOP = SCAN_LIMIT + 1
_LONGEST = 10  # code points: two people who kiss, each with a tone of skin


class Known(NamedTuple):
    """Emoji of more than one code point, their tones written as in `_data`; top-level domains."""

    emoji: frozenset[str]
    domains: frozenset[str]


@cache
def published_tables() -> Known:
    """What both of X's libraries know."""
    return Known(frozenset(_data.EMOJI.split()), frozenset(_data.DOMAINS.split()))


@cache
def current() -> Known:
    """What Unicode and IANA list today, and what X knows of old."""
    return Known(
        published_tables().emoji.union(_data.NEWER_EMOJI.split()),
        published_tables().domains.union(_data.NEWER_DOMAINS.split()),
    )


def sequences(
    text: str, known: frozenset[str], at: int = 0, stop: int = _NO_STOP
) -> Iterator[tuple[int, int]]:
    """Start and end of each emoji of more than one code point in the text, from `at` on, that
    starts before `stop`; each is as long as it is `known`."""
    while sign := _signs().search(text, at):
        start = max(at, sign.start() - 1)
        if start >= stop:
            break
        candidate = _candidate().match(text, start)
        length = _length(candidate[0], known) if candidate else 0
        at = start + (length or 1)
        if length:
            yield start, at


@lru_cache(1024)
def _length(candidate: str, known: frozenset[str]) -> int:
    """The length of the longest known sequence that it begins with; 0 where there is none."""
    if candidate in known:
        return len(candidate)
    sequence = with_first_tones(candidate[:_LONGEST])
    for length in range(len(sequence), 1, -1):
        if sequence[:length] in known:
            return length
    return 0


def with_first_tones(sequence: str) -> str:
    """The sequence as `_data` has it: its first tone as U+1F3FB, a second one as U+1F3FC."""
    tones = _tones().findall(sequence)
    if not tones:
        return sequence
    return sequence.translate(dict(zip(map(ord, dict.fromkeys(tones)), _TONES, strict=False)))


@cache
def _signs() -> re.Pattern[str]:
    """A pattern of the code points of which every sequence has one, as its first or its second."""
    return re.compile(f"[{_SUFFIXES}{_JOINER}{_FLAG_LETTERS}]")


@cache
def _candidate() -> re.Pattern[str]:
    return re.compile(
        f"[{_FLAG_LETTERS}]{{2}}|.(?:[{_SUFFIXES}]|{_JOINER}.){{1,{_LONGEST}}}", re.DOTALL
    )


@cache
def _tones() -> re.Pattern[str]:
    return re.compile(f"[{_TONES}]")
