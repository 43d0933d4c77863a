"""`runner new`: a first campaign, commented and valid; or the file of who approves what."""

import os
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.outside import Outside, here
from runner.problems import BadUsage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runner.models.project import Project
    from runner.plan import Desk

WEEKS = 52
"""How far ahead a free week is looked for."""


class Kind(StrEnum):
    CONTEST = "contest"
    LAUNCH = "launch"
    PARTNER = "partner"
    SERIES = "series"
    CURATION = "curation"
    CODEOWNERS = "codeowners"


def command(
    kind: Annotated[Kind, typer.Argument(help="What kind of campaign; or `codeowners`.")],
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
    if kind is Kind.CODEOWNERS:
        from runner.cli.codeowners import new_codeowners

        raise typer.Exit(new_codeowners(here(), owners=owner or (), engineers=engineer or ()))
    raise typer.Exit(new(here(), kind=kind, name=name))


def new(outside: Outside, *, kind: Kind, name: str | None) -> int:
    """Writes what is missing, and never over a file that is there."""
    from runner.cli.opening import desk_of, open_project
    from runner.cli.schema import schema
    from runner.ledger import is_id

    if name is None:
        raise BadUsage("a campaign has a name", help=f"runner new {kind} spring-giveaway")
    if not is_id(name):
        raise BadUsage(
            f"`{name}` can't be a campaign's name", help="use a-z, 0-9 and -: spring-giveaway"
        )
    path = outside.root / "campaigns" / f"{name}.yaml"
    if path.exists():
        raise BadUsage(f"campaigns/{name}.yaml is already there", help="choose another name")
    if not (outside.root / "runner.yaml").exists():
        write(outside, outside.root / "runner.yaml", "runner.yaml", {})
        schema(outside)
    desk = desk_of(open_project(outside), outside)
    texts = _texts(kind, name, desk.project, outside.clock.now().date())
    _keep(outside, path, _first_free(texts, name, desk))
    outside.say("Next: runner validate, then runner preview")
    return 0


def _texts(kind: Kind, name: str, project: "Project", today: date) -> "Iterator[str]":
    """The campaign from the week after next on, then a week later each."""
    if kind is Kind.PARTNER and not project.partners:
        raise BadUsage(
            "runner.yaml names no partners",
            help="add one: partners: {friend: {handle: name, name: A Friend, relationship: paid}}",
        )
    from runner.cli.sample_words import sample_words

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
        yield _filled(f"{kind}.yaml", {**sample_words(project.accounts[account].locale), **values})


def _first_free(texts: "Iterator[str]", name: str, desk: "Desk") -> str:
    """The first of these that goes out at times at which nothing else does; else the first."""
    from runner.models import CAMPAIGN, Campaign, CampaignFile
    from runner.parsing import parse, validate
    from runner.schedule import timetable

    all_texts = list(texts)
    taken = {(each.key.account, each.due) for table in desk.timetables for each in table.all()}
    for text in all_texts:
        path = f"campaigns/{name}.yaml"
        campaign: Campaign | None = validate(parse(path, text.encode()), CAMPAIGN)[0]
        file = CampaignFile(id=name, path=path, campaign=campaign) if campaign else None
        table, _ = timetable(file, desk.project) if file else (None, ())
        due = {(each.key.account, each.due) for each in (table.all() if table else ())}
        if not _meet(due, taken, desk.project.rules.min_gap):
            return text
    return all_texts[0]


def _meet(
    some: "set[tuple[str, datetime]]", others: "set[tuple[str, datetime]]", gap: timedelta
) -> bool:
    """Whether two posts of one account come closer to each other than a gap."""
    return any(
        account == other and abs(due - at) < gap for account, due in some for other, at in others
    )


def write(outside: Outside, path: Path, skeleton: str, values: dict[str, str]) -> None:
    """A file that is not there yet, of the skeleton with the values filled in."""
    _keep(outside, path, _filled(skeleton, values))


def _filled(skeleton: str, values: dict[str, str]) -> str:
    from importlib.resources import files
    from string import Template

    text = (files("runner.cli") / "skeletons" / skeleton).read_text(encoding="utf-8")
    return Template(text).substitute(values)


def _keep(outside: Outside, path: Path, text: str) -> None:
    from runner.cli.exports import writing

    name = Path(os.path.relpath(path, outside.root)).as_posix()
    with writing(name):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    outside.say(f"wrote {name}")
