"""An occurrence: one dated instance of a post on one account."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from runner.ledger import Key
from runner.problems import Place
from runner.schedule.declared import DeclaredCampaign, DeclaredPost
from runner.value import Value


class Shift(StrEnum):
    """What a change of the clocks did to a recurring occurrence."""

    SKIPPED = "skipped"
    """Its local time does not exist that day: it moved to the next valid instant."""
    REPEATED = "repeated"
    """Its local time exists twice that day: it takes the first."""


class Occurrence(Value, kw_only=True):
    """Which post, when. `due` and `until` are aware, in `zone`; it may go out in [due, until]."""

    key: Key
    campaign: DeclaredCampaign
    due: datetime
    until: datetime
    """The end of its grace."""
    zone: ZoneInfo
    """The zone in which it was planned, and in which people read its time."""
    shift: Shift | None = None
    awaits: str | None = None
    """The anchor that it waits for; then `due` stands in for a moment that nobody knows."""

    @property
    def post(self) -> DeclaredPost:
        return self.campaign.posts[self.key.post]

    @property
    def path(self) -> str:
        return self.campaign.path

    @property
    def place(self) -> Place:
        """Where its post is declared."""
        return Place(path=self.path, route=("posts", self.key.post))

    @property
    def is_draft(self) -> bool:
        return self.post.is_draft

    @property
    def ignored(self) -> Collection[str]:
        """The rules that its post ignores, by id."""
        return self.post.ignore.keys()

    @property
    def order(self) -> tuple[float, Key]:
        """What occurrences sort by. Two times of one zone compare by what its clocks show, which
        puts the repeated hour in the wrong order; so this is the instant."""
        return self.due.timestamp(), self.key
