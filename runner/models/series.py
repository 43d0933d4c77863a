"""A series: regular content."""

from typing import Literal

from runner.models.campaign import BaseCampaign


class Series(BaseCampaign):
    """Regular content: tips, stories, questions, in a rhythm."""

    kind: Literal["series"]
    """What kind of campaign it is."""
