"""Who may win: decided before the list is published, by plain facts, each exclusion counted."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Final

from runner.charter import Charter
from runner.contest.entries import ContestEntry, PackedEntries
from runner.contest.seen_posts import SeenEntry
from runner.value import Value
from runner.x_facts import instant

FIRST_DATED_USER: Final = 10**17
"""Ids of users below it carry no instant; they are of accounts from before 2016."""


class Exclusion(StrEnum):
    """Why a post is no entry."""

    PHRASE = "does not say what an entry has to say"
    EARLY = "is from before the contest"
    LATE = "is from after the contest"
    BARRED = "is by us, a partner, or somebody whom the rules exclude"
    YOUNG = "is by an account that is too young"
    AGAIN = "is by somebody who has entered already"
    GONE = "is not shown by X any more: deleted, or its author protected or suspended"


class Entrants(Value, kw_only=True):
    """The entries that may win, one a person, and how many do not count for which reason."""

    entries: PackedEntries
    excluded: Counter[Exclusion]

    @property
    def numbers(self) -> dict[str, int]:
        """How many are excluded, by the short name of the reason."""
        return {why.name.lower(): number for why, number in sorted(self.excluded.items())}


def entrants(
    seen: Iterable[SeenEntry], charter: Charter, barred: Collection[str], *, gone: int = 0
) -> Entrants:
    """Judges each, oldest first; of several by one person the first counts. `barred` are handles,
    casefolded; `gone` is how many others have left."""
    excluded: Counter[Exclusion] = Counter({Exclusion.GONE: gone} if gone else {})
    entries = PackedEntries.of(_counted_entries(seen, charter, barred, excluded))
    return Entrants(entries=entries, excluded=excluded)


def _counted_entries(
    seen: Iterable[SeenEntry],
    charter: Charter,
    barred: Collection[str],
    excluded: Counter[Exclusion],
) -> Iterator[ContestEntry]:
    """The entries that count; why the others don't is counted in `excluded`."""
    users: set[int] = set()
    last = 0
    for each in seen:
        if int(each.post) < last:
            raise ValueError("posts are judged oldest first")
        user, last = int(each.user), int(each.post)
        why = _exclusion(each, charter, barred)
        if why is None and user in users:
            why = Exclusion.AGAIN
        if why:
            excluded[why] += 1
        else:
            users.add(user)
            yield ContestEntry(each.user, each.post)


def is_too_young(entry: ContestEntry, charter: Charter) -> bool:
    """Whether the account was younger than asked when it entered, as far as its id tells."""
    if int(entry.user) < FIRST_DATED_USER:
        return False
    age = instant(entry.post) - instant(entry.user)
    return age < timedelta(seconds=charter.account_age)


def is_in_time(entry: ContestEntry, charter: Charter) -> bool:
    return charter.opens_at <= instant(entry.post) < charter.closes_at


def _exclusion(each: SeenEntry, charter: Charter, barred: Collection[str]) -> Exclusion | None:
    entry = ContestEntry(each.user, each.post)
    if each.handle.casefold() in barred or each.user == charter.account:
        return Exclusion.BARRED
    if not each.counts:
        return Exclusion.PHRASE
    if instant(each.post) < charter.opens_at:
        return Exclusion.EARLY
    if instant(each.post) >= charter.closes_at:
        return Exclusion.LATE
    return Exclusion.YOUNG if is_too_young(entry, charter) else None
