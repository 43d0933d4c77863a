"""Opening a project: its files read, its timetables made, its press set up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runner.bugs import Bug, contained
from runner.problems import BadFiles, Place, Problem, Severity, Source

if TYPE_CHECKING:
    from runner.cli.outside import Outside
    from runner.models import CampaignFile
    from runner.models.project import Project
    from runner.plan import Desk
    from runner.render import Workshop
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


def open_project(outside: "Outside", *, shared: bool = True) -> Opened:
    """Reads the project's files; never raises for what it finds in them. With `shared`, all
    campaigns together have a bound for their work; else each has its own, and stops only itself."""
    from runner.plan import Desk
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
    dated = {table.file.id for table, _ in drawn if table}
    untimed = (file.id for file in workspace.files if file.id not in dated)
    return Opened(
        workspace=workspace,
        desk=Desk(
            project=project,
            timetables=tuple(table for table, _ in drawn if table),
            workshop=_workshop(workspace, project),
            accounts=frozenset(project.accounts),
            unread=workspace.unread.union(untimed),
        ),
        problems=(
            *workspace.problems,
            *(each for _, found in drawn for each in found),
            *workspace.work.problems(),
        ),
        sources=workspace.sources,
    )


def _workshop(workspace: "Workspace", project: "Project") -> "Workshop":
    from runner.render import Workshop

    return Workshop(
        project=project,
        templates=workspace.templates,
        own_templates=workspace.own_templates,
        media=workspace.facts,
        work=workspace.work,
    )


def _timetables(
    workspace: "Workspace", project: "Project"
) -> "list[tuple[Timetable | None, tuple[Problem, ...]]]":
    """Of each campaign that does not ask for too much work."""
    from runner.templating.run_budget import OCCURRENCE, PROBLEM

    work, drawn = workspace.work, []
    for file in workspace.files:
        if not work.is_over(file.path):
            table, found = _drawn(file, project)
            work.read(file.path, OCCURRENCE * (table.most if table else 0) + PROBLEM * len(found))
            drawn.append((table, found))
    return drawn


def _drawn(
    file: "CampaignFile", project: "Project"
) -> "tuple[Timetable | None, tuple[Problem, ...]]":
    from runner.schedule import timetable

    drawn = contained("dating", file.path, lambda: timetable(file, project))
    return (None, (drawn.problem(Place(path=file.path)),)) if isinstance(drawn, Bug) else drawn


def desk_of(opened: Opened, outside: "Outside") -> "Desk":
    """The desk. Raises BadFiles, after showing why, where there is none."""
    if opened.desk is None:
        from runner.views.problems import as_text

        outside.tell(as_text(opened.problems, opened.sources, color=outside.colored(outside.talk)))
        raise BadFiles("runner.yaml can't be read, so nothing can be planned")
    return opened.desk
