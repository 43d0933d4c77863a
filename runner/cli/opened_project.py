"""Opening a project: its files read, its timetables made, its press set up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from runner.cli.context import CommandContext
from runner.compile import compile_all
from runner.models.project import Project
from runner.plan import Desk
from runner.problems import BadFiles, Problem, Severity, Source
from runner.render import Workshop
from runner.views.problems import as_text
from runner.workspace import Workspace, read_workspace


@dataclass(frozen=True, kw_only=True)
class OpenedProject:
    """A project as it was read. `desk` is None where runner.yaml can't be read."""

    workspace: Workspace
    desk: Desk | None
    problems: tuple[Problem, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def open_project(context: CommandContext, *, shared: bool = True) -> OpenedProject:
    """Reads the project's files; never raises for what it finds in them. With `shared`, all
    campaigns together have a bound for their work; else each has its own, and stops only itself."""
    workspace = read_workspace(context.root, shared=shared)
    project = workspace.project
    if project is None:
        return OpenedProject(
            workspace=workspace,
            desk=None,
            problems=workspace.problems + workspace.work.problems(),
            sources=workspace.sources,
        )
    assets = _assets(workspace, project)
    compiled = compile_all(workspace.files, assets)
    dated = {campaign.file.id for campaign, _ in compiled if campaign}
    untimed = (file.id for file in workspace.files if file.id not in dated)
    return OpenedProject(
        workspace=workspace,
        desk=Desk(
            project=project,
            compiled=tuple(campaign for campaign, _ in compiled if campaign),
            workshop=assets,
            accounts=frozenset(project.accounts),
            unread=workspace.unread.union(untimed),
        ),
        problems=(
            *workspace.problems,
            *(each for _, found in compiled for each in found),
            *workspace.work.problems(),
        ),
        sources=workspace.sources,
    )


def _assets(workspace: Workspace, project: Project) -> Workshop:
    return Workshop(
        project=project,
        templates=workspace.templates,
        own_templates=workspace.own_templates,
        media=workspace.facts,
        work=workspace.work,
    )


def desk_of(opened: OpenedProject, context: CommandContext) -> Desk:
    """The desk. Raises BadFiles, after showing why, where there is none."""
    if opened.desk is None:
        context.tell(as_text(opened.problems, opened.sources, color=context.colored(context.talk)))
        raise BadFiles("runner.yaml can't be read, so nothing can be planned")
    return opened.desk
