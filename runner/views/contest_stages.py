"""Where the contests of a project stand, and what is next to do, a sentence each."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from runner.compile import DatedCampaign
from runner.contest import ContestProgress, ContestStage, StageReached, Tally, stage_of
from runner.schedule import DeclaredContest
from runner.views.phrases import count, moment

_REMINDED: Final = timedelta(days=30)
"""How long a contest is told of that nothing more comes of."""


def stage_sentences(
    campaigns: Iterable[DatedCampaign], known: Mapping[str, ContestProgress], now: datetime
) -> Iterator[tuple[DatedCampaign, str]]:
    """Each contest of which there is anything to tell, with the sentence; `known` is their progress
    by id."""
    for each in campaigns:
        contest = each.campaign.contest
        if contest is None or _is_long_over(each, contest, now):
            continue
        found = stage_of(contest, each.anchors, known.get(each.id, ContestProgress()), now)
        if found:
            yield each, f"Contest {each.id} {_sentence(each.id, contest, found)}"


def seen_phrases(campaign: DatedCampaign, known: Mapping[str, ContestProgress]) -> Iterator[str]:
    """What was seen of a contest's entries by its last reading, where there is one."""
    read = known[campaign.id].read if campaign.id in known else None
    contest, opens = campaign.campaign.contest, campaign.anchors.get("opens")
    if read is None or contest is None:
        return
    at = read.at.astimezone(opens.tzinfo) if isinstance(opens, datetime) else read.at
    counted = f", of {read.counted:,} that X counts" if read.counted is not None else ""
    posts = count(read.seen, "post was", "posts were")
    yield f"{posts} seen{counted}, by {moment(at)}{_missing_words(read, contest.accepts)}"


def _missing_words(read: Tally, accepted: Collection[str]) -> str:
    """What nobody has seen, and what of it the contest's file leaves out."""
    left_out = [f"{gap} UTC" for gap in read.gaps if gap in accepted]
    gaps = [f"{gap} UTC" for gap in read.gaps if gap not in accepted]
    told = f"; entries from after {' and '.join(left_out)} are left out" if left_out else ""
    if read.is_whole_but_for(accepted):
        return told
    since = f", from after {' and '.join(gaps)}" if gaps else ""
    return f"{told}; entries may be missing{since}"


def _is_long_over(campaign: DatedCampaign, contest: DeclaredContest, now: datetime) -> bool:
    """Whether nobody is reminded of a contest any more; of one with a key, since it has expired."""
    anchors = campaign.anchors
    if contest.has_key:
        over: datetime | date | None = contest.draw.expired if contest.draw else None
    else:
        over = anchors.get("drawn") or anchors.get("closes")
    if isinstance(over, datetime):
        over = over.date()
    return over is not None and now.date() - over >= _REMINDED


def _sentence(id: str, contest: DeclaredContest, found: StageReached) -> str:
    match found.stage:
        case ContestStage.BY_HAND:
            late = (
                ": it is too late for a proof" if contest.has_key and not contest.is_drawn else ""
            )
            return f"is drawn by hand, which nobody can verify{late}"
        case ContestStage.CHANGED:
            return (
                "promises something else than was announced: put back its prize, rules, times, key "
                "and terms; or draw it by hand, and say so"
            )
        case ContestStage.UNANNOUNCED | ContestStage.ANNOUNCED | ContestStage.COLLECTING:
            return _while_open(contest, found)
        case ContestStage.GAP:
            missing = f"waits for entries that may be missing{_until(found)}"
            return f"{missing}: runner collect {id} says what to do"
        case (
            ContestStage.CLOSED
            | ContestStage.SEALED
            | ContestStage.LIST_COMMITTED
            | ContestStage.PROPOSED
        ):
            return _to_be_merged(id, contest, found)
        case ContestStage.LIST_CLOSED:
            return f"waits{_until(found)} with {_entries(contest)}: runner draw {id}{_late(found)}"
        case ContestStage.ROUND_KNOWN:
            return f"can be drawn from {_entries(contest)}: runner draw {id}{_late(found)}"
        case _:
            return _after_the_draw(id, contest, found)


def _while_open(contest: DeclaredContest, found: StageReached) -> str:
    if found.stage is ContestStage.UNANNOUNCED:
        return f"is open{_until(found)}, and `{contest.announcement}` is not known to be out"
    return f"is open{_until(found)}: runner collect"


def _to_be_merged(id: str, contest: DeclaredContest, found: StageReached) -> str:
    by = f", in time{_until(found)}"
    commit = f"runner contest commit {id}"
    match found.stage:
        case ContestStage.CLOSED:
            return f"has closed, and has no list yet{by}: runner collect {id}, then {commit}"
        case ContestStage.SEALED:
            return f"has closed, and has no list yet{by}: {commit}"
        case ContestStage.LIST_COMMITTED:
            listed, post = _entries(contest), contest.closing_post
            return f"has its list of {listed}, and `{post}` is still to carry the digest{by}"
        case _:
            what = f"its winners{_late(found)}" if contest.draw else "its list"
            return f"waits for the pull request with {what} to be merged{by}"


def _after_the_draw(id: str, contest: DeclaredContest, found: StageReached) -> str:
    verify = f"anyone can check it: runner verify {id}{_late(found)}"
    match found.stage:
        case ContestStage.NAMED:
            return f"is drawn, and the winners can claim{_until(found)}; {verify}"
        case ContestStage.CLAIM_OVER:
            redraw = f"runner redraw {id} --fallen HANDLE --because unclaimed"
            return f"is drawn, and the time to claim is over; for who has not: {redraw}; {verify}"
        case ContestStage.OVER:
            return f"is over, and so is `keep`: runner forget {id}"
        case ContestStage.EXPIRED:
            key = f"destroy its key {contest.key}, in your own copy of all keys and in the secret"
            return f"is over: {key}"
        case ContestStage.UNFINISHED:
            return (
                "is unfinished: its list was closed, and no draw was merged in time; draw it by "
                "hand, and say so"
            )
        case _:
            return f"is drawn, and {verify}"


def _entries(contest: DeclaredContest) -> str:
    return count((contest.draw and contest.draw.entries) or 0, "entry", "entries")


def _until(found: StageReached) -> str:
    return f" until {moment(found.until)}" if found.until else ""


def _late(found: StageReached) -> str:
    if not found.days_late:
        return ""
    return f" ({count(found.days_late, 'day')} late: earlier draws may have been seen)"


def contests_as_text(
    campaigns: Iterable[DatedCampaign], known: Mapping[str, ContestProgress], now: datetime
) -> Iterator[str]:
    """A line for each contest, and what was seen by its last reading. `known` is their progress
    by id."""
    for campaign, sentence in stage_sentences(campaigns, known, now):
        yield sentence
        yield from (f"  {phrase}" for phrase in seen_phrases(campaign, known))
