"""Curation: sharing voices of the field."""

from typing import Literal

from runner.models.campaign import BaseCampaign


class Curation(BaseCampaign):
    """Posts of others that are worth our followers' time, each with the reason why."""

    kind: Literal["curation"]
    """What kind of campaign it is."""
