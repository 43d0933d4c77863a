"""Looking at some accounts or campaigns only."""

from collections.abc import Sequence
from dataclasses import replace

from runner.plan import PlanInputs
from runner.problems import BadUsage, suggest


def only(inputs: PlanInputs, *, accounts: Sequence[str], campaigns: Sequence[str]) -> PlanInputs:
    """The inputs with what was asked for, or with everything. Raises BadUsage for a name that is
    unknown, and not that of a campaign which can't be read: of that the files' problems tell."""
    _require_known("account", accounts, list(inputs.project.accounts))
    readable = (campaign.id for campaign in inputs.dated)
    _require_known("campaign", campaigns, [*readable, *sorted(inputs.unread)])
    inputs = replace(inputs, accounts=frozenset(accounts or inputs.project.accounts))
    if not campaigns:
        return inputs
    wanted = tuple(each for each in inputs.dated if each.id in campaigns)
    others = tuple(each for each in inputs.dated if each.id not in campaigns)
    return replace(inputs, dated=wanted, left_out=(*inputs.left_out, *others))


def _require_known(what: str, asked: Sequence[str], known: list[str]) -> None:
    for name in asked:
        if name not in known:
            raise BadUsage(
                f"there is no {what} `{name}`",
                help=suggest(name, known) or f"there are {', '.join(known)}",
            )
