"""The list of entries as it is published before the draw: the charter, then each entry; its
supplement; and which of its entries a draw puts first.

A list of more than 10,000 entries is in parts: a file for each first byte of c, and in the first
file, in place of the entries, how many each of them holds, and its sha256. Whatever its size, the
digest is that of the first file alone.

A supplement adds entries that were left out, before the round. It holds their lines alone, so that
it takes nothing away. What is posted of it is the digest of the list with them.
"""

import hmac
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from heapq import nsmallest
from itertools import chain
from operator import itemgetter
from typing import Final, Self

from runner.charter import Charter
from runner.contest.commitments import BadList, Commitments, as_lines, ordered, read_lines
from runner.contest.list_head import LIST_FILE, PARTS, ListHead, part_file
from runner.value import Value, replace

SUPPLEMENT_FILE: Final = "supplement.txt"


class EntryList(Value, kw_only=True, dict=True):
    """All that is committed to before the draw."""

    charter: Charter
    public_key: bytes
    announcement: str
    """The id of the announcement; of a thread its first post."""
    commitments: Sequence[bytes]
    """c and e of each entry, ascending."""

    @classmethod
    def read(cls, files: Mapping[str, bytes]) -> Self:
        """The list in these files. Raises BadList for all but the bytes that `files` gives."""
        head = ListHead.read(files)
        if head.is_in_parts:
            found = Commitments(b"".join(part.read(files).packed for part in head.parts))
        else:
            found = read_lines(head.body)
        if len(found) != head.entries:
            raise BadList(f"it holds {len(found)} entries, and says {head.entries}")
        return cls(
            charter=head.charter,
            public_key=head.public_key,
            announcement=head.announcement,
            commitments=found,
        )

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Its files by name, as they are published; the last one tells of all others."""
        head = ListHead(
            charter=self.charter,
            public_key=self.public_key,
            announcement=self.announcement,
            entries=len(self.commitments),
        )
        if not head.is_in_parts:
            yield LIST_FILE, replace(head, body=as_lines(self.commitments)).encoded()
            return
        rows = b""
        for first in range(PARTS):
            part = self._part(first)
            lines = as_lines(part)
            rows += f"{len(part)} {sha256(lines).hexdigest()}\n".encode()
            yield part_file(first), lines
        yield LIST_FILE, replace(head, body=rows).encoded()

    def _part(self, first: int) -> Sequence[bytes]:
        start = bisect_left(self.commitments, first, key=itemgetter(0))
        return self.commitments[start : bisect_right(self.commitments, first, key=itemgetter(0))]

    @cached_property
    def digest(self) -> str:
        """What the closing post carries."""
        *_, first = (sha256(data).hexdigest() for _, data in self.files())
        return first


def added_entries(files: Mapping[str, bytes]) -> Commitments:
    """The entries of the supplement among these files. Raises BadList where there is none."""
    if SUPPLEMENT_FILE not in files:
        raise BadList(f"{SUPPLEMENT_FILE} is missing")
    found = read_lines(files[SUPPLEMENT_FILE])
    if not found:
        raise BadList(f"{SUPPLEMENT_FILE} adds nobody")
    return found


def supplemented_by(listed: EntryList, added: Commitments) -> EntryList:
    """The list with these entries, if any. Raises BadList for who is on it already."""
    return (
        replace(listed, commitments=ordered(chain(listed.commitments, added))) if added else listed
    )


def supplemented(listed: EntryList, files: Mapping[str, bytes]) -> EntryList:
    """The list with the supplement among these files. Raises BadList, also for who is on it
    already."""
    return supplemented_by(listed, added_entries(files))


def drawn_places(entries: EntryList, randomness: bytes) -> tuple[bytes, ...]:
    """The commitments (c and e) of the entries that may win, the first place first: as many as the
    charter has winners and alternates. Nobody beyond them ever wins."""
    charter = entries.charter
    contest = f"{charter.contest}\0".encode()

    def rank(commitment: bytes) -> bytes:
        return hmac.digest(randomness, contest + commitment[:32], "sha256")

    return tuple(nsmallest(charter.winners + charter.alternates, entries.commitments, key=rank))
