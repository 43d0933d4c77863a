"""What stands in public for the entries of a contest: c and e of each, in order, packed."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from runner.contest.entries import Packed

C_BYTES: Final = 32
_LINE: Final = 130
"""Bytes of `c e` and its end."""


class BadList(ValueError):
    """Bytes that are no list of entries; the text says why."""


class Commitments(Packed[bytes]):
    """The commitments of a list, packed: c and e of each entry."""

    __slots__ = ()
    SIZE = 64

    @staticmethod
    def item(data: bytes) -> bytes:
        return data


def ordered(commitments: Iterable[bytes]) -> Commitments:
    """The commitments in the order of a list. Raises BadList where an entrant is there twice."""
    groups: list[bytes | bytearray] = [bytearray() for _ in range(256)]  # by the first byte of c
    for each in commitments:
        groups[each[0]] += each
    for first, group in enumerate(groups):
        groups[first] = b"".join(sorted(Commitments(bytes(group))))
    found = Commitments(b"".join(groups))
    if any(one[:C_BYTES] == other[:C_BYTES] for one, other in pairwise(found)):
        raise BadList("an entrant is there twice")
    return found


def as_lines(commitments: Iterable[bytes]) -> bytes:
    """`c e` of each, as a list has it."""
    return b"".join(f"{each.hex(' ', C_BYTES)}\n".encode() for each in commitments)


def read_lines(data: bytes, *, before: int = 0) -> Commitments:
    """What `as_lines` has made these bytes of, behind so many others. Raises BadList for anything
    else, for what is out of order, and for an entrant who is there twice."""
    packed, last = bytearray(), b""
    for number, start in enumerate(range(0, len(data), _LINE), start=before + 1):
        line = data[start : start + _LINE]
        pair = _pair(line)
        if pair is None:
            raise BadList(f"its entry {number} is not two numbers of 64 digits")
        if pair[:C_BYTES] <= last:
            raise BadList(f"its entry {number} is out of order, or is there twice")
        last = pair[:C_BYTES]
        packed += pair
    return Commitments(bytes(packed))


def _pair(line: bytes) -> bytes | None:
    try:
        pair = bytes.fromhex(line.decode())
    except ValueError:
        return None
    return pair if as_lines([pair]) == line else None
