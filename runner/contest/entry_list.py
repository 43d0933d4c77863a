"""The list of entries as it is published before the draw: the charter, then a line an entry."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import Final, Self

from runner.charter import Charter
from runner.contest.points import is_public_key

_LINE: Final = 130
"""Bytes of `c e` and its end."""
_HEADER: Final = re.compile(
    rb"public-key=(?P<key>[0-9a-f]{192})\n"
    rb"announcement=(?P<announcement>[1-9][0-9]{0,18})\n"
    rb"entries=(?P<entries>0|[1-9][0-9]{0,8})\n\n"
)


class BadList(ValueError):
    """Bytes that are no list of entries; the text says why."""


@dataclass(frozen=True, kw_only=True)
class EntryList:
    """All that is committed to before the draw."""

    charter: Charter
    public_key: bytes
    announcement: str
    """The id of the announcement; of a thread its first post."""
    commitments: tuple[bytes, ...]
    """c and e of each entry, ascending."""

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Raises BadList for all but the bytes that `encoded` gives."""
        header = _HEADER.search(data)
        if header is None:
            raise BadList("it has no header")
        try:
            charter = Charter.read(data[: header.start()])
        except ValueError as error:
            raise BadList(f"its charter can't be read: {error}") from None
        made = cls(
            charter=charter,
            public_key=bytes.fromhex(header["key"].decode()),
            announcement=header["announcement"].decode(),
            commitments=tuple(_lines(data[header.end() :])),
        )
        if not is_public_key(made.public_key):
            raise BadList("its public key is none")
        if len(made.commitments) != int(header["entries"]):
            raise BadList(
                f"it holds {len(made.commitments)} entries, and says {int(header['entries'])}"
            )
        return made

    def encoded(self) -> bytes:
        """The bytes of the list, as it is published."""
        return b"".join(self._pieces())

    @cached_property
    def digest(self) -> str:
        """What the closing post carries."""
        found = sha256()
        for piece in self._pieces():
            found.update(piece)
        return found.hexdigest()

    def _pieces(self) -> Iterator[bytes]:
        yield self.charter.encoded()
        yield f"public-key={self.public_key.hex()}\n".encode()
        yield f"announcement={self.announcement}\nentries={len(self.commitments)}\n\n".encode()
        for each in self.commitments:
            yield f"{each[:32].hex()} {each[32:].hex()}\n".encode()


def _lines(body: bytes) -> Iterator[bytes]:
    """c and e of each line; each has its one form, and no entrant is there twice."""
    last = b""
    for number, start in enumerate(range(0, len(body), _LINE), start=1):
        line = body[start : start + _LINE]
        try:
            pair = bytes.fromhex(line[:64].decode()) + bytes.fromhex(line[65:129].decode())
        except ValueError:
            raise BadList(f"its entry {number} is not two numbers of 64 digits") from None
        if f"{pair[:32].hex()} {pair[32:].hex()}\n".encode() != line:
            raise BadList(f"its entry {number} is not two numbers of 64 digits")
        if pair[:32] <= last:
            raise BadList(f"its entry {number} is out of order, or is there twice")
        last = pair[:32]
        yield pair


def ordered(commitments: Iterator[bytes]) -> tuple[bytes, ...]:
    """The commitments in the order of a list. Raises BadList where an entrant is there twice."""
    found = tuple(sorted(commitments))
    if any(one[:32] == other[:32] for one, other in pairwise(found)):
        raise BadList("an entrant is there twice")
    return found
