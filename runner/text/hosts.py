"""What may be the host of a link: the limits of Punycode, and the rules of IDNA (RFC 3490).

Encoding a label takes many microseconds, and quadratic time of its accents: long ones are judged
before, and what is known of short ones is kept.
"""

import re
import unicodedata
from encodings.idna import ToASCII
from functools import cache, lru_cache

ADDRESS_LIMIT = 4096
"""Characters of an address, those of its scheme counted twice."""

_LABEL_LIMIT = 63  # characters of a label, in Punycode
_MOST_COMPOSED = 4  # characters of which IDNA makes one: a letter with three accents
_KEPT = 1024  # labels, each of 252 characters at most


def has_short_labels(domain: str) -> bool:
    """Whether each label of a domain is as short in Punycode as X's library for JavaScript wants
    it."""
    if domain.isascii():
        return len(domain) <= _LABEL_LIMIT or max(map(len, domain.split("."))) <= _LABEL_LIMIT
    return all(len(label) <= _LABEL_LIMIT and _is_short(label) for label in domain.split("."))


def is_host(domain: str) -> bool:
    """Whether IDNA takes a domain, as X's library for Java asks it to."""
    if domain.isascii():
        return len(domain) <= ADDRESS_LIMIT and has_short_labels(domain)
    length = -1
    for label in _left_out_by_idna().sub("", domain).split("."):
        encoded = _encoded_length(label) if len(label) <= _MOST_COMPOSED * _LABEL_LIMIT else 0
        length += 1 + encoded
        if not encoded or length > ADDRESS_LIMIT:
            return False
    return True


@lru_cache(_KEPT)
def _is_short(label: str) -> bool:
    """Whether a label is short enough, in which other dots may stand: `日。本` is one, written
    `xn--wgv.xn--8pv`."""
    parts = _other_dots().split(label)
    written = (
        part if part.isascii() else f"xn--{part.encode('punycode').decode()}" for part in parts
    )
    return len(".".join(written)) <= _LABEL_LIMIT


@lru_cache(_KEPT)
def _encoded_length(label: str) -> int:
    """Characters of a label in IDNA, with those other dots; 0 where it is refused."""
    try:
        length = sum(1 + len(ToASCII(part)) for part in _other_dots().split(label)) - 1
    except UnicodeError:
        return 0
    return 0 if _mixes_directions(label) else length


def _mixes_directions(label: str) -> bool:
    """Whether a label has letters of both directions (RFC 3454, section 6), by today's Unicode:
    that of Python's IDNA is of 2002. What has no direction yet may have either."""
    directions = set(map(unicodedata.bidirectional, label))
    return "L" in directions and bool(directions & {"R", "AL", ""})


@cache
def _left_out_by_idna() -> re.Pattern[str]:
    """The characters that IDNA leaves out of a label (RFC 3454, table B.1)."""
    return re.compile("[\xad\u034f\u1806\u180b-\u180d\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")


@cache
def _other_dots() -> re.Pattern[str]:
    return re.compile("[。．｡]")
