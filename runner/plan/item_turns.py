"""Whose turn it is: which item each occurrence of a post with items carries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from runner.ledger import Facts, Key, Standing, State
from runner.schedule import Occurrence, following

Turns = Mapping[Key, str]
"""Which item, by its id."""
A_DAY_LATER = timedelta(hours=23)
"""After its attempt the next occurrence of a daily post may come: runs are seldom as punctual as
a whole day."""


def turns(occurrences: Iterable[Occurrence], facts: Facts, earlier: Sequence[str] = ()) -> Turns:
    """The items of one post on one account, for occurrences in order of time. `earlier` are those
    that had their turn, the newest first.

    Next is the one after the last that had its turn, so a missed slot loses nothing. An occurrence
    that may be out, or was refused, keeps the item that it was attempted with; where that one is
    gone, what may be out has none, and what was refused gets another.
    """
    planned = list(occurrences)
    if not planned:
        return {}
    post = planned[0].post
    found: dict[Key, str] = {}
    fresh = []
    for occurrence in planned:
        standing = facts.standings.get(occurrence.key)
        item = _carried_item(standing) if standing and _had_its_turn(standing) else None
        if item is not None and item in post.items:
            found[occurrence.key] = item
        elif item is None or (standing and not standing.may_be_out):
            fresh.append(occurrence.key)
    last = earlier[0] if earlier else None
    next_ones = following(post.items, last, len(fresh), post.order, earlier=earlier[1:])
    found.update(zip(fresh, next_ones, strict=True))
    return found


def earlier_items(
    facts: Facts, given_back: Collection[Key]
) -> Mapping[tuple[str, str, str], Sequence[str]]:
    """The items that had their turn, the newest first, by the post and account that they were of.
    `given_back` are occurrences whose item turned out not to have gone out."""
    found: dict[tuple[str, str, str], list[tuple[datetime, str]]] = defaultdict(list)
    for line in facts.journal:
        if line.item:
            found[line.key.undated].append((line.at, line.item))
    for key, standing in facts.standings.items():
        item, opening = _carried_item(standing), standing.opening
        if item and opening and key not in given_back and _had_its_turn(standing):
            found[key.undated].append((opening.at, item))
    return {key: [item for _, item in sorted(had, reverse=True)] for key, had in found.items()}


def _carried_item(standing: Standing) -> str | None:
    return standing.opening.item if standing.opening else None


def _had_its_turn(standing: Standing) -> bool:
    """Whether the item had its turn: what X refused had it too, or the ring would stand still
    before it."""
    return standing.may_be_out or any(entry.state is State.REJECTED for entry in standing.entries)


def gave_its_turn_back(standing: Standing, absent: frozenset[str], now: datetime) -> bool:
    """Whether an item that was attempted is nowhere a day later, so that the ring has it next."""
    return standing.is_absent(absent, now - A_DAY_LATER)
