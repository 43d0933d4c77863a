"""What X makes a link of: `https://…`, and bare domains such as `x.com` and `README.md`.

X bills a post with any of them as a post with a URL. The rules are those of
https://github.com/twitter/twitter-text (2021-10-21, the newest).
"""

import re
import unicodedata
from collections.abc import Iterator, Set
from functools import cache

from runner.text.addresses import (
    PREVENTS,
    QUERY,
    Address,
    address_of,
    addresses,
    latin,
    top_level_end,
)
from runner.text.characters import JOINTS, LATIN_ACCENTS, LATIN_IN_JAVASCRIPT, SIGNS, SPACES, points

URL_WEIGHT = 23
"""What any link weighs, however long: X shortens it to https://t.co/…"""

_LABEL_LIMIT = 63  # characters of a domain's label, in Punycode
_ADDRESS_LIMIT = 4096  # characters of an address, those of the scheme counted twice
_PREVENT_BARE = frozenset("-_./")  # directly before a link without a scheme
_SHORTENED_LIMIT = 40  # characters after https://t.co/


def may_link(text: str) -> bool:
    """Whether an ASCII text has what each link in it would have: a dot inside a word."""
    return "." in text and _inner_dot().search(text) is not None


def may_be_read_differently(text: str) -> bool:
    """Whether X's two libraries may differ in the links of a text: where a word with a dot inside
    has other letters than those of ASCII."""
    return not text.isascii() and any(
        "." in word[:-1] and not word.isascii() for word in text.split()
    )


def spans(text: str, known: Set[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each link in a text in NFC, as X's library for JavaScript reads it; `known`
    are the top-level domains."""
    for address in addresses(text, known):
        scheme = _scheme_before(text, address)
        if not _is_possible(text, address, scheme[0] if scheme else "https://"):
            continue
        if _is_broken_punycode(text, address, known):
            continue
        if scheme:
            yield from _full(text, scheme.start(), address.end)
        elif address.before not in _PREVENT_BARE:
            yield from _bare(text, address, known)


def latin_spans(text: str, known: Set[str]) -> Iterator[tuple[int, int]]:
    """The same as X's library for Java reads it, whose count may be the greater one.

    A domain of Latin letters begins and ends where other scripts do; one of another script is a
    single label under a top-level domain, and only after a scheme (`https://shop.пример.рф` is no
    link). A host that IDNA refuses (RFC 3490) is none, unless the link is the greater count.
    """
    for address in _latin_addresses(text, known):
        found: Iterator[tuple[int, int]] = iter(())
        if scheme := _scheme_before(text, address):
            found = _full(text, scheme.start(), address.end)
        elif address.before not in _PREVENT_BARE:
            found = iter([(address.start, address.end)])
        is_host = _is_host(text[address.start : address.domain_end])
        yield from (span for span in found if is_host or points(text[slice(*span)]) < URL_WEIGHT)


def _latin_addresses(text: str, known: Set[str]) -> Iterator[Address]:
    found = addresses(text, known, latin)
    address, at = next(found, None), 0
    for scheme in _any_scheme().finditer(text):
        while address and address.start < scheme.end():
            yield address
            at = address.end
            address = next(found, None)
        if scheme.end() <= at or (address and address.start == scheme.end()):
            continue
        host = _host_of_one_label().match(text, scheme.end())
        end = top_level_end(text, host.end(), known, punycode=False) if host else 0
        if end:
            whole = address_of("/", scheme.end(), end, text)
            yield whole
            found = addresses(text, known, latin, whole.end)
            address, at = next(found, None), whole.end
    if address:
        yield address
        yield from found


def _scheme_before(text: str, address: Address) -> re.Match[str] | None:
    if address.before != "/":
        return None
    return _scheme().search(text, max(0, address.start - len("https://")), address.start)


def _is_host(domain: str) -> bool:
    if domain.isascii():
        return len(domain) <= _ADDRESS_LIMIT
    try:
        return len(domain.encode("idna")) <= _ADDRESS_LIMIT and not _mixes_directions(domain)
    except UnicodeError:
        return False


def _mixes_directions(domain: str) -> bool:
    """Whether a label has letters of both directions (RFC 3454, section 6), by today's Unicode:
    that of Python's IDNA is of 2002. What has no direction yet may have either."""
    for label in domain.split("."):
        directions = set(map(unicodedata.bidirectional, label))
        if "L" in directions and directions & {"R", "AL", ""}:
            return True
    return False


def _is_possible(text: str, address: Address, scheme: str) -> bool:
    if 2 * len(scheme) + address.end - address.start > _ADDRESS_LIMIT:
        return False
    domain = text[address.start : address.domain_end]
    labels = domain.split(".") if domain.isascii() else re.split("[.。．｡]", domain)
    return all(map(_is_label, labels))


def _is_broken_punycode(text: str, address: Address, known: Set[str]) -> bool:
    """Whether a domain begins as Punycode, which is ASCII, and has no Latin domain in it."""
    if not text.startswith("xn--", address.start):
        return False
    return next(_latin_domains(text, address, known), None) is None


def _is_label(label: str) -> bool:
    if label.isascii() or len(label) > _LABEL_LIMIT:
        return len(label) <= _LABEL_LIMIT
    return len("xn--" + label.encode("punycode").decode()) <= _LABEL_LIMIT


def _full(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The link with its scheme; of one that X has shortened itself only what X would write."""
    if shortened := _shortened().match(text, start, end):
        if len(shortened[1]) <= _SHORTENED_LIMIT:
            yield shortened.span()
    else:
        yield start, end


def _bare(text: str, address: Address, known: Set[str]) -> Iterator[tuple[int, int]]:
    """The Latin domains within an address, which other scripts may surround: `は日本語。x.com`."""
    found = list(_latin_domains(text, address, known))
    if found and address.has_path and found[-1][1] == address.domain_end:
        found[-1] = found[-1][0], address.end
    yield from found


def _latin_domains(text: str, address: Address, known: Set[str]) -> Iterator[tuple[int, int]]:
    at = address.start
    while labels := _latin_labels().search(text, at, address.domain_end):
        at = labels.end()
        dot = at - 1
        while dot >= labels.start():
            if end := top_level_end(text, dot + 1, known):
                yield labels.start(), end
                at = max(at, end)
                break
            dot = text.rfind(".", labels.start(), dot)


@cache
def _inner_dot() -> re.Pattern[str]:
    return re.compile(r"\.[A-Za-z]{2}")


@cache
def _host_of_one_label() -> re.Pattern[str]:
    letter = rf"(?![\u2000-\u206f\s])[^{JOINTS}{SIGNS}{SPACES}\"`]"  # no quotes, joiners, `…`
    return re.compile(rf"{letter}(?:(?:{letter}|-)*{letter})?\.")


@cache
def _any_scheme() -> re.Pattern[str]:
    return re.compile("[hH][tT][tT][pP][sS]?://")


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(rf"(?<![{PREVENTS}])[hH][tT][tT][pP][sS]?://\Z")


@cache
def _shortened() -> re.Pattern[str]:
    return re.compile(rf"https?://t\.co/([0-9a-z]+)(?:{QUERY})?", re.ASCII | re.IGNORECASE)


@cache
def _latin_labels() -> re.Pattern[str]:
    return re.compile(rf"(?:[-0-9A-Za-z{LATIN_ACCENTS}{LATIN_IN_JAVASCRIPT}]++\.)+")
