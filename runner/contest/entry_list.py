"""The list of entries as it is published before the draw: the charter, then each entry.

A list of more than 10,000 entries is in parts: a file for each first byte of c, and in the first
file, in place of the entries, how many each of them holds, and its sha256. Whatever its size, the
digest is that of the first file alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from operator import itemgetter
from typing import Self

from runner.charter import Charter
from runner.contest.commitments import BadList, Commitments, as_lines, read_lines
from runner.contest.list_head import LIST_FILE, PARTS, ListHead, part_file


@dataclass(frozen=True, kw_only=True)
class EntryList:
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
