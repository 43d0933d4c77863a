"""The rules of offers: a discount can be computed, a code typed, and both still work."""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from runner.durations import apart, as_written
from runner.models import CURRENCY_DECIMALS, CampaignFile, Offer
from runner.problems import Place, Severity
from runner.rules.context import Proof, RuleContext
from runner.rules.places import as_local, part_name, post_place, time_place
from runner.rules.rule import Breach, rule
from runner.rules.standard_moments import untrue
from runner.templating import currency_signs

_PERCENT = r"\s?(?:[%％٪]|per ?cent|procent|por ciento|процент)"
Flaws = Iterator[tuple[str, tuple[str, ...], str]]
"""Each with what is wrong, where, and the thing to do."""


def discount_in(text: str, offer: Offer, locale: str) -> str | None:
    """The discount of an offer as a text says it; None where it does not."""
    pattern = _pattern(offer.percent, offer.amount, offer.currency, locale)
    found = pattern.search(text) if pattern else None
    return found[0].strip() if found else None


@lru_cache(maxsize=256)
def _pattern(
    percent: int | None, amount: Decimal | None, currency: str | None, locale: str
) -> re.Pattern[str] | None:
    ways = []
    if percent is not None:
        ways.append(rf"{_number(Decimal(percent))}{_PERCENT}")
    if amount is not None and currency is not None:
        signs = "|".join(map(re.escape, currency_signs(currency, locale)))
        sum = _number(amount)
        ways += [rf"(?<!\w)(?:{signs})\s?{sum}(?![\d]|[.,]\d)", rf"{sum}\s?(?:{signs})(?!\w)"]
    return re.compile("|".join(ways), re.IGNORECASE) if ways else None


def _number(value: Decimal) -> str:
    """A number by itself, in digits, with its decimals or without them where they are nought."""
    whole, _, decimals = f"{value.normalize():f}".partition(".")
    tail = rf"[.,]{decimals}0*" if decimals else r"(?:[.,]0+)?"
    return rf"(?<![\d.,]){whole}{tail}"


@rule("dead-offer", Severity.WARNING, of_one_post=True)
def dead_offer(context: RuleContext) -> Iterator[Breach]:
    """A post names an offer only while it lasts.

    A code that no longer works costs trust. A post names the campaign's offer when its text has the
    offer's code, its address, or its discount (`20 %`); it has to go out before `offer-ends`, and
    so does one that goes out as late as its grace lets it.

    Move the post before the end, let its grace end sooner, or leave the code out.
    """
    for proof in context.proofs:
        offer = proof.file.campaign.offer
        if offer is None or proof.occurrence.awaits or untrue(proof, context):
            continue  # of a standard text that is not true then, its own rule speaks
        ends = context.anchors_of(proof.file).get("offer-ends")
        occurrence = proof.occurrence
        if not isinstance(ends, datetime) or occurrence.until.timestamp() <= ends.timestamp():
            continue
        if index_name := _naming(proof, offer):
            yield _breach(proof, *index_name, ends)


def _naming(proof: Proof, offer: Offer) -> tuple[int, str] | None:
    """The part that names the offer, and by what."""
    code, url = offer.code, offer.url
    for index, part in enumerate(proof.post.parts):
        if code and re.search(rf"(?<!\w){re.escape(code)}(?!\w)", part.text, re.IGNORECASE):
            return index, code
        if url and url in part.text:
            return index, url
        if discount := discount_in(part.text, offer, proof.post.locale):
            return index, discount
    return None


def _breach(proof: Proof, index: int, name: str, ends: datetime) -> Breach:
    occurrence = proof.occurrence
    end = ends.astimezone(occurrence.zone)
    left = apart(occurrence.due, ends)
    if left.total_seconds() <= 0:
        return dead_offer.breach(
            text=f"{part_name(proof, index)} names `{name}`, an offer that ends at "
            f"{as_local(end)}, "
            f"and is due at {as_local(occurrence.due)}",
            place=time_place(occurrence),
            help="move it before that, or leave the offer out",
            about=(occurrence,),
            alike=name,
        )
    return dead_offer.breach(
        text=f"{part_name(proof, index)} names `{name}`, an offer that ends at "
        f"{as_local(end)}, and "
        f"may go out until {as_local(occurrence.until)}",
        place=post_place(occurrence, "grace") if proof.declared.grace else time_place(occurrence),
        help=f"let its grace end sooner: `grace: {as_written(left)}`",
        about=(occurrence,),
        alike=name,
    )


@rule("unclear-offer")
def unclear_offer(context: RuleContext) -> Iterator[Breach]:
    """An offer says one discount, that a price allows, and a code that people can type.

    Percent and amount together leave open which of them counts. An amount above the price would
    give money away, and one in another currency can't be taken off it. A price has as many decimals
    as its currency. A code with a space in it, or with letters of two alphabets that look alike
    (`SLIM20` with a Cyrillic `М`), fails at the till.

    Mend the offer, or the price.
    """
    for file in context.files:
        yield from (
            unclear_offer.breach(text=message, place=Place(path=file.path, route=route), help=help)
            for message, route, help in (*_of_discount(file), *_of_code(file), *_of_sums(file))
        )


def _of_discount(file: CampaignFile) -> Flaws:
    offer, product = file.campaign.offer, getattr(file.campaign, "product", None)
    if offer is None or offer.amount is None:
        return
    if offer.percent is not None:
        yield (
            "an offer gives a percentage or an amount, not both",
            ("offer", "amount"),
            "leave out `percent`, or `amount` with its `currency`",
        )
    if product is None or product.price is None:
        return
    if product.currency != offer.currency:
        yield (
            f"the offer takes {offer.amount} {offer.currency} off a price in {product.currency}",
            ("offer", "currency"),
            f"write the discount in {product.currency}, or the price in {offer.currency}",
        )
    elif offer.amount > product.price:
        yield (
            f"the offer takes {offer.amount} off, and the price is {product.price}",
            ("offer", "amount"),
            "write the discount, not the new price",
        )


def _of_code(file: CampaignFile) -> Flaws:
    code = file.campaign.offer.code if file.campaign.offer else None
    if code is None:
        return
    joined = "".join(code.split())
    if joined != code:
        yield (
            f"the code `{code}` has a space in it, and nobody knows whether to type it",
            ("offer", "code"),
            f"write it in one: `{joined}`",
        )
    foreign = [letter for letter in code if letter.isalpha() and not letter.isascii()]
    if foreign and any(letter.isalpha() and letter.isascii() for letter in code):
        name = f"{foreign[0]} (U+{ord(foreign[0]):04X})"
        yield (
            f"the code `{code}` mixes letters of two alphabets: {name} is no Latin letter",
            ("offer", "code"),
            "type it anew, in one alphabet",
        )


def _of_sums(file: CampaignFile) -> Flaws:
    offer, product = file.campaign.offer, getattr(file.campaign, "product", None)
    sums: list[tuple[Decimal | None, str | None, tuple[str, str]] | None] = [
        (product.price, product.currency, ("product", "price")) if product else None,
        (offer.amount, offer.currency, ("offer", "amount")) if offer else None,
    ]
    for sum, currency, route in filter(None, sums):
        digits = CURRENCY_DECIMALS.get(currency or "", 2)
        if sum is not None and currency and len(str(sum).partition(".")[2]) > digits:
            least = Decimal(1).scaleb(-digits)
            below, above = (sum.quantize(least, way) for way in (ROUND_FLOOR, ROUND_CEILING))
            help = f"write as many as it has: {below} or {above}"
            yield f"`{sum}` has more decimals than {currency} has", route, help
