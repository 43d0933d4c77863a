"""Posts that wait for a moment nobody knows yet, with all that they will say."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from runner.bugs import Bug, contained
from runner.compile import DatedCampaign
from runner.ledger import Facts
from runner.models.project import Project
from runner.plan.action import Action, Verb
from runner.plan.case import Case
from runner.plan.inputs import PlanInputs
from runner.plan.verdict import by_hold
from runner.rules import CampaignRule, Proof, RuleContext, breaches
from runner.schedule import Occurrence, ring


def undated_actions(inputs: PlanInputs, facts: Facts) -> tuple[Action, ...]:
    """An action for each text of each such post, with what keeps it from going out."""
    cases = tuple(
        case
        for campaign in inputs.dated
        for occurrence in campaign.timetable.waiting.values()
        if occurrence.key.account in inputs.accounts
        for case in _cases(campaign, occurrence)
    )
    return tuple(_action(case, inputs.project, facts) for case in _checked_cases(inputs, cases))


def _cases(campaign: DatedCampaign, occurrence: Occurrence) -> Iterator[Case]:
    """One for each item, where it has some."""
    post = occurrence.post
    items = occurrence.file.items.get(occurrence.key.post)
    for turn in ring(items.items, post.order) if items else (None,):
        over = campaign.assets.work.refusals(occurrence.file.path)
        made = None if over else campaign.rendering(occurrence, turn)
        yield Case(
            occurrence=occurrence,
            post=made.post if made else None,
            problems=made.problems if made else over,
            standing=None,
            superseded=False,
        )


def _checked_cases(inputs: PlanInputs, cases: tuple[Case, ...]) -> Iterator[Case]:
    """With the rules that each breaks by itself: what it breaks beside others, its time tells."""
    rules = [rule for rule in inputs.rules if isinstance(rule, CampaignRule) and rule.of_one_post]
    for case in cases:
        proofs = (Proof(occurrence=case.occurrence, post=case.post),) if case.post else ()
        context = RuleContext(
            project=inputs.project,
            files=(case.occurrence.file,),
            proofs=proofs,
            anchors=inputs.anchors,
            media=inputs.assets.media,
        )
        wrong = breaches(context, rules).get(case.occurrence.key, ())
        yield replace(case, problems=(*case.problems, *wrong))


def _action(case: Case, project: Project, facts: Facts) -> Action:
    waits = case.act(Verb.WAIT, f"waits for `{case.occurrence.awaits}`")
    held = contained("judging", case.occurrence.key, partial(by_hold, case, project, facts))
    if isinstance(held, Bug):
        return case.act(Verb.ASK, held.told)
    return held or waits
