"""The first file of a list of entries: what was promised, and the entries or the files of them."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Final, Self

from runner.charter import Charter
from runner.contest.commitments import BadList, Commitments, read_lines
from runner.contest.signatures import is_public_key
from runner.value import Value

LIST_FILE: Final = "entries.txt"
IN_ONE_FILE: Final = 10_000
"""Entries at most; those of a longer list lie in 256 files, by the first byte of c."""
PARTS: Final = 256
ReadFiles = Callable[[Collection[str]], Mapping[str, bytes]]
"""Gives of these names the files that are there."""
_HEADER: Final = re.compile(
    rb"public-key=(?P<key>[0-9a-f]{192})\n"
    rb"announcement=(?P<announcement>[1-9][0-9]{0,18})\n"
    rb"entries=(?P<entries>0|[1-9][0-9]{0,8})\n\n"
)
_PART: Final = re.compile(rb"(?P<entries>0|[1-9][0-9]{0,8}) (?P<digest>[0-9a-f]{64})\n")


class ListPart(Value, kw_only=True):
    """Entries that lie in a file of their own: those whose c begins with the byte `first`."""

    first: int
    before: int
    """How many entries lie in the files before."""
    entries: int
    digest: str

    @property
    def file(self) -> str:
        return part_file(self.first)

    def read(self, files: Mapping[str, bytes]) -> Commitments:
        """The entries in the file of this part. Raises BadList where it is not the file that the
        list names."""
        if self.file not in files:
            raise BadList(f"{self.file} is missing")
        data = files[self.file]
        if sha256(data).hexdigest() != self.digest:
            raise BadList(f"{self.file} is another one than it names")
        found = read_lines(data, before=self.before)
        if len(found) != self.entries or any(each[0] != self.first for each in found):
            raise BadList(f"{self.file} holds other entries than it says")
        return found


def part_file(first: int) -> str:
    """The name of the file of entries whose c begins with this byte."""
    return f"entries-{first:02x}.txt"


class ListHead(Value, kw_only=True, dict=True):
    """What was promised, how many entries there are, and `body`: the entries, or their files."""

    charter: Charter
    public_key: bytes
    announcement: str
    """The id of the announcement; of a thread its first post."""
    entries: int
    body: bytes = b""

    @classmethod
    def read(cls, files: Mapping[str, bytes]) -> Self:
        """The head of the list in these files. Raises BadList for what is no list."""
        data = files.get(LIST_FILE, b"")
        header = _HEADER.search(data)
        if header is None:
            raise BadList("it has no header")
        try:
            charter = Charter.read(data[: header.start()])
        except ValueError as error:
            raise BadList(f"its charter can't be read: {error}") from None
        public_key = bytes.fromhex(header["key"].decode())
        if not is_public_key(public_key):
            raise BadList("its public key is none")
        return cls(
            charter=charter,
            public_key=public_key,
            announcement=header["announcement"].decode(),
            entries=int(header["entries"]),
            body=data[header.end() :],
        )

    def encoded(self) -> bytes:
        """The bytes of the file."""
        return b"%spublic-key=%s\nannouncement=%s\nentries=%d\n\n%s" % (
            self.charter.encoded(),
            self.public_key.hex().encode(),
            self.announcement.encode(),
            self.entries,
            self.body,
        )

    @property
    def is_in_parts(self) -> bool:
        return self.entries > IN_ONE_FILE

    @cached_property
    def parts(self) -> tuple[ListPart, ...]:
        """The other files, where the list is in parts. Raises BadList."""
        if not self.is_in_parts:
            return ()
        rows = tuple(_PART.finditer(self.body))
        if len(rows) != PARTS or b"".join(row[0] for row in rows) != self.body:
            raise BadList(f"it does not name its {PARTS} files")
        found, before = [], 0
        for first, row in enumerate(rows):
            entries, digest = int(row["entries"]), row["digest"].decode()
            found.append(ListPart(first=first, before=before, entries=entries, digest=digest))
            before += entries
        return tuple(found)

    def number_of(self, wanted: bytes, read: ReadFiles) -> int | None:
        """Which entry this is, from 1 on; None where it is not on the list. Of a list in parts no
        other one is read than that it would be in. Raises BadList."""
        if self.is_in_parts:
            part = self.parts[wanted[0]]
            before, there = part.before, part.read(read([part.file]))
        else:
            before, there = 0, read_lines(self.body)
        at = bisect_left(there, wanted)
        return before + at + 1 if wanted in there[at : at + 1] else None
