"""A compiled campaign: everything that its file says, as plain data, made once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from runner.bugs import Bug, contained
from runner.compile.dated import DatedCampaign, date_campaign
from runner.compile.rehearsal import Rehearsal, rehearsals
from runner.models import CampaignFile, CampaignName
from runner.problems import Place, Problem
from runner.render import RenderAssets
from runner.rules import (
    RULES,
    AnyRule,
    PackedFacts,
    ProjectContext,
    RuleContext,
    Stage,
    TemplateLibrary,
    campaign_facts,
    check,
    check_together,
    packed,
)
from runner.templating.run_budget import NO_WORK, WorkDone


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledCampaign:
    """All that a file comes to before there are a clock and a ledger."""

    path: str
    name: CampaignName | None = None
    """None where it can't be read."""
    posts: int = 0
    """How many it declares."""
    told: tuple[Problem, ...] = ()
    """What is wrong in what it says and when: nothing of the rest may be known then."""
    problems: tuple[Problem, ...] = ()
    """What its templates and the rules of one campaign find."""
    facts: PackedFacts | None = None
    """What the rules across campaigns have to know of it; None where nobody can tell."""
    work: WorkDone = NO_WORK
    """What all of it has cost."""

    def refused(self) -> "CompiledCampaign":
        """The same campaign where its file has the id of another one."""
        return CompiledCampaign(path=self.path, told=self.told, work=self.work)


@dataclass(frozen=True, slots=True)
class CampaignCompiler:
    """Compiles the campaigns of a project."""

    assets: RenderAssets
    rules: tuple[AnyRule, ...] = RULES
    library: TemplateLibrary = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "library", TemplateLibrary(self.assets.templates))

    def compiled(
        self, path: str, file: CampaignFile | None, wrong: tuple[Problem, ...] = ()
    ) -> CompiledCampaign:
        """A campaign as it was read, with what is `wrong` with it; None for one that can't be. Its
        models, timetable and texts may be forgotten then."""
        made = self._compile(path, file, wrong)
        return replace(made, work=self.assets.work.done(path))

    def _compile(
        self, path: str, file: CampaignFile | None, wrong: tuple[Problem, ...]
    ) -> CompiledCampaign:
        work = self.assets.work
        if file is None or work.is_over(path):
            return CompiledCampaign(path=path, told=wrong)
        dated, untimely = date_campaign(file, self.assets)
        whole = CompiledCampaign(
            path=path, name=file.name, posts=len(file.campaign.posts), told=(*wrong, *untimely)
        )
        if dated is None or work.is_over(path):
            return whole
        checked = self.checked(dated)
        return replace(whole, problems=checked.problems, facts=checked.facts)

    def checked(self, campaign: DatedCampaign) -> CompiledCampaign:
        """Renders whatever a campaign may come to say, and has it checked, as far as it alone can
        tell."""
        path, rehearsed = campaign.file.path, tuple(rehearsals(campaign))
        context = self.context((campaign,), rehearsed)
        problems = dict.fromkeys(problem for each in rehearsed for problem in each.problems)
        found = (*problems, *check(context, Stage.FILE, self.rules))
        facts = contained("compiling", path, lambda: packed(campaign_facts(context)[0]))
        if isinstance(facts, Bug):
            return CompiledCampaign(path=path, problems=(*found, facts.problem(Place(path=path))))
        return CompiledCampaign(path=path, problems=found, facts=facts)

    def context(
        self, campaigns: Iterable[DatedCampaign], rehearsed: Sequence[Rehearsal]
    ) -> RuleContext:
        """What the rules of a campaign look at: all that it declares."""
        assets, campaigns = self.assets, tuple(campaigns)
        return RuleContext(
            project=assets.project,
            files=tuple(campaign.file for campaign in campaigns),
            anchors={campaign.file.path: campaign.anchors for campaign in campaigns},
            proofs=tuple(proof for each in rehearsed for proof in each.proofs),
            others=tuple(proof for each in rehearsed for proof in each.others),
            media=assets.media,
            own_templates=assets.own_templates,
            library=self.library,
        )

    def together(self, campaigns: Iterable[CompiledCampaign]) -> tuple[Problem, ...]:
        """What the rules across campaigns find."""
        facts = tuple(each.facts for each in campaigns if each.facts)
        return check_together(ProjectContext.of(self.context((), ())), facts, self.rules)
