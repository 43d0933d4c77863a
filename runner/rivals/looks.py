"""Looks at rivals as they are kept, each a line with the sums of one week; and which weeks are
still to be looked at."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from runner.ledger import ZonedMoment, are_plausible, are_post_ids, is_usd
from runner.reading import BadReadings, expect_whole
from runner.value import Value, field

HOURS: Final = 24
BEST: Final = 5
"""Posts of a week of which the id is kept."""
Count = Annotated[int, Meta(ge=0, lt=10**12)]
Handle = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_]{1,15}\Z")]
Hashtag = Annotated[str, Meta(pattern=r"^[^\s#]{1,140}\Z")]
WEEK: Final = timedelta(days=7)
MOST_BACK: Final = 5
"""Weeks that are read at once at most, where nobody has looked for long."""


class RivalState(StrEnum):
    """What came of a look."""

    SEEN = "seen"
    MISSING = "missing"
    """X has nobody of that handle."""
    SUSPENDED = "suspended"
    PROTECTED = "protected"
    """Its posts are not for everybody, even if one of our accounts may read them."""
    STOPPED = "stopped"
    """The look did not come to its end, and counts for what it has cost alone."""


class WeekNumbers(Value, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Sums over a rival's week. A post here answers nobody else and is no repost; a thread is
    one."""

    days: Annotated[float, Meta(gt=0, le=8)]
    """How many days they are of: less than 7 where the week had more posts than were read."""
    followers: Count | None = None
    originals: Count = 0
    quotes: Count = 0
    replies: Count = 0
    """Replies to others."""
    reposts: Count = 0
    pictures: Count = 0
    """Posts with pictures; the next two are posts with films, and with links."""
    videos: Count = 0
    links: Count = 0
    hours: Annotated[tuple[Count, ...], Meta(min_length=HOURS, max_length=HOURS)] = (0,) * HOURS
    """Posts by the hour of the day in the project's zone."""
    engagements: Mapping[Count, Count] = field(default_factory=dict)
    """How many posts came to a sum of replies, quotes, reposts and likes, by that sum, which is
    rounded to two significant figures."""
    hashtags: Mapping[Hashtag, Count] = field(default_factory=dict)
    """How many posts have each of the most used hashtags, but for those of a single post."""
    best: Annotated[tuple[str, ...], Meta(max_length=BEST)] = ()
    """Those that brought most, the best first."""

    @property
    def posts(self) -> int:
        return self.originals + self.quotes


class RivalLook(Value, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a run has found of a rival's week, and what that has cost."""

    at: ZonedMoment
    handle: Handle
    """As runner.yaml had it."""
    monday: date
    """The first day of the week, in the project's zone."""
    state: RivalState
    usd: Decimal = Decimal(0)
    user: str | None = None
    renamed: Handle | None = None
    """The rival's handle on X now, where it is another one."""
    week: WeekNumbers | None = None


_LOOK: Final = msgspec.json.Decoder(RivalLook)


def as_bytes(look: RivalLook) -> bytes:
    """The look as a line of JSON without its defaults. Raises BadReadings where that line could not
    be read again."""
    line = msgspec.json.encode(look) + b"\n"
    read_look(line)
    return line


def read_look(line: bytes) -> RivalLook:
    """The look that `as_bytes` has made this line of. Raises BadReadings for anything else."""
    try:
        look = _LOOK.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        look = None
    if look is None or not _is_ours(look):
        raise BadReadings("a line of rivals is none that the runner has written")
    return look


def _is_ours(look: RivalLook) -> bool:
    """Whether a look holds what the runner may have written, as far as its types can't say."""
    ids = (*([look.user] if look.user is not None else []), *(look.week.best if look.week else ()))
    return is_usd(look.usd) and are_plausible([look.at], in_utc=True) and are_post_ids(ids)


class RivalLooks:
    """All looks at rivals, in the order in which they were made, and what they have cost."""

    def __init__(self, looks: Iterable[RivalLook] = ()) -> None:
        self._looks: list[RivalLook] = []
        for look in looks:
            self.add(look)

    def add(self, look: RivalLook) -> None:
        """Takes in the next look."""
        self._looks.append(look)

    @property
    def count(self) -> int:
        return len(self._looks)

    def knows(self, user: str) -> bool:
        """Whether anybody has looked at the user of this id."""
        return any(each.user == user for each in self._looks)

    def user_of(self, handle: str) -> str | None:
        """The id of the user who had this handle when it was last looked at; None where nobody did.
        It stays when the handle changes."""
        known = (
            each.user for each in reversed(self._looks) if _has_handle(each, handle) and each.user
        )
        return next(known, None)

    def of(self, handle: str) -> tuple[RivalLook, ...]:
        """The finished looks at a rival, one a week, oldest first, also those under another handle
        of the same user."""
        user = self.user_of(handle)
        weeks: dict[date, RivalLook] = {}
        for each in self._looks:
            is_same = _has_handle(each, handle) or (user is not None and each.user == user)
            if is_same and each.state is not RivalState.STOPPED:
                weeks.setdefault(each.monday, each)
        return tuple(weeks[monday] for monday in sorted(weeks))

    def due(self, handle: str, today: date) -> tuple[date, ...]:
        """The Mondays of the weeks to look at now, oldest first: those since the last one that was
        looked at, up to the newest one that ended a week ago; without a look that one alone."""
        newest = today - timedelta(days=today.weekday()) - WEEK - WEEK
        seen = self.of(handle)
        oldest = max(seen[-1].monday + WEEK, newest - (MOST_BACK - 1) * WEEK) if seen else newest
        return tuple(oldest + n * WEEK for n in range((newest - oldest) // WEEK + 1))

    def spent(self, since: date, until: date, *, but: Collection[str] = ()) -> Decimal:
        """USD that looking has cost on these days (UTC), both included; at all `but` those of these
        handles."""
        left_out = {handle.casefold() for handle in but}
        looks = (each for each in self._looks if each.handle.casefold() not in left_out)
        return sum((each.usd for each in looks if since <= each.at.date() <= until), Decimal(0))

    def spent_in_month_of(self, moment: datetime) -> Decimal:
        """USD that looking has cost in that calendar month (UTC)."""
        month = (moment.year, moment.month)
        usd = (each.usd for each in self._looks if (each.at.year, each.at.month) == month)
        return sum(usd, Decimal(0))


def _has_handle(look: RivalLook, handle: str) -> bool:
    return look.handle.casefold() == handle.casefold()


def rival_looks(files: Mapping[str, bytes]) -> RivalLooks:
    """The looks that these files hold. Raises BadReadings where one is missing, or can't be
    read."""
    expect_whole(files)
    return RivalLooks(read_look(data) for data in files.values())
