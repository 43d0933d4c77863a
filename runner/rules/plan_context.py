"""What the rules of a plan look at: what is known today, and all that may still go out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from runner.ledger import Facts, Key
from runner.models import CampaignFile, Project
from runner.problems import Place
from runner.render import RenderedPost
from runner.rules.context import by_account
from runner.schedule import Anchor, DeclaredCampaign, Occurrence
from runner.value import Value, field


class PlannedPost(Value, kw_only=True):
    """An occurrence with its rendered post, without the file that declares it."""

    occurrence: Occurrence
    post: RenderedPost

    @property
    def key(self) -> Key:
        return self.post.key

    @property
    def path(self) -> str:
        return self.occurrence.path

    @property
    def place(self) -> Place:
        """Where the post is declared."""
        return self.occurrence.place


class Today(Value, kw_only=True):
    """What only a plan knows: the time, and what has happened."""

    now: datetime
    facts: Facts = field(default_factory=Facts)
    spent: Decimal = Decimal(0)
    """USD of this calendar month (UTC) so far, with what is reserved."""
    occurrences: tuple[Occurrence, ...] = ()
    """All whose ledger was read, rendered or not."""
    behind: tuple[Occurrence, ...] = ()
    """Besides: what lies so far back that no run looks at it, in campaigns that still matter."""
    renamed: Mapping[Key, tuple[Key, str]] = field(default_factory=dict)
    """What may be out under another name, with that name, and what of the files speaks for that."""
    campaigns: frozenset[str] = frozenset()
    """All that the files declare."""
    strangers: Mapping[str, str] = field(default_factory=dict)
    """Accounts that the ledger knows under another id, with that id."""


class PlanContext(Value, kw_only=True, dict=True):
    """All that a rule of a plan may look at."""

    project: Project
    today: Today
    opened: Callable[[Occurrence], CampaignFile | None]
    """Gives the file that declares an occurrence, read anew; None where that has changed."""
    anchors: Mapping[str, Mapping[str, Anchor]] = field(default_factory=dict)
    """Of each campaign, by its path."""
    files: tuple[DeclaredCampaign, ...] = ()
    proofs: tuple[PlannedPost, ...] = ()
    """All that may still go out, at least to the end of this calendar month (UTC)."""

    @cached_property
    def accounts(self) -> Mapping[str, tuple[PlannedPost, ...]]:
        """What each account will say, by due time and key; no drafts."""
        return by_account(self.proofs)
