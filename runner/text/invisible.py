"""Characters that nobody sees, or that turn a text around: the one definition of them.

What an emoji is made of stays: a joiner inside one that exists, one variation selector behind a
character that takes it, the tags of the flags of England, Scotland and Wales. So do line breaks,
tabs and all spaces of a width. The joiners that Arabic and Indic scripts need stay where those
scripts need them; Latin and Cyrillic never do. Everything else that has no look of its own is
invisible, with what no text should hold: private use, characters that do not exist yet, and U+FFFD,
which stands for what was lost.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from runner.text import _data
from runner.text.emoji import current, with_first_tones

_SELECTORS = "\ufe0e\ufe0f"
_JOINER = "\u200d"
_NON_JOINER = "\u200c"
_KEYCAPS = frozenset("#*0123456789")
_KEYCAP = "\u20e3"
_FLAG = "🏴"
_REGIONS = ("gbeng", "gbsct", "gbwls")
_END_OF_TAGS = "\U000e007f"
_VIRAMA = 9  # the combining class of what takes a vowel from a letter, and joins it to the next
_PICTURES = range(0x1F000, 0x1FB00)  # reserved for emoji: newer ones than this Python knows
_SHOWN_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Of the category of formats, though they have a look: signs around Arabic and Kaithi numbers."""
# Without a look, though of a category of letters, marks or symbols:
# https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt (Default_Ignorable_Code_
# Point, read 2026-11), the blank of Braille, a note's empty head, fillers, what stands for others.
_BLANK = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd"
    "\U00016fe4\U0001d159\U000e0100-\U000e01ef"
)
# Blocks of which every character is assigned and has a look: most of what people write.
_PLAIN = (
    "\t\n -~\xa0-\xac\xae-\u034e\u03a3-\u052f\u061d-\u06dc\u1e00-\u1f15\u2000-\u200a\u2010-\u2027"
    "\u202f-\u205f\u20a0-\u20c0\u2100-\u218b\u2190-\u2426\u2460-\u27ff\u2801-\u2b73\u3001-\u303f"
    "\u3041-\u3096\u3099-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f\U0001f300-\U0001f6d7"
    "\U0001f900-\U0001fa53"
)


def invisible_characters(text: str) -> tuple[int, ...]:
    """Where the invisible characters of a text stand, in code points from 0.

    A character that belongs to an emoji is judged with what stands around it, so the text should be
    whole. Takes time in proportion to the text.
    """
    if text.isascii() and text.isprintable():
        return ()
    suspects = [found.start() for found in _suspects().finditer(text)]
    if not suspects:
        return ()
    kept = _kept_places(text, suspects)
    return tuple(at for at in suspects if at not in kept and _has_no_look(text[at]))


def with_marks(text: str) -> str:
    """The text with ⟨U+202E⟩ in the place of each invisible character. It fits into HTML and UTF-8
    always, and nothing in it is invisible."""
    found = invisible_characters(text)
    if not found:
        return text
    pieces, end = [], 0
    for at in found:
        pieces += [text[end:at], f"⟨{code_point(text[at])}⟩"]
        end = at + 1
    return "".join([*pieces, text[end:]])


def code_point(character: str) -> str:
    """`U+202E`, as Unicode writes it."""
    return f"U+{ord(character):04X}"


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen: it has only spaces, accents without a letter, and what
    is invisible."""
    if text.isascii() and text.isprintable():
        return not text.strip()
    hidden = frozenset(invisible_characters(text))
    return all(
        at in hidden or sign.isspace() or unicodedata.category(sign)[0] == "M"
        for at, sign in enumerate(text)
    )


def _has_no_look(sign: str) -> bool:
    category = unicodedata.category(sign)
    if category == "Cn":
        return ord(sign) not in _PICTURES
    if category[0] == "C":
        return sign not in "\t\n" and sign not in _SHOWN_FORMATS
    return category in ("Zl", "Zp") or _blank().match(sign) is not None


def _kept_places(text: str, suspects: list[int]) -> frozenset[int]:
    """Where characters without a look stand that do what they are there for."""
    kept = {
        at
        for at in suspects
        if at
        and (
            (text[at] in _SELECTORS and _takes_a_variant(text, at))
            or (text[at] in (_JOINER, _NON_JOINER) and _script_needs(text, at))
        )
    }
    if _JOINER in text:
        kept |= set(_joiners(text))
    if _END_OF_TAGS in text:
        for flag in _flags().finditer(text):
            kept |= set(range(flag.start() + 1, flag.end()))
    return frozenset(kept)


def _takes_a_variant(text: str, at: int) -> bool:
    base = text[at - 1]
    if base in _KEYCAPS:
        return text[at + 1 : at + 2] == _KEYCAP
    return base in _variants()


def _script_needs(text: str, at: int) -> bool:
    """Whether a joiner stands where a script wants one: behind a virama, and, if it keeps letters
    apart, between two letters of Arabic (https://www.rfc-editor.org/rfc/rfc5892, appendix A)."""
    if unicodedata.combining(text[at - 1]) == _VIRAMA:
        return True
    return text[at] == _NON_JOINER and _arabic().fullmatch(text, at - 1, at + 2) is not None


def _joiners(text: str) -> Iterator[int]:
    """Where joiners stand inside of emoji that exist, be they written with all selectors or not."""
    for found in _joined_emoji().finditer(text):
        links = [at for at in range(*found.span()) if text[at] == _JOINER]
        ends = [*links, found.end()]
        start, first = found.start(), 0
        while first < len(links):
            some = (n for n in range(len(ends) - 1, first, -1) if _exists(text[start : ends[n]]))
            last = next(some, first)
            yield from links[first:last]
            start, first = ends[last] + 1, last + 1


def _exists(sequence: str) -> bool:
    return with_first_tones(sequence.replace("\ufe0f", "")) in _bare_emoji()


@cache
def _bare_emoji() -> frozenset[str]:
    """All emoji with a joiner, without what chooses their look."""
    return frozenset(each.replace("\ufe0f", "") for each in current().emoji if _JOINER in each)


@cache
def _variants() -> frozenset[str]:
    return frozenset(_data.VARIANTS.split())


@cache
def _suspects() -> re.Pattern[str]:
    return re.compile(f"[^{_PLAIN}]")


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(f"[{_BLANK}]")


@cache
def _joined_emoji() -> re.Pattern[str]:
    """What may be an emoji with joiners; none has more than four parts."""
    part = "[^\0-\u00a8\u200d\ufe0f][\ufe0f🏻🏼🏽🏾🏿]?"
    return re.compile(f"{part}(?:{_JOINER}{part}){{1,3}}")


@cache
def _flags() -> re.Pattern[str]:
    tags = ("".join(chr(0xE0000 + ord(letter)) for letter in name) for name in _REGIONS)
    return re.compile(f"{_FLAG}(?:{'|'.join(tags)}){_END_OF_TAGS}")


@cache
def _arabic() -> re.Pattern[str]:
    letter = "[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9]"
    return re.compile(f"{letter}{_NON_JOINER}{letter}")
