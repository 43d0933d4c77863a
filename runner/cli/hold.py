"""`runner hold` and `runner release`: a person stops publishing, and lets it go on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from runner.cli.local import as_if
from runner.cli.options import Now
from runner.cli.outside import Outside, here
from runner.cli.person import Because, name_of, reason
from runner.problems import BadUsage, joined, suggest

if TYPE_CHECKING:
    from runner.ledger import Facts, Hold
    from runner.plan import Desk

Account = Annotated[str | None, typer.Option("--account", help="Only this account.")]
Campaign = Annotated[str | None, typer.Option("--campaign", help="Only this campaign.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
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
        """As `Hold.what`."""
        if self.account:
            return "account", self.account
        return ("campaign", self.campaign) if self.campaign else ("project", None)


def command(
    account: Account = None,
    campaign: Campaign = None,
    because: Because = None,
    only_list: Annotated[bool, typer.Option("--list", help="Only show what is on hold.")] = False,
    now: Now = None,
) -> None:
    """Stop publishing until `runner release`: everything, an account, or a campaign."""
    scope = Scope(account=account, campaign=campaign)
    outside = as_if(here(), now)
    raise typer.Exit(show(outside) if only_list else hold(outside, scope, because=reason(because)))


def release_command(
    account: Account = None,
    campaign: Campaign = None,
    because: Because = None,
    now: Now = None,
) -> None:
    """Let publishing go on that `runner hold` has stopped."""
    scope = Scope(account=account, campaign=campaign)
    raise typer.Exit(release(as_if(here(), now), scope, because=reason(because)))


def hold(outside: Outside, scope: Scope, *, because: str) -> int:
    """What is on hold already stays as it is. Raises BadUsage for an unknown name."""
    from runner.views.terminal.holds import hold_as_text, stops

    desk, facts = _look(outside)
    stands = _standing(scope, facts)
    if stands:
        outside.say(f"It was already: {hold_as_text(stands)}.")
        return 0
    _refuse_unknown(scope, desk)
    line = _write(outside, desk, scope, because, held=True)
    outside.say(f"{hold_as_text(line)}.\n{stops(line)}")
    return 0


def release(outside: Outside, scope: Scope, *, because: str) -> int:
    """What is not on hold stays as it is. Raises BadUsage for an unknown name."""
    from runner.views.terminal.holds import released_as_text

    desk, facts = _look(outside)
    stands = _standing(scope, facts)
    if stands:
        _write(outside, desk, scope, because, held=False)
    else:
        _refuse_unknown(scope, desk)
    others = tuple(hold for hold in facts.holds if hold is not stands)
    outside.say(released_as_text(scope.what, stands, others))
    return 0


def show(outside: Outside) -> int:
    """What is on hold by the ledger."""
    from runner.views.terminal.holds import hold_as_text

    holds = _look(outside)[1].holds
    outside.say("\n".join(map(hold_as_text, holds)) or "Nothing is on hold by `runner hold`.")
    return 0


def _look(outside: Outside) -> "tuple[Desk, Facts]":
    from runner.cli.ledger import ledger_of
    from runner.cli.opening import desk_of, open_project
    from runner.ledger import Need

    desk = desk_of(open_project(outside), outside)
    return desk, ledger_of(outside, desk.project, publishes=False).read(Need())


def _standing(scope: Scope, facts: "Facts") -> "Hold | None":
    return next((hold for hold in facts.holds if hold.what == scope.what), None)


def _write(outside: Outside, desk: "Desk", scope: Scope, because: str, *, held: bool) -> "Hold":
    """Whoever writes the ledger meanwhile: a person who stops something is never told to wait."""
    from runner.cli.ledger import ledger_of
    from runner.ledger import Hold, Record

    level, name = scope.what
    line = Hold(
        at=outside.clock.now().astimezone(desk.project.timezone),
        run=outside.run_id,
        level=level,
        name=name,
        held=held,
        by=name_of(outside),
        because=because,
    )
    ledger_of(outside, desk.project, publishes=False).record(Record(holds=(line,)))
    return line


def _refuse_unknown(scope: Scope, desk: "Desk") -> None:
    level, name = scope.what
    campaigns = [table.file.id for table in desk.timetables]
    names = sorted(desk.project.accounts if level == "account" else campaigns)
    if name and name not in names:
        there = joined(names) if names else "none that can be read"
        raise BadUsage(
            f"there is no {level} `{name}`",
            help=suggest(name, names) or f"there are {there}",
        )
