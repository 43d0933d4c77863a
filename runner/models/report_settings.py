"""What `runner.yaml` says of reports: the goals that a period is held against, and the rivals whose
rhythm stands beside ours."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from pydantic import BeforeValidator, Field, WithJsonSchema

from runner.models.fields import Duration, Handle, Id, Model
from runner.models.rule_settings import not_a_share
from runner.problems import InvalidValue, Suggestion, suggest


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


MOST_RIVALS: Final = 10
"""Rivals of a project."""


class Rival(Model):
    """An account on X that ours is held against, by sums that X tells everybody."""

    example: ClassVar[str] = "{handle: otherjeans, name: Other Jeans}"
    bare: ClassVar[str] = "handle"

    handle: Handle
    """Its name on X, without the @."""
    name: str | None = Field(default=None, min_length=1, max_length=50)
    """What a report calls it; its handle by default."""
    account: Id | None = None
    """The account of ours that it is held against, with whose credentials it is read; the first by
    default."""
    at_most: int = Field(default=20, ge=5, le=100)
    """How many posts of a week are read, its newest."""

    @property
    def title(self) -> str:
        """What people are told it is."""
        return self.name or f"@{self.handle}"


def expect_others(rivals: Sequence[Rival], ours: Mapping[str, str]) -> None:
    """Refuses a rival that is declared twice, is one of ours, or is held against none of ours;
    `ours` are the handles of our accounts, by id. Raises InvalidValue."""
    accounts = {handle.casefold(): id for id, handle in ours.items()}
    first: set[str] = set()
    for place, rival in enumerate(rivals):
        handle = rival.handle.casefold()
        if account := accounts.get(handle):
            text = f"`{rival.handle}` is our own account `{account}`"
            raise _wrong(place, "rival-of-ours", text, "take it out: reports tell of it anyway")
        if handle in first:
            text = f"`{rival.handle}` is a rival twice"
            raise _wrong(place, "rival-twice", text, "keep one of the two")
        if rival.account and rival.account not in ours:
            text = f"there is no account `{rival.account}` in runner.yaml"
            help = suggest(rival.account, ours) or f"name one of {', '.join(ours)}"
            raise _wrong(place, "unknown-account", text, help, key="account")
        first.add(handle)


def _wrong(
    place: int, rule: str, text: str, help: str | Suggestion, *, key: str = "handle"
) -> InvalidValue:
    return InvalidValue(rule, text, help, below=("rivals", place, key), on_key=False)
