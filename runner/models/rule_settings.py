"""The settings of rules in `runner.yaml`: bounds, shares and stretches of time."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from runner.models.fields import Duration, Handle, Listed, Model, TimeOfDay
from runner.problems import InvalidValue, named


def _percent(value: object) -> object:
    share = re.fullmatch(r"([0-9]{1,3}) ?%", value) if isinstance(value, str) else None
    if share:
        return int(share[1])
    raise not_a_share(value)


def not_a_share(value: object) -> InvalidValue:
    """What is raised for a value that is no share in percent."""
    return InvalidValue(
        "bad-percent", f"{_in_backticks(value)} is not a share", f"write it so: {_share(value)}%"
    )


def _share(value: object) -> int:
    """What was probably meant, in percent."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return int(value * 100 if 0 < value < 1 else value)
    digits = re.search("[0-9]+", str(value))
    return int(digits[0][:3]) if digits else 40


def _in_backticks(value: object) -> str:
    return f"`{value}`" if isinstance(value, str | int | Decimal) else named(value)


Percent = Annotated[
    int,
    BeforeValidator(_percent),
    Field(ge=0, le=100),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,3} ?%$", "examples": ["40%"]}),
]


class AtMost(Model):
    """A bound."""

    example: ClassVar[str] = "{at-most: 2}"
    bare: ClassVar[str] = "at-most"

    at_most: int = Field(ge=0)
    """How many."""


class Share(Model):
    """A share that is kept."""

    example: ClassVar[str] = "{at-most: 40%}"
    bare: ClassVar[str] = "at-most"

    at_most: Percent
    """How large."""
    of_last: int = Field(default=10, ge=1, le=1000)
    """Of how many posts."""


class Within(Model):
    """A stretch of time that is looked at."""

    within: Duration = Field(timedelta(days=7), json_schema_extra={"default": "7d"})
    """How long."""


class DailyRhythm(Model):
    """How often an account speaks."""

    at_most: int = Field(default=5, ge=1)
    """Posts on one day of the account's calendar."""
    silent: Duration = Field(timedelta(days=14), json_schema_extra={"default": "14d"})
    """How long nothing may be due between two posts."""


class KnownHandles(Model):
    """Who may be mentioned without being a partner."""

    known: Listed[Handle] = ()
    """Handles on X, without the @, that are spelled as they should be."""


class RefusedMentions(Model):
    """Which mentions are spoken of."""

    partners: bool = False
    """Those of partners, too: X can't see that they agreed."""


class Capitals(Model):
    """How many words may stand in capitals."""

    at_most: int = Field(default=2, ge=0)
    """Words of four letters or more."""


class Rules(Model):
    """Settings of rules, under their ids."""

    too_many_hashtags: AtMost = Field(default_factory=lambda: AtMost.model_validate({"at-most": 2}))
    """Hashtags in one post."""
    duplicate_text: Within = Within()
    """How long an account says nothing twice."""
    near_duplicate_text: Within = Within()
    """How long no account says nearly what one has said."""
    shouting: Capitals = Capitals()
    """Words in capitals in one post."""
    unknown_handle: KnownHandles = KnownHandles()
    """Handles that are neither an account's nor a partner's."""
    mention_may_be_refused: RefusedMentions = RefusedMentions()
    """Mentions that X may refuse."""
    daily_rhythm: DailyRhythm = DailyRhythm()
    """How often an account speaks, and how long it may be silent."""
    promotional_share: Share = Field(
        default_factory=lambda: Share.model_validate({"at-most": "40%"})
    )
    """Promotional posts among the last ones of an account."""
    min_gap: Duration = Field(timedelta(minutes=45), json_schema_extra={"default": "45m"})
    """The least time between two posts of an account."""
    quiet_hours: (
        Annotated[
            tuple[TimeOfDay, TimeOfDay],
            BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value),
        ]
        | None
    ) = None
    """From and to, in the account's zone: nothing goes out then."""
