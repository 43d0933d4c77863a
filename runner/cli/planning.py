"""The occurrences of a span of time, ahead or back, with what the ledger knows of them."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from runner.cli.stores import ReadableLedger
from runner.ledger import Facts, Need, tellable
from runner.plan import (
    LOOK_BACK,
    Plan,
    PlanInputs,
    as_post_would,
    context_of_plan,
    drifts,
    need_of,
    past_occurrences,
    plan,
    with_journals,
    with_what_is_gone,
    with_what_lies_behind,
)
from runner.problems import Problem
from runner.publish import LOOKS_AHEAD
from runner.rules import check_plan
from runner.schedule import Occurrence
from runner.value import replace

FAR: Final = datetime(2300, 1, 1, tzinfo=UTC)
"""Later than anything that a file may declare."""


def facts_ahead(
    inputs: PlanInputs,
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
    accounts, since = inputs.project.accounts, now - back
    asked: list[tuple[Need, tuple[Occurrence, ...]]] = []

    def ask(glance: Facts) -> Need:
        glance = tellable(glance)
        ahead = inputs.occurrences(now=now, until=until, accounted=glance.accounted)
        past = (each for table in inputs.timetables for each in table.occurrences(since, now))
        budgeted = inputs.project.monthly_budget is not None
        need = need_of((*past, *besides, *ahead), glance, budgeted=budgeted, now=now)
        asked.append((with_journals(need, accounts=accounts, since=since, now=now), ahead))
        return asked[-1][0]

    facts = tellable(ledger.read(ask))
    need, ahead = asked[-1]
    whole = with_what_is_gone(need, facts, since=since)
    return facts if whole == need else tellable(ledger.read(whole)), ahead


def plan_now(inputs: PlanInputs, ledger: ReadableLedger, now: datetime) -> tuple[Plan, Facts]:
    """The plan of what is due now and soon, without a look at X, and the facts behind it."""
    facts, near = facts_ahead(inputs, ledger, now, now + LOOKS_AHEAD)
    planned = plan(inputs, near, facts, now=now, texts="due")
    return as_post_would(planned, inputs.project, facts), facts


class PlanAhead(NamedTuple):
    """The plan of all that is to come, with what it was made of."""

    inputs: PlanInputs
    plan: Plan
    facts: Facts
    occurrences: tuple[Occurrence, ...]
    behind: tuple[Occurrence, ...]

    def problems(self) -> tuple[Problem, ...]:
        """What only the clock and the ledger can tell."""
        context = context_of_plan(self.inputs, self.plan, self.facts, self.occurrences, self.behind)
        return check_plan(context, self.inputs.rules)


def plan_ahead(
    inputs: PlanInputs,
    ledger: ReadableLedger,
    now: datetime,
    *,
    every_campaign: bool = True,
    whole: Collection[str] | None = None,
    besides: tuple[Occurrence, ...] = (),
) -> PlanAhead:
    """The plan of all that is to come, with the facts of what there is `besides`.

    `every_campaign`: the inputs hold each that there is. `whole` are campaigns of which everything
    is wanted, however long ago it was due; None where those that are over are to be named, too.
    """
    past = past_occurrences(inputs, now=now, whole=whole)
    facts, occurrences = facts_ahead(
        inputs, ledger, now, FAR, back=LOOK_BACK, besides=(*past, *besides)
    )
    drift = drifts(inputs, facts, since=now - LOOK_BACK, every_campaign=every_campaign)
    told = as_post_would(plan(inputs, occurrences, facts, now=now), inputs.project, facts)
    planned, lying = with_what_lies_behind(
        replace(told, drift=drift), inputs, past, facts, whole=whole
    )
    return PlanAhead(inputs, planned, facts, occurrences, lying)
