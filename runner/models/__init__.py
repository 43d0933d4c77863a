"""What people may declare: campaigns, one module a kind, and `runner.yaml`, in `project`.

It owns the pydantic models of the files and the values that they hold, each refusing what it does
not know. It knows neither YAML nor the clock, and reads no file. Plain data comes in from
`parsing`; frozen models go out to `schedule`, `render` and `rules`.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter

from runner.models.campaign import BaseCampaign, Offer
from runner.models.campaign_file import KINDS, Campaign, CampaignFile, CampaignName, ItemList
from runner.models.contest import Contest
from runner.models.draw import Draw, DrawnPlace, DrawProof, EntriesSeen, Supplement
from runner.models.fields import Listed
from runner.models.localized import MissingLocale, Words, in_locale, key_for, locales_for
from runner.models.post import Every, Post
from runner.models.post_parts import Item, Media, OthersPost, Part, Poll

CAMPAIGN: TypeAdapter[Campaign] = TypeAdapter(
    Annotated[Campaign, Field(discriminator="kind")], config=ConfigDict(defer_build=True)
)
"""A file of a campaign, of any kind."""
OF_KIND: Mapping[str, TypeAdapter[Campaign]] = {
    kind: TypeAdapter(model) for kind, model in KINDS.items()
}
"""A file of a campaign of one kind, each built once a file is."""
ITEMS: TypeAdapter[tuple[Item, ...]] = TypeAdapter(
    Annotated[Listed[Item], Field(min_length=1)], config=ConfigDict(defer_build=True)
)
"""A file of items."""

__all__ = [
    "CAMPAIGN",
    "ITEMS",
    "KINDS",
    "OF_KIND",
    "BaseCampaign",
    "Campaign",
    "CampaignFile",
    "CampaignName",
    "Contest",
    "Draw",
    "DrawProof",
    "DrawnPlace",
    "EntriesSeen",
    "Every",
    "Item",
    "ItemList",
    "Media",
    "MissingLocale",
    "Offer",
    "OthersPost",
    "Part",
    "Poll",
    "Post",
    "Supplement",
    "Words",
    "in_locale",
    "key_for",
    "locales_for",
]
