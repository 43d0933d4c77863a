"""A compiled campaign: everything that its file says, as plain data, made once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from runner.bugs import Bug, contained
from runner.compile.dated import DatedCampaign
from runner.compile.rehearsal import Rehearsal, rehearsals
from runner.problems import Place, Problem
from runner.render import RenderAssets
from runner.rules import (
    RULES,
    AnyRule,
    CampaignFacts,
    ProjectContext,
    RuleContext,
    Stage,
    TemplateLibrary,
    campaign_facts,
    check,
    check_together,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledCampaign:
    """What is wrong in the templates and posts of a campaign, and what the rules across campaigns
    have to know of it; None where nobody can tell."""

    problems: tuple[Problem, ...]
    facts: CampaignFacts | None


@dataclass(frozen=True, slots=True)
class CampaignCompiler:
    """Compiles the campaigns of a project."""

    assets: RenderAssets
    rules: tuple[AnyRule, ...] = RULES
    library: TemplateLibrary = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "library", TemplateLibrary(self.assets.templates))

    def compiled(self, campaign: DatedCampaign) -> CompiledCampaign:
        """Renders whatever a campaign may come to say, and has it checked, as far as it alone can
        tell. Its models, timetable and texts may be forgotten then."""
        path, rehearsed = campaign.file.path, tuple(rehearsals(campaign))
        context = self.context((campaign,), rehearsed)
        problems = dict.fromkeys(problem for each in rehearsed for problem in each.problems)
        found = (*problems, *check(context, Stage.FILE, self.rules))
        facts = contained("compiling", path, lambda: campaign_facts(context)[0])
        if isinstance(facts, Bug):
            return CompiledCampaign(problems=(*found, facts.problem(Place(path=path))), facts=None)
        return CompiledCampaign(problems=found, facts=facts)

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
        return check_together(ProjectContext.of(self.context((), ()), facts), self.rules)
