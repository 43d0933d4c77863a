"""Whose turn it is: which item each occurrence of a post with items carries."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from runner.ledger import Facts, Key, Standing, State
from runner.schedule import Occurrence, following

Turns = Mapping[Key, str]
"""Which item, by its id."""
A_DAY_LATER = timedelta(hours=23)
"""After its attempt the next occurrence of a daily post may come: runs are seldom as punctual as
a whole day."""


def turns(
    occurrences: Iterable[Occurrence], facts: Facts, given_back: Collection[Key] = ()
) -> Turns:
    """The items of one post on one account, for occurrences in order of time. `given_back` are
    occurrences whose item turned out not to have gone out.

    Next is the one after the last that had its turn, so a missed slot loses nothing. An occurrence
    that may be out, or was refused, keeps the item that it was attempted with; where that one is
    gone, what may be out has none, and what was refused gets another.
    """
    planned = list(occurrences)
    if not planned:
        return {}
    first = planned[0]
    circle = first.post.items
    found: dict[Key, str] = {}
    fresh = []
    for occurrence in planned:
        standing = facts.standings.get(occurrence.key)
        item = _carried_item(standing) if standing and _had_its_turn(standing) else None
        if item is not None and item in circle:
            found[occurrence.key] = item
        elif item is None or (standing and not standing.may_be_out):
            fresh.append(occurrence.key)
    gone = _gone_out(first.key, facts, given_back)
    last, earlier = (gone[0], gone[1:]) if gone else (None, [])
    next_ones = following(circle, last, len(fresh), first.post.order, earlier=earlier)
    found.update(zip(fresh, next_ones, strict=True))
    return found


def _gone_out(key: Key, facts: Facts, given_back: Collection[Key]) -> list[str]:
    """The items of a post on an account that had their turn; the newest first."""
    same = (key.account, key.campaign, key.post)
    sent = [
        (line.at, line.item)
        for line in facts.journal
        if line.item and (line.key.account, line.key.campaign, line.key.post) == same
    ]
    tried = [
        (standing.opening.at, item)
        for other, standing in facts.standings.items()
        if (other.account, other.campaign, other.post) == same
        and other not in given_back
        and _had_its_turn(standing)
        and standing.opening
        and (item := _carried_item(standing))
    ]
    return [item for _, item in sorted([*sent, *tried], reverse=True)]


def _carried_item(standing: Standing) -> str | None:
    return standing.opening.item if standing.opening else None


def _had_its_turn(standing: Standing) -> bool:
    """Whether the item had its turn: what X refused had it too, or the ring would stand still
    before it."""
    return standing.may_be_out or any(entry.state is State.REJECTED for entry in standing.entries)


def gave_its_turn_back(standing: Standing, absent: frozenset[str], now: datetime) -> bool:
    """Whether an item that was attempted is nowhere a day later, so that the ring has it next."""
    return standing.is_absent(absent, now - A_DAY_LATER)
