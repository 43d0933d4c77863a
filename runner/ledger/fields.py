"""What is believed of the ledger: ids, instants, digests, costs. Whoever can write to it could
write anything into the rest, so words are only shown."""

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
