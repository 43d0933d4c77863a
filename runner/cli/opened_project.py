"""Opening a project: its campaigns read, dated, and checked where that is asked for, one after
another, so that the models of one are gone before the next is read; and looking at a part of it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath

from runner.cli.context import CommandContext
from runner.cli.opened_campaigns import (
    CampaignOpener,
    KnowingOpener,
    KnownCampaigns,
    OpenedCampaign,
)
from runner.compile import CampaignCompiler, CompiledCampaign
from runner.git import Tip
from runner.models import Project
from runner.plan import PlanInputs
from runner.problems import BadFiles, BadUsage, Problem, Severity, suggest
from runner.render import RenderAssets
from runner.rules import RULES, AnyRule
from runner.sources import Source
from runner.templating import RunBudget
from runner.value import Value, field, replace
from runner.views.problems import as_text
from runner.workspace import MEDIA_LIMIT, FolderFiles, ProjectReader, RecordedFiles, TipFiles


class OpenedProject(Value, kw_only=True):
    """A project as it was read. `inputs` is None where runner.yaml can't be read."""

    reader: ProjectReader
    project: Project | None
    inputs: PlanInputs | None
    problems: tuple[Problem, ...]
    compiled: tuple[CompiledCampaign, ...] = ()
    """All campaigns; also those that are never planned, since they hold characters that nobody
    sees."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    tip: Tip | None = None
    """The commit that it was read from; None for working files."""

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    def media(self, path: str) -> bytes:
        """The bytes of a media file, read anew. Raises UnreadableFile."""
        return self.reader.project_files.read(path, MEDIA_LIMIT)


def open_project(
    context: CommandContext,
    *,
    shared: bool = True,
    checked: bool = False,
    tip: Tip | None = None,
    known: KnownCampaigns | None = None,
    rules: tuple[AnyRule, ...] = RULES,
) -> OpenedProject:
    """Reads the project's files, those of the `tip` or the working files; never raises for what it
    finds in them. With `shared`, all campaigns together have a bound for their work; else each has
    its own, and stops only itself. With `checked`, all that campaigns may come to say is rendered
    and checked. With `known`, two states of the project can be opened for little more than one."""
    recorded = RecordedFiles(context.root) if known is not None else None
    files = TipFiles(tip) if tip else recorded or FolderFiles(context.root)
    watch = partial(context.watched, what="checking" if checked else "reading")
    reader = ProjectReader(files, work=RunBudget(shared=shared), watch=watch)
    project = reader.project()
    if project is None:
        told = [problem for each in reader.campaigns() for problem in each.problems]
        _ = reader.templates  # whose problems are told, too
        problems = (*reader.problems, *told, *reader.work.problems())
        return OpenedProject(
            reader=reader,
            project=None,
            inputs=None,
            problems=problems,
            sources=reader.sources,
            tip=tip,
        )
    compiler = CampaignCompiler(_assets(reader, project), rules)
    opener = CampaignOpener(reader=reader, compiler=compiler, checked=checked)
    opened = opener.opened
    if known is not None and recorded is not None:
        known = known.of(compiler.assets)
        opened = KnowingOpener(files=recorded, opener=opener, known=known.found).opened
    return _opened_project(reader, compiler, opened, tip)


def _opened_project(
    reader: ProjectReader,
    compiler: CampaignCompiler,
    opened: Callable[[str], OpenedCampaign],
    tip: Tip | None,
) -> OpenedProject:
    paths, assets = reader.paths(), compiler.assets
    campaigns = tuple(reader.each_once(paths, opened))
    told = (problem for each in campaigns for problem in each.compilation.compiled.told)
    return OpenedProject(
        reader=reader,
        project=assets.project,
        inputs=PlanInputs(
            project=assets.project,
            dated=tuple(each.planned for each in campaigns if each.planned),
            assets=assets,
            rules=compiler.rules,
            accounts=frozenset(assets.project.accounts),
            unread=frozenset(_unread_ids(campaigns, paths)),
        ),
        problems=(*reader.problems, *told, *reader.work.problems()),
        compiled=tuple(each.compilation.compiled for each in campaigns),
        sources=reader.sources,
        tip=tip,
    )


def _unread_ids(campaigns: Sequence[OpenedCampaign], paths: Sequence[str]) -> list[str]:
    """The ids of the campaigns that can't be planned, as far as they can be told; too much work may
    have kept some from being opened."""
    rest = (PurePosixPath(path).stem for path in paths[len(campaigns) :])
    return [*(each.id for each in campaigns if each.id and not each.planned), *rest]


def _assets(reader: ProjectReader, project: Project) -> RenderAssets:
    return RenderAssets(
        project=project,
        templates=reader.templates,
        own_templates=reader.own_templates,
        media=reader.media.facts,
        work=reader.work,
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


def only(inputs: PlanInputs, *, accounts: Sequence[str], campaigns: Sequence[str]) -> PlanInputs:
    """The inputs with what was asked for, or with everything. Raises BadUsage for a name that is
    unknown, and not that of a campaign which can't be read: of that the files' problems tell."""
    _require_known("account", accounts, list(inputs.project.accounts))
    readable = (campaign.id for campaign in inputs.dated)
    _require_known("campaign", campaigns, [*readable, *sorted(inputs.unread)])
    inputs = replace(inputs, accounts=frozenset(accounts or inputs.project.accounts))
    if not campaigns:
        return inputs
    wanted = tuple(each for each in inputs.dated if each.id in campaigns)
    others = tuple(each for each in inputs.dated if each.id not in campaigns)
    return replace(inputs, dated=wanted, left_out=(*inputs.left_out, *others))


def _require_known(what: str, asked: Sequence[str], known: list[str]) -> None:
    for name in asked:
        if name not in known:
            raise BadUsage(
                f"there is no {what} `{name}`",
                help=suggest(name, known) or f"there are {', '.join(known)}",
            )
