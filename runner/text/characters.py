"""Characters as X's rules of text tell them apart, as X counts them, and as people see them."""

import re
import unicodedata
from functools import cache
from typing import Final

SCAN_LIMIT = 100_000
"""Code points of a text in which links, tags and emoji are looked for; the rest is only counted."""

# The kinds, as the inside of a regex's brackets.
# https://github.com/twitter/twitter-text (rules of 2021-10-21, the newest)
REFUSED = r"\ufffe\ufeff\uffff"
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
SPACES = r"\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
JOINTS = r"\-_."
SIGNS = r"!#$%&'()*+,/:;<=>?@\[\\\]\^{|}~"
LATIN_ACCENTS = (
    r"\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268"
    r"\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
LATIN_IN_JAVASCRIPT = (
    r"\u0260\u0269\u0275\u0280\u0283\u0288\u028a\u028c\u0292"
    r"\u0399\u03b9\u1fbe\u2c65\u2c66\u2c7e\u2c7f\ua7dc"
)
"""What JavaScript, which ignores case, takes for one of these accents: their other cases (the Greek
iota is that of U+0345)."""
CYRILLIC = r"\u0400-\u04ff"

_HEAP = 30
"""Accents on one letter that are composed together at most; no language has more than a few, and
Unicode's own safe format has up to 30
(https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format)."""

_SHORT = 300
"""Characters of the longest text that is composed as a whole, even if it is one heap of accents:
that takes half a millisecond."""
_JOINER: Final = "\u200d"


def nfc(text: str) -> str:
    """The text as X counts it, in Unicode's normal form C; every module of ours gets it here.

    Composing takes quadratic time where thousands of accents follow one letter. A text that has
    such a heap is composed in pieces, each up to a word or a space, and only the heap is cut.
    """
    if text.isascii():
        return text
    if len(text) <= _SHORT or not _heap().search(text):
        return unicodedata.normalize("NFC", text)
    return "".join(unicodedata.normalize("NFC", piece) for piece in _pieces().findall(text))


def points(text: str) -> int:
    """The sum of the weights of the text's code points, each of which weighs 1 or 2."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(len, _heavy().findall(text)))


def invalid_characters(text: str) -> tuple[int, ...]:
    """Where the characters stand that X refuses: U+FFFE, U+FEFF (the byte order mark) and U+FFFF.

    Counted in code points of the text in NFC, like all positions in this package. X takes the marks
    of writing direction since 2018 (https://github.com/twitter/twitter-text, read 2026-11).
    """
    if text.isascii():
        return ()
    return tuple(match.start() for match in re.finditer(f"[{REFUSED}]", nfc(text)))


@cache
def _heavy() -> re.Pattern[str]:
    return re.compile("[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]+")


@cache
def _pieces() -> re.Pattern[str]:
    # the medial and final letters of Hangul compose with what stands before them, as accents do
    return re.compile(rf"(?s:.){{1,{_HEAP}}}+(?:[^\w\s]|[\u1160-\u11ff]){{0,{_HEAP}}}+")


@cache
def _heap() -> re.Pattern[str]:
    return re.compile(rf"[^\0-\u02ff\w\s]{{{_HEAP}}}|[\u1160-\u11ff]{{{_HEAP}}}")


def graphemes(text: str) -> list[str]:
    """The text, character by character as people see them: a letter with its accents is one, and an
    emoji with all that is joined in it. A text that is cut between two of them stays legible."""
    if text.isascii():
        return list(text)
    starts = []
    is_half = False  # of a flag, which is two letters
    for at, sign in enumerate(text):
        is_flag = "\U0001f1e6" <= sign <= "\U0001f1ff"
        is_second = is_flag and is_half
        if not at or not (is_second or text[at - 1] == _JOINER or _goes_on(sign)):
            starts.append(at)
        is_half = is_flag and not is_second
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _goes_on(sign: str) -> bool:
    """Whether a sign belongs to the character before it: an accent, a joiner, a tone of skin, a
    tag."""
    return sign > "\u02ff" and (
        unicodedata.category(sign)[0] == "M"
        or sign == _JOINER
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0020" <= sign <= "\U000e007f"
    )
