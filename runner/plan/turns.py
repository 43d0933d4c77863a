"""Whose turn it is: which item each occurrence of a post with items carries."""

from collections.abc import Iterable, Mapping

from runner.campaign import Item
from runner.ledger import Facts, Key
from runner.schedule import Occurrence, Turn, following, ring

Turns = Mapping[Key, Turn]


def turns(occurrences: Iterable[Occurrence], facts: Facts) -> Turns:
    """The items of one post on one account, for occurrences in order of time.

    Next is the one after the last that went out, so a missed slot loses nothing. An occurrence that
    was attempted keeps the item that it was attempted with.
    """
    planned = list(occurrences)
    if not planned:
        return {}
    first = planned[0]
    items = first.file.items[first.key.post].items
    circle = ring(items, first.post.order)
    known = dict(circle)
    found: dict[Key, Turn] = {}
    fresh = []
    for occurrence in planned:
        standing = facts.standings.get(occurrence.key)
        opening = standing.opening if standing else None
        if opening and opening.item is not None:
            found[occurrence.key] = (opening.item, known.get(opening.item, Item()))
        else:
            fresh.append(occurrence.key)
    gone = _gone_out(first.key, facts)
    last, earlier = (gone[0], gone[1:]) if gone else (None, [])
    next_ones = following(circle, last, len(fresh), first.post.order, earlier=earlier)
    found.update(zip(fresh, next_ones, strict=True))
    return found


def _gone_out(key: Key, facts: Facts) -> list[str]:
    """The items that went out, or were attempted, of a post on an account; the newest first."""
    same = (key.account, key.campaign, key.post)
    sent = [
        (line.at, line.item)
        for line in facts.journal
        if line.item and (line.key.account, line.key.campaign, line.key.post) == same
    ]
    tried = [
        (standing.opening.at, standing.opening.item)
        for other, standing in facts.standings.items()
        if standing.opening
        and standing.opening.item
        and (other.account, other.campaign, other.post) == same
        and (standing.unsettled or standing.posted)
    ]
    return [item for _, item in sorted([*sent, *tried], reverse=True)]
