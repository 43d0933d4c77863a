"""What `runner hold` and `runner release` share: the scope of a hold, and writing it down."""

from typing import Annotated, Literal

import typer

from runner.cli.context import CommandContext, person_name
from runner.cli.opened_project import inputs_of
from runner.cli.stores import ledger_of, open_published, refuse_to_forget
from runner.ledger import Facts, Hold, Need, Record
from runner.plan import PlanInputs
from runner.problems import BadUsage, joined, suggest
from runner.value import Value

Account = Annotated[str | None, typer.Option("--account", help="Only this account.")]
Campaign = Annotated[str | None, typer.Option("--campaign", help="Only this campaign.")]


class Scope(Value, kw_only=True):
    """What is stopped: an account, a campaign, or the whole project."""

    account: str | None = None
    campaign: str | None = None

    def __post_init__(self) -> None:
        if self.account and self.campaign:
            raise BadUsage(
                "a hold is on an account, or on a campaign",
                help="leave out one of the two; a second command can hold the other",
            )

    @property
    def what(self) -> tuple[Literal["project", "account", "campaign"], str | None]:
        """The level and the name of it, as `Hold.what`."""
        if self.account:
            return "account", self.account
        return ("campaign", self.campaign) if self.campaign else ("project", None)


def inputs_and_facts(context: CommandContext) -> tuple[PlanInputs, Facts]:
    """The files, and what the ledger knows of the project. Raises BadFiles, LedgerUnusable."""
    inputs = inputs_of(open_published(context), context)
    return inputs, ledger_of(context, inputs.project).read(Need())


def hold_of(scope: Scope, facts: Facts) -> Hold | None:
    """The hold of exactly this scope that stands."""
    return next((hold for hold in facts.holds if hold.what == scope.what), None)


def write_hold(
    context: CommandContext, inputs: PlanInputs, scope: Scope, because: str, *, held: bool
) -> Hold:
    """Records that the scope is held, or no longer held, even while a run writes the ledger: a
    person who stops something never has to wait."""
    refuse_to_forget(context, inputs.project)
    level, name = scope.what
    line = Hold(
        at=context.clock.now().astimezone(inputs.project.timezone),
        run=context.run_id,
        level=level,
        name=name,
        held=held,
        by=person_name(context),
        because=because,
    )
    ledger_of(context, inputs.project).record(Record(holds=(line,)))
    return line


def refuse_unknown(scope: Scope, inputs: PlanInputs) -> None:
    """Refuses an account or a campaign that no file declares. Raises BadUsage."""
    level, name = scope.what
    campaigns = [table.campaign.id for table in inputs.timetables]
    names = sorted(inputs.project.accounts if level == "account" else campaigns)
    if name and name not in names:
        there = joined(names) if names else "none that can be read"
        raise BadUsage(
            f"there is no {level} `{name}`",
            help=suggest(name, names) or f"there are {there}",
        )
