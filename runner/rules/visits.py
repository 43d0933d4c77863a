"""The rule of visits: where a project counts them, all its links are counted."""

import re
from collections.abc import Iterator
from typing import Final

from runner.models import PROJECT_FILE, Utm
from runner.problems import Severity
from runner.render import link_with_utm
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, word_place
from runner.rules.rule import Breach, rule

_COUNTED: Final = re.compile(r"[?&]utm_source=", re.IGNORECASE)
_ON_X: Final = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com(?![\w.-])", re.IGNORECASE
)


@rule("untagged-link", Severity.WARNING)
def untagged_link(context: RuleContext) -> Iterator[Breach]:
    """Where a project counts its visits, all its addresses are counted.

    `links: {utm: …}` in runner.yaml adds its parameters to `link` and to `product.url`. An address
    that stands in a text goes out as it is written, and visits from there are not counted. Told
    once for each campaign; addresses on X itself, and that of the offer, need no parameters.

    Write the address as `link` of the campaign or of the item, and `{{ link }}` in the text, or
    write it with its parameters; if it is somebody else's, say so: `ignore: {untagged-link: the
    reason}`.
    """
    utm = context.project.links.utm
    if utm is None:
        return
    told: set[str] = set()
    for proof, index, part in context.with_others.parts():
        if proof.file.path in told or "untagged-link" in proof.declared.ignore:
            continue
        offer = proof.file.campaign.offer
        if bare := _uncounted_url(part.text, context, offer.url if offer else None):
            told.add(proof.file.path)
            yield untagged_link.breach(
                text=f"{part_name(proof, index)} leads to {bare} without the utm parameters that "
                f"`links` of {PROJECT_FILE} has",
                place=word_place(proof, index, bare),
                help=_in_place_of(bare, proof, utm),
                about=(proof.occurrence,),
            )


def _in_place_of(bare: str, proof: Proof, utm: Utm) -> str:
    """A campaign that leads somewhere keeps its `link`, which its other posts may show."""
    campaign = proof.file.campaign
    if campaign.link or campaign.offer or getattr(campaign, "product", None):
        return f"write it with them: `{link_with_utm(bare, utm, proof.occurrence.key)}`"
    return f"write `link: {bare}` in the campaign, and `{{{{ link }}}}` in the text"


def _uncounted_url(text: str, context: RuleContext, offer: str | None) -> str | None:
    """The first address of a text that is not counted; one without `https` is told elsewhere."""
    if "://" not in text:
        return None
    return next(
        (
            url
            for url in context.entities_in(text, "url")
            if url.lower().startswith(("http://", "https://"))
            if url != offer and not _COUNTED.search(url) and not _ON_X.match(url)
        ),
        None,
    )
