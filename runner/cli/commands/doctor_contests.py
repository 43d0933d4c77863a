"""What `doctor` looks at for contests that anyone can check: their keys, and what they promise."""

from collections.abc import Iterator
from dataclasses import dataclass

from runner.cli.contests import NotYet, OpenedContest, opened_contest
from runner.cli.context import CommandContext
from runner.plan import PlanInputs
from runner.problems import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestFinding:
    """What was found; `stop` is what keeps the contest from going on, `todo` what is left to do."""

    what: str
    stop: Stop | None = None
    todo: str | None = None


def contest_findings(context: CommandContext, inputs: PlanInputs) -> Iterator[ContestFinding]:
    """For each contest with a key, on these accounts, that is not drawn yet."""
    for each in inputs.dated:
        contest, account = each.campaign.contest, each.campaign.accounts[0]
        if contest is None or not contest.has_key or contest.is_drawn:
            continue
        if account in inputs.accounts and (opened := opened_contest(inputs.project, each)):
            yield _finding(context, opened)


def _finding(context: CommandContext, contest: OpenedContest) -> ContestFinding:
    id = contest.file.id
    try:
        contest.key(context)
        contest.announcement_id(context)
    except NotYet:
        return ContestFinding(what=f"`{id}` has its key; it is not announced yet")
    except Stop as stop:
        return ContestFinding(what=f"`{id}`: {stop.message}", stop=stop)
    return ContestFinding(what=f"`{id}` has its key, and promises what was announced")
