"""What rules across campaigns look at: the posts of all of them, account by account."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from runner.models.project import Project
from runner.rules.compiled_post import CampaignFacts, CompiledPost, DatedPost, in_order
from runner.rules.context import RuleContext
from runner.rules.template_use import TemplateLibrary


@dataclass(frozen=True, kw_only=True)
class ProjectContext:
    """All that a rule across campaigns may look at."""

    project: Project
    files: tuple[CampaignFacts, ...]
    proofs: tuple[CompiledPost, ...]
    """All posts of the files, each on each of its accounts."""
    library: TemplateLibrary = field(default_factory=TemplateLibrary)
    """All templates."""
    own_templates: frozenset[str] = frozenset()
    """Those of them that are files of the project; the others come with the package."""

    @classmethod
    def of(cls, context: RuleContext, files: tuple[CampaignFacts, ...]) -> "ProjectContext":
        """Of campaigns that were looked at one by one, in contexts like this one."""
        return cls(
            project=context.project,
            files=files,
            proofs=tuple(post for file in files for post in file.posts),
            library=context.library,
            own_templates=context.own_templates,
        )

    @cached_property
    def in_order(self) -> tuple[DatedPost, ...]:
        """What all accounts will say, by due time and key; no drafts."""
        return tuple(in_order(self.proofs))

    @cached_property
    def accounts(self) -> Mapping[str, tuple[DatedPost, ...]]:
        """What each account will say, by due time and key; no drafts."""
        found: dict[str, list[DatedPost]] = defaultdict(list)
        for dated in self.in_order:
            found[dated.post.account].append(dated)
        return MappingProxyType({name: tuple(found[name]) for name in sorted(found)})
