"""Items form a ring: next is the one after the last that went out, so that a missed slot loses
nothing and a new item disturbs nothing."""

import json
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel

from runner.models import Item

Order = Literal["file", "shuffle"]


def item_id(item: Item) -> str:
    """The item's own id, else a digest of all it says; no id has the colon of a digest."""
    if item.id:
        return item.id
    text = json.dumps(_json_value(item), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{_hash(text)[:16]}"


def ring(items: Iterable[Item], order: Order) -> tuple[str, ...]:
    """The ids of the items in their turn: as written, or by the hash of their ids, which mixes them
    and keeps all others where they are when one comes or goes."""
    ids = [item_id(item) for item in items]
    return tuple(sorted(ids, key=_hash) if order == "shuffle" else ids)


def following(
    ring: Sequence[str],
    last: str | None,
    count: int,
    order: Order,
    *,
    earlier: Iterable[str] = (),
) -> tuple[str, ...]:
    """The ids of the next items, round and round, after the last that went out; from the first
    without one.

    When the last one is no longer among them, a shuffled ring goes on from where it stood. In file
    order nothing says where that was: it goes on after the newest of the `earlier` ones (newest
    first) that is still there, and begins anew when none is.
    """
    start = _start(ring, last, order, earlier)
    return tuple(ring[(start + step) % len(ring)] for step in range(count))


def _start(ring: Sequence[str], last: str | None, order: Order, earlier: Iterable[str]) -> int:
    if last is None:
        return 0
    if order == "shuffle":
        return bisect(ring, _hash(last), key=_hash)
    after = {name: place + 1 for place, name in enumerate(ring)}
    return next((after[name] for name in (last, *earlier) if name in after), 0)


def _json_value(value: object) -> object:
    """What was written: plain mappings and lists, without what was left out."""
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
        return {
            name: _json_value(part) for name, part in value.items() if part not in (None, (), {})
        }
    if isinstance(value, Mapping):
        return {name: _json_value(part) for name, part in value.items()}
    return [_json_value(part) for part in value] if isinstance(value, tuple) else value


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
