"""Opening a project: its files read, its timetables made, its press set up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from runner.problems import BadFiles, Problem, Severity, Source

if TYPE_CHECKING:
    from runner.cli.outside import Outside
    from runner.plan import Desk
    from runner.project import Project
    from runner.schedule import Timetable
    from runner.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A project as it was read. `desk` is None where runner.yaml can't be read."""

    workspace: "Workspace"
    desk: "Desk | None"
    problems: tuple[Problem, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def unread(self) -> tuple[str, ...]:
        """The names of the files that an error may keep from being campaigns."""
        wrong = {each.place.path for each in self.problems if each.severity is Severity.ERROR}
        paths = map(PurePosixPath, sorted(wrong))
        return tuple(path.stem for path in paths if path.parts[0] == "campaigns")


def open_project(outside: "Outside", *, shared: bool = True) -> Opened:
    """Reads the project's files; never raises for what it finds in them. With `shared`, all
    campaigns together have a bound for their work; else each has its own, and stops only itself."""
    from runner.plan import Desk
    from runner.render import Workshop
    from runner.workspace import read_workspace

    workspace = read_workspace(outside.root, shared=shared)
    project = workspace.project
    if project is None:
        return Opened(
            workspace=workspace,
            desk=None,
            problems=workspace.problems + workspace.work.problems(),
            sources=workspace.sources,
        )
    drawn = _timetables(workspace, project)
    return Opened(
        workspace=workspace,
        desk=Desk(
            project=project,
            timetables=tuple(table for table, _ in drawn if table),
            workshop=Workshop(
                project=project,
                templates=workspace.templates,
                own_templates=workspace.own_templates,
                media=workspace.facts,
                work=workspace.work,
            ),
            accounts=frozenset(project.accounts),
        ),
        problems=(
            *workspace.problems,
            *(each for _, found in drawn for each in found),
            *workspace.work.problems(),
        ),
        sources=workspace.sources,
    )


def _timetables(
    workspace: "Workspace", project: "Project"
) -> "list[tuple[Timetable | None, tuple[Problem, ...]]]":
    """Of each campaign that does not ask for too much work."""
    from runner.render.work import OCCURRENCE, PROBLEM
    from runner.schedule import timetable

    work, drawn = workspace.work, []
    for file in workspace.files:
        if not work.is_over(file.path):
            table, found = timetable(file, project)
            work.read(file.path, OCCURRENCE * (table.most if table else 0) + PROBLEM * len(found))
            drawn.append((table, found))
    return drawn


def desk_of(opened: Opened, outside: "Outside") -> "Desk":
    """The desk. Raises BadFiles, after showing why, where there is none."""
    if opened.desk is None:
        from runner.views.problems import as_text

        outside.tell(as_text(opened.problems, opened.sources, color=outside.colored(outside.talk)))
        raise BadFiles("runner.yaml can't be read, so nothing can be planned")
    return opened.desk
