"""`runner new`: writes a first campaign, commented and valid; or the file that says who approves
what."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from runner.cli.commands.new_files import (
    filled,
    new_codeowners,
    sample_words,
    write_filled,
    write_new,
)
from runner.cli.commands.schema import schema
from runner.cli.context import CommandContext, here
from runner.cli.opened_project import inputs_of, open_project
from runner.ledger import is_id
from runner.models import CAMPAIGN, KINDS, Campaign, CampaignFile, Project
from runner.parsing import parse, validate
from runner.plan import PlanInputs
from runner.problems import BadUsage
from runner.schedule import timetable

WEEKS = 52
"""How far ahead a free week is looked for."""
CODEOWNERS = "codeowners"
if TYPE_CHECKING:
    NewKind = str
else:
    NewKind = Literal[(*KINDS, CODEOWNERS)]


def command(
    kind: Annotated[NewKind, typer.Argument(help="What kind of campaign; or `codeowners`.")],
    name: Annotated[
        str | None, typer.Argument(help="Its name: a-z, 0-9 and -, as in spring-giveaway.")
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(
            "--owner", help="codeowners: who approves words, as @acme/marketing; may be repeated."
        ),
    ] = None,
    engineer: Annotated[
        list[str] | None,
        typer.Option(
            "--engineer", help="codeowners: who approves all else, as @acme/platform; repeatable."
        ),
    ] = None,
) -> None:
    """Write a commented campaign into campaigns/NAME.yaml, and runner.yaml where there is none.

    With `codeowners`, write .github/CODEOWNERS: who has to approve what. Nothing is ever written
    over.
    """
    if kind == CODEOWNERS:
        raise typer.Exit(new_codeowners(here(), owners=owner or (), engineers=engineer or ()))
    raise typer.Exit(new(here(), kind=kind, name=name))


def new(context: CommandContext, *, kind: str, name: str | None) -> int:
    """Writes the campaign, and runner.yaml where it is missing, but never over a file; the exit
    code."""
    if name is None:
        raise BadUsage("a campaign has a name", help=f"runner new {kind} spring-giveaway")
    if not is_id(name):
        raise BadUsage(
            f"`{name}` can't be a campaign's name", help="use a-z, 0-9 and -: spring-giveaway"
        )
    path = context.root / "campaigns" / f"{name}.yaml"
    if path.exists():
        raise BadUsage(f"campaigns/{name}.yaml is already there", help="choose another name")
    if not (context.root / "runner.yaml").exists():
        write_filled(context, context.root / "runner.yaml", "runner.yaml", {})
        schema(context)
    inputs = inputs_of(open_project(context), context)
    texts = _texts(kind, name, inputs.project, context.clock.now().date())
    write_new(context, path, _first_free(texts, name, inputs))
    context.say("Next: runner validate, then runner preview")
    return 0


def _texts(kind: str, name: str, project: Project, today: date) -> Iterator[str]:
    """The text of the campaign for each start, a week apart, from the Monday after next on."""
    if kind == "partner" and not project.partners:
        raise BadUsage(
            "runner.yaml names no partners",
            help="add one: partners: {friend: {handle: name, name: A Friend, relationship: paid}}",
        )
    account = next(iter(project.accounts))
    monday = today + timedelta(days=7 - today.weekday(), weeks=1)  # time to prepare
    for start in (monday + timedelta(weeks=week) for week in range(WEEKS)):
        values = {
            "name": name,
            "account": account,
            "partner": next(iter(project.partners), ""),
            "start": str(start),
            "end": str(start + timedelta(days=6)),
        }
        yield filled(f"{kind}.yaml", {**sample_words(project.accounts[account].locale), **values})


def _first_free(texts: Iterator[str], name: str, inputs: PlanInputs) -> str:
    """The first of these that goes out at times at which nothing else does; else the first."""
    all_texts = list(texts)
    taken = {(each.key.account, each.due) for table in inputs.timetables for each in table.all()}
    for text in all_texts:
        path = f"campaigns/{name}.yaml"
        campaign: Campaign | None = validate(parse(path, text.encode()), CAMPAIGN)[0]
        file = CampaignFile(id=name, path=path, campaign=campaign) if campaign else None
        table, _ = timetable(file, inputs.project) if file else (None, ())
        due = {(each.key.account, each.due) for each in (table.all() if table else ())}
        if not _come_close(due, taken, inputs.project.rules.min_gap):
            return text
    return all_texts[0]


def _come_close(
    some: set[tuple[str, datetime]], others: set[tuple[str, datetime]], gap: timedelta
) -> bool:
    """Whether two posts of one account come closer to each other than a gap."""
    return any(
        account == other and abs(due - at) < gap for account, due in some for other, at in others
    )
