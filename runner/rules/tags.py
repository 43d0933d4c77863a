"""The rules of broken tags: what begins with # or @ in a text is a whole hashtag or mention on
X."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from runner.problems import Severity
from runner.rules.context import RuleContext
from runner.rules.places import part_name, word_place
from runner.rules.rule import Breach, rule
from runner.text import SCAN_LIMIT, Entity, entities, nfc

_HASHTAG: Final = re.compile(r"[#＃][^\s#＃]+")
_MENTION: Final = re.compile(r"(?<![\w@＠.+-])[@＠]+\w[^\s@＠]*")
_BEHIND: Final = re.compile(r"[-+&’'._/]*\w|\+")
"""How a word goes on behind the tag that X cuts from it; a full stop or a bracket only ends the
sentence."""
LONGEST_HANDLE: Final = 15
"""Characters."""
_ENTITY: Final = re.compile(r"&#x?[0-9A-Fa-f]{1,6};")
"""A character that HTML names by its number: `&#39;`."""
_RANK_DIGITS: Final = 2
"""The most digits of `#1` and `#10`, which people write for a place in a list."""


@rule("not-a-hashtag", Severity.WARNING, of_one_post=True)
def not_a_hashtag(context: RuleContext) -> Iterator[Breach]:
    """What begins with # in a text is a hashtag on X, all of it.

    X makes no hashtag of digits alone (`#2027`), and none in the middle of a word (`text#tag`). A
    hashtag ends where letters, digits and `_` end, so that of `#C++` only `#C` is found, and of
    `#don't` only `#don`.

    Write it in one word, with a letter in it and a space before it; or leave the # out.
    """
    for proof, index, part in context.parts():
        if "#" not in part.text and "＃" not in part.text:
            continue
        for word, linked in _broken_tags(part.text, _HASHTAG, "hashtag"):
            if not linked and (_is_rank(word) or len(word) == 1):
                continue
            yield not_a_hashtag.breach(
                text=f"{part_name(proof, index)} holds `{word}`, and X makes "
                f"{f'a hashtag of `{linked}` alone' if linked else 'no hashtag of it'}",
                place=word_place(proof, index, word),
                help="write it in one word, with a letter in it and a space before it",
                about=(proof.occurrence,),
                alike=f"{word} {proof.post.locale}",
            )


@rule("not-a-mention", Severity.WARNING, of_one_post=True)
def not_a_mention(context: RuleContext) -> Iterator[Breach]:
    """What begins with @ in a text is a mention on X, all of it.

    A handle has up to 15 letters, digits and `_`. Of `@user-name` X links `@user`, somebody else;
    of `@@name` nothing.

    Write the handle as it stands on the profile; or leave the @ out.
    """
    for proof, index, part in context.parts():
        if "@" not in part.text and "＠" not in part.text:
            continue
        for word, linked in broken_mentions(part.text):
            yield not_a_mention.breach(
                text=f"{part_name(proof, index)} holds `{word}`, and X makes "
                f"{f'a mention of `{linked}` alone' if linked else 'no mention of it'}",
                place=word_place(proof, index, word),
                help="write the handle as its profile has it: up to 15 letters, digits and `_`",
                about=(proof.occurrence,),
                alike=f"{word} {proof.post.locale}",
            )


def broken_mentions(text: str) -> Iterator[tuple[str, str]]:
    """Words that look like mentions, of which X links nothing or only a part; each with that
    part."""
    return _broken_tags(text, _MENTION, "mention")


def _broken_tags(text: str, like: re.Pattern[str], kind: str) -> Iterator[tuple[str, str]]:
    """Words of a text that match `like`, of which X links nothing or only a part as an entity of
    this kind; each with that part."""
    text = nfc(text)[:SCAN_LIMIT]  # as `entities` counts its characters
    found = entities(text)
    by_start = {each.start: each for each in found if each.kind == kind}
    others = [each for each in found if each.kind != kind]
    starts = [each.start for each in others]
    for match in like.finditer(text):
        before = bisect_right(starts, match.start())
        if _ENTITY.match(text, match.start() - 1):
            continue  # `text-leftovers` tells of it
        if before and match.start() < others[before - 1].end:
            continue  # it is part of something else that X links, such as `#top` of an address
        entity = by_start.get(match.start())
        if entity is None or (kind == "mention" and _is_too_long(entity)):
            yield _stripped_tag(match[0]), ""
        elif behind := _BEHIND.match(text, entity.end, match.end()):
            if kind == "mention" and behind[0][0] in "’'./":  # a possessive, a list, a sentence
                continue
            yield _stripped_tag(match[0]), entity.text


def _is_too_long(mention: Entity) -> bool:
    return len(mention.text.lstrip("@＠").partition("/")[0]) > LONGEST_HANDLE


def _is_rank(word: str) -> bool:
    """Whether it is a place in a list, such as `#1`."""
    digits = word.lstrip("#＃")
    return digits.isdigit() and len(digits) <= _RANK_DIGITS


def _stripped_tag(word: str) -> str:
    """The tag without the marks that end a sentence behind it."""
    return word.rstrip(".,!?:;…)»”’\"'") or word
