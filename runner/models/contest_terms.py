"""What the terms of a contest tell beside its rules: who gives the prize, its value, for whom."""

from decimal import Decimal
from typing import Annotated, ClassVar, Final

from pydantic import BeforeValidator, Field, WithJsonSchema

from runner.models.codes import REGIONS
from runner.models.fields import Currency, Model, Money
from runner.problems import InvalidValue

_MEANT: Final = {"UK": "GB", "EN": "GB", "SP": "ES", "EL": "GR"}
"""What people write for a country whose code is another one."""


class Organiser(Model):
    """Who gives the prize, and answers for the contest."""

    example: ClassVar[str] = "{name: SIA Acme, address: 'Brīvības iela 1, Rīga', contact: a@b.lv}"
    bare: ClassVar[str] = "name"

    name: str = Field(min_length=1, examples=["SIA Acme"])
    """The name of the company or the person, as the law has it."""
    address: str | None = Field(default=None, min_length=1, examples=["Brīvības iela 1, Rīga"])
    """Where letters reach it."""
    contact: str | None = Field(default=None, min_length=1, examples=["hello@acme.lv"])
    """An address for questions and complaints: e-mail, or a page."""


class PrizeValue(Model):
    """What prizes are worth."""

    example: ClassVar[str] = "{amount: 180, currency: EUR}"

    amount: Annotated[Money, Field(gt=Decimal(0))]
    """With decimals as written: 59.90."""
    currency: Currency
    """Its currency: EUR."""


def _country(value: object) -> object:
    if not isinstance(value, str) or (value.isalpha() and value in REGIONS):
        return value
    code = _MEANT.get(value.upper(), value.upper())
    raise InvalidValue(
        "bad-country",
        f"`{value}` is not the code of a country",
        f"write `{code}`" if code in REGIONS else "write its two letters: `LV`",
    )


Country = Annotated[
    str,
    BeforeValidator(_country),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$", "examples": ["LV"]}),
]
"""A country, by the two letters of ISO 3166."""
