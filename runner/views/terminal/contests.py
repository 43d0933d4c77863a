"""Where the contests of a project stand, and what is next to do."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from runner.compile import DatedCampaign
from runner.contest.states import ContestState, state_of
from runner.contest.tally import Tally
from runner.schedule import DeclaredContest
from runner.views.phrases import count, moment

_REMINDED: Final = timedelta(days=30)


def contests_as_text(
    campaigns: Iterable[DatedCampaign], now: datetime, seen: Mapping[str, Tally]
) -> tuple[str, ...]:
    """A line for each contest that has opened, and what was `seen` by its last reading, by id."""
    return tuple(
        line for each in campaigns for line in (*_line(each, now), *_seen(each, seen.get(each.id)))
    )


def _seen(campaign: DatedCampaign, tally: Tally | None) -> Iterator[str]:
    if tally is None:
        return
    opens = campaign.anchors.get("opens")
    at = tally.at.astimezone(opens.tzinfo) if isinstance(opens, datetime) else tally.at
    counted = f", of {tally.counted:,} that X counts" if tally.counted is not None else ""
    missing = "" if tally.is_whole else "; entries may be missing"
    posts = count(tally.seen, "post was", "posts were")
    yield f"  {posts} seen{counted}, by {moment(at)}{missing}"


def _line(campaign: DatedCampaign, now: datetime) -> Iterator[str]:
    contest, id = campaign.campaign.contest, campaign.id
    if contest is None:
        return
    match state_of(contest, campaign.anchors, now):
        case ContestState.OPEN:
            yield f"Contest {id} is open {_until(campaign, 'closes')}: runner collect"
        case ContestState.CLOSED:
            yield f"Contest {id} has closed, and has no list yet: runner contest commit {id}"
        case ContestState.WAITING:
            entries = count((contest.draw and contest.draw.entries) or 0, "entry", "entries")
            until = _until(campaign, "draws")
            yield f"Contest {id} waits {until} with {entries}: runner draw {id}"
        case ContestState.DRAWN:
            yield from _drawn(campaign, contest, now)
        case ContestState.BY_HAND:
            yield f"Contest {id} is drawn by hand, which nobody can verify"
        case None:
            return


def _drawn(campaign: DatedCampaign, contest: DeclaredContest, now: datetime) -> Iterator[str]:
    """What is left to do after the draw: to check it, and in the end to forget it."""
    id, drawn = campaign.id, campaign.anchors.get("drawn")
    expired = contest.draw.expired if contest.draw else None
    if expired:
        if now.date() - expired < _REMINDED:  # whether the key is gone, nobody can see
            yield (
                f"Contest {id} is over: destroy its key {contest.key}, in your own copy of all "
                "keys and in the secret"
            )
    elif isinstance(drawn, datetime) and now >= drawn + contest.keep:
        yield f"Contest {id} is over, and so is `keep`: runner forget {id}"
    else:
        yield f"Contest {id} is drawn, and anyone can check it: runner verify {id}"


def _until(campaign: DatedCampaign, anchor: str) -> str:
    at = campaign.anchors.get(anchor)
    return f"until {moment(at)}" if isinstance(at, datetime) else ""
