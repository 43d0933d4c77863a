"""All that is wrong in the files of a project, each thing told once."""

from collections.abc import Iterator

from runner.cli.context import CommandContext
from runner.cli.opened_project import OpenedProject
from runner.plan.proofs import context_of_files
from runner.problems import Problem, Route
from runner.rules import ProjectContext, Stage, campaign_facts, check, check_together
from runner.templating.run_budget import RULE

LEFTOVERS = ("unused-template", "unused-variable")
"""Nobody knows what is used before all can be read."""


def all_problems(opened: OpenedProject, context: CommandContext) -> tuple[Problem, ...]:
    """What reading, timetables, templates and the rules find in the files."""
    if opened.inputs is None:
        return opened.problems
    rule_context, problems = context_of_files(opened.inputs, context.watched)
    told = any(problem.rule == RULE for problem in opened.problems)
    passed = () if told else opened.inputs.assets.work.problems()
    rules = opened.inputs.rules
    later = (
        *passed,
        *problems,
        *check(rule_context, Stage.FILE, rules),
        *check_together(ProjectContext.of(rule_context, campaign_facts(rule_context)), rules),
    )
    return (*opened.problems, *_without_echoes(opened.problems, later))


def _without_echoes(told: tuple[Problem, ...], later: tuple[Problem, ...]) -> Iterator[Problem]:
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


def _part(problem: Problem) -> tuple[str, Route]:
    """The post that a problem is about; else the part of the file, or the list, that has it."""
    path, route = problem.place.path, problem.place.route
    depth = 2 if route[:1] == ("posts",) else 1
    return path, route[:depth] if route and isinstance(route[0], str) else ()
