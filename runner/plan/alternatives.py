"""The ways in which an occurrence may have gone out, for who does not know which it was."""

from collections.abc import Iterator

from runner.plan.inputs import PlanInputs
from runner.render import RenderedPost
from runner.schedule import Occurrence, Turn, ring


def ways_out(inputs: PlanInputs, occurrence: Occurrence) -> Iterator[RenderedPost]:
    """The occurrence with each item of its ring, or as the one post that it is."""
    key = occurrence.key
    items = occurrence.file.items.get(key.post)
    turns: tuple[Turn | None, ...] = (None,)
    if items is not None:
        turns = ring(items.items, occurrence.post.order)
    campaign = inputs.campaigns[key.campaign]
    yield from filter(None, (campaign.rendering(occurrence, turn).post for turn in turns))
