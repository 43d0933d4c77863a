"""Reading one campaign: its file, its items, the results of its draw."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from runner.ledger import is_id
from runner.models import (
    CAMPAIGN,
    ITEMS,
    OF_KIND,
    Campaign,
    CampaignFile,
    Draw,
    ItemList,
    MomentContext,
)
from runner.parsing import Parsed
from runner.problems import Message, Place, Problem, id_of
from runner.value import Value, replace
from runner.workspace.file_reader import FileReader
from runner.workspace.project_files import RESERVED

_DRAW: TypeAdapter[Draw] = TypeAdapter(Draw)
FOREIGN = MappingProxyType(
    {
        **dict.fromkeys((".csv", ".tsv"), "a table of text"),
        **dict.fromkeys((".xlsx", ".xls", ".ods", ".numbers"), "a spreadsheet"),
        **dict.fromkeys((".docx", ".odt", ".pdf"), "a document"),
        **dict.fromkeys((".txt", ".md"), "a text"),
    }
)
"""What people keep items in, by the ending of its name."""


class ReadList(Value, kw_only=True):
    """A file of items, which several posts may name: the items, unless they can't be read; what is
    wrong in it; and the steps of work that it took."""

    path: str
    items: ItemList | None
    problems: tuple[Problem, ...]
    steps: int
    digest: bytes


@dataclass
class CampaignReader(FileReader):
    """Reads one campaign."""

    zone: ZoneInfo | None = None
    """The project's."""
    lists: dict[str, ReadList] = field(default_factory=dict)
    """Files of items that other campaigns have named."""
    named: dict[str, ReadList] = field(default_factory=dict)
    """Those that this one names."""
    id: str = ""
    """The campaign's, as far as it can be told."""

    def campaign(self, path: str) -> CampaignFile | None:
        """The campaign of a file; None, and problems, where it can't be read."""
        stem, parsed = PurePosixPath(path).stem, self.parsed(path)
        around = MomentContext.of(parsed.data if parsed else None, self.zone)
        of_kind = OF_KIND.get(_written(parsed, "kind") or "")
        campaign: Campaign | None = self.validated(parsed, CAMPAIGN, around, of_kind)
        if campaign is None:
            self.id = _written(parsed, "id") or stem
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
        self.id = campaign.id or stem
        file = CampaignFile(id=self.id, path=path, campaign=campaign)
        items, draw = self._items(file), self._draw(file)
        if items is None or draw is None:
            return None
        return replace(file, items=items, draw=draw[0])

    def _items(self, file: CampaignFile) -> dict[str, ItemList] | None:
        """The items by post; None where some can't be read, since the post has nothing to say
        then."""
        lists: dict[str, ItemList | None] = {}
        for name, post in file.campaign.posts.items():
            route = ("posts", name, "items")
            if isinstance(post.items, str):
                named_at = Place(path=file.path, route=route)
                lists[name] = self._item_list(file.beside(post.items), named_at)
            elif post.items is not None:
                lists[name] = ItemList(items=post.items, path=file.path, route=route)
        found = {name: items for name, items in lists.items() if items}
        return found if len(found) == len(lists) else None

    def _item_list(self, path: str, named_at: Place) -> ItemList | None:
        """The items of a file, which is read once however many posts name it."""
        foreign = FOREIGN.get(PurePosixPath(path).suffix.lower())
        if foreign:
            self._refuse_foreign(path, foreign, named_at)
            return None
        if path in self.lists:
            self.project_files.note_reuse(path)
        else:
            reader = FileReader(self.project_files)
            items = reader.validated(reader.parsed(path, named_at=named_at), ITEMS)
            self.lists[path] = ReadList(
                path=path,
                items=None if items is None else ItemList(items=items, path=path),
                problems=tuple(reader.problems),
                steps=reader.steps,
                digest=reader.digest.digest(),
            )
        if path not in self.named:
            self.named[path] = self.lists[path]
            self.digest.update(self.lists[path].digest)
            self.problems += self.lists[path].problems
        return self.lists[path].items

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
        draw: Draw | None = self.validated(self.parsed(path), _DRAW, around)
        return None if draw is None else (draw,)


def _written(parsed: Parsed | None, key: str) -> str | None:
    """What a file says at a key of its own, where that is a text."""
    data = parsed.data if parsed else None
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, str) else None
