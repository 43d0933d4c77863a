"""How long a text is on X.

The rule is X's configuration 3 (https://developer.x.com/en/docs/counting-characters, and
https://github.com/twitter/twitter-text/blob/master/config/v3.json, read 2026-11).
"""

from collections.abc import Callable, Iterable

from runner.text import emoji, urls
from runner.text.characters import SCAN_LIMIT, nfc, points
from runner.text.emoji import Known, current, published_tables
from runner.text.urls import URL_WEIGHT, Link

LIMIT = 280
"""Weight of a post."""
PREMIUM_LIMIT = 25_000
"""Weight of a post of an account with X Premium."""
ALT_TEXT_LIMIT = 1000
"""Characters of the description of an image."""
POLL_OPTION_LIMIT = 25
"""Characters of one answer of a poll."""
EMOJI_WEIGHT = 2
"""What any emoji weighs, with all that is joined in it."""


def weigh(text: str, lists: Callable[[], Known] = current) -> int:
    """The length of a text as X counts it; at most `LIMIT` (or `PREMIUM_LIMIT`) fits into a post.

    In NFC, a character weighs 1 in the alphabets up to Georgian and in the usual quotes, dashes and
    spaces; 2 elsewhere, which includes `… € • → ™ №` and `ế`. A link weighs 23, and so does what X
    takes for one: `README.md`, `end.Next`. Past `SCAN_LIMIT` links and emoji are not recognised.
    Media weigh nothing; X does not count the names at the start of a reply, which this does.

    Where X's two libraries of text, for JavaScript and for Java, make links of different pieces,
    the greater count is taken, since it is not public by which of them X refuses. What is linked
    and billed (`links`) goes by JavaScript's reading alone. `lists` has the emoji and the top-level
    domains that are known.
    """
    if not urls.may_link(text):
        return len(text)
    return _greatest_reading(nfc(text), lists())


def weigh_strictly(text: str) -> int:
    """The greatest length that X may count: `weigh`, or the same by what X has published.

    Its libraries' lists of emoji and of top-level domains are of 2018 to 2021, and it is not public
    which ones X's servers have. A text that fits by `weigh` and not by this count may be refused.
    """
    return max(weigh(text), weigh_as_published(text))


def weigh_as_published(text: str) -> int:
    """The greater count of X's two libraries, with their lists only."""
    return weigh(text, published_tables)


def _greatest_reading(text: str, known: Known) -> int:
    """The greatest weight that X may count for a text in NFC."""
    unread = 0
    if len(text) > SCAN_LIMIT:
        unread, text = points(text[SCAN_LIMIT:]), text[:SCAN_LIMIT]
    links, *others = urls.readings(text, known.domains)
    weight = _weigh(text, links, known.emoji)
    for links in others:
        weight = max(weight, _weigh(text, links, known.emoji))
    return unread + weight


def _weigh(text: str, links: Iterable[Link], known_emoji: frozenset[str]) -> int:
    weight = at = 0
    for link in links:
        weight += _prose(text[at : link.start], known_emoji) + URL_WEIGHT
        at = link.end
        if link.skips:
            broken, at = _after_skipping(text, link, known_emoji)
            weight += points(text[broken:at])
    return weight + _prose(text[at:], known_emoji)


def _after_skipping(text: str, link: Link, known_emoji: frozenset[str]) -> tuple[int, int]:
    """Where what JavaScript skips ends, perhaps in the midst of an emoji, and where that ends."""
    units, at = link.skips, link.end
    while units >= (size := 1 + (text[at] > "\uffff")):
        units, at = units - size, at + 1
    for start, end in emoji.sequences(text, known_emoji, link.end, at + 1):
        if start < at + units and end > at:
            return at, end
    return at, at


def _prose(text: str, known_emoji: frozenset[str]) -> int:
    """The weight of a text without links."""
    if text.isascii():
        return len(text)
    weight = points(text)
    if weight > len(text):  # every emoji has a code point that weighs 2
        joined = [text[start:end] for start, end in emoji.sequences(text, known_emoji)]
        weight -= points("".join(joined)) - len(joined) * EMOJI_WEIGHT
    return weight
