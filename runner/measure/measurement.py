"""The numbers of one of our posts at one age."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Annotated, Final

from msgspec import Meta

from runner.ledger import ZonedMoment
from runner.value import Value
from runner.x_facts import instant

REACH: Final = timedelta(days=30) - timedelta(hours=1)
"""How old a post may be for X to tell its organic numbers, less what a run may take."""
_BOOST: Final = 0.1
"""Of all impressions; as long as nobody pays for any, X counts all as organic, give or take one."""
Count = Annotated[int, Meta(ge=0, lt=10**12)]


class Window(StrEnum):
    """An age at which each post is measured, once."""

    TWO_DAYS = "48h"
    WEEK = "7d"
    FOUR_WEEKS = "28d"

    __hash__ = str.__hash__  # of enumerations it is a function of Python's

    @property
    def age(self) -> timedelta:
        """How old a post is then, at the least."""
        return _AGES[self]

    @classmethod
    def of(cls, age: timedelta) -> "Window | None":
        """The one in which a post of this age is measured, if any."""
        return next((w for w in reversed(cls) if w.age <= age < REACH), None)


_AGES: Final = {
    Window.TWO_DAYS: timedelta(hours=48),
    Window.WEEK: timedelta(days=7),
    Window.FOUR_WEEKS: timedelta(days=28),
}
_LATE: Final = {window: age * 1.25 for window, age in _AGES.items()}
"""How old a post is from which on a measurement of this window tells something else."""


class Counts(Value, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What X counts of a post; None where it does not tell."""

    impressions: Count | None = None
    likes: Count | None = None
    replies: Count | None = None
    reposts: Count | None = None
    quotes: Count | None = None
    bookmarks: Count | None = None
    link_clicks: Count | None = None
    profile_clicks: Count | None = None
    engagements: Count | None = None
    shares: Count | None = None
    """Copied links and messages included; X tells it in its own export alone, as the two below."""
    follows: Count | None = None
    unfollows: Count | None = None

    def at_least(self, other: "Counts") -> "Counts":
        """Of each number the greater of both, since they only grow."""
        greatest = {
            name: max(each)
            for name in _NAMES
            if (each := [n for one in (self, other) if (n := getattr(one, name)) is not None])
        }
        return Counts(**greatest)

    def or_else(self, other: "Counts") -> "Counts":
        """These numbers, and where X does not tell one, the other's."""
        pairs = zip(_counts(self), _counts(other), strict=True)
        return Counts(*[its if own is None else own for own, its in pairs])


class PostTraits(Value, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a post has, without its words."""

    has_media: bool = False
    has_link: bool = False
    hashtags: Count = 0
    language: Annotated[str, Meta(pattern=r"^[A-Za-z-]{2,12}\Z")] = "und"
    """As X tells languages apart; `und` where it can't."""


class Measurement(Value, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A post of ours at one age: what X showed of it then."""

    post: str
    """Of an edited post the id of its first version."""
    window: Window
    at: ZonedMoment
    """When it was measured, by X's clock."""
    key: str | None = None
    """Which occurrence it is; None where it was not sent by the runner."""
    part: int = 1
    root: str
    """The first post of its thread; the post itself where it is in none."""
    answers: str | None = None
    """The post of ours that it continues, whose `replies` count it, too."""
    traits: PostTraits = PostTraits()
    public: Counts | None = None
    organic: Counts | None = None
    """Without what was paid for; X tells it of the last 30 days alone."""
    private: Counts | None = None
    """What X tells of it to nobody else, paid reach included."""
    deleted: bool = False
    """Whether X did not have it any more, so that nothing was counted."""

    @property
    def posted_at(self) -> datetime:
        return instant(self.post)

    @property
    def age(self) -> timedelta:
        """How old it was, which is never less than its window's age."""
        return self.at - self.posted_at

    @property
    def is_late(self) -> bool:
        """Whether it was so much older than its window that it can't be compared with others."""
        return self.is_late_after(self.posted_at)

    def is_late_after(self, posted_at: datetime) -> bool:
        """Whether it is late, for who knows when its post went out."""
        return self.at - posted_at > _LATE[self.window]

    @property
    def is_boosted(self) -> bool:
        """Whether somebody has paid for a good part of its reach."""
        if not (self.public and self.organic):
            return False
        seen, organic = self.public.impressions or 0, self.organic.impressions
        return organic is not None and seen - organic > max(seen * _BOOST, 1)

    @property
    def comparable(self) -> Counts | None:
        """What compares with other posts: the organic counts, where X told them, with what X tells
        in public alone. None where nothing was counted."""
        public, organic = self.public, self.organic
        return organic.or_else(public) if public and organic else public


_NAMES: Final = Counts.__struct_fields__
_counts: Final[Callable[[Counts], tuple[int | None, ...]]] = attrgetter(*_NAMES)
