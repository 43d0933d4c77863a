"""What is believed of the ledger: ids, instants, digests, costs. Whoever can write to it could
write anything into the rest, so words are only shown, and addresses are made anew."""

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Final, cast

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    JsonValue,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic import StringConstraints as Text

_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2300, 1, 1, tzinfo=UTC)
_LONGEST: Final = 400
"""Characters of what somebody said."""
_LONGEST_NUMBER: Final = 40
_PLAIN_COST: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,9})?")
_PLAIN_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:\.(?:[0-9]{3}|[0-9]{6}))?Z"
)
_POST_ID: Final = re.compile(r"[0-9]{1,19}")
_ADDRESS: Final = re.compile(r"https://x\.com/([0-9A-Za-z_]{1,15})/status/([0-9]{1,19})")


def plausible(moment: datetime) -> datetime:
    """The same instant. Raises ValueError for one without a zone, or of another century."""
    if moment.tzinfo is None or not _EARLIEST <= moment < _LATEST:
        raise ValueError("an instant lies between the years 2000 and 2300")
    return moment


def _cost(written: object, check: ValidatorFunctionWrapHandler) -> Decimal:
    """As the runner writes it, each is made once: a journal has the same few in all its lines."""
    if isinstance(written, str):
        if len(written) > _LONGEST_NUMBER:
            raise ValueError("a number has a few digits")
        if (cost := _plain_cost(written)) is not None:
            return cost
    return cast("Decimal", check(written))


@lru_cache(maxsize=256)
def _plain_cost(written: str) -> Decimal | None:
    return Decimal(written) if _PLAIN_COST.fullmatch(written) else None


def _utc(written: object, check: ValidatorFunctionWrapHandler) -> datetime:
    """In UTC; as the runner writes it, each is made once: many posts of a journal share one."""
    if isinstance(written, str) and len(written) <= _LONGEST_NUMBER:  # what is kept is short
        moment = _plain_instant(written)
        if moment:
            return moment
    return cast("datetime", check(written)).astimezone(UTC)


@lru_cache(maxsize=4096)
def _plain_instant(written: str) -> datetime | None:
    """None where it is written in another way, or can't be."""
    if not _PLAIN_INSTANT.fullmatch(written):
        return None
    try:
        return plausible(datetime.fromisoformat(written))
    except ValueError:
        return None


def on_one_line(said: str) -> str:
    """What somebody said, without control and direction marks, cut to what is worth reading."""
    head = said[: 4 * _LONGEST]
    kept = (" " if unicodedata.category(char)[0] in "CZ" else char for char in head)
    line = " ".join("".join(kept).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _part(part: dict[str, JsonValue]) -> dict[str, JsonValue]:
    for name, is_id in (("text", False), ("repost", True), ("quote", True)):
        value = part.get(name)
        fits = isinstance(value, str) and (not is_id or _POST_ID.fullmatch(value))
        if value is not None and not fits:
            raise ValueError(f"the `{name}` of a part is not one")
    return part


PostId = Annotated[str, Text(pattern=r"^[1-9][0-9]{0,18}$")]
"""X's id of a post or a user."""
Instant = Annotated[AwareDatetime, Field(ge=_EARLIEST, lt=_LATEST)]
UtcInstant = Annotated[Instant, WrapValidator(_utc)]
Usd = Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False), WrapValidator(_cost)]
Digest = Annotated[str, Text(pattern=r"^[0-9A-Za-z]{0,64}$")]
Name = Annotated[str, Text(pattern=r"^[0-9A-Za-z._: -]{0,64}$")]
"""Of a run, an attempt, a commit, an uploaded file, an item: only ever compared."""
Said = Annotated[str, AfterValidator(on_one_line)]
"""Words of X or of a person, which are only ever shown."""
Part = Annotated[dict[str, JsonValue], AfterValidator(_part)]
"""A part of a post as it was about to be sent."""


def address(handle: str | None, id: str) -> str:
    """The address of a post on X; without a handle one that leads to the post, whoever wrote it."""
    return f"https://x.com/{handle or 'i/web'}/status/{id}"


def handle_in(url: str, id: str) -> str | None:
    """The handle in the address of the post with this id; None where it is no such address."""
    match = _ADDRESS.fullmatch(url)
    return match[1] if match and match[2] == id else None
