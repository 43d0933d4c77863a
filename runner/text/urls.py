"""What X makes a link of: `https://…`, and bare domains such as `x.com` and `README.md`.

X bills a post with any of them as a post with a URL. The rules are those of
https://github.com/twitter/twitter-text (2021-10-21, the newest).
"""

import re
from collections.abc import Iterator, Set
from functools import cache
from typing import NamedTuple

from runner.text.addresses import (
    PREVENTS,
    QUERY,
    Address,
    TopLevels,
    address_of,
    addresses,
    latin,
    top_levels_of,
)
from runner.text.characters import JOINTS, LATIN_ACCENTS, LATIN_IN_JAVASCRIPT, SIGNS, SPACES, points
from runner.text.hosts import ADDRESS_LIMIT, has_short_labels, is_host

URL_WEIGHT = 23
"""What any link weighs, however long: X shortens it to https://t.co/…"""

_PREVENT_BARE = frozenset("-_./")  # directly before a link without a scheme
_SHORTENED_LIMIT = 40  # characters after https://t.co/


def may_link(text: str) -> bool:
    """Whether a text may hold a link. Quick, and never too little: in ASCII a link has a dot inside
    a word."""
    return not text.isascii() or ("." in text and _inner_dot().search(text) is not None)


class Link(NamedTuple):
    """Where a link starts and ends."""

    start: int
    end: int
    skips: int = 0
    """UTF-16 code units behind its end that JavaScript does not count."""


def spans(text: str, known: Set[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each link in a text in NFC, as X's library for JavaScript reads it, by which
    X bills; `known` are the top-level domains."""
    if top_levels := top_levels_of(text, known):
        yield from ((link.start, link.end) for link in _links(text, top_levels))


def readings(text: str, known: Set[str]) -> list[list[Link]]:
    """The links of a text in NFC, in each way in which one of X's two libraries may count them.

    They can only differ where a domain has other characters than those of ASCII domains. Where
    JavaScript skips characters behind a link, its links are also given without that.
    """
    top_levels = top_levels_of(text, known)
    if not top_levels:
        return [[]]
    links = list(_links(text, top_levels))
    if not top_levels.mixed:
        return [links]
    all_counted = [link._replace(skips=0) for link in links]
    java = list(_latin_links(text, top_levels))
    return [links, *(reading for reading in (all_counted, java) if reading != links)]


def _links(text: str, top_levels: TopLevels) -> Iterator[Link]:
    for address in addresses(text, top_levels):
        scheme = _scheme_before(text, address)
        if not _is_possible(text, address, scheme[0] if scheme else "https://"):
            continue
        if _is_broken_punycode(text, address, top_levels):
            continue
        if scheme:
            yield from _full(text, scheme.start(), address.end)
        elif address.before not in _PREVENT_BARE:
            yield from _bare(text, address, top_levels)


def _latin_links(text: str, top_levels: TopLevels) -> Iterator[Link]:
    """The links as X's library for Java reads them, whose count may be the greater one.

    A domain of Latin letters begins and ends where other scripts do; one of another script is a
    single label under a top-level domain, and only after a scheme (`https://shop.пример.рф` is no
    link). A host that IDNA refuses (RFC 3490) is none, unless the link is the greater count.
    """
    for address in _latin_addresses(text, top_levels):
        links: list[Link] = []
        if scheme := _scheme_before(text, address):
            links = _full(text, scheme.start(), address.end)
        elif address.before not in _PREVENT_BARE:
            links = [Link(address.start, address.end)]
        for link in links:
            is_light = points(text[link.start : link.end]) < URL_WEIGHT
            if is_light or is_host(text[address.start : address.domain_end]):
                yield link


def _latin_addresses(text: str, top_levels: TopLevels) -> Iterator[Address]:
    rest = addresses(text, top_levels, latin())
    address, at = next(rest, None), 0
    for scheme in _any_scheme().finditer(text):
        while address and address.start < scheme.end():
            yield address
            at = address.end
            address = next(rest, None)
        if scheme.end() <= at or (address and address.start == scheme.end()):
            continue
        if end := _end_of_one_label(text, scheme.end(), top_levels):
            whole = address_of("/", scheme.end(), end, text)
            yield whole
            rest = addresses(text, top_levels, latin(), whole.end)
            address, at = next(rest, None), whole.end
    if address:
        yield address
        yield from rest


def _end_of_one_label(text: str, start: int, top_levels: TopLevels) -> int:
    """Where the host ends that begins here with a label of any script; 0 where there is none."""
    host = _host_of_one_label().match(text, start)
    if not host or text[host.end() : host.end() + 4].lower() == "xn--":
        return 0
    return top_levels.end(host.end() - 1)


def _scheme_before(text: str, address: Address) -> re.Match[str] | None:
    if address.before != "/":
        return None
    return _scheme().search(text, max(0, address.start - len("https://")), address.start)


def _is_possible(text: str, address: Address, scheme: str) -> bool:
    if 2 * len(scheme) + address.end - address.start > ADDRESS_LIMIT:
        return False
    return has_short_labels(text[address.start : address.domain_end])


def _is_broken_punycode(text: str, address: Address, top_levels: TopLevels) -> bool:
    """Whether a domain begins as Punycode, which is ASCII, and has no Latin domain in it."""
    if not text.startswith("xn--", address.start):
        return False
    return next(_latin_domains(text, address, top_levels), None) is None


def _full(text: str, start: int, end: int) -> list[Link]:
    """The link with its scheme; of one that X has shortened itself only what X would write."""
    if shortened := _shortened_pattern().match(text, start, end):
        return [Link(*shortened.span())] if len(shortened[1]) <= _SHORTENED_LIMIT else []
    return [Link(start, end)]


def _bare(text: str, address: Address, top_levels: TopLevels) -> list[Link]:
    """The Latin domains within an address, which other scripts may surround: `は日本語。x.com`.

    JavaScript takes the path for a part of the last one and skips its length, wherever it stands:
    of `b.com日本.рф/a` it does not count `日本`.
    """
    links = [Link(*span) for span in _latin_domains(text, address, top_levels)]
    if links and address.has_path:
        last, path = links.pop(), address.end - address.domain_end
        is_whole = last.end == address.domain_end
        links.append(last._replace(end=address.end) if is_whole else last._replace(skips=path))
    return links


def _latin_domains(text: str, address: Address, top_levels: TopLevels) -> Iterator[tuple[int, int]]:
    at = address.start
    while labels := _latin_labels().search(text, at, address.domain_end):
        at = labels.end()
        dot = at - 1
        while dot >= labels.start():
            if end := top_levels.end(dot):
                yield labels.start(), end
                at = max(at, end)
                break
            dot = text.rfind(".", labels.start(), dot)


@cache
def _inner_dot() -> re.Pattern[str]:
    return re.compile(r"\.[A-Za-z]{2}")


@cache
def _host_of_one_label() -> re.Pattern[str]:
    letter = rf"(?![\u2000-\u206f])[^{JOINTS}{SIGNS}{SPACES}\"`]"  # no quotes, joiners, `…`
    return re.compile(rf"{letter}(?:(?:{letter}|-)*{letter})?\.")


@cache
def _any_scheme() -> re.Pattern[str]:
    return re.compile("[hH][tT][tT][pP][sS]?://")


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(rf"(?<![{PREVENTS}])[hH][tT][tT][pP][sS]?://\Z")


@cache
def _shortened_pattern() -> re.Pattern[str]:
    return re.compile(rf"https?://t\.co/([0-9a-z]+)(?:{QUERY})?", re.ASCII | re.IGNORECASE)


@cache
def _latin_labels() -> re.Pattern[str]:
    return re.compile(rf"(?:[-0-9A-Za-z{LATIN_ACCENTS}{LATIN_IN_JAVASCRIPT}]++\.)+")
