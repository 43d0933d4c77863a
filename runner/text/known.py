"""Which emoji and top-level domains are known: to the standards today, or to X as far as it says.

X's libraries of text for JavaScript and Java both know the emoji of Unicode 11 and the top-level
domains of 2021. What X's servers know by now is not public.
"""

from functools import cache
from typing import NamedTuple

from runner.text import _data


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
