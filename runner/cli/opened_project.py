"""Opening a project: its files read, its campaigns compiled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from runner.cli.context import CommandContext
from runner.compile import DatedCampaign, Dating, date_all
from runner.git.tip import Tip
from runner.models import CampaignFile
from runner.models.project import Project
from runner.plan import PlanInputs
from runner.problems import BadFiles, Problem, Severity
from runner.render import RenderAssets
from runner.sources import Source
from runner.views.problems import as_text
from runner.workspace import (
    FolderFiles,
    KnownReadings,
    RecordedFiles,
    Workspace,
    read_workspace,
)
from runner.workspace.tip_files import TipFiles


@dataclass(frozen=True, kw_only=True)
class OpenedProject:
    """A project as it was read. `inputs` is None where runner.yaml can't be read."""

    workspace: Workspace
    inputs: PlanInputs | None
    problems: tuple[Problem, ...]
    flawed: tuple[DatedCampaign, ...] = ()
    """Campaigns that are checked, and never planned: they hold characters that nobody sees."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    tip: Tip | None = None
    """The commit that it was read from; None for working files."""

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(slots=True)
class KnownCampaigns:
    """What was read and dated of one state of a project, for another one that has most of its
    files: what those say is rendered once for both."""

    readings: KnownReadings = field(default_factory=KnownReadings)
    _assets: RenderAssets | None = None
    _dated: dict[str, Dating] = field(default_factory=dict)

    def dated(self, files: Iterable[CampaignFile], assets: RenderAssets) -> tuple[Dating, ...]:
        """Each file, dated."""
        if not (self._assets and self._assets.say_the_same_as(assets)):
            self._dated = {}
        self._assets = assets
        found = date_all(files, assets, self._dated)
        self._dated = {dated.file.path: (dated, problems) for dated, problems in found if dated}
        return found


def open_project(
    context: CommandContext,
    *,
    shared: bool = True,
    tip: Tip | None = None,
    known: KnownCampaigns | None = None,
) -> OpenedProject:
    """Reads the project's files, those of the `tip` or the working files; never raises for what it
    finds in them. With `shared`, all campaigns together have a bound for their work; else each has
    its own, and stops only itself. With `known`, two states of the project can be opened for little
    more than one."""
    watch = partial(context.watched, what="reading")
    folder = FolderFiles(context.root) if known is None else RecordedFiles(context.root)
    files = TipFiles(tip) if tip else folder
    readings = known.readings if known else None
    workspace = read_workspace(files, shared=shared, watch=watch, known=readings)
    project = workspace.project
    if project is None:
        return OpenedProject(
            workspace=workspace,
            inputs=None,
            problems=workspace.problems + workspace.work.problems(),
            sources=workspace.sources,
            tip=tip,
        )
    assets = _assets(workspace, project)
    campaigns = (known or KnownCampaigns()).dated((*workspace.files, *workspace.flawed), assets)
    dated = {campaign.file.id: campaign for campaign, _ in campaigns if campaign}
    return OpenedProject(
        workspace=workspace,
        inputs=_inputs(workspace, project, assets, dated),
        problems=(
            *workspace.problems,
            *(each for _, found in campaigns for each in found),
            *workspace.work.problems(),
        ),
        flawed=tuple(dated[file.id] for file in workspace.flawed if file.id in dated),
        sources=workspace.sources,
        tip=tip,
    )


def _inputs(
    workspace: Workspace,
    project: Project,
    assets: RenderAssets,
    dated: Mapping[str, DatedCampaign],
) -> PlanInputs:
    untimed = (file.id for file in workspace.files if file.id not in dated)
    return PlanInputs(
        project=project,
        dated=tuple(dated[file.id] for file in workspace.files if file.id in dated),
        assets=assets,
        accounts=frozenset(project.accounts),
        unread=workspace.unread.union(untimed),
    )


def _assets(workspace: Workspace, project: Project) -> RenderAssets:
    return RenderAssets(
        project=project,
        templates=workspace.templates,
        own_templates=workspace.own_templates,
        media=workspace.facts,
        work=workspace.work,
    )


def inputs_of(opened: OpenedProject, context: CommandContext) -> PlanInputs:
    """What plans are made of. Raises BadFiles, after showing why, where there is nothing."""
    if opened.inputs is None:
        context.tell(as_text(opened.problems, opened.sources, color=context.colored(context.talk)))
        raise BadFiles("runner.yaml can't be read, so nothing can be planned")
    return opened.inputs


def commit_of(opened: OpenedProject, context: CommandContext) -> str | None:
    """The commit that the files are of; None outside of git."""
    return opened.tip.commit if opened.tip else context.commit()
