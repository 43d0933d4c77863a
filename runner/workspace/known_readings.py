"""Readings of campaigns that are known, so that who reads another state of a project need not read
what is the same in both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from runner.media import MediaFacts
from runner.models.project import Project
from runner.templating.run_budget import WorkDone
from runner.workspace.campaigns import CampaignReading, ProjectReader
from runner.workspace.recorded_files import REFUSED, RecordedFiles


class KnownReading(NamedTuple):
    """A campaign as it was read, with what was asked of the files for it, and found; what it cost;
    and what it shows, by path from the root."""

    reading: CampaignReading
    seen: Mapping[str, str]
    work: WorkDone
    media: Mapping[str, MediaFacts]


@dataclass(slots=True)
class KnownReadings:
    """Those of the campaigns of one project, by path, of which nothing was refused."""

    project: Project | None = None
    found: dict[str, KnownReading] = field(default_factory=dict)

    def of(self, project: Project | None) -> dict[str, KnownReading]:
        """The readings of a project with these settings, which decide how its campaigns are
        read."""
        if project != self.project:
            self.project, self.found = project, {}
        return self.found


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowingReader:
    """Reads campaigns, but for those that are known, and whose files are the same here."""

    files: RecordedFiles
    reader: ProjectReader
    known: dict[str, KnownReading]

    def campaign(self, path: str) -> CampaignReading:
        known = self.known.get(path)
        if known is None or not self.files.is_as_it_was(known.seen):
            return self._read_anew(path)
        self.reader.media.facts.update(known.media)
        self.reader.work.repeat(path, known.work)
        return known.reading

    def _read_anew(self, path: str) -> CampaignReading:
        self.files.seen.clear()
        read, seen = self.reader.campaign(path), dict(self.files.seen)
        if read.file and REFUSED not in seen.values():
            facts = self.reader.media.facts
            shown = {question.partition(" ")[2] for question in seen} & facts.keys()
            media = {name: facts[name] for name in shown}
            self.known[path] = KnownReading(read, seen, self.reader.work.done(path), media)
        return read
