"""What rules across campaigns look at: the posts of one account after another, then those of all
that may be alike."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from runner.models import Project
from runner.rules.compiled_post import CampaignFacts, CompiledPost, DatedPost, PackedFacts, in_order
from runner.rules.context import RuleContext
from runner.rules.template_use import TemplateLibrary
from runner.value import Value, field, replace


class ProjectContext(Value, kw_only=True, dict=True):
    """All that a rule across campaigns may look at."""

    project: Project
    files: tuple[CampaignFacts, ...] = ()
    proofs: tuple[CompiledPost, ...] = ()
    """Posts of the files, each on each of its accounts."""
    library: TemplateLibrary = field(default_factory=TemplateLibrary)
    """All templates."""
    own_templates: frozenset[str] = frozenset()
    """Those of them that are files of the project; the others come with the package."""
    templates: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
    """Those that posts ask for, by name without language, each with the languages."""
    locales: frozenset[str] = frozenset()
    """All in which posts go out."""
    is_whole: bool = False
    """Whether it is of all accounts: of their posts it has those that may say what others say."""

    @classmethod
    def of(cls, context: RuleContext) -> "ProjectContext":
        """A context of no campaign yet, in a project whose campaigns were looked at in contexts
        like this."""
        return cls(
            project=context.project, library=context.library, own_templates=context.own_templates
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


def contexts(empty: ProjectContext, campaigns: Sequence[PackedFacts]) -> Iterator[ProjectContext]:
    """A context for each account, one after the other, so that few campaigns are unpacked at once;
    then one for all of them."""
    by_account: dict[str, list[int]] = defaultdict(list)
    for number, campaign in enumerate(campaigns):
        for account in campaign.accounts or ("",):
            by_account[account].append(number)
    told = _Told()
    for account, numbers in sorted(by_account.items()):
        files = {number: campaigns[number].unpacked() for number in numbers}
        for number, file in files.items():
            told.add(number, file, account)
        posts = (post for file in files.values() for post in file.posts)
        mine = tuple(post for post in posts if post.account == account)
        yield replace(empty, files=tuple(files.values()), proofs=mine)
    some = tuple(campaigns[number].unpacked() for number in told.alike_campaigns())
    yield replace(
        empty,
        files=some,
        proofs=tuple(post for file in some for post in file.posts),
        templates=frozenset(told.templates),
        locales=frozenset(told.locales),
        is_whole=True,
    )


class _Told:
    """What is kept of all campaigns, once each was unpacked."""

    def __init__(self) -> None:
        self.templates: set[tuple[str, tuple[str, ...]]] = set()
        self.locales: set[str] = set()
        self.gists = array("Q")
        """Of each text that an account says, once."""
        self.tellers = array("L")
        """The campaigns that have those, by number."""

    def add(self, number: int, file: CampaignFacts, account: str) -> None:
        self.templates.update(file.templates)
        self.locales.update(file.locales)
        for post in file.posts:
            for parts in post.sayings if post.account == account else ():
                own = [part.gist for part in parts if part.gist is not None]
                self.gists.extend(own)
                self.tellers.extend([number] * len(own))

    def alike_campaigns(self) -> list[int]:
        """The numbers of the campaigns that have a text which is like another one."""
        twice = {gist for gist, after in pairwise(sorted(self.gists)) if gist == after}
        pairs = zip(self.gists, self.tellers, strict=True)
        return sorted({number for gist, number in pairs if gist in twice})
