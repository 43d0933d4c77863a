"""What a campaign's file may declare; one module a kind."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from runner.campaign.base import BaseCampaign, Offer, Product
from runner.campaign.contest import Contest, Draw
from runner.campaign.curation import Curation
from runner.campaign.fields import Listed
from runner.campaign.file import Campaign, CampaignFile, ItemList
from runner.campaign.forms import locales_for
from runner.campaign.launch import Launch
from runner.campaign.partner import PartnerMention
from runner.campaign.parts import Item, Media, OthersPost, Part, Poll
from runner.campaign.post import Every, Post
from runner.campaign.series import Series
from runner.campaign.words import MissingLocale, Words, in_locale, key_for

KINDS: dict[str, type[Campaign]] = {
    "contest": Contest,
    "launch": Launch,
    "partner": PartnerMention,
    "series": Series,
    "curation": Curation,
}
CAMPAIGN: TypeAdapter[Campaign] = TypeAdapter(Annotated[Campaign, Field(discriminator="kind")])
ITEMS: TypeAdapter[tuple[Item, ...]] = TypeAdapter(Annotated[Listed[Item], Field(min_length=1)])
"""A file of items."""

__all__ = [
    "CAMPAIGN",
    "ITEMS",
    "KINDS",
    "BaseCampaign",
    "Campaign",
    "CampaignFile",
    "Contest",
    "Curation",
    "Draw",
    "Every",
    "Item",
    "ItemList",
    "Launch",
    "Media",
    "MissingLocale",
    "Offer",
    "OthersPost",
    "Part",
    "PartnerMention",
    "Poll",
    "Post",
    "Product",
    "Series",
    "Words",
    "in_locale",
    "key_for",
    "locales_for",
]
