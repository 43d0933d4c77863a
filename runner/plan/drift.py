"""Drift: how today's files differ from what went out. It is for people, and decides nothing."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from runner.ledger import Key, Standing
from runner.plan.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What came to differ after one post went out."""

    standing: Standing
    zone: ZoneInfo
    """In which people read its times."""
    edited: Field | None = None
    """The first thing that it would say otherwise now."""
    moved_to: datetime | None = None
    """When it would be due now."""
    is_redrawn: bool = False
    """Whether that is because somebody else has won since, and no file was edited for it."""
    removed: str | None = None
    """Why no file leads to it any more."""

    @property
    def key(self) -> Key:
        return self.standing.key

    @property
    def was_due(self) -> datetime:
        """When it was due as it went out; as it went out, where only a person's word is known."""
        opening = self.standing.opening
        due = opening.due if opening else self.standing.posted[0].at
        return due.astimezone(self.zone)
