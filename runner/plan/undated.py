"""Posts that wait for a moment nobody knows yet, with all that they will say."""

from collections.abc import Iterator
from functools import partial

from runner.bugs import Bug, contained
from runner.compile import CampaignTexts, DatedCampaign, TextRequest
from runner.ledger import Facts
from runner.models.project import Project
from runner.plan.action import Action, Verb
from runner.plan.case import Case
from runner.plan.inputs import PlanInputs
from runner.plan.verdict import by_hold


def undated_actions(inputs: PlanInputs, facts: Facts) -> tuple[Action, ...]:
    """An action for each text of each such post, with what keeps it from going out."""
    cases = (case for campaign in inputs.dated for case in _cases(campaign, inputs))
    return tuple(_action(case, inputs.project, facts) for case in cases)


def _cases(campaign: DatedCampaign, inputs: PlanInputs) -> Iterator[Case]:
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


def _action(case: Case, project: Project, facts: Facts) -> Action:
    waits = case.act(Verb.WAIT, f"waits for `{case.occurrence.awaits}`")
    held = contained("judging", case.occurrence.key, partial(by_hold, case, project, facts))
    if isinstance(held, Bug):
        return case.act(Verb.ASK, held.summary)
    return held or waits
