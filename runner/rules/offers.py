"""The rule of offers: nobody is sent to a till with a code that no longer works."""

import re
from collections.abc import Iterator
from datetime import datetime

from runner.problems import Severity
from runner.rules.moments import apart, shown, written
from runner.rules.places import named, post_place, time_place
from runner.rules.rule import Finding, rule
from runner.rules.scene import Proof, Scene


@rule("dead-offer", Severity.WARNING)
def dead_offer(scene: Scene) -> Iterator[Finding]:
    """A post names an offer only while it lasts.

    A code that no longer works costs trust. A post names the campaign's offer when its text has the
    offer's code or address; it has to go out before `offer-ends`, and so does one that goes out as
    late as its grace lets it.

    Move the post before the end, let its grace end sooner, or leave the code out.
    """
    for proof in scene.proofs:
        offer = proof.file.campaign.offer
        if offer is None or not (offer.code or offer.url):
            continue
        ends = scene.anchors_of(proof.file).get("offer-ends")
        occurrence = proof.occurrence
        if not isinstance(ends, datetime) or occurrence.until.timestamp() <= ends.timestamp():
            continue
        if index_name := _naming(proof, offer.code, offer.url):
            yield _finding(proof, *index_name, ends)


def _naming(proof: Proof, code: str | None, url: str | None) -> tuple[int, str] | None:
    """The part that names the offer, and by what."""
    for index, part in enumerate(proof.post.parts):
        if code and re.search(rf"(?<!\w){re.escape(code)}(?!\w)", part.text, re.IGNORECASE):
            return index, code
        if url and url in part.text:
            return index, url
    return None


def _finding(proof: Proof, index: int, name: str, ends: datetime) -> Finding:
    occurrence = proof.occurrence
    end = ends.astimezone(occurrence.zone)
    left = apart(occurrence.due, ends)
    if left.total_seconds() <= 0:
        return Finding(
            message=f"{named(proof, index)} names `{name}`, an offer that ends at {shown(end)}, "
            f"and is due at {shown(occurrence.due)}",
            place=time_place(occurrence),
            help="move it before that, or leave the offer out",
            about=(occurrence,),
            alike=name,
        )
    return Finding(
        message=f"{named(proof, index)} names `{name}`, an offer that ends at {shown(end)}, and "
        f"may go out until {shown(occurrence.until)}",
        place=post_place(occurrence, "grace") if proof.declared.grace else time_place(occurrence),
        help=f"let its grace end sooner: `grace: {written(left)}`",
        about=(occurrence,),
        alike=name,
    )
