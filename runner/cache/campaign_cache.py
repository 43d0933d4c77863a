"""Compiled campaigns of the last run, each with digests of all that it was made of."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final, NamedTuple

from msgspec import MsgspecError
from msgspec.json import Decoder, encode

from runner.cache.folder import CacheFolder
from runner.compile import CompiledCampaign

NAME: Final = "campaigns"


class CachedCampaign(NamedTuple):
    """A compiled campaign, and what was read for it: questions about files with their answers."""

    seen: Mapping[str, str]
    campaign: CompiledCampaign


_KEPT: Final = Decoder(CachedCampaign)


class CampaignCache:
    """Compiled campaigns by the path of their file. `basis` is a digest of all that every campaign
    rests on: what was kept for another basis is not used."""

    def __init__(self, folder: CacheFolder, basis: str) -> None:
        self._folder = folder
        self._basis = basis.encode()
        self._before = self._lines()
        self._after: dict[str, CachedCampaign | bytes] = {}

    def get(self, path: str) -> CachedCampaign | None:
        """What was kept of a campaign; None where there is nothing, or nothing to be believed."""
        line = self._before.get(path)
        if line is None:
            return None
        try:
            return _KEPT.decode(line)
        except (ValueError, MsgspecError):
            return None

    def keep(self, path: str, kept: CachedCampaign) -> None:
        """Keeps a campaign for the next run."""
        self._after[path] = kept

    def keep_as_before(self, path: str) -> None:
        """Keeps for the next run what the last one has kept of a campaign."""
        self._after[path] = self._before[path]

    def save(self) -> None:
        """Writes what this run has kept. A cache that can't be written costs time, and nothing
        else."""
        if self._after != self._before:
            with suppress(OSError):
                self._folder.write(NAME, self._new_lines())

    def _new_lines(self) -> Iterator[bytes]:
        for path, kept in self._after.items():
            with suppress(UnicodeEncodeError):  # names can't be written
                line = kept if isinstance(kept, bytes) else encode(kept)
                yield self._signed_line(path, line)

    def _lines(self) -> dict[str, bytes]:
        """The lines that were written for this basis, as they were written."""
        found: dict[str, bytes] = {}
        for whole in self._folder.read(NAME).splitlines(keepends=True):
            _, _, rest = whole.partition(b"\t")
            name, _, line = rest.removesuffix(b"\n").partition(b"\t")
            path = _path(name)
            if path is not None and self._signed_line(path, line) == whole:
                found[path] = line
        return found

    def _signed_line(self, path: str, line: bytes) -> bytes:
        rest = b"%s\t%s" % (json.dumps(path).encode(), line)
        return b"%s\t%s\n" % (self._folder.signature(self._basis, rest), rest)


def _path(name: bytes) -> str | None:
    with suppress(ValueError, RecursionError):
        path = json.loads(name)
        return path if isinstance(path, str) else None
    return None
