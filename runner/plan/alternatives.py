"""The ways in which an occurrence may have gone out, for who does not know which it was."""

from collections.abc import Iterator

from runner.compile import CampaignTexts, TextRequest
from runner.plan.inputs import PlanInputs
from runner.render import RenderedPost
from runner.schedule import Occurrence


def ways_out(inputs: PlanInputs, occurrence: Occurrence) -> Iterator[RenderedPost]:
    """The occurrence with each item of its ring, or as the one post that it is."""
    campaign = inputs.campaigns[occurrence.key.campaign]
    texts = CampaignTexts(campaign)
    for item in occurrence.post.items or (None,):
        if post := texts.rendering(TextRequest(occurrence, item)).post:
            yield post
