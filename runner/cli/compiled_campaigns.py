"""Each campaign of a project compiled: known from the last run, or made now, on all cores."""

import signal
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Final, NamedTuple

from runner.bugs import RULE
from runner.cache.campaign_cache import CachedCampaign, CampaignCache
from runner.cache.folder import CacheFolder
from runner.cache.on_disk import basis_of
from runner.compile import CampaignCompiler, CompiledCampaign
from runner.system import cores
from runner.workspace import REFUSED_FILE, ProjectReader, RecordedFiles

WORTH_KEEPING: Final = 4
"""Campaigns from which on it is quicker to read what is kept of them than to compile them."""
ENOUGH: Final = 100
"""Campaigns from which on a second core saves more than it costs to begin there."""
CHUNK: Final = 16
"""Campaigns that a core is given at once."""


class NewlyCompiled(NamedTuple):
    """A compiled campaign with what it rests on, and whether it is the same again as long as that
    is the same."""

    kept: CachedCampaign
    is_sure: bool


@dataclass(kw_only=True)
class CampaignSource:
    """Compiles campaigns from their files."""

    files: RecordedFiles
    reader: ProjectReader
    compiler: CampaignCompiler
    cores: int | None = None
    """How many are used; by itself as many as pay."""

    def newly_compiled(self, path: str) -> NewlyCompiled:
        """A campaign as it is now, not from the cache. Nobody is sure of a file that could not be
        read, of a bug, of a run that all campaigns together have stopped."""
        self.files.seen.clear()
        compiled = self.compiled(path)
        seen = dict(self.files.seen)
        is_odd = REFUSED_FILE in seen.values() or has_bug(compiled) or self.reader.work.stopped
        return NewlyCompiled(CachedCampaign(seen, compiled), is_sure=not is_odd)

    def take_over(self, kept: CachedCampaign) -> CompiledCampaign:
        """A campaign that was made before, or elsewhere, as if it had been made here."""
        self.reader.work.repeat(kept.campaign.path, kept.campaign.work)
        self.files.believe(kept.seen)
        return kept.campaign

    def compiled(self, path: str) -> CompiledCampaign:
        read = self.reader.campaign(path)
        return self.compiler.compiled(path, read.file, read.problems)


def compiled_campaigns(source: CampaignSource, folder: CacheFolder) -> Iterator[CompiledCampaign]:
    """The compiled campaigns by path, without those that are too much work. What was made is kept
    for the next run."""
    files, reader, paths = source.files, source.reader, source.reader.paths()
    if len(paths) < WORTH_KEEPING:
        yield from reader.each_once(paths, source.compiled)
        return
    cache = CampaignCache(folder, basis_of(files.seen, source.compiler.assets.templates))
    known = {
        path: kept for path in paths if (kept := cache.get(path)) and files.is_as_it_was(kept.seen)
    }
    elsewhere = _made_elsewhere(source, [path for path in paths if path not in known])

    def compiled(path: str) -> CompiledCampaign:
        if path in known:
            cache.keep_as_before(path)
            return source.take_over(known[path])
        found = _newly_compiled(source, elsewhere, path)
        if found.is_sure:
            cache.keep(path, found.kept)
        return found.kept.campaign

    with closing(elsewhere):
        yield from reader.each_once(paths, compiled)
    cache.save()


def compiled_anew(source: CampaignSource) -> Iterator[CompiledCampaign]:
    """The compiled campaigns by path; nothing is known or kept."""
    reader, paths = source.reader, source.reader.paths()
    elsewhere = _made_elsewhere(source, paths)

    def compiled(path: str) -> CompiledCampaign:
        return _newly_compiled(source, elsewhere, path).kept.campaign

    with closing(elsewhere):
        yield from reader.each_once(paths, compiled)


def has_bug(compiled: CompiledCampaign) -> bool:
    return any(problem.rule == RULE for problem in (*compiled.told, *compiled.problems))


def _newly_compiled(
    source: CampaignSource, elsewhere: Iterator[NewlyCompiled], path: str
) -> NewlyCompiled:
    """The next campaign that others have made; made here where they can't."""
    found = next(elsewhere, None)
    if found is None or has_bug(found.kept.campaign):  # which this process has to tell
        return source.newly_compiled(path)
    source.take_over(found.kept)
    return found


def _made_elsewhere(source: CampaignSource, paths: Sequence[str]) -> Generator[NewlyCompiled]:
    """Campaigns in the order of their paths, made by other processes; ends where they can't."""
    many = source.cores or (cores() if len(paths) >= ENOUGH else 1)
    if many == 1 or not paths:
        return
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
    from multiprocessing import get_context

    fork = get_context("fork")  # so that nobody reads the project again
    with suppress(BrokenProcessPool), ProcessPoolExecutor(many, fork, _begin, (source,)) as pool:
        results = pool.map(_made_here, paths, chunksize=CHUNK)
        try:
            yield from results
        finally:
            pool.shutdown(cancel_futures=True)


_SOURCES: Final[list[CampaignSource]] = []
"""The one source of a worker process, which it was forked with."""


def _begin(source: CampaignSource) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for it is told
    _SOURCES.append(source)


def _made_here(path: str) -> NewlyCompiled:
    return _SOURCES[0].newly_compiled(path)
