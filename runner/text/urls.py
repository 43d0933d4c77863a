"""What X makes a link of: `https://…`, and bare domains such as `x.com` and `README.md`.

X bills a post with any of them as a post with a URL. The rules are those of
https://github.com/twitter/twitter-text (2021-10-21, the newest).
"""

import re
from collections.abc import Iterator, Set
from functools import cache

from runner.text.addresses import PREVENTS, QUERY, Address, addresses, top_level_end
from runner.text.characters import LATIN_ACCENTS

_LABEL_LIMIT = 63  # characters of a domain's label, in Punycode
_ADDRESS_LIMIT = 4096  # characters of an address, those of the scheme counted twice
_PREVENT_BARE = tuple("-_./@＠$#＃")  # directly before a link without a scheme
_SHORTENED_LIMIT = 40  # characters after https://t.co/


def may_link(text: str) -> bool:
    """Whether an ASCII text has what each link in it would have: a dot inside a word."""
    return "." in text and _inner_dot().search(text) is not None


def spans(text: str, known: Set[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each link in a text in NFC; `known` are the top-level domains."""
    for address in addresses(text, known):
        scheme = _scheme().search(text, max(0, address.start - len("https://")), address.start)
        if not _is_possible(text, address, scheme[0] if scheme else "https://"):
            continue
        if _is_broken_punycode(text, address, known):
            continue
        if scheme:
            yield from _full(text, scheme.start(), address.end)
        elif text[address.start - 1 : address.start] not in _PREVENT_BARE:
            yield from _bare(text, address, known)


def latin_spans(text: str, known: Set[str]) -> Iterator[tuple[int, int]]:
    """The same as X's library for Java reads it, whose count may be the greater one.

    A domain of Latin letters begins and ends where other scripts do; one of another script is a
    single label under a top-level domain, and only after a scheme (`https://shop.пример.рф` is no
    link). A host that IDNA refuses (RFC 3490) is none.
    """
    for address in addresses(text, known):
        scheme = _scheme().search(text, max(0, address.start - len("https://")), address.start)
        for start, domain_end in _first_domains(text, address, bool(scheme), known):
            if not _is_host(text[start:domain_end]):
                continue
            end = address.end if domain_end == address.domain_end else domain_end
            if scheme and start == address.start:
                yield from _full(text, scheme.start(), end)
            elif text[start - 1 : start] not in _PREVENT_BARE:
                yield start, end


def _first_domains(
    text: str, address: Address, has_scheme: bool, known: Set[str]
) -> list[tuple[int, int]]:
    found = list(_latin_domains(text, address, known))
    if has_scheme and not (found and found[0][0] == address.start):
        dot = text.index(".", address.start)  # one label of any script, and a top-level domain
        end = top_level_end(text, dot + 1, known)
        if end and not _punctuation().search(text, address.start, dot):
            return [(address.start, end), *(span for span in found if span[0] >= end)]
    # what no link takes may hold one further on: `日本.jp?x=1.com`
    return found or list(_latin_domains(text, address._replace(domain_end=address.end), known))


def _is_host(domain: str) -> bool:
    try:
        return len(domain) <= _ADDRESS_LIMIT and bool(domain.encode("idna"))
    except UnicodeError:
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
def _punctuation() -> re.Pattern[str]:
    return re.compile("[\u2000-\u206f]")  # General Punctuation: quotes, joiners, `…`


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(rf"(?<![{PREVENTS}])[hH][tT][tT][pP][sS]?://\Z")


@cache
def _shortened() -> re.Pattern[str]:
    return re.compile(rf"https?://t\.co/([0-9a-z]+)(?:{QUERY})?", re.ASCII | re.IGNORECASE)


@cache
def _latin_labels() -> re.Pattern[str]:
    return re.compile(rf"(?:[-0-9A-Za-z{LATIN_ACCENTS}]++\.)+")
