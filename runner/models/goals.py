"""The goals of `runner.yaml`: what `runner report` holds a period against."""

import re
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from runner.models.fields import Duration, Model
from runner.models.rule_settings import not_a_share


def _rate(value: object) -> object:
    share = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,3})?) ?%", value) if type(value) is str else None
    if share:
        return Decimal(share[1])
    raise not_a_share(value)


Rate = Annotated[
    Decimal,
    BeforeValidator(_rate),
    Field(gt=0, le=100),
    WithJsonSchema(
        {"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,3})? ?%$", "examples": ["2%"]}
    ),
]
Number = Annotated[
    Decimal,
    BeforeValidator(lambda value: Decimal(value) if type(value) is int else value),
    Field(gt=0, le=1_000_000),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1_000_000}),
]


class Goals(Model):
    """What posting is meant to bring; `runner report` says of each whether it was met."""

    example: ClassVar[str] = "{engagement-rate: 2%, replies-per-post: 1}"

    engagement_rate: Rate | None = None
    """Of a hundred times that a post was seen, how often somebody answered, quoted, shared,
    reposted or liked it, 48 hours after it went out."""
    replies_per_post: Number | None = None
    """Replies to a post, 48 hours after it went out."""
    profile_visits: int | None = Field(default=None, ge=1)
    """Visits of profiles that came from posts, in 30 days."""
    orders: int | None = Field(default=None, ge=1)
    """Orders that came from links of posts, in 30 days."""
    posts_per_day: Number | None = None
    """Posts of all accounts on a day."""
    answered_within: Duration | None = None
    """How long what others say to us waits for an answer at most; `runner watch --inbox` fails once
    something waits for longer."""
