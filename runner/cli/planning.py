"""Looking ahead and back: what the ledger knows of a stretch of time."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from runner.cli.ledger_store import ReadableLedger
from runner.ledger import Facts, Need, tellable
from runner.plan import (
    LOOK_BACK,
    Desk,
    Plan,
    as_post_would,
    drifts,
    need_of,
    plan,
    with_journals,
    with_what_is_gone,
)
from runner.plan.past_posts import behind, with_what_lies_behind
from runner.plan.proofs import scene_of_plan
from runner.problems import Problem
from runner.publish.run import NEAR
from runner.rules import Stage, check
from runner.schedule import Occurrence

FAR: Final = datetime(2300, 1, 1, tzinfo=UTC)
"""Later than anything that a file may declare."""


def facts_ahead(
    desk: Desk,
    ledger: ReadableLedger,
    now: datetime,
    until: datetime,
    *,
    back: timedelta = timedelta(0),
    besides: tuple[Occurrence, ...] = (),
) -> tuple[Facts, tuple[Occurrence, ...]]:
    """The facts of all that was missed since the last look, may still go out, or is to come; and
    of what was due or went out up to `back` ago, even where no file declares it any more; and of
    what there is `besides`."""
    accounts, since = desk.project.accounts, now - back
    asked: list[tuple[Need, tuple[Occurrence, ...]]] = []

    def ask(glance: Facts) -> Need:
        glance = tellable(glance)
        ahead = desk.occurrences(now=now, until=until, accounted=glance.accounted)
        past = (each for table in desk.timetables for each in table.occurrences(since, now))
        need = need_of((*past, *besides, *ahead), glance, accounts=accounts, now=now)
        asked.append((with_journals(need, accounts=accounts, since=since, now=now), ahead))
        return asked[-1][0]

    facts = tellable(ledger.read(ask))
    need, ahead = asked[-1]
    whole = with_what_is_gone(need, facts, since=since)
    return facts if whole == need else tellable(ledger.read(whole)), ahead


def plan_now(desk: Desk, ledger: ReadableLedger, now: datetime) -> Plan:
    """The plan of what is due now and soon, without a look at X."""
    facts, near = facts_ahead(desk, ledger, now, now + NEAR)
    planned = plan(desk, near, facts, now=now, texts="due")
    return as_post_would(planned, desk.project, facts)


def plan_ahead(
    desk: Desk,
    ledger: ReadableLedger,
    now: datetime,
    *,
    every_campaign: bool = True,
    whole: Collection[str] | None = None,
) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan of all that is to come, with what only the clock and the ledger can tell.

    `every_campaign`: the desk holds each that there is. `whole` are campaigns of which everything
    is wanted, however long ago it was due; None where those that are over are to be named, too.
    """
    past = behind(desk, now=now, whole=whole)
    facts, occurrences = facts_ahead(desk, ledger, now, FAR, back=LOOK_BACK, besides=past)
    drift = drifts(desk, facts, since=now - LOOK_BACK, every_campaign=every_campaign)
    told = as_post_would(plan(desk, occurrences, facts, now=now), desk.project, facts)
    planned, lying = with_what_lies_behind(
        replace(told, drift=drift), desk, past, facts, whole=whole
    )
    scene = scene_of_plan(desk, planned, facts, occurrences, lying)
    return planned, check(scene, Stage.PLAN, desk.rules)
