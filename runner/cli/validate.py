"""`runner validate`: everything that is wrong in the files, without clock and ledger."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.outside import Outside, here

if TYPE_CHECKING:
    from runner.cli.opening import Opened
    from runner.problems import Problem


class Format(StrEnum):
    AUTO = "auto"
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def command(
    format: Annotated[
        Format,
        typer.Option("--format", help="How to show it; `auto` is github on Actions, else text."),
    ] = Format.AUTO,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors, too.")] = False,
) -> None:
    """Check all files: what is written, when, and what X would say of it.

    Looks at neither the clock nor the ledger, so the same files always give the same answer.
    """
    raise typer.Exit(validate(here(), format=format, strict=strict))


def validate(outside: Outside, *, format: Format = Format.AUTO, strict: bool = False) -> int:
    """Shows all problems; the exit code is 1 where one has to be mended."""
    from runner.cli.opening import open_project

    opened = open_project(outside)
    problems = all_problems(opened, outside)
    show_problems(outside, problems, opened, format)
    if not problems and format in (Format.AUTO, Format.TEXT):
        outside.say(_all_well(opened))
    return 1 if any(problem.severity == "error" or strict for problem in problems) else 0


def all_problems(opened: "Opened", outside: Outside) -> "tuple[Problem, ...]":
    """What reading, timetables, templates and the rules find in the files."""
    from runner.plan.proofs import scene_of_files
    from runner.rules import Stage, check

    if opened.desk is None:
        return opened.problems
    scene, problems = scene_of_files(opened.desk, outside.watched)
    return (*opened.problems, *problems, *check(scene, Stage.FILE))


def show_problems(
    outside: Outside, problems: "tuple[Problem, ...]", opened: "Opened", format: Format
) -> None:
    from runner.views.problems import as_github, as_json, as_text

    chosen = format
    if format is Format.AUTO:
        chosen = Format.GITHUB if outside.on_actions else Format.TEXT
    if chosen is Format.JSON:
        outside.say(as_json(problems, opened.sources))
    elif chosen is Format.GITHUB:
        outside.say(as_github(problems, opened.sources))
        outside.tell(as_text(problems, opened.sources))
    elif problems:
        outside.say(as_text(problems, opened.sources, color=outside.colored(outside.out)))


def _all_well(opened: "Opened") -> str:
    from runner.views.phrases import count

    campaigns = opened.workspace.files
    posts = sum(len(file.campaign.posts) for file in campaigns)
    return f"{count(len(campaigns), 'campaign')} with {count(posts, 'post')}: all well."
