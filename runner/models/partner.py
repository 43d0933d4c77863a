"""A partner: somebody else, named and disclosed."""

from datetime import timedelta
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from runner.models.campaign import BaseCampaign, Product
from runner.problems import InvalidValue


class PartnerMention(BaseCampaign):
    """Posts with or about a partner, who is named and, where something was given, disclosed."""

    promotes: ClassVar[bool] = True
    usual_grace: ClassVar[timedelta] = timedelta(hours=6)

    kind: Literal["partner"]
    """What kind of campaign it is."""
    product: Product | None = None
    """The partner's product, if it is about one."""

    @model_validator(mode="after")
    def _names_the_partner(self) -> Self:
        if self.partner is None:
            raise InvalidValue(
                "missing-key",
                "a campaign of kind `partner` needs its partner",
                "add `partner: NAME`, a name under `partners` in runner.yaml",
                below=("kind",),
            )
        return self
