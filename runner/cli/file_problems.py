"""All that is wrong in the files of a project, each thing told once."""

from collections.abc import Iterator

from runner.cli.context import CommandContext
from runner.cli.opened_project import OpenedProject
from runner.compile import CampaignCompiler
from runner.problems import Problem, Route, Severity
from runner.templating.run_budget import RULE

LEFTOVERS = ("unused-template", "unused-variable")
"""Nobody knows what is used before all can be read."""


def all_problems(opened: OpenedProject, context: CommandContext) -> tuple[Problem, ...]:
    """What reading, timetables, templates and the rules find in the files."""
    if opened.inputs is None:
        return opened.problems
    inputs, work = opened.inputs, opened.inputs.assets.work
    work.begin_round()
    compiler = CampaignCompiler(inputs.assets, inputs.rules)
    compiled = tuple(
        compiler.compiled(campaign)
        for campaign in context.watched(inputs.dated, "rendering")
        if not work.is_over(campaign.file.path)
    )
    told = any(problem.rule == RULE for problem in opened.problems)
    later = dict.fromkeys(
        (
            *(() if told else work.problems()),
            *(problem for each in compiled for problem in each.problems),
            *compiler.together(compiled),
        )
    )
    return (*opened.problems, *_without_echoes(opened.problems, tuple(later)))


def _without_echoes(told: tuple[Problem, ...], later: tuple[Problem, ...]) -> Iterator[Problem]:
    """Not what only follows: a second word about a place, or a warning about what has an error."""
    places = {problem.place for problem in told}
    unread = {problem.place.path for problem in told if not problem.place.route}
    errors = {_part(problem) for problem in (*told, *later) if problem.severity is Severity.ERROR}
    undated = tuple(f"⟦{problem.place.route[0]}⟧" for problem in told if problem.place.route)
    for problem in later:
        if problem.place.path in unread or (errors and problem.rule in LEFTOVERS):
            continue
        if problem.rule == "later-value" and problem.message.startswith(undated):
            continue  # a moment that is written wrongly is none that exists only later
        is_error = problem.severity is Severity.ERROR
        if problem.place not in places and (is_error or _part(problem) not in errors):
            yield problem


def _part(problem: Problem) -> tuple[str, Route]:
    """The post that a problem is about; else the part of the file, or the list, that has it."""
    path, route = problem.place.path, problem.place.route
    depth = 2 if route[:1] == ("posts",) else 1
    return path, route[:depth] if route and isinstance(route[0], str) else ()
