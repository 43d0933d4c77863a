"""The plan: every occurrence of a window judged, account by account, within its bounds; and what
waits for a moment nobody knows yet, with all that it will say."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from runner.bugs import Bug, contained
from runner.compile import CampaignTexts, DatedCampaign, TextRequest
from runner.ledger import Facts, Key, Standing, State
from runner.models import Project
from runner.plan.action import Action, Plan, Verb
from runner.plan.cases import Case, cases_of
from runner.plan.doubt_verdict import is_lost
from runner.plan.inputs import PlanInputs
from runner.plan.limits import spent_in, within_limits
from runner.plan.prerequisites import after_what_is_in_doubt, after_what_they_need, before_its_round
from runner.plan.verdict import by_hold, verdict
from runner.schedule import Occurrence
from runner.value import replace


def plan(
    inputs: PlanInputs,
    occurrences: tuple[Occurrence, ...],
    facts: Facts,
    *,
    now: datetime,
    texts: Literal["all", "due"] = "all",
    absent: frozenset[str] = frozenset(),
) -> Plan:
    """What would happen now to these occurrences, which `PlanInputs.occurrences` gave.

    Rendering is most of the work; a run that only publishes needs the texts of what is due.
    `absent` are attempts that a look, a moment ago, did not find on the timeline.
    """
    now = now.astimezone(UTC)
    inputs.assets.work.begin_round(times=2)
    within = tuple(
        before_its_round(each, inputs.campaigns[each.key.campaign].anchors, facts)
        for each in _readable(occurrences, facts)
    )
    cases = tuple(cases_of(inputs, within, facts, now, texts, absent))
    actions = _actions(inputs, cases, facts, now)
    unsettled = _without_occurrence(inputs, facts, {action.key for action in actions})
    return Plan(
        now=now,
        actions=actions,
        undated=undated_actions(inputs, facts) if texts == "all" else (),
        unsettled=unsettled,
        gone=frozenset(each.key.account for each in unsettled) - inputs.project.accounts.keys(),
        lost=tuple(each for each in unsettled if is_lost(each, absent, now)),
        holds=facts.holds,
        spent=spent_in(facts, now),
        budget=inputs.project.monthly_budget,
        unreadable=frozenset(facts.damaged),
        notices=(
            *_notices(facts),
            *_untold_lines(inputs, facts, {action.key for action in actions}),
        ),
    )


def _actions(
    inputs: PlanInputs, cases: tuple[Case, ...], facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """What each case comes to by itself, beside the others, and beside what is in doubt."""
    verdicts = tuple(_judged_action(case, inputs.project, facts, now) for case in cases)
    within_bounds = within_limits(
        after_what_they_need(verdicts, timetables=inputs.timetables, facts=facts, now=now),
        project=inputs.project,
        facts=facts,
        now=now,
    )
    return after_what_is_in_doubt(within_bounds, now)


def _readable(occurrences: Iterable[Occurrence], facts: Facts) -> tuple[Occurrence, ...]:
    """The occurrences without those of accounts of which nothing is known, and without those of
    which nothing was read since they are out."""
    return tuple(
        each
        for each in occurrences
        if each.key.account not in facts.damaged and each.key not in facts.lately_out
    )


def _notices(facts: Facts) -> tuple[str, ...]:
    damages = facts.damaged.values()
    return (*facts.notices, *(f"{why.message}; help: {why.help}" for why in damages))


def _judged_action(case: Case, project: Project, facts: Facts, now: datetime) -> Action:
    key = case.occurrence.key
    judged: Action | Bug
    if key in facts.untold:
        judged = facts.untold[key]
    else:
        judged = contained("judging", key, lambda: _verdict_of(case, project, facts, now))
    if isinstance(judged, Bug):
        return replace(case, post=None).act(Verb.ASK, judged.summary)
    return judged


def _verdict_of(case: Case, project: Project, facts: Facts, now: datetime) -> Action:
    """The verdict; whoever looks at all actions together can ask it for its cost and order."""
    action = verdict(case, project=project, facts=facts, now=now)
    _ = action.cost, action.order
    return action


def _untold_lines(inputs: PlanInputs, facts: Facts, planned: set[Key]) -> tuple[str, ...]:
    """Lines about posts that may be open, though a bug hides where they stand, and to which no
    occurrence of today's files leads."""
    return tuple(
        f"{key}: {bug.summary}"
        for key, bug in facts.untold.items()
        if key not in planned and _concerns(inputs, key)
    )


def _without_occurrence(
    inputs: PlanInputs, facts: Facts, planned: set[Key]
) -> tuple[Standing, ...]:
    """The open standings to which no occurrence of today's files leads."""
    return tuple(
        standing
        for standing in facts.unsettled
        if standing.key not in planned
        and _concerns(inputs, standing.key)
        and not _is_told(standing)
    )


def _is_told(standing: Standing) -> bool:
    """Whether it is an answer that X has refused, as was told to who has sent it."""
    return standing.key.is_answer and standing.state is State.REJECTED


def _concerns(inputs: PlanInputs, key: Key) -> bool:
    """Whether the key is for this plan to judge: nobody else looks at an account that runner.yaml
    no longer has."""
    return key.account in inputs.accounts or key.account not in inputs.project.accounts


def undated_actions(inputs: PlanInputs, facts: Facts) -> tuple[Action, ...]:
    """An action for each text of each such post, with what keeps it from going out."""
    cases = (case for campaign in inputs.dated for case in _undated_cases(campaign, inputs))
    return tuple(_undated_action(case, inputs.project, facts) for case in cases)


def _undated_cases(campaign: DatedCampaign, inputs: PlanInputs) -> Iterator[Case]:
    """One for each item, where a post has some, with what it breaks by itself: what it breaks
    beside others, its time tells."""
    texts = CampaignTexts(campaign)
    for occurrence in campaign.timetable.waiting.values():
        if occurrence.key.account not in inputs.accounts:
            continue
        for item in occurrence.post.items or (None,):
            text = texts.judged_alone(TextRequest(occurrence, item), inputs.rules)
            yield Case(
                occurrence=occurrence,
                post=text.post,
                problems=text.problems,
                standing=None,
                superseded=False,
            )


def _undated_action(case: Case, project: Project, facts: Facts) -> Action:
    waits = case.act(Verb.WAIT, f"waits for `{case.occurrence.awaits}`")
    held = contained("judging", case.occurrence.key, partial(by_hold, case, project, facts))
    if isinstance(held, Bug):
        return case.act(Verb.ASK, held.summary)
    return held or waits
