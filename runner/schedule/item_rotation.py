"""Which item of a recurring post is next. Items form a ring, which goes on after the last one that
went out, so that a missed slot loses none, and a new item moves no other."""

import json
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel

from runner.models import Item

Order = Literal["file", "shuffle"]


def item_id(item: Item) -> str:
    """The item's own id, else a digest of all that it says, which no id can be: it has a colon."""
    if item.id:
        return item.id
    text = json.dumps(_json_value(item), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{_hash(text)[:16]}"


def ring(items: Iterable[Item], order: Order) -> tuple[str, ...]:
    """The ids of the items in their order: as written, or by the hash of their ids, which mixes
    them and moves none when another one is added or removed."""
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
    """The ids of the next `count` items after the last one that went out, round and round; from the
    first item where none went out yet.

    When the last one is no longer among them, a shuffled ring goes on from where it stood. In file
    order nothing says where that was: it goes on after the newest of the `earlier` ones (newest
    first) that is still there, and begins anew when none is.
    """
    start = _start(ring, last, order, earlier)
    return tuple(ring[(start + step) % len(ring)] for step in range(count))


def _start(ring: Sequence[str], last: str | None, order: Order, earlier: Iterable[str]) -> int:
    """The place in the ring of the item that is next."""
    if last is None:
        return 0
    if order == "shuffle":
        return bisect(ring, _hash(last), key=_hash)
    after = {name: place + 1 for place, name in enumerate(ring)}
    return next((after[name] for name in (last, *earlier) if name in after), 0)


def _json_value(value: object) -> object:
    """A model's value as plain mappings and lists, without the fields that the file leaves out."""
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
