"""`runner validate`: everything that is wrong in the files, without clock and ledger."""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.context import Outside, here

if TYPE_CHECKING:
    from runner.cli.opened_project import Opened
    from runner.problems import Problem, Route


LEFTOVERS = ("unused-template", "unused-variable")
"""Nobody knows what is used before all can be read."""


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
    from runner.cli.opened_project import open_project

    opened = open_project(outside)
    problems = all_problems(opened, outside)
    show_problems(outside, problems, opened, format)
    return 1 if any(problem.severity == "error" or strict for problem in problems) else 0


def all_problems(opened: "Opened", outside: Outside) -> "tuple[Problem, ...]":
    """What reading, timetables, templates and the rules find in the files."""
    from runner.plan.proofs import scene_of_files
    from runner.rules import Stage, check
    from runner.templating.run_budget import RULE

    if opened.desk is None:
        return opened.problems
    scene, problems = scene_of_files(opened.desk, outside.watched)
    told = any(problem.rule == RULE for problem in opened.problems)
    passed = () if told else opened.desk.workshop.work.problems()
    later = (*passed, *problems, *check(scene, Stage.FILE, opened.desk.rules))
    return (*opened.problems, *_without_echoes(opened.problems, later))


def _without_echoes(
    told: "tuple[Problem, ...]", later: "tuple[Problem, ...]"
) -> "Iterator[Problem]":
    """Not what only follows: a second word about a place, or a warning about what has an error."""
    places = {problem.place for problem in told}
    unread = {problem.place.path for problem in told if not problem.place.route}
    errors = {_part(problem) for problem in (*told, *later) if problem.severity == "error"}
    undated = tuple(f"⟦{problem.place.route[0]}⟧" for problem in told if problem.place.route)
    for problem in later:
        if problem.place.path in unread or (errors and problem.rule in LEFTOVERS):
            continue
        if problem.rule == "later-value" and problem.message.startswith(undated):
            continue  # a moment that is written wrongly is none that exists only later
        is_error = problem.severity == "error"
        if problem.place not in places and (is_error or _part(problem) not in errors):
            yield problem


def _part(problem: "Problem") -> "tuple[str, Route]":
    """The post that a problem is about; else the part of the file, or the list, that has it."""
    path, route = problem.place.path, problem.place.route
    depth = 2 if route[:1] == ("posts",) else 1
    return path, route[:depth] if route and isinstance(route[0], str) else ()


def show_problems(
    outside: Outside, problems: "tuple[Problem, ...]", opened: "Opened", format: Format
) -> None:
    from runner.views.containment import problems_shown
    from runner.views.problems import as_github, as_json, as_text

    sources = opened.sources
    chosen = format
    if format is Format.AUTO:
        chosen = Format.GITHUB if outside.on_actions else Format.TEXT
    if chosen is Format.JSON:
        outside.say(problems_shown(problems, partial(as_json, sources=sources)))
    elif not problems:
        outside.say(_all_well(opened))
    elif chosen is Format.GITHUB:
        annotated = partial(as_github, sources=sources, below=_below(outside))
        outside.say(problems_shown(problems, annotated))
        outside.tell(problems_shown(problems, partial(as_text, sources=sources)))
    else:
        view = partial(as_text, sources=sources, color=outside.colored(outside.out))
        outside.say(problems_shown(problems, view))


def _below(outside: Outside) -> str:
    """The project's folder, from the top of the repository on that a job has checked out, be it
    into a folder of its workspace."""
    workspace = Path(outside.environ.get("GITHUB_WORKSPACE") or "/").resolve()
    root = outside.root.resolve()
    within = [each for each in (root, *root.parents) if each.is_relative_to(workspace)]
    if workspace == workspace.parent or not within:
        return ""
    top = next((each for each in within if (each / ".git").exists()), workspace)
    below = root.relative_to(top).as_posix()
    return "" if below == "." else f"{below}/"


def _all_well(opened: "Opened") -> str:
    from runner.views.phrases import count

    campaigns = opened.workspace.files
    posts = sum(len(file.campaign.posts) for file in campaigns)
    return f"{count(len(campaigns), 'campaign')} with {count(posts, 'post')}: all well."
