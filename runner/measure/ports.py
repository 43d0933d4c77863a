"""What measuring needs of the world. X satisfies it, and so do the tests' fakes."""

from datetime import datetime
from typing import Protocol

from runner.measure.measurement import Counts, PostTraits
from runner.reading import NotRead
from runner.value import Value


class MeasuredUser(Value, kw_only=True):
    """Whose timeline is read, when, by X's clock, and how many follow it, where that was asked."""

    user_id: str
    at: datetime
    followers: int | None = None


class CountedPost(Value, kw_only=True):
    """A post of ours, in its newest version, with what X counts of it now."""

    post: str
    """The id of its first version."""
    root: str
    """The post that its conversation began with."""
    answers: str | None
    """The post that it answers."""
    is_ours: bool
    """Whether that is one of ours, or there is none: it is no reply to somebody else."""
    traits: PostTraits
    public: Counts
    organic: Counts | None
    private: Counts | None


class CountedPage(Value, kw_only=True):
    """The newest posts of a part of the timeline. All of that part from `since` on are on it."""

    posts: tuple[CountedPost, ...]
    shown: int
    """How many things X has shown, which is what it charges for."""
    since: int
    is_public_alone: bool
    """Whether X refuses the numbers that it tells to nobody else."""


class CountReader(Protocol):
    """X as one account. Never raises for what the network does."""

    def user(self, *, with_followers: bool) -> MeasuredUser | NotRead:
        """Who it is that reads."""
        ...

    def page(self, since: int, until: int, size: int) -> CountedPage | NotRead:
        """The newest posts of those from the post `since` up to the post `until`, that one not
        included; `size` at most, of 5 to 100."""
        ...
