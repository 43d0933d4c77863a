"""Reading a project: `runner.yaml`, its templates, and the campaigns under `campaigns/`, one after
another."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Protocol, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from runner.bugs import Bug, contained
from runner.models import PROJECT_FILE, CampaignFile, CampaignName, Project
from runner.problems import Place, Problem, Severity, joined
from runner.sources import Source
from runner.templating import RunBudget
from runner.value import Value, replace
from runner.workspace.assets import MediaReader, own_templates, standard_templates
from runner.workspace.campaign_reader import CampaignReader, ReadList
from runner.workspace.file_reader import FileReader, FileSources
from runner.workspace.ignored_files import strays
from runner.workspace.project_files import folded, one_of_two

CAMPAIGNS = "campaigns"
NOT_CAMPAIGNS = frozenset({"data", "media", "results"})
ENDINGS = (".yaml", ".yml")
Watch = Callable[[Sequence[str]], Iterable[str]]
"""Gives out the work that it is given, one piece after another, and shows how far it is."""
_PROJECT: TypeAdapter[Project] = TypeAdapter(Project)


class NamedCampaign(Protocol):
    """What reading or compiling a campaign's file gives: it has a name, unless it can't be read."""

    @property
    def name(self) -> CampaignName | None: ...
    def without_id(self) -> Self:
        """The campaign without its id and its posts: another file has that id already."""


R = TypeVar("R", bound=NamedCampaign)


class CampaignReading(Value, kw_only=True):
    """One campaign as it was read: its file, unless it can't be, and what is wrong with it."""

    path: str
    id: str
    """Empty where the file does not tell it."""
    file: CampaignFile | None
    problems: tuple[Problem, ...]
    digest: bytes = b""
    """Of the file, and of the files that it names."""
    is_flawed: bool = False
    """Whether it has invisible characters, so that it may be checked, but not planned."""

    @property
    def name(self) -> CampaignName | None:
        return self.file.name if self.file else None

    def without_id(self) -> "CampaignReading":
        return replace(self, id="", file=None)


def unwatched(work: Sequence[str]) -> Iterable[str]:
    """The work as it is, where nobody watches how far it is."""
    return work


@dataclass
class ProjectReader(FileReader):
    """Reads a project's files, and gathers what is wrong with those that belong to no campaign."""

    work: RunBudget = field(default_factory=RunBudget)
    watch: Watch = unwatched
    zone: ZoneInfo | None = None
    """The project's, as soon as it was read."""
    blank: set[str] = field(default_factory=set)
    """Files that are refused by their names, whatever is in them."""
    _lists: dict[str, ReadList] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.media = MediaReader(self.project_files, self.work)

    def project(self) -> Project | None:
        if not self.project_files.exists(PROJECT_FILE):
            self.refuse(
                "no-project",
                PROJECT_FILE,
                "there is no runner.yaml here",
                "`runner new contest my-first` makes one, and a first campaign",
            )
            return None
        project: Project | None = self.validated(self.parsed(PROJECT_FILE), _PROJECT)
        self.work.read(PROJECT_FILE, self.steps)
        self.zone = project.timezone if project else None
        return None if self.is_flawed else project

    @cached_property
    def templates(self) -> Mapping[str, str]:
        """The templates by path under `templates/`; the project's own over the standard ones."""
        return {**standard_templates(), **self._own}

    @cached_property
    def own_templates(self) -> frozenset[str]:
        """The templates that the project has written or changed."""
        standard = standard_templates()
        return frozenset(name for name, text in self._own.items() if standard.get(name) != text)

    @cached_property
    def _own(self) -> Mapping[str, str]:
        own, problems = own_templates(self.project_files)
        self.problems += problems
        return own

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources of all that has problems, read again when they are asked for."""
        return FileSources(self.project_files, self.templates, self.blank)

    def campaigns(self) -> Iterator[CampaignReading]:
        """All campaigns, by path."""
        return self.each_once(self.paths(), self.campaign)

    def paths(self) -> tuple[str, ...]:
        """The paths of all files that may be campaigns, in order."""
        paths = tuple(self._paths())
        self.work.campaigns = len(paths)
        return paths

    def each_once(self, paths: Sequence[str], read: Callable[[str], R]) -> Iterator[R]:
        """What `read` gives for each of `paths`, in their order, until they have asked for more
        work than all campaigns may; `paths` are those of all campaigns. Of files with the same id
        the first has it."""
        names: dict[str, CampaignName] = {}
        for path in self.watch(paths):
            if self.work.stopped:
                break
            found = read(path)
            name = found.name
            if name and (first := names.setdefault(name.id, name)) is not name:
                self._refuse_same_id(path, name.id, first.path)
                found = found.without_id()
            yield found
        self._lists.clear()  # which only campaigns name
        known = {name.path for name in names.values()}
        self._look_for_strays(tuple(names.values()), set(paths) - known)

    def campaign(self, path: str) -> CampaignReading:
        """One campaign, with its media. A bug stops only itself."""
        read = contained("reading", path, partial(self._campaign, path))
        if isinstance(read, Bug):
            problems = (read.problem(Place(path=path)),)
            return CampaignReading(path=path, id="", file=None, problems=problems)
        return read

    def _campaign(self, path: str) -> CampaignReading:
        reader = CampaignReader(self.project_files, zone=self.zone, lists=self._lists)
        file = reader.campaign(path)
        self.work.read(path, reader.steps)
        for each in reader.named.values():
            self.work.read_once(path, each.steps, of=each.path)
        return CampaignReading(
            path=path,
            id=reader.id,
            file=file,
            digest=reader.digest.digest(),
            is_flawed=reader.is_flawed,
            problems=(*reader.problems, *(self.media.look_at(file) if file else ())),
        )

    def rereader_of(self, reading: CampaignReading) -> Callable[[], CampaignFile | None]:
        """A function that reads a campaign's file once more, and returns None where the file, or
        one that it names, has changed since."""
        return partial(self._read_again, reading.path, reading.digest)

    def _read_again(self, path: str, digest: bytes) -> CampaignFile | None:
        reader = CampaignReader(self.project_files, zone=self.zone)
        file = reader.campaign(path)
        return file if reader.digest.digest() == digest else None

    def _refuse_same_id(self, path: str, id: str, first: str) -> None:
        """Reports a campaign with the id of another one."""
        self.refuse(
            "same-id",
            path,
            f"`{id}` is the id of {first}, too",
            "rename one of the two files, or give it an `id` of its own",
        )

    def _look_for_strays(self, names: tuple[CampaignName, ...], unread: set[str]) -> None:
        """Reports files that look like campaigns or results, and lie where they are not read;
        `unread` are the paths of campaigns that could not be read."""
        for stray in strays(
            self.project_files, CAMPAIGNS, PROJECT_FILE, NOT_CAMPAIGNS, names, unread
        ):
            self.blank.add(stray.place.path)
            self.problems.append(stray)

    def _paths(self) -> Iterator[str]:
        any_found = False
        known: dict[str, str] = {}
        for path in self.project_files.walk(CAMPAIGNS, skip=NOT_CAMPAIGNS):
            if (first := known.setdefault(folded(path), path)) != path:
                self.refuse("bad-file-name", path, *one_of_two(first))
            suffix = PurePosixPath(path).suffix
            if suffix == ".yaml" or self.project_files.hides(path):
                any_found = True
                yield path
            elif suffix.lower() in ENDINGS:
                any_found = True
                self.blank.add(path)
                self.refuse(
                    "bad-file-name",
                    path,
                    f"the file of a campaign ends in `.yaml`, not in `{suffix}`",
                    f"rename it to {PurePosixPath(path).with_suffix('.yaml')}",
                )
        if not any_found and self.project_files.exists(PROJECT_FILE):
            self.refuse(
                "no-campaigns",
                CAMPAIGNS,
                f"there are no campaigns below {CAMPAIGNS}/",
                "write the first: `runner new contest spring-giveaway` "
                f"(files in folders named {joined(sorted(NOT_CAMPAIGNS))} are none)",
                # each project begins so; but a file has no place there
                Severity.ERROR if self.project_files.is_plain(CAMPAIGNS) else Severity.WARNING,
            )
