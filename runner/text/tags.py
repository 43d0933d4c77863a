"""Hashtags, mentions and cashtags, as X links them.

The rules are those of https://github.com/twitter/twitter-text (2021-10-21, the newest).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from runner.text.characters import JOINTS, LATIN_ACCENTS, SIGNS, SPACES

_ALSO_IN_HASHTAGS = frozenset(
    "_·〃〜゠・～\u05be\u05f3\u05f4\u0f0b\u0f0c\u200c\u200d\u309b\u309c\ua67e"
)


def hashtag_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each `#tag`: letters and digits of any script, one letter at least.

    What is a letter is what this Python's Unicode says, so a new script may become one early.
    """
    if "#" not in text and "＃" not in text:
        return
    end = -1
    for sign in _hash().finditer(text):
        start = sign.start()
        if start <= end or (start and not _may_precede_hashtag(text[start - 1])):
            continue
        if tag_end := _hashtag_end(text, sign.end()):
            end = tag_end
            if not text.startswith(("#", "＃", "://"), end):
                yield start, end


def mention_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each `@name`, of 20 characters at most, or `@name/list`."""
    if "@" not in text and "＠" not in text:
        return
    for match in _mention().finditer(text):
        if not _no_mention().match(text, match.end()):
            yield match.span(1)


def cashtag_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each `$ABC`: up to 6 letters, perhaps `.` or `_` and up to 2 more."""
    return (match.span() for match in _cashtag().finditer(text)) if "$" in text else iter(())


def _may_precede_hashtag(character: str) -> bool:
    return character in "\ufe0e\ufe0f" or not (character == "&" or _is_inner(character))


def _hashtag_end(text: str, start: int) -> int:
    end, has_letter = start, False
    while end < len(text) and _is_inner(text[end]):
        has_letter = has_letter or unicodedata.category(text[end])[0] in "LM"
        end += 1
    return end if has_letter and text[start] not in "\ufe0f\u20e3" else 0


def _is_inner(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd" or character in _ALSO_IN_HASHTAGS


@cache
def _hash() -> re.Pattern[str]:
    return re.compile("[#＃]")


@cache
def _mention() -> re.Pattern[str]:
    # what stands before is part of the match, so that it is no part of the mention before it
    retweet = "(?:^|[^-0-9A-Za-z_+~.])[Rr][Tt]"
    name = "[@＠][0-9A-Za-z_]{1,20}+(?:/[A-Za-z][-0-9A-Za-z_]{0,24}+)?"
    return re.compile(f"(?:^|[^0-9A-Za-z_!#$%&*@＠]|{retweet})({name})")


@cache
def _no_mention() -> re.Pattern[str]:
    """What follows directly on a name that is no mention."""
    return re.compile(f"[@＠{LATIN_ACCENTS}]|://")


@cache
def _cashtag() -> re.Pattern[str]:
    after = rf"(?=\Z|[{SPACES}{JOINTS}{SIGNS}])"
    return re.compile(rf"(?<![^{SPACES}])\$[A-Za-z]{{1,6}}(?:[._][A-Za-z]{{1,2}})?{after}")
