"""Opening the campaigns of a project, those of another state of it included."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from runner.compile import CampaignCompiler, Compilation, DatedCampaign
from runner.media import MediaFacts
from runner.models import CampaignName
from runner.render import RenderAssets
from runner.templating import WorkDone
from runner.value import Value, replace
from runner.workspace import REFUSED_FILE, ProjectReader, RecordedFiles


class OpenedCampaign(NamedTuple):
    """What a campaign's file comes to."""

    compilation: Compilation
    id: str
    """Empty where nobody can tell."""
    is_flawed: bool
    """Whether it is checked, and never planned: it holds characters that nobody sees."""

    @property
    def name(self) -> CampaignName | None:
        return self.compilation.name

    @property
    def planned(self) -> DatedCampaign | None:
        return None if self.is_flawed else self.compilation.dated

    def without_id(self) -> "OpenedCampaign":
        """The campaign without its id and its posts: another file has that id already."""
        return self._replace(compilation=self.compilation.without_id(), id="")


class CampaignOpener(Value, kw_only=True):
    """Reads and dates campaigns, and has them `checked`."""

    reader: ProjectReader
    compiler: CampaignCompiler
    checked: bool

    def opened(self, path: str) -> OpenedCampaign:
        read = self.reader.campaign(path)
        source, checked = self.reader.rereader_of(read), self.checked
        made = self.compiler.compilation(path, read.file, read.problems, source, checked=checked)
        return OpenedCampaign(made, read.id, is_flawed=read.is_flawed)


class KnownCampaign(NamedTuple):
    """A campaign as it was opened, with what was asked of the files for it, and found; what it cost
    before it was rendered; and what it shows, by path from the root."""

    opened: OpenedCampaign
    seen: Mapping[str, str]
    work: WorkDone
    media: Mapping[str, MediaFacts]


@dataclass(slots=True)
class KnownCampaigns:
    """The campaigns of one state of a project, for another one that has most of its files: what
    those say is compiled once for both."""

    assets: RenderAssets | None = None
    found: dict[str, KnownCampaign] = field(default_factory=dict)
    """By path, those of which nothing was refused."""

    def of(self, assets: RenderAssets) -> "KnownCampaigns":
        """The campaigns that are known of a project with these settings and templates."""
        if not (self.assets and self.assets.say_the_same_as(assets)):
            self.found = {}
        self.assets = assets
        return self


class KnowingOpener(Value, kw_only=True):
    """Opens campaigns, but for those that are known, and whose files are the same here."""

    files: RecordedFiles
    opener: CampaignOpener
    known: dict[str, KnownCampaign]

    def opened(self, path: str) -> OpenedCampaign:
        known, reader = self.known.get(path), self.opener.reader
        if known is None or not self.files.is_as_it_was(known.seen):
            return self._opened_anew(path)
        reader.media.facts.update(known.media)
        reader.work.repeat(path, known.work)
        compilation, assets = known.opened.compilation, self.opener.compiler.assets
        dated = compilation.dated and replace(compilation.dated, assets=assets)
        return known.opened._replace(compilation=compilation._replace(dated=dated))

    def _opened_anew(self, path: str) -> OpenedCampaign:
        self.files.seen.clear()
        reader = self.opener.reader
        opened, seen = self.opener.opened(path), dict(self.files.seen)
        if opened.name and REFUSED_FILE not in seen.values():
            facts = reader.media.facts
            shown = {question.partition(" ")[2] for question in seen} & facts.keys()
            media = {name: facts[name] for name in shown}
            work = reader.work.done(path)._replace(rendered=0)
            self.known[path] = KnownCampaign(opened, seen, work, media)
        return opened
