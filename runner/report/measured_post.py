"""A post that went out, with what is known of it and what X counted: what reports fold over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from runner.durations import apart
from runner.ledger import Key
from runner.measure import Window
from runner.value import Value, field


class Numbers(Value, kw_only=True, gc=False):
    """What X counted of a post up to one age; of a thread, of all its parts. None is not known."""

    impressions: int
    replies: int = 0
    quotes: int = 0
    reposts: int = 0
    likes: int = 0
    bookmarks: int = 0
    shares: int | None = None
    clicks: int | None = None
    """On its links."""
    profile_visits: int | None = None
    follows: int | None = None

    @property
    def engagements(self) -> int:
        """How often people answered, quoted, shared, reposted or liked it."""
        return self.replies + self.quotes + (self.shares or 0) + self.reposts + self.likes


def total(numbers: Iterable[Numbers]) -> Numbers:
    """What X counted of all of these together; what is not known of one is not known of all, but
    for shares: what X's export tells of some posts are engagements with all of them."""
    all_of = tuple(numbers)
    if len(all_of) == 1:
        return all_of[0]
    return Numbers(
        impressions=sum([each.impressions for each in all_of]),
        replies=sum([each.replies for each in all_of]),
        quotes=sum([each.quotes for each in all_of]),
        reposts=sum([each.reposts for each in all_of]),
        likes=sum([each.likes for each in all_of]),
        bookmarks=sum([each.bookmarks for each in all_of]),
        shares=known_total([each.shares for each in all_of if each.shares is not None]),
        clicks=known_total([each.clicks for each in all_of]),
        profile_visits=known_total([each.profile_visits for each in all_of]),
        follows=known_total([each.follows for each in all_of]),
    )


def known_total(counts: Sequence[int | None]) -> int | None:
    """Their sum; None where one is not known, or there is none."""
    known = [each for each in counts if each is not None]
    return sum(known) if known and len(known) == len(counts) else None


class MeasuredPost(Value, kw_only=True):
    """A post of one of our accounts. What only the files or the ledger tell is None, or empty, of
    one that was not made by the runner."""

    id: str
    """X's, of its first part."""
    url: str
    account: str
    at: datetime
    """When it went out, in the account's zone."""
    key: Key | None = None
    kind: str | None = None
    slot: str | None = None
    language: str | None = None
    excerpt: str = ""
    due: datetime | None = None
    has_picture: bool = False
    has_link: bool = False
    hashtags: tuple[str, ...] = ()
    has_unknown_hashtags: bool = False
    """Whether it has some of which nobody knows what they say."""
    parts: int = 1
    is_promotional: bool | None = None
    """None where no file tells any more."""
    cost: Decimal = Decimal(0)
    numbers: Mapping[Window, Numbers] = field(default_factory=dict)
    """By age, those that were measured at it, and not later."""
    newest: Numbers | None = None
    """The last that were measured, at whatever age."""
    is_boosted: bool = False
    is_deleted: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether the runner made it."""
        return self.key is not None

    @property
    def campaign(self) -> str | None:
        return self.key.campaign if self.key else None

    @property
    def name(self) -> str:
        """What people know it by."""
        return f"{self.key.account}/{self.key.campaign}/{self.key.short}" if self.key else self.url

    @property
    def early(self) -> Numbers | None:
        """What is compared: the numbers at 48 hours of a post that was not boosted."""
        return None if self.is_boosted else self.numbers.get(Window.TWO_DAYS)

    @property
    def late(self) -> timedelta | None:
        """How long after its time it went out."""
        return apart(self.due, self.at) if self.due else None
