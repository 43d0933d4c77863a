"""Where the contests of a project stand, with what was seen of their entries."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from runner.compile import DatedCampaign
from runner.contest.stages import ContestProgress
from runner.contest.tally import Tally
from runner.views.contest_stages import stage_sentences
from runner.views.phrases import count, moment


def contests_as_text(
    campaigns: Iterable[DatedCampaign], known: Mapping[str, ContestProgress], now: datetime
) -> Iterator[str]:
    """A line for each contest, and what was seen by its last reading. `known` is their progress
    by id."""
    for campaign, sentence in stage_sentences(campaigns, known, now):
        yield sentence
        if campaign.id in known and (read := known[campaign.id].read):
            yield _seen(campaign, read)


def _seen(campaign: DatedCampaign, tally: Tally) -> str:
    opens = campaign.anchors.get("opens")
    at = tally.at.astimezone(opens.tzinfo) if isinstance(opens, datetime) else tally.at
    counted = f", of {tally.counted:,} that X counts" if tally.counted is not None else ""
    missing = "" if tally.is_whole else "; entries may be missing"
    posts = count(tally.seen, "post was", "posts were")
    return f"  {posts} seen{counted}, by {moment(at)}{missing}"
