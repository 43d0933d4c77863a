"""A campaign as it stands in the repository: its file, and what belongs to it."""

from collections.abc import Mapping
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from runner.models.contest import Contest
from runner.models.curation import Curation
from runner.models.draw import Draw
from runner.models.launch import Launch
from runner.models.partner import PartnerMention
from runner.models.post_parts import Item, item_id
from runner.models.series import Series
from runner.value import Value, field

Campaign = Contest | Launch | PartnerMention | Series | Curation
KINDS: Mapping[str, type[Campaign]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(Campaign)
}
"""Each kind's model, by the word that files have for it."""
if TYPE_CHECKING:
    Kind = str
else:
    Kind = Literal[tuple(KINDS)]


class ItemList(Value, kw_only=True, dict=True):
    """The items of a post, and where they are written: a file of their own, or the campaign's."""

    items: tuple[Item, ...]
    path: str
    route: tuple[str | int, ...] = ()
    """Of the list, in the file at `path`."""

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the items, in their order."""
        return tuple(map(item_id, self.items))

    @cached_property
    def indexes(self) -> Mapping[str, int]:
        """The index of each item by its id; of several with one id that of the first."""
        return {id: index for index, id in reversed([*enumerate(self.ids)])}


class CampaignName(NamedTuple):
    """A campaign by its id, its path, and where the results of a contest are looked for."""

    id: str
    path: str
    results: str
    is_contest: bool


class CampaignFile(Value, kw_only=True):
    """One YAML file under `campaigns/`. All paths are from the project's root, with `/`."""

    id: str
    path: str
    campaign: Campaign
    items: Mapping[str, ItemList] = field(default_factory=dict)
    """By post id."""
    draw: Draw | None = None
    """What `campaigns/results/<id>.yaml` says, once it is there."""

    @property
    def name(self) -> CampaignName:
        return CampaignName(self.id, self.path, self.results, self.campaign.kind == "contest")

    @property
    def results(self) -> str:
        """Where the results of a contest stand."""
        return self.beside(f"results/{self.id}.yaml")

    def beside(self, file: str) -> str:
        """The path from the project's root of a file that the campaign names relative to itself; an
        address stays as it is."""
        return file if "://" in file else normpath(join(dirname(self.path), file))
