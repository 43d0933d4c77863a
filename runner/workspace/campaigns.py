"""Reading `runner.yaml` and everything under `campaigns/`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from pydantic import TypeAdapter

from runner.campaign import CAMPAIGN, ITEMS, Campaign, CampaignFile, Draw, ItemList
from runner.document import Parsed, parse, validate
from runner.problems import Place, Problem, Source
from runner.project import Project
from runner.workspace.ground import YAML_LIMIT, Ground, Unreadable

CAMPAIGNS = "campaigns"
PROJECT = "runner.yaml"
NOT_CAMPAIGNS = frozenset({"data", "media", "results"})
_PROJECT: TypeAdapter[Project] = TypeAdapter(Project)
_DRAW: TypeAdapter[Draw] = TypeAdapter(Draw)


@dataclass
class Reader:
    """Reads files once each, and gathers their sources and all that is wrong in them."""

    ground: Ground
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def project(self) -> Project | None:
        if not self.ground.exists(PROJECT):
            self.refuse(
                "no-project", PROJECT, "there is no runner.yaml here", "`runner new` makes one"
            )
            return None
        project: Project | None = self._validated(self._parsed(PROJECT), _PROJECT)
        return project

    def campaigns(self) -> tuple[CampaignFile, ...]:
        """All campaigns that can be read, by path."""
        found: dict[str, CampaignFile] = {}
        for path in self._campaign_paths():
            read = self._campaign(path)
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
        return tuple(found.values())

    def refuse(self, rule: str, path: str, message: str, help: str) -> None:
        """Something wrong with a file as a whole."""
        self.sources.setdefault(path, Source(path=path, text=""))
        self.problems.append(Problem(rule=rule, message=message, place=Place(path=path), help=help))

    def _campaign_paths(self) -> Iterator[str]:
        any_found = False
        for path in self.ground.walk(CAMPAIGNS, skip=NOT_CAMPAIGNS):
            suffix = PurePosixPath(path).suffix
            if suffix == ".yaml":
                any_found = True
                yield path
            elif suffix.lower() in (".yml", ".yaml"):
                any_found = True
                self.refuse(
                    "bad-file-name",
                    path,
                    f"`{suffix}` is not how campaigns end",
                    f"rename it to {PurePosixPath(path).with_suffix('.yaml')}",
                )
        if not any_found:
            self.refuse(
                "no-campaigns",
                CAMPAIGNS,
                "there are no campaigns",
                "write the first: runner new contest spring-giveaway",
            )

    def _campaign(self, path: str) -> CampaignFile | None:
        campaign: Campaign | None = self._validated(self._parsed(path), CAMPAIGN)
        stem = PurePosixPath(path).stem
        if campaign is None:
            return None
        if campaign.id is None and not _is_id(stem):
            self.refuse(
                "bad-file-name",
                path,
                f"`{stem}` can't be a campaign's id",
                "use a-z, 0-9 and -, up to 64 of them; or give the campaign an `id`",
            )
            return None
        file = CampaignFile(id=campaign.id or stem, path=path, campaign=campaign)
        return CampaignFile(
            id=file.id,
            path=path,
            campaign=campaign,
            items=self._items(file),
            draw=self._draw(file),
        )

    def _items(self, file: CampaignFile) -> dict[str, ItemList]:
        lists: dict[str, ItemList] = {}
        for name, post in file.campaign.posts.items():
            route = ("posts", name, "items")
            if isinstance(post.items, str):
                path = file.beside(post.items)
                parsed = self._parsed(path, named_at=Place(path=file.path, route=route))
                items = self._validated(parsed, ITEMS)
                if items is not None:
                    lists[name] = ItemList(items=items, path=path)
            elif post.items is not None:
                lists[name] = ItemList(items=post.items, path=file.path, route=route)
        return lists

    def _draw(self, file: CampaignFile) -> Draw | None:
        path = file.beside(f"results/{file.id}.yaml")
        return self._validated(self._parsed(path), _DRAW) if self.ground.exists(path) else None

    def _parsed(self, path: str, *, named_at: Place | None = None) -> Parsed | None:
        """None, and a problem, where the file can't be had; `named_at` is where it is named."""
        try:
            data = self.ground.read(path, YAML_LIMIT)
        except Unreadable as error:
            place = named_at or Place(path=path)
            self.sources.setdefault(place.path, Source(path=place.path, text=""))
            self.problems.append(
                Problem(
                    rule="missing-file" if named_at else "unreadable-file",
                    message=f"`{path}` {error.because}",
                    place=place,
                    help=error.help,
                )
            )
            return None
        parsed = parse(path, data, top="list" if named_at else "mapping")
        self.sources[path] = parsed.source
        self.problems += parsed.problems
        return parsed

    def _validated(self, parsed: Parsed | None, adapter: "TypeAdapter[Any]") -> Any:
        if parsed is None or parsed.data is None:
            return None
        value, problems = validate(parsed, adapter)
        self.problems += problems
        return None if parsed.problems else value


def _is_id(stem: str) -> bool:
    from runner.ledger import is_id

    return is_id(stem)
