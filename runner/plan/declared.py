"""What the files declare, and what they do not any more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from runner.durations import apart
from runner.ledger import Key
from runner.schedule import Occurrence, Once, Timetable

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """All that the files declare, whatever part of it is looked at."""

    tables: Mapping[str, Timetable]
    """By campaign."""
    unread: Collection[str] = ()
    """Campaigns whose file can't be read: nobody knows what it declares."""
    _gone: dict[Key, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was asked before."""

    def lacks(self, key: Key) -> bool:
        """Whether certainly no file declares it."""
        if key not in self._gone:
            known = key.campaign in self.tables or key.campaign not in self.unread
            self._gone[key] = known and bool(why_gone(key, self.tables.get(key.campaign)))
        return self._gone[key]

    def displaces(self, key: Key, due: datetime | None) -> bool:
        """Whether it is declared, but not any more as what went out when it was `due`: as a draft,
        or once at another instant."""
        table = self.tables.get(key.campaign)
        if table is None or why_gone(key, table):
            return False
        if table.campaign.posts[key.post].is_draft:
            return True
        now = declared_as(key, table) if due and key.nominal is None else None
        return now is not None and due is not None and apart(now.due, due) != timedelta(0)


def why_gone(key: Key, table: Timetable | None) -> str | None:
    """Why no file declares it. A post whose time can't be told is declared all the same."""
    if table is None:
        return f"there is no campaign `{key.campaign}`"
    campaign = table.campaign
    post = campaign.posts.get(key.post)
    if post is None:
        return f"`{key.post}` is not in {campaign.path}"
    if key.account not in campaign.accounts:
        return f"{campaign.path} is not for `{key.account}`"
    if key.nominal and post.slots is None:
        return f"`{key.post}` does not recur any more"
    if key.nominal is None and post.slots is not None:
        return f"`{key.post}` recurs now"
    if key.nominal and table.entry_of(key) and declared_as(key, table) is None:
        return f"`{key.post}` has no {key.nominal}"
    return None


def declared_as(key: Key, table: Timetable) -> Occurrence | None:
    """The occurrence as it is declared now; None where it is not, or has no time."""
    entry = table.entry_of(key)
    if entry is None:
        return None
    if isinstance(entry, Once):
        around = entry.due
    elif key.nominal:
        # noon of its date is within a day and a half of it, in any zone and over any jump
        around = datetime.combine(date.fromisoformat(key.nominal[:10]), time(12), UTC)
    else:
        return None
    near = entry.between(around - 2 * _DAY, around + 2 * _DAY)
    return next((each for each in near if each.key == key), None)
