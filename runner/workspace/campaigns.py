"""Reading `runner.yaml` and everything under `campaigns/`."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from runner.bugs import Bug, contained
from runner.ledger import is_id
from runner.media import is_pointer
from runner.models import CAMPAIGN, ITEMS, Campaign, CampaignFile, Draw, ItemList
from runner.models.moment_context import KEY as AROUND
from runner.models.moment_context import MomentContext
from runner.models.project import Project
from runner.parsing import Parsed, parse, validate
from runner.problems import Message, Place, Problem, Severity, Suggestion, id_of, joined
from runner.sources import Source
from runner.templating.run_budget import PROBLEM, VALUE, RunBudget
from runner.workspace.assets import beside, unreadable
from runner.workspace.ignored_files import strays
from runner.workspace.project_files import (
    RESERVED,
    YAML_LIMIT,
    ProjectFiles,
    UnreadableFile,
    folded,
    one_of_two,
)

CAMPAIGNS = "campaigns"
PROJECT = "runner.yaml"
NOT_CAMPAIGNS = frozenset({"data", "media", "results"})
ENDINGS = (".yaml", ".yml")
_PROJECT: TypeAdapter[Project] = TypeAdapter(Project)
_DRAW: TypeAdapter[Draw] = TypeAdapter(Draw)
NOTHING_AROUND = MomentContext()
FOREIGN = MappingProxyType(
    {
        **dict.fromkeys((".csv", ".tsv"), "a table of text"),
        **dict.fromkeys((".xlsx", ".xls", ".ods", ".numbers"), "a spreadsheet"),
        **dict.fromkeys((".docx", ".odt", ".pdf"), "a document"),
        **dict.fromkeys((".txt", ".md"), "a text"),
    }
)
"""What people keep items in, by the ending of its name."""


@dataclass
class ProjectReader:
    """Reads files once each, and gathers their sources and all that is wrong in them."""

    project_files: ProjectFiles
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lists: dict[str, ItemList | None] = field(default_factory=dict)
    """Files of items; None where they can't be read."""
    unread: set[str] = field(default_factory=set)
    """Ids of the campaigns that can't be read."""
    work: RunBudget = field(default_factory=RunBudget)
    zone: ZoneInfo | None = None
    """The project's, as soon as it was read."""

    def project(self) -> Project | None:
        if not self.project_files.exists(PROJECT):
            self.refuse(
                "no-project",
                PROJECT,
                "there is no runner.yaml here",
                "`runner new contest my-first` makes one, and a first campaign",
            )
            return None
        project: Project | None = self._validated(self._parsed(PROJECT), _PROJECT)
        self.zone = project.timezone if project else None
        return project

    def campaigns(self) -> tuple[CampaignFile, ...]:
        """All campaigns that can be read, by path."""
        found: dict[str, CampaignFile] = {}
        paths = tuple(self._campaign_paths())
        self.work.campaigns = len(paths)
        for path in paths:
            if self.work.stopped:
                break
            read = contained("reading", path, partial(self._campaign, path))
            if isinstance(read, Bug):
                self.sources.setdefault(path, Source(path=path, text=""))
                self.problems.append(read.problem(Place(path=path)))
                continue
            if read is None:
                continue
            if read.id in found:
                self.refuse(
                    "same-id",
                    path,
                    f"`{read.id}` is the id of {found[read.id].path}, too",
                    "rename one of the two files, or give it an `id` of its own",
                )
                continue
            found[read.id] = read
        files = tuple(found.values())
        unread = set(paths) - {file.path for file in files}
        for stray in strays(self.project_files, CAMPAIGNS, PROJECT, NOT_CAMPAIGNS, files, unread):
            self.sources.setdefault(stray.place.path, Source(path=stray.place.path, text=""))
            self.problems.append(stray)
        return files

    def refuse(
        self,
        rule: str,
        path: str,
        message: str,
        help: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Something wrong with a file as a whole."""
        self.sources.setdefault(path, Source(path=path, text=""))
        place = Place(path=path)
        self.problems.append(Message(rule, message, help).at(place, severity))

    def _campaign_paths(self) -> Iterator[str]:
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
                self.refuse(
                    "bad-file-name",
                    path,
                    f"the file of a campaign ends in `.yaml`, not in `{suffix}`",
                    f"rename it to {PurePosixPath(path).with_suffix('.yaml')}",
                )
        if not any_found and self.project_files.exists(PROJECT):
            self.refuse(
                "no-campaigns",
                CAMPAIGNS,
                f"there are no campaigns below {CAMPAIGNS}/",
                "write the first: `runner new contest spring-giveaway` "
                f"(files in folders named {joined(sorted(NOT_CAMPAIGNS))} are none)",
                # each project begins so; but a file has no place there
                Severity.ERROR if self.project_files.is_plain(CAMPAIGNS) else Severity.WARNING,
            )

    def _campaign(self, path: str) -> CampaignFile | None:
        stem, parsed = PurePosixPath(path).stem, self._parsed(path)
        around = MomentContext.of(parsed.data if parsed else None, self.zone)
        campaign: Campaign | None = self._validated(parsed, CAMPAIGN, around)
        if campaign is None:
            self.unread.add(_written_id(parsed) or stem)
            return None
        if stem.lower() in RESERVED:
            self.refuse(
                "bad-file-name",
                path,
                f"Windows can't have a file named `{stem}`",
                f"rename it, and give the campaign its old name: `id: {stem}`",
            )
            return None
        if campaign.id is None and not is_id(stem):
            proper = id_of(stem)
            name = f"rename the file to {proper}.yaml" if proper else "rename the file"
            self.refuse(
                "bad-file-name",
                path,
                f"a campaign can't be named `{stem}`",
                f"{name}, or give the campaign an `id`: a-z, 0-9 and -, up to 64 of them",
            )
            return None
        file = CampaignFile(id=campaign.id or stem, path=path, campaign=campaign)
        items, draw = self._items(file), self._draw(file)
        if items is None or draw is None:
            self.unread.add(file.id)
            return None
        return replace(file, items=items, draw=draw[0])

    def _items(self, file: CampaignFile) -> dict[str, ItemList] | None:
        """By post; None where some can't be read, since the post has nothing to say then."""
        lists: dict[str, ItemList | None] = {}
        for name, post in file.campaign.posts.items():
            route = ("posts", name, "items")
            if isinstance(post.items, str):
                named_at = Place(path=file.path, route=route)
                lists[name] = self._listed(file.beside(post.items), named_at)
            elif post.items is not None:
                lists[name] = ItemList(items=post.items, path=file.path, route=route)
        found = {name: items for name, items in lists.items() if items}
        return found if len(found) == len(lists) else None

    def _listed(self, path: str, named_at: Place) -> ItemList | None:
        """The items of a file, which is read once however many posts name it."""
        foreign = FOREIGN.get(PurePosixPath(path).suffix.lower())
        if foreign:
            self._refuse_foreign(path, foreign, named_at)
            return None
        if path not in self.lists:
            items = self._validated(self._parsed(path, named_at=named_at), ITEMS)
            self.lists[path] = None if items is None else ItemList(items=items, path=path)
        return self.lists[path]

    def _refuse_foreign(self, path: str, what: str, named_at: Place) -> None:
        name = PurePosixPath(path).with_suffix(".yaml").name
        row = "`- {id: NAME, text: …}`"
        text = f"`{PurePosixPath(path).name}` is {what}, which is not read yet"
        help = f"write its rows into {name}, each as an entry: {row}, and name that file here"
        self.problems.append(Message("foreign-items", text, help).at(named_at))

    def _draw(self, file: CampaignFile) -> tuple[Draw | None] | None:
        """What `results/` says of a campaign, if it does; None where that can't be read."""
        path = file.results
        if not self.project_files.exists(path):
            return (None,)
        around = MomentContext(zone=file.campaign.timezone or self.zone)
        draw: Draw | None = self._validated(self._parsed(path), _DRAW, around)
        return None if draw is None else (draw,)

    def _parsed(self, path: str, *, named_at: Place | None = None) -> Parsed | None:
        """None, and a problem, where the file can't be had; `named_at` is where it is named."""
        try:
            data = self.project_files.read(path, YAML_LIMIT)
        except UnreadableFile as error:
            problem = (
                unreadable(path, error) if named_at is None else _missing(path, error, named_at)
            )
            self.sources.setdefault(problem.place.path, Source(path=problem.place.path, text=""))
            self.problems.append(problem)
            return None
        if is_pointer(data):
            self.refuse(
                "unreadable-file",
                path,
                "the file is a pointer of Git LFS, which stands for a file that is not here",
                "keep texts without LFS: `git lfs untrack`, then add the file anew",
            )
            return None
        parsed = parse(path, data, top="list" if named_at else "mapping")
        self.sources[path] = parsed.source
        self.work.read(path, VALUE * parsed.written + PROBLEM * len(parsed.problems))
        self.problems += parsed.problems
        return parsed

    def _validated(
        self,
        parsed: Parsed | None,
        adapter: "TypeAdapter[Any]",
        around: MomentContext = NOTHING_AROUND,
    ) -> Any:
        if parsed is None or parsed.data is None:
            return None
        value, problems = validate(parsed, adapter, context={AROUND: around})
        self.problems += problems
        self.work.read(parsed.source.path, PROBLEM * len(problems))
        return None if parsed.problems else value


def _missing(path: str, error: UnreadableFile, named_at: Place) -> Problem:
    """What is wrong with the name of a file that can't be read."""
    help = error.message.help
    if isinstance(help, Suggestion):
        help = Suggestion(beside(named_at.path, help.name))
    return Message("missing-file", f"`{path}` {error.message.text}", help).at(named_at)


def _written_id(parsed: Parsed | None) -> str | None:
    """The `id` of a campaign that can't be read as one."""
    data = parsed.data if parsed else None
    id = data.get("id") if isinstance(data, dict) else None
    return id if isinstance(id, str) else None
