"""How far a contest has come, by its files, the clock, and what is known beside them: one of its
stages. Needs none of the libraries that prove draws."""

from datetime import datetime
from enum import StrEnum

from runner.contest.costs import Tally
from runner.contest.states import (
    AnchorTimes,
    ContestState,
    is_too_late_to_close,
    settled_at,
    state_of,
)
from runner.schedule import (
    DRAW_NOTICE,
    LATEST_DRAW,
    QUICKNET_CLOCK,
    TIME_TO_MERGE,
    DeclaredContest,
    round_of_draw,
)
from runner.value import Value


class ContestStage(StrEnum):
    """The stages of a contest, in their order."""

    BY_HAND = "by hand"
    UNANNOUNCED = "unannounced"
    """It is open, and its announcement is not known to be out."""
    CHANGED = "changed"
    """It promises something else than its announcement does."""
    ANNOUNCED = "announced"
    COLLECTING = "collecting"
    """Some entries were read, and more are to be."""
    GAP = "gap"
    """Entries of some time may be missing."""
    CLOSED = "closed"
    """Nobody enters any more, and not all was read since."""
    SEALED = "sealed"
    """All entries were read, after all of them could be seen."""
    LIST_COMMITTED = "list committed"
    """The results hold the list's digest, and the closing post is still to carry it."""
    LIST_CLOSED = "list closed"
    """The closing post is out; the round that decides is still to come."""
    ROUND_KNOWN = "round known"
    """That round has come."""
    PROPOSED = "proposed"
    """A pull request with the next step waits to be merged."""
    DRAWN = "drawn"
    """Its results are merged, and nobody is named yet."""
    NAMED = "named"
    """Winners are named, and can still claim what they have won."""
    CLAIM_OVER = "claim over"
    OVER = "over"
    """Nothing that proves the draw has to be kept any longer."""
    EXPIRED = "expired"
    """Who won has left the results."""
    UNFINISHED = "unfinished"
    """Its list was closed, and no draw was merged in time."""


class ContestProgress(Value, kw_only=True):
    """What is known of a contest beside its files."""

    announced: bool = False
    """Whether its announcement is out."""
    changed: bool = False
    """Whether the contest promises something else now than that."""
    closed_at: datetime | None = None
    """When its closing post went out."""
    named: bool = False
    """Whether something went out since it was drawn."""
    read: Tally | None = None
    """What was read of its entries, by the last reading."""
    proposed: bool = False
    """Whether a branch proposes the next step."""


class StageReached(Value, kw_only=True):
    """A stage; how many days late the draw is; and until when it lasts, where that is known."""

    stage: ContestStage
    days_late: int = 0
    until: datetime | None = None


def stage_of(
    contest: DeclaredContest, anchors: AnchorTimes, known: ContestProgress, now: datetime
) -> StageReached | None:
    """The stage that a contest has reached, and until when it lasts; None where `state_of` gives
    none."""
    match state_of(contest, anchors, now):
        case None:
            return None
        case ContestState.OPEN | ContestState.CLOSED | ContestState.WAITING if known.changed:
            return StageReached(stage=ContestStage.CHANGED)
        case ContestState.BY_HAND:
            return StageReached(stage=ContestStage.BY_HAND)
        case ContestState.OPEN:
            return StageReached(stage=_while_open(contest, known), until=_at(anchors, "closes"))
        case ContestState.CLOSED:
            return _before_the_list(contest, anchors, known)
        case ContestState.WAITING:
            return _before_the_draw(anchors, known, now)
        case ContestState.DRAWN:
            return _after_the_draw(contest, anchors, known, now)


def _at(anchors: AnchorTimes, name: str) -> datetime | None:
    at = anchors.get(name)
    return at if isinstance(at, datetime) else None


def _while_open(contest: DeclaredContest, known: ContestProgress) -> ContestStage:
    if not known.announced:
        return ContestStage.UNANNOUNCED
    if known.read is None:
        return ContestStage.ANNOUNCED
    is_whole = known.read.is_whole_but_for(contest.accepts)
    return ContestStage.COLLECTING if is_whole else ContestStage.GAP


def _before_the_list(
    contest: DeclaredContest, anchors: AnchorTimes, known: ContestProgress
) -> StageReached:
    closes, draws, read = _at(anchors, "closes"), _at(anchors, "draws"), known.read
    assert closes, "it has closed"  # noqa: S101
    assert draws, "it can still be proven"  # noqa: S101
    stage = ContestStage.CLOSED
    if known.proposed:
        stage = ContestStage.PROPOSED
    elif read and not read.is_whole_but_for(contest.accepts):
        stage = ContestStage.GAP
    elif read and read.at >= settled_at(closes):
        stage = ContestStage.SEALED
    return StageReached(stage=stage, until=draws - DRAW_NOTICE)


def _before_the_draw(anchors: AnchorTimes, known: ContestProgress, now: datetime) -> StageReached:
    draws = _at(anchors, "draws")
    if draws is None:
        return StageReached(stage=ContestStage.BY_HAND)
    if known.closed_at is None:
        if is_too_late_to_close(anchors, now):
            return StageReached(stage=ContestStage.BY_HAND)
        return StageReached(stage=ContestStage.LIST_COMMITTED, until=draws - DRAW_NOTICE)
    decides = round_of_draw(QUICKNET_CLOCK, int(draws.timestamp()), known.closed_at)
    if decides is None:
        return StageReached(stage=ContestStage.BY_HAND)
    comes = QUICKNET_CLOCK.instant(decides.number).astimezone(draws.tzinfo)
    if now > draws + LATEST_DRAW + TIME_TO_MERGE:
        return StageReached(stage=ContestStage.UNFINISHED, days_late=decides.days_late)
    if now < comes:
        return StageReached(
            stage=ContestStage.LIST_CLOSED, days_late=decides.days_late, until=comes
        )
    stage = ContestStage.PROPOSED if known.proposed else ContestStage.ROUND_KNOWN
    until = draws + LATEST_DRAW + TIME_TO_MERGE
    return StageReached(stage=stage, days_late=decides.days_late, until=until)


def _after_the_draw(
    contest: DeclaredContest, anchors: AnchorTimes, known: ContestProgress, now: datetime
) -> StageReached:
    drawn, claim_by = _at(anchors, "drawn"), _at(anchors, "claim-by")
    if contest.draw and contest.draw.expired:
        return StageReached(stage=ContestStage.EXPIRED)
    days_late = (contest.draw and contest.draw.days_late) or 0
    over = drawn + contest.keep if drawn else None
    if over and now >= over:
        return StageReached(stage=ContestStage.OVER, days_late=days_late)
    if not known.named:
        return StageReached(stage=ContestStage.DRAWN, days_late=days_late)
    if claim_by and now >= claim_by:
        return StageReached(stage=ContestStage.CLAIM_OVER, days_late=days_late, until=over)
    return StageReached(stage=ContestStage.NAMED, days_late=days_late, until=claim_by)
