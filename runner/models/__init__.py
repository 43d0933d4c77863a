"""What people may declare: campaigns, one module a kind, and `runner.yaml`, in `project`.

It owns the pydantic models of the files and the values that they hold, each refusing what it does
not know. It knows neither YAML nor the clock, and reads no file. Plain data comes in from
`parsing`; frozen models go out to `schedule`, `render` and `rules`.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter

from runner.models.amounts import currency_code
from runner.models.campaign import BaseCampaign, Offer
from runner.models.campaign_file import KINDS, Campaign, CampaignFile, CampaignName, ItemList
from runner.models.codes import CURRENCY_DECIMALS
from runner.models.contest import Contest
from runner.models.draw import (
    REDRAWN,
    Draw,
    DrawnPlace,
    DrawProof,
    EntriesSeen,
    Supplement,
    anchor_of_redraw,
    redraw_of,
)
from runner.models.fields import Listed, Model, described_fields
from runner.models.formats import is_whole_hashtag
from runner.models.inbox import ANSWERS_FOLDER, InboxSettings
from runner.models.localized import MissingLocale, Words, in_locale, is_locale, key_for, locales_for
from runner.models.moment_context import AROUND, LAST_MINUTE, MomentContext
from runner.models.moment_suggestions import times_in
from runner.models.post import WEEKDAYS, Every, Post
from runner.models.post_parts import Item, Media, OthersPost, Part, Poll, PostAddress, item_id
from runner.models.project import PROJECT_FILE, Partner, Project, Utm
from runner.models.report_settings import Goals, Rival
from runner.models.series import Series

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
    "ANSWERS_FOLDER",
    "AROUND",
    "CAMPAIGN",
    "CURRENCY_DECIMALS",
    "ITEMS",
    "KINDS",
    "LAST_MINUTE",
    "OF_KIND",
    "PROJECT_FILE",
    "REDRAWN",
    "WEEKDAYS",
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
    "Goals",
    "InboxSettings",
    "Item",
    "ItemList",
    "Media",
    "MissingLocale",
    "Model",
    "MomentContext",
    "Offer",
    "OthersPost",
    "Part",
    "Partner",
    "Poll",
    "Post",
    "PostAddress",
    "Project",
    "Rival",
    "Series",
    "Supplement",
    "Utm",
    "Words",
    "anchor_of_redraw",
    "currency_code",
    "described_fields",
    "in_locale",
    "is_locale",
    "is_whole_hashtag",
    "item_id",
    "key_for",
    "locales_for",
    "redraw_of",
    "times_in",
]
