"""Which item of a recurring post is next. Items form a ring, which goes on after the last one that
went out, so that a missed slot loses none, and a new item moves no other."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Literal

Order = Literal["file", "shuffle"]


def ring(ids: Iterable[str], order: Order) -> tuple[str, ...]:
    """The ids of items in their order: as written, or by their hashes, which mixes them and moves
    none when another one is added or removed."""
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


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
