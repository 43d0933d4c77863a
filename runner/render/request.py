"""What rendering works with, and where a rendering starts from."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from runner.charter import promise_of
from runner.media import MediaFacts
from runner.models import CampaignFile, Item, ItemList, Partner, Post, Project
from runner.problems import Place
from runner.schedule import Occurrence
from runner.templating import FILTERS, Filter, RunBudget, TemplateEngine
from runner.value import Value, field

Where = Callable[[], Place]
"""A place, made once there is something to tell of it."""
TEMPLATES = "templates"


class RenderAssets(Value, kw_only=True, dict=True):
    """The project, its templates by their path under `templates/`, and its media by their path from
    the root. Made once: it keeps the templates that it has read."""

    project: Project
    templates: Mapping[str, str] = field(default_factory=dict)
    own_templates: frozenset[str] = frozenset()
    """Those of them that the project has written or changed; the others come with the package."""
    media: Mapping[str, MediaFacts] = field(default_factory=dict)
    filters: Mapping[str, Filter] = field(default_factory=lambda: FILTERS)
    """What templates may call, by name."""
    work: RunBudget = field(default_factory=RunBudget)

    def say_the_same_as(self, other: "RenderAssets") -> bool:
        """Whether a campaign says the same with either, as long as its own files are the same."""
        return (self.project, self.templates, self.own_templates) == (
            other.project,
            other.templates,
            other.own_templates,
        )

    @cached_property
    def engine(self) -> TemplateEngine:
        return TemplateEngine(self.templates, self.filters)


class PostedLink(Value, kw_only=True):
    """A post that is out; of a thread the first."""

    id: str
    url: str


class RenderRequest(Value, kw_only=True, dict=True):
    """One post to render: the occurrence, the file that declares it, its item (id and value), the
    anchors of its campaign, and which posts of the campaign are out on its account."""

    occurrence: Occurrence
    file: CampaignFile
    assets: RenderAssets
    item: tuple[str, Item] | None = None
    anchors: Mapping[str, datetime | date] = field(default_factory=dict)
    posted: Mapping[str, PostedLink] = field(default_factory=dict)

    @cached_property
    def post(self) -> Post:
        return self.file.campaign.posts[self.occurrence.key.post]

    @cached_property
    def locale(self) -> str:
        """The post's, else the campaign's, else the account's."""
        campaign = self.file.campaign
        account = self.assets.project.accounts[self.occurrence.key.account]
        return self.post.locale or campaign.locale or account.locale

    @cached_property
    def zone(self) -> ZoneInfo:
        """Where the account's followers are: the zone in which its texts tell the time, whatever
        zone the campaign was planned in."""
        return self.assets.project.zone_of(self.occurrence.key.account)

    @property
    def partner(self) -> Partner | None:
        return self.assets.project.partners.get(self.file.campaign.partner or "")

    @property
    def promise(self) -> str | None:
        """The code of what a contest promises, where the post announces it."""
        campaign = self.file.campaign
        if campaign.kind != "contest" or self.occurrence.key.post != campaign.announcement:
            return None
        return promise_of(self.file.id, campaign, self.anchors)

    def at(self, *route: str | int) -> Place:
        """A place in the post, in the campaign's file."""
        return Place(path=self.file.path, route=("posts", self.occurrence.key.post, *route))

    def at_root(self, *route: str | int) -> Place:
        """A place in the campaign's file."""
        return Place(path=self.file.path, route=route)

    def at_item(self, *route: str | int) -> Place:
        """A place in the item, wherever it is written."""
        assert self.item  # noqa: S101 — nobody asks without one
        listed = self._list
        index = next((index for index, item in enumerate(listed.items) if item is self.item[1]), 0)
        return Place(path=listed.path, route=(*listed.route, index, *route))

    @property
    def _list(self) -> ItemList:
        file, post = self.file, self.occurrence.key.post
        inline = ItemList(items=(), path=file.path, route=("posts", post, "items"))
        return file.items.get(post, inline)
