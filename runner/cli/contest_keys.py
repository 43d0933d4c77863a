"""Which contests a run lacks the keys of, so that nothing of them could be collected or drawn."""

from collections.abc import Iterator
from datetime import datetime

from runner.cli.contest_lists import INSTALL_CONTEST
from runner.cli.context import CommandContext
from runner.compile import DatedCampaign
from runner.contest.states import is_too_late
from runner.plan import PlanInputs
from runner.problems import BadUsage, LedgerUnusable, Stop
from runner.publish.run import NEAR


def missing_keys(context: CommandContext, inputs: PlanInputs) -> Iterator[Stop]:
    """What is missing, of contests that open soon, or have no list yet."""
    now = context.clock.now()
    contests = [each for each in inputs.dated if _needs_its_key(each, inputs, now)]
    if not contests:
        return
    try:
        from runner.cli.contests import opened_contest
    except ModuleNotFoundError:
        ids = ", ".join(f"`{each.id}`" for each in contests)
        yield BadUsage(f"whether the key of {ids} is here can't be told", help=INSTALL_CONTEST)
        return
    for each in contests:
        try:
            if opened := opened_contest(inputs.project, each):
                opened.key(context)
        except LedgerUnusable as unusable:
            yield unusable


def _needs_its_key(dated: DatedCampaign, inputs: PlanInputs, now: datetime) -> bool:
    contest, opens = dated.campaign.contest, dated.anchors.get("opens")
    return (
        contest is not None
        and contest.has_key
        and contest.draw is None
        and dated.campaign.accounts[0] in inputs.accounts
        and isinstance(opens, datetime)
        and opens - NEAR <= now
        and not is_too_late(dated.anchors, now)
    )
