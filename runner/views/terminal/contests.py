"""Where the contests of a project stand, with what was seen of their entries."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from runner.compile import DatedCampaign
from runner.contest.stages import ContestProgress
from runner.views.contest_stages import seen_phrases, stage_sentences


def contests_as_text(
    campaigns: Iterable[DatedCampaign], known: Mapping[str, ContestProgress], now: datetime
) -> Iterator[str]:
    """A line for each contest, and what was seen by its last reading. `known` is their progress
    by id."""
    for campaign, sentence in stage_sentences(campaigns, known, now):
        yield sentence
        yield from (f"  {phrase}" for phrase in seen_phrases(campaign, known))
