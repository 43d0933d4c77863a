"""`runner new`: a first campaign, commented and valid; or the file of who approves what."""

import os
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.outside import Outside, here
from runner.problems import BadUsage

if TYPE_CHECKING:
    from runner.project import Project


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
    project = desk_of(open_project(outside), outside).project
    write(outside, path, f"{kind}.yaml", _values(kind, name, project, outside.clock.now().date()))
    outside.say("Next: runner validate, then runner preview")
    return 0


def _values(kind: Kind, name: str, project: "Project", today: date) -> dict[str, str]:
    if kind is Kind.PARTNER and not project.partners:
        raise BadUsage(
            "runner.yaml names no partners",
            help="add one: partners: {friend: {handle: name, name: A Friend, relationship: paid}}",
        )
    start = today + timedelta(days=7 - today.weekday(), weeks=1)  # a Monday, time to prepare
    return {
        "name": name,
        "account": next(iter(project.accounts)),
        "partner": next(iter(project.partners), ""),
        "start": str(start),
        "end": str(start + timedelta(days=6)),
    }


def write(outside: Outside, path: Path, skeleton: str, values: dict[str, str]) -> None:
    """A file that is not there yet, of the skeleton with the values filled in."""
    from importlib.resources import files
    from string import Template

    from runner.cli.exports import writing

    text = (files("runner.cli") / "skeletons" / skeleton).read_text(encoding="utf-8")
    name = Path(os.path.relpath(path, outside.root)).as_posix()
    with writing(name):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(Template(text).substitute(values))
    outside.say(f"wrote {name}")
