"""`runner validate`: everything that is wrong in the files, without clock and ledger."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from runner.cli.context import CommandContext, here
from runner.cli.file_problems import CheckedFiles, check_files
from runner.problems import Severity
from runner.views.containment import problems_shown
from runner.views.phrases import count
from runner.views.problems import as_github, as_json, as_text


class ProblemFormat(StrEnum):
    AUTO = "auto"
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def command(
    format: Annotated[
        ProblemFormat,
        typer.Option("--format", help="How to show it; `auto` is github on Actions, else text."),
    ] = ProblemFormat.AUTO,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors, too.")] = False,
) -> None:
    """Check all files: what is written, when, and what X would say of it.

    Looks at neither the clock nor the ledger, so the same files always give the same answer.
    """
    raise typer.Exit(validate(here(), format=format, strict=strict))


def validate(
    context: CommandContext, *, format: ProblemFormat = ProblemFormat.AUTO, strict: bool = False
) -> int:
    """Shows all problems; the exit code is 1 where one has to be mended."""
    checked = check_files(context.root, partial(context.watched, what="checking"))
    show_problems(context, checked, format)
    return 1 if any(each.severity is Severity.ERROR or strict for each in checked.problems) else 0


def show_problems(context: CommandContext, checked: CheckedFiles, format: ProblemFormat) -> None:
    problems, sources = checked.problems, checked.sources
    chosen = format
    if format is ProblemFormat.AUTO:
        chosen = ProblemFormat.GITHUB if context.on_actions else ProblemFormat.TEXT
    if chosen is ProblemFormat.JSON:
        context.say(problems_shown(problems, partial(as_json, sources=sources)))
    elif not problems:
        posts = count(checked.posts, "post")
        context.say(f"{count(checked.campaigns, 'campaign')} with {posts}: all well.")
    elif chosen is ProblemFormat.GITHUB:
        annotated = partial(as_github, sources=sources, below=_below(context))
        context.say(problems_shown(problems, annotated))
        context.tell(problems_shown(problems, partial(as_text, sources=sources)))
    else:
        view = partial(as_text, sources=sources, color=context.colored(context.out))
        context.say(problems_shown(problems, view))


def _below(context: CommandContext) -> str:
    """The project's folder, from the top of the repository on that a job has checked out, be it
    into a folder of its workspace."""
    workspace = Path(context.environ.get("GITHUB_WORKSPACE") or "/").resolve()
    root = context.root.resolve()
    within = [each for each in (root, *root.parents) if each.is_relative_to(workspace)]
    if workspace == workspace.parent or not within:
        return ""
    top = next((each for each in within if (each / ".git").exists()), workspace)
    below = root.relative_to(top).as_posix()
    return "" if below == "." else f"{below}/"
