"""A launch: a product that begins to be sold."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Literal

from runner.models.campaign import BaseCampaign, Product
from runner.models.fields import Moment
from runner.when import When


class Launch(BaseCampaign):
    """A launch: a product that begins to be sold at a moment."""

    opening_anchor: ClassVar[str] = "launches"
    promotes: ClassVar[bool] = True
    usual_grace: ClassVar[timedelta] = timedelta(hours=4)

    kind: Literal["launch"]
    """What kind of campaign it is."""
    product: Product
    """What is launched."""
    launches: Moment
    """When it can be bought."""

    @property
    def own_anchors(self) -> Mapping[str, When | None]:
        return {"launches": self.launches}
