"""Files that are kept beside the ledger, one after the other: the port of what keeps them."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol


def file_name(number: int) -> str:
    """The name of the file of this number; the first has 1."""
    return f"{number:06}"


class BadReadings(Exception):
    """What was read of X and kept can't be read any more; the text says why."""


def expect_whole(files: Iterable[str]) -> None:
    """Checks that no number is left out in these names of files, which are in order. Raises
    BadReadings where one is missing."""
    if any(name != file_name(number) for number, name in enumerate(files, start=1)):
        raise BadReadings("a reading is missing")


class FilesRaced(Exception):
    """Somebody else has written since this was read."""


class KeptFiles(Protocol):
    """Files that are added, and changed only to forget. Methods raise LedgerUnusable."""

    @property
    def commit(self) -> str | None:
        """The commit of the files as they were read or added last, where they are in commits."""
        ...

    def read(self, names: Collection[str] | None = None) -> Mapping[str, bytes]:
        """All files, by name, in order; or of these names those that are there."""
        ...

    def add(
        self, name: str, data: bytes, *, beside: Mapping[str, bytes] = MappingProxyType({})
    ) -> None:
        """Adds a file; it is on stable storage when this returns, and so is what lies `beside` it,
        which counts for nothing without it. Adds nothing, and raises FilesRaced, where others have
        added to what was read."""
        ...

    def replace(self, files: Mapping[str, bytes]) -> None:
        """Puts these in the place of all that was read, with nothing before them: what is forgotten
        leaves the history, too. Without any, nothing is left. Raises FilesRaced as `add` does."""
        ...
