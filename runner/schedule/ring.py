"""Items form a ring: next is the one after the last that went out, so that a missed slot loses
nothing and a new item disturbs nothing."""

import json
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel

from runner.campaign import Item

Order = Literal["file", "shuffle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Items with their ids, in their turn."""

    turns: tuple[tuple[str, Item], ...]
    order: Order


def item_id(item: Item) -> str:
    """Its id, else a digest of all it says; the colon keeps the two apart."""
    if item.id:
        return item.id
    said = json.dumps(
        _plain(item), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return f"sha256:{_hash(said)[:16]}"


def ring(items: Sequence[Item], order: Order) -> Ring:
    turns = [(item_id(item), item) for item in items]
    if order == "shuffle":
        turns.sort(key=lambda turn: _hash(turn[0]))
    return Ring(turns=tuple(turns), order=order)


def after(
    ring: Ring, last: str | None, count: int, *, earlier: Sequence[str] = ()
) -> tuple[tuple[str, Item], ...]:
    """The next items, over and over, after the last that went out; from the first without one.

    When the last one is no longer among the items, a shuffled ring goes on where it stood. In file
    order nobody knows where that was, so it goes on after the newest of the `earlier` ones (newest
    first) that is still there, and begins anew without any.
    """
    start = _start(ring, last, earlier)
    return tuple(ring.turns[(start + step) % len(ring.turns)] for step in range(count))


def _start(ring: Ring, last: str | None, earlier: Sequence[str]) -> int:
    places = {name: place for place, (name, _) in enumerate(ring.turns)}
    if last is None:
        return 0
    if ring.order == "shuffle":
        return bisect([_hash(name) for name in places], _hash(last))
    return next((places[name] + 1 for name in (last, *earlier) if name in places), 0)


def _plain(value: object) -> object:
    """What was written: models and mappings as plain ones, without what was left out."""
    if isinstance(value, BaseModel):
        given = {name: getattr(value, name) for name in type(value).model_fields}
        return {name: _plain(each) for name, each in given.items() if each not in (None, (), {})}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
