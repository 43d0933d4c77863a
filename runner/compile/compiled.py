"""A compiled campaign: everything that its file says, as plain data, made once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from runner.bugs import Bug, contained
from runner.compile.dated import DatedCampaign, ReadAnew, date_campaign
from runner.compile.known_texts import TextRequest
from runner.compile.rehearsal import Rehearsal, rehearsals
from runner.compile.texts import CampaignTexts
from runner.models import CampaignFile, CampaignName
from runner.problems import Place, Problem
from runner.render import RenderAssets
from runner.rules import (
    RULES,
    AnyRule,
    PackedFacts,
    ProjectContext,
    RuleContext,
    TemplateLibrary,
    campaign_facts,
    check,
    check_together,
    may_keep_back,
    packed,
)
from runner.templating import NO_WORK, WorkDone
from runner.value import Value, replace


class CompiledCampaign(Value, kw_only=True):
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

    def without_id(self) -> "CompiledCampaign":
        """The campaign without its name and its posts: another file has its id already."""
        return CompiledCampaign(path=self.path, told=self.told, work=self.work)


class Compilation(NamedTuple):
    """What a file comes to: for whom only what is wrong counts, and for whom plans its posts."""

    compiled: CompiledCampaign
    dated: DatedCampaign | None

    @property
    def name(self) -> CampaignName | None:
        return self.compiled.name

    def without_id(self) -> "Compilation":
        """Only what is wrong with the file itself: another file has its id already."""
        return Compilation(self.compiled.without_id(), None)


def _no_source() -> None:
    """The source of a campaign that nobody opens again."""


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
        models and texts may be forgotten then."""
        made = self.compilation(path, file, wrong, _no_source).compiled
        return replace(made, work=self.assets.work.done(path))

    def compilation(
        self,
        path: str,
        file: CampaignFile | None,
        wrong: tuple[Problem, ...],
        source: ReadAnew,
        *,
        checked: bool = True,
    ) -> Compilation:
        """A campaign with what plans need of it, which ask the `source` for what is not known then;
        checked, or only dated."""
        work = self.assets.work
        if file is None or work.is_over(path):
            return Compilation(CompiledCampaign(path=path, told=wrong), None)
        dated, untimely = date_campaign(file, self.assets, source)
        whole = CompiledCampaign(
            path=path, name=file.name, posts=len(file.campaign.posts), told=(*wrong, *untimely)
        )
        if dated and checked and not work.is_over(path):
            whole = self._checked(whole, CampaignTexts(dated, file))
        return Compilation(whole, dated)

    def _checked(self, whole: CompiledCampaign, texts: CampaignTexts) -> CompiledCampaign:
        """Renders whatever a campaign may come to say, and has it checked, as far as it alone can
        tell."""
        rehearsed = tuple(rehearsals(texts))
        context = self.context((texts,), rehearsed)
        problems = dict.fromkeys(problem for each in rehearsed for problem in each.problems)
        found = check(context, self.rules)
        if not any(may_keep_back(each, self.rules) for each in found):
            sound = (proof for each in rehearsed for proof in each.sound)
            requests = (TextRequest(proof.occurrence, proof.post.item) for proof in sound)
            texts.campaign.known.approve(requests, self.rules)
        facts = contained("compiling", whole.path, lambda: packed(campaign_facts(context)[0]))
        if isinstance(facts, Bug):
            wrong = facts.problem(Place(path=whole.path))
            return replace(whole, problems=(*problems, *found, wrong))
        return replace(whole, problems=(*problems, *found), facts=facts)

    def context(
        self, campaigns: Iterable[CampaignTexts], rehearsed: Sequence[Rehearsal]
    ) -> RuleContext:
        """What the rules of a campaign look at: all that it declares."""
        assets, campaigns = self.assets, tuple(campaigns)
        return RuleContext(
            project=assets.project,
            files=tuple(each.file for each in campaigns if each.file),
            anchors={each.campaign.path: each.campaign.anchors for each in campaigns},
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
