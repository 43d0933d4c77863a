"""What `doctor` looks at for contests that anyone can check: their keys, and what they promise."""

from collections.abc import Iterator

from runner.cli.commands.doctor_health import HealthCheck
from runner.cli.contests import NotYet, OpenedContest, opened_contest
from runner.cli.context import CommandContext
from runner.plan import PlanInputs
from runner.problems import Stop


def contest_findings(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    """For each contest with a key, on these accounts, that is not drawn yet."""
    for each in inputs.dated:
        contest, account = each.campaign.contest, each.campaign.accounts[0]
        if contest is None or not contest.has_key or contest.is_drawn:
            continue
        if account in inputs.accounts and (opened := opened_contest(inputs.project, each)):
            yield _finding(context, opened)


def _finding(context: CommandContext, contest: OpenedContest) -> HealthCheck:
    id = contest.file.id
    try:
        contest.key(context)
        contest.announcement_id(context)
    except NotYet:
        return HealthCheck(what=f"`{id}` has its key; it is not announced yet")
    except Stop as stop:
        return HealthCheck(what=f"`{id}`: {stop.message}", code=stop.exit_code, help=stop.help)
    return HealthCheck(what=f"`{id}` has its key, and promises what was announced")
