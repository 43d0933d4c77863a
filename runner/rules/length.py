"""Rules of length: what fits into a post."""

import re
from collections.abc import Iterator

from runner.problems import Severity
from runner.rules.context import RuleContext
from runner.rules.places import part_name, text_place
from runner.rules.rule import Breach, rule
from runner.text import PREMIUM_LIMIT, URL_WEIGHT, nfc, weigh, weigh_strictly

_UNUSUAL = re.compile("[^\0-\u10ff]+")


@rule("too-long", of_one_post=True)
def too_long(context: RuleContext) -> Iterator[Breach]:
    """A text fits into a post.

    X takes texts of a weight of up to 280, and of up to 25,000 from accounts with X Premium, and
    refuses all others. Most letters weigh 1, a link weighs 23, an emoji and `…` weigh 2. A value
    that is not known yet, such as the link of another post, counts at its greatest weight.

    Shorten the text, or make it a `thread`. If the account has X Premium, say so in runner.yaml:
    `premium: true`.
    """
    for proof, index, part in context.parts():
        limit = proof.post.limit
        if part.weight > limit:
            ways = "shorten it" if proof.declared.thread else "shorten it, or make it a `thread`"
            yield too_long.breach(
                text=f"{part_name(proof, index)} is too long: {part.weight:,} of {limit:,}, "
                f"remove {part.weight - limit:,}",
                place=text_place(proof, index),
                help=ways
                if limit >= PREMIUM_LIMIT or part.weight > PREMIUM_LIMIT
                else f"{ways}; an account with X Premium may write long posts: "
                "`premium: true` in runner.yaml",
                about=(proof.occurrence,),
                alike=proof.post.locale,
            )


@rule("long-by-other-count", Severity.WARNING, of_one_post=True)
def long_by_other_count(context: RuleContext) -> Iterator[Breach]:
    """A text that just fits also fits if X counts emoji and domains the long way.

    X's published lists of emoji and of top-level domains are older than those in use, and which
    ones X itself has is not public. By the older ones a new emoji weighs more than 2, and an
    address under a new domain more than the 23 of a link, so that X may refuse a text that fits
    here. Where X's two libraries, for JavaScript and for Java, make links of different pieces, the
    greater count is the one that is shown and judged everywhere (`too-long`).

    Shorten the text by what the message says, or replace the emoji or the address.
    """
    for proof, index, part in context.parts():
        limit = proof.post.limit
        if part.weight > limit or _surely_fits(part.text, part.weight, limit):
            continue
        strictly = weigh_strictly(part.text)
        if "⟦" in part.text:  # of a value that is not known yet only the part's weight knows
            strictly += part.weight - weigh(part.text)
        if strictly > limit:
            yield long_by_other_count.breach(
                text=f"{part_name(proof, index)} fits by one of the two ways in which X may count: "
                f"{part.weight:,} or {strictly:,} of {limit:,}",
                place=text_place(proof, index),
                help=f"remove {strictly - limit:,}, or replace a new emoji or an unusual domain",
                about=(proof.occurrence,),
                alike=proof.post.locale,
            )


def _surely_fits(text: str, weight: int, limit: int) -> bool:
    """Whether no way to count passes the limit, without counting. The ways differ in emoji, whose
    every point may weigh 2, and in addresses, which may weigh as a link or as their characters."""
    text = nfc(text)
    dotted = [w for w in text.split() if "." in w or "。" in w or "．" in w or "｡" in w]
    addresses = sum(max(len(word), URL_WEIGHT * word.count(".")) for word in dotted)
    emoji = sum(map(len, _UNUSUAL.findall(text)))
    return weight + 2 * emoji + addresses <= limit
