"""Where a contest stands follows from its files, the clock, and what is known beside them."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from runner.contest.costs import Tally
from runner.contest.stages import ContestProgress, ContestStage, StageReached, stage_of
from runner.contest.states import ContestState, is_collected, is_step_due, state_of
from runner.schedule import DeclaredContest, DeclaredDraw
from runner.value import replace
from tests.unit.contest.building import CLOSES, DRAWS, OPENS

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DRAWN = DRAWS + HOUR
ANCHORS = {"opens": OPENS, "closes": CLOSES, "draws": DRAWS}
AFTERWARDS = {**ANCHORS, "drawn": DRAWN, "claim-by": DRAWN + 7 * DAY}
LIST = DeclaredDraw(
    has_digest=True, entries=7, is_drawn=False, has_proof=False, days_late=0, expired=None
)
DRAW = replace(LIST, is_drawn=True, has_proof=True)
CONTEST = DeclaredContest(
    key="a" * 26,
    keep=90 * DAY,
    how="reply",
    phrase="#ZiemasLois",
    expected=1000,
    announcement="announce",
    closing_post="closed",
    copy_at=None,
    draw=None,
)
LISTED, DRAWN_ONE = replace(CONTEST, draw=LIST), replace(CONTEST, draw=DRAW)
ANNOUNCED = ContestProgress(announced=True)


def read(at: datetime, *, whole: bool = True) -> ContestProgress:
    tally = Tally(at=at, usd=Decimal(1), seen=7, counted=None, is_whole=whole)
    return ContestProgress(announced=True, read=tally)


def read_past_a_gap(at: datetime, *, walking: bool = False) -> ContestProgress:
    tally = Tally(
        at=at,
        usd=Decimal(1),
        seen=7,
        counted=None,
        is_whole=False,
        gaps=(GAP,),
        is_walking=walking,
    )
    return ContestProgress(announced=True, read=tally)


def closed(at: datetime, *, proposed: bool = False) -> ContestProgress:
    return ContestProgress(announced=True, closed_at=at, proposed=proposed)


IN_TIME = CLOSES + HOUR
GAP = "2026-12-03 10:00"
LEAVES_OUT = replace(CONTEST, accepts=(GAP,))
SETTLED = CLOSES + timedelta(minutes=15)
STAGES = {
    "nothing is known": (CONTEST, ContestProgress(), OPENS, ContestStage.UNANNOUNCED),
    "it was changed": (
        CONTEST,
        ContestProgress(announced=True, changed=True),
        OPENS,
        ContestStage.CHANGED,
    ),
    "its announcement is out": (CONTEST, ANNOUNCED, OPENS, ContestStage.ANNOUNCED),
    "some was read": (CONTEST, read(OPENS + HOUR), OPENS + DAY, ContestStage.COLLECTING),
    "some is missing": (CONTEST, read(OPENS + HOUR, whole=False), OPENS + DAY, ContestStage.GAP),
    "it has closed": (CONTEST, read(CLOSES), CLOSES + HOUR, ContestStage.CLOSED),
    "all was read": (CONTEST, read(SETTLED), CLOSES + HOUR, ContestStage.SEALED),
    "all was read but some": (CONTEST, read(SETTLED, whole=False), CLOSES + HOUR, ContestStage.GAP),
    "what is missing is not accepted": (
        CONTEST,
        read_past_a_gap(SETTLED),
        CLOSES + HOUR,
        ContestStage.GAP,
    ),
    "what is missing is accepted": (
        LEAVES_OUT,
        read_past_a_gap(SETTLED),
        CLOSES + HOUR,
        ContestStage.SEALED,
    ),
    "what is missing is accepted while it is open": (
        LEAVES_OUT,
        read_past_a_gap(OPENS + HOUR),
        OPENS + DAY,
        ContestStage.COLLECTING,
    ),
    "more is to be read beside what is accepted": (
        LEAVES_OUT,
        read_past_a_gap(SETTLED, walking=True),
        CLOSES + HOUR,
        ContestStage.GAP,
    ),
    "its list is proposed": (
        CONTEST,
        replace(read(SETTLED), proposed=True),
        CLOSES + HOUR,
        ContestStage.PROPOSED,
    ),
    "its list is merged": (LISTED, ANNOUNCED, CLOSES + HOUR, ContestStage.LIST_COMMITTED),
    "its closing post is out": (LISTED, closed(IN_TIME), DRAWS, ContestStage.LIST_CLOSED),
    "its round has come": (LISTED, closed(IN_TIME), DRAWS + HOUR, ContestStage.ROUND_KNOWN),
    "its draw is proposed": (
        LISTED,
        closed(IN_TIME, proposed=True),
        DRAWS + HOUR,
        ContestStage.PROPOSED,
    ),
    "nothing was merged in time": (
        LISTED,
        closed(IN_TIME),
        DRAWS + 10 * DAY + HOUR,
        ContestStage.UNFINISHED,
    ),
    "its closing post was too late": (
        LISTED,
        closed(DRAWS + 3 * DAY),
        DRAWS + 3 * DAY,
        ContestStage.BY_HAND,
    ),
    "it is too late for a closing post": (
        LISTED,
        ANNOUNCED,
        DRAWS + 3 * DAY - 11 * HOUR,
        ContestStage.BY_HAND,
    ),
    "it is too late for a list": (
        CONTEST,
        ANNOUNCED,
        DRAWS + 3 * DAY - 11 * HOUR,
        ContestStage.BY_HAND,
    ),
    "it has no key": (replace(CONTEST, key=None), ANNOUNCED, OPENS - DAY, ContestStage.BY_HAND),
    "its results have no proof": (
        replace(CONTEST, draw=replace(DRAW, has_proof=False)),
        ANNOUNCED,
        DRAWN,
        ContestStage.BY_HAND,
    ),
    "it is drawn": (DRAWN_ONE, ANNOUNCED, DRAWN, ContestStage.DRAWN),
    "winners are named": (DRAWN_ONE, ContestProgress(named=True), DRAWN + DAY, ContestStage.NAMED),
    "they can't claim any more": (
        DRAWN_ONE,
        ContestProgress(named=True),
        DRAWN + 7 * DAY,
        ContestStage.CLAIM_OVER,
    ),
    "nothing has to be kept": (DRAWN_ONE, ContestProgress(), DRAWN + 90 * DAY, ContestStage.OVER),
    "nobody who won stands there": (
        replace(CONTEST, draw=replace(DRAW, expired=DRAWN.date())),
        ContestProgress(),
        DRAWN + 91 * DAY,
        ContestStage.EXPIRED,
    ),
}


@pytest.mark.parametrize("what", STAGES)
def test_each_stage_follows_from_what_is_known(what: str) -> None:
    contest, known, now, stage = STAGES[what]
    anchors = AFTERWARDS if contest.is_drawn else ANCHORS
    found = stage_of(contest, anchors, known, now)
    assert found
    assert found.stage is stage


def test_every_stage_is_looked_at() -> None:
    assert {stage for *_, stage in STAGES.values()} == set(ContestStage)


def test_before_it_opens_there_is_nothing_to_tell() -> None:
    assert stage_of(CONTEST, ANCHORS, ContestProgress(), OPENS - HOUR) is None
    assert stage_of(CONTEST, {}, ContestProgress(), OPENS) is None


@pytest.mark.parametrize("days", [0, 1, 2, 3])
def test_a_late_closing_post_is_told_in_days(days: int) -> None:
    late = DRAWS + (days - 1) * DAY - 11 * HOUR if days else IN_TIME
    found = stage_of(LISTED, ANCHORS, closed(late), late)
    comes = DRAWS + days * DAY + timedelta(seconds=3)
    assert found == StageReached(stage=ContestStage.LIST_CLOSED, days_late=days, until=comes)
    drawn = replace(CONTEST, draw=replace(DRAW, days_late=days))
    told = stage_of(drawn, AFTERWARDS, ContestProgress(named=True), DRAWN)
    assert told
    assert told.days_late == days


def test_entries_are_read_and_steps_are_due_as_long_as_they_prove_anything() -> None:
    last = DRAWS + 3 * DAY - 12 * HOUR
    assert is_collected(CONTEST, ANCHORS, last)
    assert is_step_due(CONTEST, ANCHORS, last)
    assert not is_collected(CONTEST, ANCHORS, last + HOUR)
    assert not is_step_due(CONTEST, ANCHORS, last + HOUR)
    assert state_of(CONTEST, ANCHORS, last + HOUR) is ContestState.BY_HAND
    assert is_step_due(LISTED, ANCHORS, DRAWS + 10 * DAY)
    assert not is_step_due(LISTED, ANCHORS, DRAWS + 10 * DAY + HOUR)
    assert not is_step_due(CONTEST, ANCHORS, SETTLED - timedelta(seconds=1))
