"""What an account shows on X: the posts of its timeline, as far as they tell which is which."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePost:
    """A post on the account's own timeline.

    `text` is whole: entities unescaped, every t.co link as the address it stands for, the links of
    media taken away. `at` is X's instant, from the id.
    """

    id: str
    url: str
    at: datetime
    text: str
    media: tuple[str, ...] = ()
    """Media keys."""
    repost_of: str | None = None
    """The id of the post that is shared."""
    reply_to: str | None = None
    """The id of the post that is answered."""
    earlier: tuple[str, ...] = ()
    """The ids that it had before it was edited, oldest first: an edit gives a post a new id."""
    first_at: datetime | None = None
    """When it was first posted, if it was edited since."""

    @property
    def ids(self) -> frozenset[str]:
        """Every id that it has or had."""
        return frozenset((self.id, *self.earlier))

    @property
    def begun(self) -> datetime:
        """When it came up, edited or not."""
        return self.first_at or self.at
