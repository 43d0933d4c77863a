"""The rule of tone: a post does not shout."""

import re
from collections.abc import Iterator

from runner.models import Words
from runner.problems import Severity
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, word_place
from runner.rules.rule import Breach, rule

LONG = 4
"""Letters from which on a word in capitals is no acronym."""
FEW = 16
"""Letters of a text of which half may be capitals."""
_RUN = re.compile(r"[!?]{3,}|[¡¿]{3,}")
_TWO = ("!!", "??", "!?", "?!", "¡¡", "¿¿", "¡¿", "¿¡")
_LINK = re.compile(r"https?://\S+")
_MAYBE_WORD = re.compile(r"[A-Z][^a-z ]|[^\x00-\x7f]{2}")
_WORD = re.compile(r"(?<![\w#＃@＠$./-])[^\W\d_]{2,}(?!\w)")


@rule("shouting", Severity.WARNING, of_one_post=True)
def shouting(context: RuleContext) -> Iterator[Breach]:
    """A post does not shout.

    Capitals and rows of `!!!` read like spam; screen readers spell capitals letter by letter. Words
    of four letters or more count, and where more than half of all letters are capitals, each word
    does. Acronyms, hashtags, handles, codes such as SLIM20, and the names of products and partners
    don't count; scripts without capitals never shout.

    Write it in small letters, with one `!`. How many words may stand in capitals is set in
    runner.yaml: `rules: {shouting: {at-most: 2}}`.
    """
    most = context.project.rules.shouting.at_most
    for proof, index, part in context.parts():
        marks = _RUN.search(part.text) if any(two in part.text for two in _TWO) else None
        words = _shouted_words(part.text, proof, context, most)
        if not marks and not words:
            continue
        what = [f"{len(words)} words in capitals ({' '.join(words)})"] if words else []
        what += [f"`{marks[0]}`"] if marks else []
        ways = ["write them in small letters"] if words else []
        ways += [f"write one `{marks[0][-1]}`"] if marks else []
        yield shouting.breach(
            text=f"{part_name(proof, index)} shouts: {' and '.join(what)}",
            place=word_place(proof, index, words[0] if words else marks[0] if marks else ""),
            help=" and ".join(ways),
            about=(proof.occurrence,),
            alike=proof.post.locale,
        )


def _shouted_words(text: str, proof: Proof, context: RuleContext, most: int) -> list[str]:
    """The words in capitals, where they are too many."""
    # a word has two letters at least
    if not _MAYBE_WORD.search(text) or sum(map(str.isupper, text)) <= 2 * most:
        return []
    plain = _LINK.sub("", text)
    capitals = [word for word in _WORD.findall(plain) if word.isupper()]
    if len(capitals) <= most:
        return []
    names = _names(proof, context)
    capitals = [word for word in capitals if word.casefold() not in names]
    long = [word for word in capitals if len(word) >= LONG]
    shouted = capitals if _mostly_capitals(plain) else long
    return shouted if len(shouted) > most else []


def _mostly_capitals(text: str) -> bool:
    capitals = sum(letter.isupper() for letter in text)
    small = sum(letter.islower() for letter in text)
    return capitals + small >= FEW and capitals > small


def _names(proof: Proof, context: RuleContext) -> frozenset[str]:
    """The words of names that are written as their owners write them, and of the offer's code."""
    campaign = proof.file.campaign
    product = getattr(campaign, "product", None)
    partner = context.project.partners.get(campaign.partner or "")
    named_so: list[Words] = [each.name for each in (product, partner) if each]
    if campaign.offer and campaign.offer.code:
        named_so.append(campaign.offer.code)
    texts = [
        text
        for words in named_so
        for text in ([words] if isinstance(words, str) else words.values())
    ]
    return frozenset(word.casefold() for text in texts for word in re.findall(r"\w+", text))
