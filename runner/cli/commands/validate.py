"""`runner validate`: finds everything that is wrong in the files, without clock and ledger."""

import sys
from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer
from msgspec.structs import asdict

from runner.cache.folder import CacheFolder, cache_folder
from runner.cache.last_answer import question_of, remember
from runner.cli.context import CommandContext, here
from runner.cli.file_problems import CheckedFiles, check_files
from runner.cli.machine import clock_at, how_to_install
from runner.problems import Severity
from runner.value import Value, replace
from runner.views.containment import problems_shown
from runner.views.phrases import count
from runner.views.problems import as_github, as_json, as_text
from runner.workspace import YAML_LIMIT, FolderFiles, RecordedFiles, UnreadableFile


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
    fetch_lists: Annotated[
        bool,
        typer.Option(
            "--fetch-lists",
            help="Fetch the lists of entries that results of contests are held against.",
        ),
    ] = False,
    now: Annotated[
        str | None,
        typer.Option("--now", help="As if it were then, for results of a contest tried at home."),
    ] = None,
) -> None:
    """Check all files: what is written, when, and what X would say of it.

    Looks at neither the clock nor the ledger, so the same files always give the same answer.
    """
    context = replace(here(), clock=clock_at(now)) if now else here()
    question = question_of(sys.argv[1:], context.environ)
    code = validate(
        context, format=format, strict=strict, fetch_lists=fetch_lists, question=question
    )
    raise typer.Exit(code)


class Answer(Value, kw_only=True):
    """What is said of the files, on standard output and beside it."""

    out: str
    err: str
    code: int

    def say(self, context: CommandContext) -> "Answer":
        """Prints the answer, with what is confidential struck out; returns what was printed."""
        said, told = context.say(self.out), context.tell(self.err) if self.err else ""
        return Answer(out=said, err=told, code=self.code)

    def keep(self, cache: CacheFolder, question: str, files: RecordedFiles) -> None:
        """Keeps the answer for who asks the same while all files that it rests on are as they
        were."""
        rests_on = files.rests_on()
        if rests_on is not None:
            with suppress(OSError, ValueError):
                about = {"files": dict(rests_on), "folders": files.folders}
                remember(cache, question, {**asdict(self), **about})


def validate(
    context: CommandContext,
    *,
    format: ProblemFormat = ProblemFormat.AUTO,
    strict: bool = False,
    fetch_lists: bool = False,
    question: str | None = None,
) -> int:
    """Shows all problems; the exit code is 1 where one has to be mended. The answer is kept for who
    asks this `question` again."""
    cache = cache_folder(str(context.root), context.environ)
    checked = _check(context, cache, fetch_lists=fetch_lists)
    answer = answer_of(context, checked, format, strict=strict).say(context)
    if cache and checked.files and question:
        answer.keep(cache, question, checked.files)
    return answer.code


def _check(
    context: CommandContext, cache: CacheFolder | None, *, fetch_lists: bool
) -> CheckedFiles:
    checked = check_files(context.root, partial(context.watched, what="checking"), cache=cache)
    if not _has_lists(context.root):
        return checked
    try:
        from runner.cli.contest_results import check_results
    except ModuleNotFoundError:
        context.tell(
            f"Results of contests were not held against their lists: {how_to_install('contest')}"
        )
        return replace(checked, files=None)
    found = check_results(context, fetch=fetch_lists)
    for each in found.unchecked:
        context.tell(each)
    files = checked.files if found.is_lasting else None
    return replace(checked, files=files, problems=(*checked.problems, *found.problems))


def answer_of(
    context: CommandContext, checked: CheckedFiles, format: ProblemFormat, *, strict: bool
) -> Answer:
    """All problems in a format; the code is 1 where one has to be mended."""
    problems, view = checked.problems, partial(as_text, sources=checked.sources)
    chosen, err = format, ""
    if format is ProblemFormat.AUTO:
        chosen = ProblemFormat.GITHUB if context.on_actions else ProblemFormat.TEXT
    if chosen is ProblemFormat.JSON:
        out = problems_shown(problems, partial(as_json, sources=checked.sources))
    elif not problems:
        posts = count(checked.posts, "post")
        out = f"{count(checked.campaigns, 'campaign')} with {posts}: all well."
    elif chosen is ProblemFormat.GITHUB:
        annotated = partial(as_github, sources=checked.sources, below=_folder_from_top(context))
        out, err = problems_shown(problems, annotated), problems_shown(problems, view)
    else:
        out = problems_shown(problems, partial(view, color=context.colored(context.out)))
    code = 1 if any(each.severity is Severity.ERROR or strict for each in problems) else 0
    return Answer(out=out, err=err, code=code)


def _folder_from_top(context: CommandContext) -> str:
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


def _has_lists(root: Path) -> bool:
    """Whether any results name a list of entries: those of most projects do not."""
    files = FolderFiles(root)
    results = (
        path for path in files.walk("campaigns") if PurePosixPath(path).parent.name == "results"
    )
    return any(_names_a_list(files, path) for path in results)


def _names_a_list(files: FolderFiles, path: str) -> bool:
    try:
        return b"digest:" in files.read(path, YAML_LIMIT)
    except UnreadableFile:
        return False  # which is told elsewhere
