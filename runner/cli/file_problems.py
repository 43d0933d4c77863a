"""All that is wrong in the files of a project, each thing told once."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from runner.cache.folder import CacheFolder
from runner.cli.compiled_campaigns import (
    CampaignSource,
    compiled_anew,
    compiled_campaigns,
    has_bug,
)
from runner.compile import CampaignCompiler, CompiledCampaign
from runner.problems import Problem, Severity
from runner.render import RenderAssets
from runner.sources import Source
from runner.templating import RunBudget
from runner.text import HIDDEN_CHARACTER
from runner.value import Value
from runner.workspace import ProjectReader, RecordedFiles, Watch, unwatched

if TYPE_CHECKING:
    from runner.cli.opened_project import (
        OpenedProject,  # it can be planned, and `validate` plans nothing
    )

LEFTOVERS = ("unused-template", "unused-variable")
"""Nobody knows what is used before all can be read."""


class CheckedFiles(Value, kw_only=True):
    """The files of a project, of which nothing is kept but what is wrong with them."""

    problems: tuple[Problem, ...]
    sources: Mapping[str, Source]
    campaigns: int = 0
    posts: int = 0
    files: RecordedFiles | None = None
    """With all that this rests on; None where it may be otherwise next time."""


def check_files(
    root: Path,
    watch: Watch = unwatched,
    *,
    cores: int | None = None,
    cache: CacheFolder | None = None,
) -> CheckedFiles:
    """What reading, timetables, templates and the rules find in the files, campaign by campaign; on
    as many `cores` as pay, or as many as are asked for. With a `cache`, what was compiled before
    need not be compiled again."""
    files = RecordedFiles(root)
    reader = ProjectReader(files, work=RunBudget(), watch=watch)
    project = reader.project()
    if project is None:
        told = [problem for each in reader.campaigns() for problem in each.problems]
        return CheckedFiles(problems=(*reader.problems, *told), sources=reader.sources)
    compiler = CampaignCompiler(
        RenderAssets(
            project=project,
            templates=reader.templates,
            own_templates=reader.own_templates,
            media=reader.media.facts,
            work=reader.work,
        )
    )
    source = CampaignSource(files=files, reader=reader, compiler=compiler, cores=cores)
    compiled = tuple(compiled_campaigns(source, cache) if cache else compiled_anew(source))
    in_order = cores == 1 and not cache
    if reader.work.stopped and not in_order:  # and who stopped it depends on the order of the work
        return check_files(root, watch, cores=1)
    told = [problem for each in compiled for problem in each.told]
    return CheckedFiles(
        problems=_problems_of_all(compiler, (*reader.problems, *told), compiled),
        sources=reader.sources,
        campaigns=sum(each.posts > 0 for each in compiled),
        posts=sum(each.posts for each in compiled),
        files=files if cache and not any(map(has_bug, compiled)) else None,
    )


def all_problems(opened: "OpenedProject") -> tuple[Problem, ...]:
    """All that is wrong in the files of a project that was checked when it was opened."""
    if opened.inputs is None:
        return opened.problems
    compiler = CampaignCompiler(opened.inputs.assets, opened.inputs.rules)
    return _problems_of_all(compiler, opened.problems, opened.compiled)


def _problems_of_all(
    compiler: CampaignCompiler, told: tuple[Problem, ...], compiled: tuple[CompiledCampaign, ...]
) -> tuple[Problem, ...]:
    """The problems of the project and of all its campaigns, each once."""
    told = tuple(dict.fromkeys((*told, *compiler.assets.work.problems())))
    found = (problem for each in compiled for problem in each.problems)
    later = dict.fromkeys((*found, *compiler.together(compiled)))
    hidden = tuple(problem for problem in told if problem.rule == HIDDEN_CHARACTER)
    read = tuple(_without_spoiled(hidden, told))
    return (*hidden, *read, *_without_echoes(read, tuple(_without_spoiled(hidden, later))))


def _without_spoiled(hidden: Iterable[Problem], found: Iterable[Problem]) -> Iterator[Problem]:
    """The others, but for what characters that nobody sees do to a value, and to the posts that
    take it up."""
    files = {problem.place.path for problem in hidden}
    values = {(problem.place.path, problem.place.route) for problem in hidden}
    for problem in found:
        place = problem.place
        is_echo = problem.rule == HIDDEN_CHARACTER and place.path in files
        if not is_echo and ((place.path, place.route) not in values or not place.route):
            yield problem


def _without_echoes(told: tuple[Problem, ...], later: tuple[Problem, ...]) -> Iterator[Problem]:
    """The `later` problems but for those that only follow from others: a second problem at a place,
    or a warning where there is an error."""
    places = {problem.place for problem in told}
    unread = {problem.place.path for problem in told if not problem.place.route}
    errors = {
        problem.place.part for problem in (*told, *later) if problem.severity is Severity.ERROR
    }
    undated = tuple(f"⟦{problem.place.route[0]}⟧" for problem in told if problem.place.route)
    for problem in later:
        if problem.place.path in unread or (errors and problem.rule in LEFTOVERS):
            continue
        if problem.rule == "later-value" and problem.message.startswith(undated):
            continue  # a moment that is written wrongly is none that exists only later
        is_error = problem.severity is Severity.ERROR
        if problem.place not in places and (is_error or problem.place.part not in errors):
            yield problem
